"""Signing with a key in a file and through ssh-agent: real programs, keys made for the test."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from lastlook.cli.ssh_signing import key_in, sign_with
from lastlook.errors import LastlookError
from lastlook.evidence.sshsig import check_ssh_signature

NAMESPACE, MESSAGE = "lastlook-answered-v1", b'{"kind":"answered"}'
pytestmark = pytest.mark.skipif(shutil.which("ssh-agent") is None, reason="OpenSSH is not installed")


def a_key(folder: Path, *, kind: str = "ed25519", passphrase: str = "") -> Path:
    path = folder / f"key-{kind}"
    command = ["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-C", "somebody", "-f", str(path)]
    subprocess.run(command, check=True)
    return path


@pytest.fixture
def agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An ssh-agent of the test's own, with nothing in it."""
    socket = tmp_path / "agent"
    started = subprocess.run(["ssh-agent", "-c", "-a", str(socket)], capture_output=True, text=True, check=True)
    number = int(next(part for part in started.stdout.split() if part.rstrip(";").isdigit()).rstrip(";"))
    monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
    yield
    os.kill(number, signal.SIGTERM)


def test_a_key_in_a_file_signs_in_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_key(tmp_path)
    monkeypatch.setenv("PATH", "")
    signature = sign_with(path, NAMESPACE, MESSAGE)
    assert check_ssh_signature(signature, MESSAGE, namespace=NAMESPACE, allowed=[key_in(path)]) == key_in(path)


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_a_key_in_the_agent_signs_by_its_public_half(tmp_path: Path, kind: str) -> None:
    path = a_key(tmp_path, kind=kind)
    subprocess.run(["ssh-add", "-q", str(path)], check=True)
    path.unlink()
    public = path.with_name(path.name + ".pub")
    signature = sign_with(public, NAMESPACE, MESSAGE)
    assert check_ssh_signature(signature, MESSAGE, namespace=NAMESPACE, allowed=[key_in(public)]) == key_in(public)


@pytest.mark.usefixtures("agent")
def test_a_key_that_is_not_in_the_agent_signs_nothing_and_the_remedy_is_told(tmp_path: Path) -> None:
    path = a_key(tmp_path, passphrase="a secret")
    with pytest.raises(LastlookError, match="ssh-keygen did not sign") as refused:
        sign_with(path.with_name(path.name + ".pub"), NAMESPACE, MESSAGE)
    assert "ssh-add" in refused.value.remedy


def test_what_is_no_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key.pub").write_text("hello")
    with pytest.raises(LastlookError, match="A public key is one line"):
        key_in(tmp_path / "key.pub")
