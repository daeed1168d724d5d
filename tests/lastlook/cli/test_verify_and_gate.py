"""`lastlook verify` and `lastlook gate`, from files alone: what is printed, and the exit code."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from lastlook.cli.main import main
from tests.lastlook.clearance.test_trust import HOUSE_KEY
from tests.world.records import ORIGIN, ARecord, a_case, a_cleared_record

BYTES = b"the bytes of a picture"
AT = ("--at", "2026-12-24T18:00:00Z")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Everything a house gave out, for a picture with these bytes."""
    case = a_case()
    picture = msgspec.structs.replace(case.picture("look-01"), sha256=hashlib.sha256(BYTES).hexdigest())
    record = a_cleared_record(msgspec.structs.replace(case, pictures={"look-01": picture}))
    clearance, index = record.clears()
    salt = record.seals()
    (tmp_path / "look-01.jpg").write_bytes(BYTES)
    (tmp_path / "words.txt").write_text("Gifts for everyone\n")
    (tmp_path / "c.dsse").write_bytes(clearance)
    (tmp_path / "c.dsse.tlog-proof").write_bytes(record.proof(index).as_bytes)
    (tmp_path / "record.zip").write_bytes(record.bundle(clearance, salt=salt).as_bytes)
    (tmp_path / "p3.receipt").write_bytes(record.receipt("p3", salt).as_bytes)
    (tmp_path / "trust.yaml").write_text(f'lastlook_trust: 1\norigin: {ORIGIN}\nkeys: ["{HOUSE_KEY}"]\n')
    _write_later(record, index, tmp_path / "later.tlog-proof")
    return tmp_path


def _write_later(record: ARecord, index: int, path: Path) -> None:
    from lastlook.clearance.acts import Vetoed

    record.does(Vetoed, "p9", assets="all")
    path.write_bytes(record.proof(index).as_bytes)


def run(*arguments: object) -> int:
    return main([str(each) for each in arguments])


@pytest.mark.parametrize("name", ["c.dsse", "record.zip", "p3.receipt"])
def test_each_file_verifies_with_a_trust_file_and_is_only_consistent_without(
    files: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("verify", files / name, "--trust", files / "trust.yaml", *AT) == 0
    assert capsys.readouterr().out.startswith("VALID: this ")
    assert run("verify", files / name, *AT) == 3
    assert capsys.readouterr().out.startswith("ONLY CONSISTENT: this ")
    data = bytearray((files / name).read_bytes())
    data[len(data) // 2] ^= 1
    (files / name).write_bytes(data)
    assert run("verify", files / name, "--trust", files / "trust.yaml", *AT) == 1
    assert capsys.readouterr().out.startswith("REFUSED (")


def test_a_receipt_is_told_in_plain_words(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("verify", files / "p3.receipt", "--trust", files / "trust.yaml", *AT)
    assert (
        capsys.readouterr().out
        == """\
VALID: this receipt holds, and somebody you trust vouches for it.

It says:
  - As of size 47 these decisions bear the handle p3, and no others: photography on look-01, retouching on look-01.
  - the handle is Somebody (p3)

Checked:
  - the seal and all 2 entries from it on make the log that was signed
  - the seal lists every right on every picture once, and this person once
  - the record's checkpoint is signed by house.example/record

Not checked:
  - witnesses: the trust file asks for none, so the house could show others another record
  - freshness: something may have been recorded since, such as a withdrawal
  - whether the seal says what was recorded before it: only a bundle can show that
"""
    )


def test_bad_input_is_no_verdict(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trust = ("--trust", files / "trust.yaml")
    assert run("verify", files / "words.txt", *trust) == 2
    assert run("verify", files / "missing", *trust) == 2
    assert run("verify", files / "c.dsse", "--trust", files / "words.txt") == 2
    assert run("gate", files / "missing", "--line", "web", "--clearance", files / "c.dsse", *trust) == 2
    assert run("gate", files / "look-01.jpg", "--line", "web", "--clearance", files / "missing", *trust) == 2
    assert "try:" in capsys.readouterr().err


def asks(files: Path, *more: Any, line: str = "web", words: str = "words.txt", at: tuple[str, str] = AT) -> int:
    return run(
        "gate", files / "look-01.jpg", "--line", line, "--copy", files / words, "--clearance", files / "c.dsse",
        "--trust", files / "trust.yaml", *at, *more,
    )  # fmt: skip


def test_the_gate_lets_out_what_was_cleared_and_nothing_else(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asks(files) == 0
    assert capsys.readouterr().out.startswith(f"ALLOWED: {files / 'look-01.jpg'} is look-01, on web, until 2027-01-06.")
    assert asks(files, line="tv") == 1
    assert "REFUSED (out of scope)" in capsys.readouterr().out
    assert asks(files, at=("--at", "2027-02-01T00:00:00Z")) == 1
    assert "REFUSED (expired)" in capsys.readouterr().out
    (files / "words.txt").write_text("Gifts for every one\n")
    assert asks(files) == 1
    assert "REFUSED (changed)" in capsys.readouterr().out
    (files / "look-01.jpg").write_bytes(BYTES + b"\x00")
    assert asks(files) == 1
    assert "REFUSED (unknown)" in capsys.readouterr().out


def test_a_proof_older_than_one_seen_before_is_refused(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen = ("--seen", files / "seen")
    assert asks(files, "--proof", files / "later.tlog-proof", *seen) == 0
    assert asks(files, "--proof", files / "later.tlog-proof", *seen) == 0
    assert asks(files, *seen) == 1
    assert "one of size 48 was seen before" in capsys.readouterr().out


def test_the_hook_lets_out_all_or_nothing(files: Path) -> None:
    hook = Path(__file__).parents[3] / "examples" / "gate" / "pre-publish"
    command = files / "lastlook"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m lastlook "$@"\n')
    command.chmod(0o755)
    told = {"CLEARANCE": "c.dsse", "TRUST": "trust.yaml", "LINE": "web", "WORDS": "words.txt", "AT": AT[1]}
    environment = {**os.environ, **told, "PATH": f"{files}:{os.environ['PATH']}"}

    def hooked(*names: str) -> int:
        return subprocess.run([hook, *names], cwd=files, env=environment, capture_output=True, check=False).returncode

    (files / "other.jpg").write_bytes(b"something else")
    assert hooked("look-01.jpg") == 0
    assert hooked("look-01.jpg", "other.jpg") == 1
    assert hooked("look-01.jpg", "missing.jpg") == 2
    assert hooked() == 2


def test_the_plan_of_a_folder_is_compared_with_what_was_cleared(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = Path(__file__).parents[3] / "examples" / "picnic"
    folder = files / "picnic"
    shutil.copytree(example, folder)
    assert asks(files, "--campaign", folder) == 1
    assert "REFUSED (changed)" in capsys.readouterr().out


def test_neither_command_loads_signatures_before_it_needs_them() -> None:
    from tests.lastlook.cli.test_start import HEAVY, imported_by

    assert imported_by("verify", "--help") & HEAVY == set()
    assert imported_by("gate", "--help") & HEAVY == set()
