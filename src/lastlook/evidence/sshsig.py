"""SSHSIG (PROTOCOL.sshsig of OpenSSH): what `ssh-keygen -Y sign` writes and `ssh-keygen -Y verify` accepts.

The signature is over a namespace and a hash of the message. The namespace says what kind of thing was signed, so that
a signature of one kind never passes for another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection

import msgspec

from lastlook.evidence.refusal import Malformed, Refused
from lastlook.evidence.signing import public_key, sign
from lastlook.evidence.ssh_keys import ED25519, SshKey, ed25519_key, is_good, read_key
from lastlook.evidence.ssh_wire import Reader, armoured, from_armour, string

MAGIC, VERSION = b"SSHSIG", 1
LABEL, WIDTH = "SSH SIGNATURE", 70  # characters in a line, as ssh-keygen breaks them
HASHES = ("sha256", "sha512")


class SshSignature(msgspec.Struct, frozen=True):
    """A signature as it stands, believed by nobody yet. `algorithm`: such as `ssh-ed25519` or `rsa-sha2-512`."""

    key: SshKey
    namespace: str
    hash_name: str
    algorithm: str
    value: bytes

    @property
    def blob(self) -> bytes:
        return (
            MAGIC
            + VERSION.to_bytes(4, "big")
            + string(self.key.blob)
            + string(self.namespace.encode())
            + string(b"")
            + string(self.hash_name.encode())
            + string(string(self.algorithm.encode()) + string(self.value))
        )

    @property
    def armoured(self) -> str:
        return armoured(self.blob, LABEL, WIDTH)


def signed_bytes(namespace: str, hash_name: str, message: bytes) -> bytes:
    """What the key signs: magic, namespace, an empty field, the name of the hash, the hash of the message."""
    digest = hashlib.new(hash_name, message).digest()
    return MAGIC + string(namespace.encode()) + string(b"") + string(hash_name.encode()) + string(digest)


def ssh_signed(seed: bytes, namespace: str, message: bytes) -> SshSignature:
    """The message signed with an Ed25519 key, in this process, as ssh-keygen does (SHA-512)."""
    key = ed25519_key(public_key(seed))
    return SshSignature(key, namespace, "sha512", ED25519, sign(seed, signed_bytes(namespace, "sha512", message)))


def read_ssh_signature(text: str) -> SshSignature:
    """A signature from its armoured text. Raises Malformed."""
    reader = Reader(from_armour(text, LABEL, "A signature"), "A signature")
    if reader.take(len(MAGIC)) != MAGIC or reader.number() != VERSION:
        raise Malformed("This is not an SSH signature of version 1.")
    key, namespace, reserved, hash_name = read_key(reader.string()), reader.name(), reader.string(), reader.name()
    inner = Reader(reader.string(), "A signature")
    reader.end()
    algorithm, value = inner.name(), inner.string()
    inner.end()
    if not namespace or reserved or hash_name not in HASHES:
        raise Malformed("An SSH signature names a namespace and hashes with SHA-256 or SHA-512.")
    return SshSignature(key, namespace, hash_name, algorithm, value)


def check_ssh_signature(
    signature: SshSignature, message: bytes, *, namespace: str, allowed: Collection[SshKey]
) -> SshKey:
    """The key that signed this message for this namespace, one of those allowed; keys are compared by their bytes.

    Raises Refused: `namespace`, `unknown-key` or `signature`.
    """
    if signature.namespace != namespace:
        raise Refused(
            f"It was signed as `{signature.namespace}`, not as `{namespace}`.",
            code="namespace",
            remedy="Sign the right kind of statement.",
        )
    if signature.key not in allowed:
        raise Refused(
            f"The key {signature.key.fingerprint} is not enrolled here.",
            code="unknown-key",
            remedy="Enrol the key first, or sign with the one that is enrolled.",
        )
    message_bytes = signed_bytes(namespace, signature.hash_name, message)
    if not is_good(signature.key, signature.algorithm, message_bytes, signature.value):
        raise Refused(
            "The signature is not over this statement.",
            code="signature",
            remedy="Read the statement again and sign what it says now.",
        )
    return signature.key
