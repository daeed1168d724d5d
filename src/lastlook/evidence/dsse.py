"""DSSE envelopes (secure-systems-lab/dsse, protocol v1.0.0): a document, its type, and who signed exactly that.

The signature is over PAE, the pre-authentication encoding: `DSSEv1 <length> <type> <length> <body>`, lengths in bytes
and decimal. The bytes that were verified are the bytes that are handed on; nobody parses the envelope a second time.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence

import msgspec

from lastlook.evidence.notes import NoteKey
from lastlook.evidence.refusal import Malformed, Refused
from lastlook.evidence.signing import is_signed, public_key, sign, to_base64

MAX_BYTES = 1 << 22
MAX_SIGNATURES = 16


class EnvelopeSignature(msgspec.Struct, frozen=True):
    """One signature: `keyid` is a hint, never a reason to believe."""

    keyid: str
    sig: bytes


class Envelope(msgspec.Struct, frozen=True):
    """A document and its signatures, none of them believed yet."""

    payload: bytes
    payload_type: str
    signatures: tuple[EnvelopeSignature, ...]

    @property
    def as_bytes(self) -> bytes:
        """The envelope as JSON, keys in this order, standard base64."""
        signatures = [{"keyid": each.keyid, "sig": to_base64(each.sig)} for each in self.signatures]
        whole = {"payload": to_base64(self.payload), "payloadType": self.payload_type, "signatures": signatures}
        return json.dumps(whole, separators=(",", ":")).encode()


def pae(payload_type: str, body: bytes) -> bytes:
    """What is signed: type and body, each with its length before it, so that neither can borrow from the other."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(body), body)


def signed_envelope(payload: bytes, payload_type: str, name: str, seed: bytes) -> Envelope:
    """The document signed with an Ed25519 key. `keyid` is the key's name and the hex of its note key id."""
    key = NoteKey(name, public_key(seed))
    signature = EnvelopeSignature(keyid_of(key), sign(seed, pae(payload_type, payload)))
    return Envelope(payload, payload_type, (signature,))


def keyid_of(key: NoteKey) -> str:
    return f"{key.name}+{key.id.hex()}"


def read_envelope(data: bytes) -> Envelope:
    """An envelope as it stands; both alphabets of base64 are read. Raises Malformed; believes nothing yet."""
    if len(data) > MAX_BYTES:
        raise Malformed(f"An envelope of {len(data)} bytes is too large.")
    try:
        whole = json.loads(data.decode("utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"An envelope is JSON: {error}.") from error
    if not isinstance(whole, dict) or set(whole) != {"payload", "payloadType", "signatures"}:
        raise Malformed("An envelope has `payload`, `payloadType` and `signatures`, and nothing else.")
    kind, signatures = whole["payloadType"], whole["signatures"]
    if not isinstance(kind, str) or not isinstance(signatures, list) or not 1 <= len(signatures) <= MAX_SIGNATURES:
        raise Malformed(f"An envelope has a type and 1 to {MAX_SIGNATURES} signatures.")
    return Envelope(_bytes_of(whole["payload"], "payload"), kind, tuple(_signature(each) for each in signatures))


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _signature(value: object) -> EnvelopeSignature:
    if not isinstance(value, Mapping) or not set(value) <= {"keyid", "sig"} or "sig" not in value:
        raise Malformed("A signature of an envelope has `sig` and `keyid`.")
    keyid = value.get("keyid", "")
    if not isinstance(keyid, str):
        raise Malformed("`keyid` is text.")
    return EnvelopeSignature(keyid, _bytes_of(value["sig"], "sig"))


def _bytes_of(value: object, name: str) -> bytes:
    if not isinstance(value, str):
        raise Malformed(f"`{name}` is base64 text.")
    standard = value.replace("-", "+").replace("_", "/")
    try:
        data = base64.b64decode(standard.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Malformed(f"`{name}` is not base64.") from error
    if to_base64(data) != standard:
        raise Malformed(f"`{name}` is not base64 as RFC 4648 writes it.")
    return data


def check_envelope(envelope: Envelope, keys: Sequence[NoteKey]) -> tuple[NoteKey, ...]:
    """Which of these keys signed it; at least one. Raises Refused where a named key's signature does not fit.

    A signature whose `keyid` names none of the keys is passed over.
    """
    message = pae(envelope.payload_type, envelope.payload)
    found: dict[NoteKey, None] = {}
    for signature in envelope.signatures:
        for key in (each for each in keys if keyid_of(each) == signature.keyid):
            if not is_signed(key.public, message, signature.sig):
                raise Refused(
                    f"The signature of {key.name} is not over this document.",
                    code="signature",
                    remedy="Do not use it: it was changed after it was signed.",
                )
            found[key] = None
    if not found:
        names = ", ".join(each.keyid or "no name" for each in envelope.signatures)
        raise Refused(
            f"Nobody who is known signed it; it bears {names}.",
            code="unknown-key",
            remedy="Ask for a trust file that names its key, from somebody you trust.",
        )
    return tuple(found)
