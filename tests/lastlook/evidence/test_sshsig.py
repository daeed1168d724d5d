"""Signatures of people: ssh-keygen accepts ours, we accept its, and both refuse the same."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from lastlook.errors import LastlookError
from lastlook.evidence.refusal import Malformed, Refused
from lastlook.evidence.signing import public_key
from lastlook.evidence.ssh_keys import (
    SshKey,
    ed25519_key,
    private_key_text,
    read_key_line,
    read_private_key,
)
from lastlook.evidence.sshsig import SshSignature, check_ssh_signature, read_ssh_signature, ssh_signed

SEED, NAMESPACE, MESSAGE = b"\x07" * 32, "answer@lastlook.example", b"I looked at these 60.\n"
KEY = ed25519_key(public_key(SEED))
KINDS = [
    ("ed25519", ()), ("ecdsa", ("-b", "256")), ("ecdsa", ("-b", "384")), ("ecdsa", ("-b", "521")),
    ("rsa", ("-b", "2048")),
]  # fmt: skip
with_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")


def run(*command: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(part) for part in command], input=stdin, capture_output=True, check=False)


def new_key(folder: Path, kind: str = "ed25519", *more: str) -> Path:
    path = folder / "key"
    assert run("ssh-keygen", "-q", "-t", kind, *more, "-N", "", "-C", "somebody", "-f", path).returncode == 0
    return path


def public_of(path: Path) -> SshKey:
    return read_key_line(path.with_suffix(".pub").read_text())


@with_ssh
def test_ssh_keygen_accepts_our_signature_and_for_no_other_message_or_namespace(tmp_path: Path) -> None:
    signature, allowed = tmp_path / "m.sig", tmp_path / "allowed"
    signature.write_text(ssh_signed(SEED, NAMESPACE, MESSAGE).armoured)
    allowed.write_text(f"p4 {KEY.line}\n")

    def verified(message: bytes, namespace: str) -> bool:
        command = ("ssh-keygen", "-Y", "verify", "-f", allowed, "-I", "p4", "-n", namespace, "-s", signature)
        return run(*command, stdin=message).returncode == 0

    assert verified(MESSAGE, NAMESPACE)
    assert not verified(MESSAGE + b" ", NAMESPACE)
    assert not verified(MESSAGE, "veto@lastlook.example")


@with_ssh
@pytest.mark.parametrize(
    ("kind", "more"), KINDS, ids=lambda value: " ".join(value) if isinstance(value, tuple) else value
)
def test_we_accept_what_ssh_keygen_signs_with_every_kind_of_key(
    tmp_path: Path, kind: str, more: tuple[str, ...]
) -> None:
    path = new_key(tmp_path, kind, *more)
    signed = run("ssh-keygen", "-Y", "sign", "-q", "-f", path, "-n", NAMESPACE, stdin=MESSAGE)
    signature, key = read_ssh_signature(signed.stdout.decode()), public_of(path)
    assert check_ssh_signature(signature, MESSAGE, namespace=NAMESPACE, allowed=[KEY, key]) == key
    assert read_ssh_signature(signature.armoured) == signature
    assert _code(signature, MESSAGE + b" ", NAMESPACE, key) == "signature"
    assert _code(signature, MESSAGE, "veto@lastlook.example", key) == "namespace"
    assert _code(signature, MESSAGE, NAMESPACE, KEY) == "unknown-key"


def _code(signature: SshSignature, message: bytes, namespace: str, key: SshKey) -> str:
    with pytest.raises(Refused) as refused:
        check_ssh_signature(signature, message, namespace=namespace, allowed=[key])
    return refused.value.code


@with_ssh
def test_a_key_file_of_openssh_signs_here_what_it_signs_there(tmp_path: Path) -> None:
    path = new_key(tmp_path)
    ours = ssh_signed(read_private_key(path.read_text()), NAMESPACE, MESSAGE)
    theirs = run("ssh-keygen", "-Y", "sign", "-q", "-f", path, "-n", NAMESPACE, stdin=MESSAGE).stdout.decode()
    assert ours.armoured == theirs
    assert run("ssh-keygen", "-l", "-f", path).stdout.decode().split()[1] == ours.key.fingerprint


@with_ssh
def test_ssh_keygen_reads_the_key_files_that_we_write(tmp_path: Path) -> None:
    path = tmp_path / "ours"
    path.write_text(private_key_text(SEED, "somebody"))
    path.chmod(0o600)
    assert run("ssh-keygen", "-y", "-f", path).stdout.decode() == f"{KEY.line} somebody\n"
    assert read_private_key(path.read_text()) == SEED


@with_ssh
def test_a_key_with_a_passphrase_or_of_another_kind_is_left_to_the_agent(tmp_path: Path) -> None:
    path = tmp_path / "locked"
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "a secret", "-f", path)
    with pytest.raises(LastlookError, match="passphrase"):
        read_private_key(path.read_text())
    with pytest.raises(LastlookError, match="not an Ed25519 key"):
        read_private_key(new_key(tmp_path, "ecdsa").read_text())


def test_a_key_is_known_by_its_bytes_and_not_by_its_comment() -> None:
    assert read_key_line(f"{KEY.line} one@example.org\n") == read_key_line(f"{KEY.line} other") == KEY
    assert ed25519_key(public_key(b"\x08" * 32)) != KEY


@pytest.mark.parametrize(
    "line",
    ["", "ssh-ed25519", "ssh-ed25519 AAAA", f"ssh-rsa {KEY.line.split()[1]}", f"{KEY.line}\n{KEY.line}", KEY.line[:-4]]
)  # fmt: skip
def test_what_is_no_key_is_refused(line: str) -> None:
    with pytest.raises(Malformed):
        read_key_line(line)


def test_every_byte_of_a_signature_matters() -> None:
    text = ssh_signed(SEED, NAMESPACE, MESSAGE).armoured
    passed = []
    for at in range(len(text)):
        changed = text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :]
        try:
            check_ssh_signature(read_ssh_signature(changed), MESSAGE, namespace=NAMESPACE, allowed=[KEY])
            passed.append(at)
        except Refused:
            pass
    assert passed == []
