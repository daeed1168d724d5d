"""in-toto Statements (in-toto/attestation, Statement v1): what is said, of which bytes.

A subject is found by its digest alone; its name is for people. Our statements are written canonically (`canonical`).
"""

from __future__ import annotations

import re

import msgspec

from lastlook.digests import Canonical
from lastlook.evidence.canonical import from_bytes, to_bytes
from lastlook.evidence.refusal import Malformed

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PAYLOAD_TYPE = "application/vnd.in-toto+json"
MAX_BYTES = 1 << 22
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


class Subject(msgspec.Struct, frozen=True):
    """Bytes that something is said of: a name for people, 64 hex digits of SHA-256."""

    name: str
    sha256: str


class Statement(msgspec.Struct, frozen=True):
    """What is said (`predicate`, of a type) of which bytes."""

    subjects: tuple[Subject, ...]
    predicate_type: str
    predicate: dict[str, Canonical]

    @property
    def as_bytes(self) -> bytes:
        return to_bytes(
            {
                "_type": STATEMENT_TYPE,
                "subject": [{"name": each.name, "digest": {"sha256": each.sha256}} for each in self.subjects],
                "predicateType": self.predicate_type,
                "predicate": self.predicate,
            }
        )


def read_statement(data: bytes) -> Statement:
    """A Statement from its canonical bytes. Raises Malformed for anything else."""
    whole = from_bytes(data, max_bytes=MAX_BYTES)
    if not isinstance(whole, dict) or set(whole) != {"_type", "subject", "predicateType", "predicate"}:
        raise Malformed("A Statement has `_type`, `subject`, `predicateType` and `predicate`.")
    kind, predicate, subjects = whole["predicateType"], whole["predicate"], whole["subject"]
    if whole["_type"] != STATEMENT_TYPE or not isinstance(kind, str) or not isinstance(predicate, dict):
        raise Malformed(f"A Statement's type is {STATEMENT_TYPE}, its predicate has a type and is an object.")
    if not isinstance(subjects, list) or not subjects:
        raise Malformed("A Statement is about something.")
    return Statement(tuple(_subject(each) for each in subjects), kind, predicate)


def _subject(value: Canonical) -> Subject:
    if not isinstance(value, dict) or set(value) != {"name", "digest"}:
        raise Malformed("A subject has a name and a digest.")
    name, digest = value["name"], value["digest"]
    if not isinstance(name, str) or not isinstance(digest, dict) or set(digest) != {"sha256"}:
        raise Malformed("A subject has a name, and a digest by SHA-256 and no other.")
    sha256 = digest["sha256"]
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        raise Malformed("A SHA-256 is 64 hex digits in lower case.")
    return Subject(name, sha256)
