"""Signing as a person: with an OpenSSH key in a file, or through ssh-agent, always with the statement shown first.

An Ed25519 key without a passphrase signs in this process. Every other key signs through `ssh-keygen -Y sign`, which
asks ssh-agent where it is given a `.pub` file; so a passphrase is never asked for, or seen, here.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from lastlook.cli.options import read_bytes
from lastlook.errors import LastlookError, Place
from lastlook.evidence.refusal import Malformed
from lastlook.evidence.ssh_keys import SshKey, read_key_line, read_private_key
from lastlook.evidence.sshsig import SshSignature, check_ssh_signature, read_ssh_signature, ssh_signed

MAX_KEY = 1 << 16
SECONDS = 120  # to touch a key, or to answer what ssh-agent asks


def key_in(path: Path) -> SshKey:
    """The public key in a `.pub` file, or beside a private one."""
    public = path if path.suffix == ".pub" else path.with_name(path.name + ".pub")
    try:
        return read_key_line(read_bytes(public, MAX_KEY).decode("ascii", "replace"))
    except Malformed as error:
        raise LastlookError(error.what, remedy="Name a key of OpenSSH.", where=Place(str(public))) from error


def sign_with(path: Path, namespace: str, message: bytes) -> SshSignature:
    """The message signed with the key in a file, or with the one whose `.pub` file is named, through ssh-agent.

    Raises LastlookError where nothing signs with that key, and where what comes back is not its signature.
    """
    if path.suffix != ".pub":
        try:
            seed = read_private_key(read_bytes(path, MAX_KEY).decode("ascii", "replace"))
        except LastlookError:
            return _through_ssh_keygen(path, namespace, message)
        return ssh_signed(seed, namespace, message)
    return _through_ssh_keygen(path, namespace, message)


def _through_ssh_keygen(path: Path, namespace: str, message: bytes) -> SshSignature:
    key = key_in(path)
    with tempfile.TemporaryDirectory(prefix="lastlook-") as folder:
        statement = Path(folder) / "statement"
        statement.write_bytes(message)
        command = ["ssh-keygen", "-Y", "sign", "-q", "-f", str(path), "-n", namespace, str(statement)]
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program; its arguments are no shell's
                command, capture_output=True, check=False, timeout=SECONDS, stdin=subprocess.DEVNULL
            )
        except FileNotFoundError as error:
            raise LastlookError("`ssh-keygen` is not here.", remedy="Install OpenSSH.") from error
        except subprocess.TimeoutExpired as error:
            what = f"Nothing was signed within {SECONDS} seconds."
            raise LastlookError(what, remedy="Answer what ssh-agent asks, or touch the key.") from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise LastlookError(
                f"ssh-keygen did not sign: {said[-1] if said else 'it did not say why'}",
                remedy="Add the key to ssh-agent with ssh-add, and name its `.pub` file.",
                where=Place(str(path)),
            )
        signature = read_ssh_signature((statement.with_suffix(".sig")).read_text("ascii"))
    check_ssh_signature(signature, message, namespace=namespace, allowed=[key])
    return signature
