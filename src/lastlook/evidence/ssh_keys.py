"""Keys of OpenSSH: public keys as they stand in a `.pub` file, private Ed25519 keys without a passphrase.

A key is compared by its bytes, never by its comment or by a file's name. Kinds: Ed25519 (RFC 8709), ECDSA over the
three NIST curves (RFC 5656), RSA with SHA-2 (RFC 8332). A private key with a passphrase stays with ssh-agent.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING

import msgspec

from lastlook.errors import LastlookError
from lastlook.evidence.refusal import Malformed
from lastlook.evidence.signing import KEY_BYTES, SEED_BYTES, need_cryptography, public_key
from lastlook.evidence.ssh_wire import Reader, armoured, from_armour, string

if TYPE_CHECKING:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

ED25519, RSA = "ssh-ed25519", "ssh-rsa"
CURVES = {f"ecdsa-sha2-{name}": name for name in ("nistp256", "nistp384", "nistp521")}
MIN_RSA_BITS, MAX_RSA_BITS = 2048, 16_384
MAX_LINE = 16_384
_PRIVATE_LABEL, _PRIVATE_MAGIC = "OPENSSH PRIVATE KEY", b"openssh-key-v1\x00"


class SshKey(msgspec.Struct, frozen=True):
    """A public key: its bytes on the wire (RFC 4253, 6.6), which begin with its kind."""

    blob: bytes

    @property
    def kind(self) -> str:
        return Reader(self.blob, "A key").name()

    @property
    def line(self) -> str:
        """The key as a `.pub` file has it, without a comment."""
        return f"{self.kind} {base64.b64encode(self.blob).decode('ascii')}"

    @property
    def fingerprint(self) -> str:
        """As `ssh-keygen -l` prints it: SHA256 and base64 without padding."""
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.blob).digest()).decode("ascii").rstrip("=")


def read_key_line(text: str) -> SshKey:
    """A key from one line `kind base64 [comment]`; the comment is dropped. Raises Malformed."""
    parts = text.strip().split(None, 2)
    if len(text) > MAX_LINE or "\n" in text.strip() or len(parts) < 2:
        raise Malformed("A public key is one line: its kind, and base64.")
    try:
        key = read_key(base64.b64decode(parts[1].encode("ascii"), validate=True))
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Malformed("A public key is written in base64.") from error
    if key.kind != parts[0]:
        raise Malformed(f"The line says {parts[0]} and the key is {key.kind}.")
    return key


def read_key(blob: bytes) -> SshKey:
    """A key from its bytes. Raises Malformed for a kind that is not known, a weak one, and bytes left over."""
    reader = Reader(blob, "A public key")
    kind = reader.name()
    if kind == ED25519:
        if len(reader.string()) != KEY_BYTES:
            raise Malformed(f"An Ed25519 key has {KEY_BYTES} bytes.")
    elif kind in CURVES:
        if reader.name() != CURVES[kind]:
            raise Malformed("An ECDSA key names the curve of its kind.")
        reader.string()
    elif kind == RSA:
        exponent, modulus = reader.mpint(), reader.mpint()
        if exponent < 3 or not exponent & 1 or not MIN_RSA_BITS <= modulus.bit_length() <= MAX_RSA_BITS:
            raise Malformed(f"An RSA key has {MIN_RSA_BITS} to {MAX_RSA_BITS} bits and an odd exponent.")
    else:
        raise Malformed(f"Keys of the kind {kind[:40]!r} are not known: use Ed25519, ECDSA or RSA.")
    reader.end()
    return SshKey(blob)


def ed25519_key(public: bytes) -> SshKey:
    """The SSH key with these 32 bytes."""
    return SshKey(string(ED25519.encode()) + string(public))


def is_good(key: SshKey, algorithm: str, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (without its algorithm's name) is this key's over the message."""
    need_cryptography()
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    try:
        return _verified(key, algorithm, message, signature)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, Malformed):
        return False


