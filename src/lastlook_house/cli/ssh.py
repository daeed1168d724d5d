"""Signing with OpenSSH: a key's file or the agent, by `ssh-keygen -Y sign`, so that passphrases and tokens work."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from lastlook.errors import LastlookError, Place
from lastlook.evidence.ssh_keys import SshKey, read_key_line

TIME_TO_TOUCH = 120  # seconds: somebody may have to find their token


def public_key_of(file: Path) -> SshKey:
    """The public half of a key: from `FILE.pub` beside it, from the file itself, or by asking ssh-keygen."""
    for candidate in (file, file.with_name(f"{file.name}.pub")):
        try:
            text = candidate.read_text()
        except (OSError, UnicodeDecodeError):
            continue
        if text.startswith(("ssh-", "ecdsa-", "sk-")):
            return read_key_line(_without_comment(text))
    if not file.is_file():
        raise LastlookError("There is no such key.", where=Place(str(file)), remedy="Name the file of your SSH key.")
    done = _ssh_keygen("-y", "-f", str(file))
    if done.returncode:
        raise LastlookError(
            "It is no SSH key, or its passphrase was wrong.", where=Place(str(file)), remedy="Put FILE.pub beside it."
        )
    return read_key_line(_without_comment(done.stdout.decode()))


def _without_comment(line: str) -> str:
    """A key's comment often names its owner; nothing of it is kept."""
    return " ".join(line.split()[:2])


def signed_with(file: Path, namespace: str, statement: bytes) -> str:
    """The armoured SSH signature of a statement. Raises LastlookError where the key does not sign."""
    with tempfile.TemporaryDirectory() as folder:
        message = Path(folder) / "statement"
        message.write_bytes(statement)
        done = _ssh_keygen("-Y", "sign", "-f", str(file), "-n", namespace, str(message))
        signature = Path(folder) / "statement.sig"
        if done.returncode or not signature.is_file():
            told = done.stderr.decode(errors="replace").strip().splitlines()
            why = f" ssh-keygen says: {told[-1]}" if told else ""
            raise LastlookError(f"It was not signed.{why}", where=Place(str(file)), remedy="Check the key, or ssh-agent.")
        return signature.read_text()


def _ssh_keygen(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("ssh-keygen")
    if program is None:
        raise LastlookError("ssh-keygen is not installed.", remedy="Install OpenSSH's client.")
    try:
        return subprocess.run([program, *arguments], capture_output=True, timeout=TIME_TO_TOUCH, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise LastlookError("Nobody signed in time.", remedy="Try again, and confirm on the token.") from error
