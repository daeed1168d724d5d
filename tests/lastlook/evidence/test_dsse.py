"""Envelopes and Statements: the public vector, what other libraries make of ours, and what is refused."""

from __future__ import annotations

import json

import pytest
from in_toto_attestation.v1.resource_descriptor import ResourceDescriptor
from in_toto_attestation.v1.statement import Statement as OracleStatement
from securesystemslib.dsse import Envelope as OracleEnvelope
from securesystemslib.signer._key import SSlibKey

from lastlook.evidence.dsse import Envelope, check_envelope, pae, read_envelope, signed_envelope
from lastlook.evidence.notes import NoteKey
from lastlook.evidence.refusal import Malformed, Refused
from lastlook.evidence.signing import public_key, to_base64
from lastlook.evidence.statements import PAYLOAD_TYPE, Statement, Subject, read_statement

SEED, OTHER_SEED = b"\x01" * 32, b"\x02" * 32
KEY = NoteKey("house.example", public_key(SEED))
STATEMENT = Statement(
    (Subject("look-01", "ab" * 32), Subject("look-02", "cd" * 32)),
    "https://lastlook.example/clearance/v1",
    {"campaign": "holiday-window", "answers": ["é", 1, None]},
)
MOVED = signed_envelope(b"{}", "t", KEY.name, SEED)


def the_envelope() -> Envelope:
    return signed_envelope(STATEMENT.as_bytes, PAYLOAD_TYPE, KEY.name, SEED)


def test_the_bytes_that_are_signed_are_those_of_the_protocol() -> None:
    """The example of the DSSE protocol."""
    assert pae("http://example.com/HelloWorld", b"hello world") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


def test_lengths_are_counted_in_bytes() -> None:
    assert pae("é", "ü€".encode()) == b"DSSEv1 2 \xc3\xa9 5 \xc3\xbc\xe2\x82\xac"


def test_another_library_verifies_our_envelope() -> None:
    envelope = OracleEnvelope.from_dict(json.loads(the_envelope().as_bytes))
    (keyid,) = (each.keyid for each in envelope.signatures.values())
    key = SSlibKey(keyid, "ed25519", "ed25519", {"public": KEY.public.hex()})
    assert set(envelope.verify([key], 1)) == {keyid}
    assert envelope.payload == STATEMENT.as_bytes
    assert envelope.pae() == pae(PAYLOAD_TYPE, STATEMENT.as_bytes)


def test_another_library_reads_our_statement_and_writes_one_that_we_read() -> None:
    parsed = json.loads(STATEMENT.as_bytes)
    subjects = [ResourceDescriptor(name=each["name"], digest=each["digest"]).pb for each in parsed["subject"]]
    oracle = OracleStatement(subjects, parsed["predicateType"], parsed["predicate"])
    oracle.validate()
    assert [(each.name, dict(each.digest)) for each in oracle.pb.subject] == [
        ("look-01", {"sha256": "ab" * 32}),
        ("look-02", {"sha256": "cd" * 32}),
    ]
    assert oracle.pb.type == parsed["_type"]
    assert read_statement(STATEMENT.as_bytes) == STATEMENT


def test_our_own_envelope_holds_and_reads_back_equal() -> None:
    envelope = read_envelope(the_envelope().as_bytes)
    assert envelope == the_envelope()
    assert check_envelope(envelope, [KEY]) == (KEY,)


def test_both_alphabets_of_base64_are_read() -> None:
    whole = json.loads(the_envelope().as_bytes)
    whole["payload"] = to_base64(b"\xfb\xff\xfe").replace("+", "-").replace("/", "_")
    assert read_envelope(json.dumps(whole).encode()).payload == b"\xfb\xff\xfe"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda e: Envelope(e.payload + b" ", e.payload_type, e.signatures), "signature"),
        (lambda e: Envelope(e.payload, "text/plain", e.signatures), "signature"),
        (lambda e: Envelope(e.payload, e.payload_type, MOVED.signatures), "signature"),
        (
            lambda e: Envelope(
                e.payload, e.payload_type, signed_envelope(e.payload, PAYLOAD_TYPE, KEY.name, OTHER_SEED).signatures
            ),
            "unknown-key",
        ),
    ],
)  # fmt: skip
def test_a_changed_document_a_moved_signature_and_another_key_are_refused(change: object, code: str) -> None:
    assert callable(change)
    with pytest.raises(Refused) as refused:
        check_envelope(change(the_envelope()), [KEY])
    assert refused.value.code == code


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"{}", b'{"payload":"","payloadType":"t","signatures":[]}', b"\xff",
        b'{"payload":"","payloadType":"t","signatures":[{"sig":"AA==","x":1}]}',
        b'{"payload":"A","payloadType":"t","signatures":[{"sig":"AA=="}]}',
        b'{"payload":"AB==","payloadType":"t","signatures":[{"sig":"AA=="}]}',
        b'{"payload":"","payload":"","payloadType":"t","signatures":[{"sig":"AA=="}]}',
        b'{"payload":1,"payloadType":"t","signatures":[{"sig":"AA=="}]}',
        b'{"payload":"","payloadType":"t","signatures":[{"sig":"AA==","keyid":1}]}',
        b'{"payload":"","payloadType":"t","signatures":' + b"[" * 5000 + b"]" * 5000 + b"}",
    ],
)  # fmt: skip
def test_what_is_no_envelope_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        read_envelope(data)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("Statement/v1", "Statement/v2"), lambda text: text.replace("ab" * 32, "AB" * 32),
        lambda text: text.replace("ab" * 32, "ab"), lambda text: text.replace('"sha256"', '"sha512"', 1),
        lambda text: text.replace('"name":"look-01"', '"name":1'), lambda text: text.replace(",", ", ", 1),
        lambda text: text.replace('{"_type"', '{"A":1,"_type"'),
    ],
)  # fmt: skip
def test_what_is_no_statement_is_refused(change: object) -> None:
    assert callable(change)
    with pytest.raises(Malformed):
        read_statement(change(STATEMENT.as_bytes.decode()).encode())