def _verified(key: SshKey, algorithm: str, message: bytes, signature: bytes) -> bool:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

    reader = Reader(key.blob, "A public key")
    kind = reader.name()
    if kind == ED25519 and algorithm == ED25519:
        ed25519.Ed25519PublicKey.from_public_bytes(reader.string()).verify(signature, message)
        return True
    if kind in CURVES and algorithm == kind:
        curve, digest = _curve(reader.name())
        public = ec.EllipticCurvePublicKey.from_encoded_point(curve, reader.string())
        numbers = Reader(signature, "An ECDSA signature")
        encoded = utils.encode_dss_signature(numbers.mpint(), numbers.mpint())
        numbers.end()
        public.verify(encoded, message, ec.ECDSA(digest))
        return True
    if kind == RSA and algorithm in ("rsa-sha2-256", "rsa-sha2-512"):  # never ssh-rsa, which is SHA-1 (RFC 8332)
        exponent, modulus = reader.mpint(), reader.mpint()
        digest = hashes.SHA256() if algorithm == "rsa-sha2-256" else hashes.SHA512()
        rsa.RSAPublicNumbers(exponent, modulus).public_key().verify(signature, message, padding.PKCS1v15(), digest)
        return True
    return False


def _curve(name: str) -> tuple[ec.EllipticCurve, hashes.HashAlgorithm]:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    if name == "nistp256":
        return ec.SECP256R1(), hashes.SHA256()
    if name == "nistp384":
        return ec.SECP384R1(), hashes.SHA384()
    return ec.SECP521R1(), hashes.SHA512()


def read_private_key(text: str) -> bytes:
    """The 32-byte seed of an Ed25519 key in an OpenSSH file without a passphrase (PROTOCOL.key of OpenSSH).

    Raises LastlookError with the remedy for a key with a passphrase or of another kind: ssh-agent signs with those.
    """
    reader = Reader(from_armour(text, _PRIVATE_LABEL, "A private key"), "A private key")
    if reader.take(len(_PRIVATE_MAGIC)) != _PRIVATE_MAGIC:
        raise Malformed("This is not a private key of OpenSSH.")
    cipher, kdf, _ = reader.name(), reader.name(), reader.string()
    if cipher != "none" or kdf != "none":
        raise LastlookError("This key has a passphrase.", remedy="Add it to ssh-agent and name its `.pub` file.")
    if reader.number() != 1:
        raise Malformed("A file of OpenSSH holds one key.")
    reader.string()
    inner = Reader(reader.string(), "A private key")
    reader.end()
    if inner.number() != inner.number():
        raise Malformed("The two check numbers of this private key differ.")
    if inner.name() != ED25519:
        raise LastlookError("This is not an Ed25519 key.", remedy="Add it to ssh-agent and name its `.pub` file.")
    public, both = inner.string(), inner.string()
    inner.string()  # the comment
    if any(byte != at for at, byte in enumerate(inner.rest, start=1)):
        raise Malformed("The padding of this private key is not what it should be.")
    seed = both[:SEED_BYTES]
    if len(both) != SEED_BYTES + KEY_BYTES or both[SEED_BYTES:] != public or public_key(seed) != public:
        raise Malformed("The two halves of this private key do not belong together.")
    return seed


def private_key_text(seed: bytes, comment: str = "") -> str:
    """An Ed25519 key as an OpenSSH file without a passphrase. The check number is fixed: it protects nothing here."""
    public = public_key(seed)
    check = b"\x00\x00\x00\x01"
    inner = check + check + string(ED25519.encode()) + string(public) + string(seed + public) + string(comment.encode())
    inner += bytes(range(1, 1 + -len(inner) % 8))
    whole = _PRIVATE_MAGIC + string(b"none") + string(b"none") + string(b"") + b"\x00\x00\x00\x01"
    return armoured(whole + string(ed25519_key(public).blob) + string(inner), _PRIVATE_LABEL, 70)
