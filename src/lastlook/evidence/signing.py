"""Ed25519 (RFC 8032), lazily: whoever signs and verifies nothing does not load `cryptography` (decision 0005)."""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import TYPE_CHECKING

from lastlook.errors import LastlookError
from lastlook.evidence.refusal import Malformed

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_BYTES, SEED_BYTES, SIGNATURE_BYTES = 32, 32, 64


def need_cryptography() -> None:
    """Raise LastlookError with the remedy where the extra `sign` is not installed."""
    try:
        import cryptography  # noqa: F401
    except ImportError as error:
        raise LastlookError(
            "Signatures need the package `cryptography`, which is not installed.",
            remedy="Install it with: pip install 'lastlook[sign]'",
        ) from error


def new_seed() -> bytes:
    """32 random bytes: an Ed25519 private key."""
    return secrets.token_bytes(SEED_BYTES)


def public_key(seed: bytes) -> bytes:
    """The 32 bytes of the public key that belongs to a seed."""
    return _private(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """The 64 bytes of a signature; the same for the same message."""
    return _private(seed).sign(message)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this is that key's signature over exactly this message."""
    need_cryptography()
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if len(public) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _private(seed: bytes) -> Ed25519PrivateKey:
    need_cryptography()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed)


def to_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str, *, what: str) -> bytes:
    """The bytes of standard base64 with its padding (RFC 4648, 4); any other spelling is Malformed."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Malformed(f"{what} is not base64.") from error
    if to_base64(data) != text:
        raise Malformed(f"{what} is not base64 as RFC 4648 writes it.")
    return data
