"""Witnesses: a request, a cosignature, and why one is refused."""

from __future__ import annotations

import msgspec
import pytest

from lastlook.evidence.checkpoints import Checkpoint, cosigned_at, read_checkpoint, signed_checkpoint
from lastlook.evidence.log import nodes_of
from lastlook.evidence.merkle import leaf_hash
from lastlook.evidence.notes import Note
from lastlook.evidence.refusal import Malformed, Refused
from lastlook.evidence.witnessing import WitnessRequest, cosign, read_witness_request, witness_request
from tests.lastlook.evidence.test_notes import LOG, LOG_SEED, WITNESS, WITNESS_SEED, checkpoint_of, the_log

NODES = nodes_of(the_log()[1])


def a_request(old: int, new: int = 8) -> WitnessRequest:
    return witness_request(old, signed_checkpoint(checkpoint_of(new), LOG_SEED), checkpoint_of(new), NODES)


def cosigned_by_the_witness(request: WitnessRequest, known: Checkpoint | None) -> Note:
    read = read_witness_request(request.as_bytes)
    assert read == request
    return cosign(read, known=known, keys=[LOG], name=WITNESS.name, seed=WITNESS_SEED, seconds=1_700_000_000)


@pytest.mark.parametrize("old", range(9))
def test_a_witness_cosigns_what_continues_the_log_it_knows(old: int) -> None:
    note = cosigned_by_the_witness(a_request(old), checkpoint_of(old) if old else None)
    assert cosigned_at(note, WITNESS) == 1_700_000_000
    assert read_checkpoint(note.as_bytes)[0] == checkpoint_of()


FORK = Checkpoint("log.example/lastlook-test", 8, leaf_hash(b"another history"))


@pytest.mark.parametrize(
    ("code", "request_", "known"),
    [
        ("fork", a_request(8), FORK),
        ("fork", msgspec.structs.replace(a_request(4), proof=a_request(3).proof), checkpoint_of(4)),
        ("step-back", a_request(4, 4), checkpoint_of(8)),
        ("size", a_request(0), checkpoint_of(8)),
        ("size", a_request(4), None),
        ("origin", a_request(4), Checkpoint("other.example", 4, checkpoint_of(4).root)),
        ("signature", msgspec.structs.replace(a_request(4), note=Note(FORK.text, a_request(4).note.signatures)), None),
    ],
)
def test_a_witness_refuses(code: str, request_: WitnessRequest, known: Checkpoint | None) -> None:
    with pytest.raises(Refused) as refused:
        cosign(request_, known=known, keys=[LOG], name=WITNESS.name, seed=WITNESS_SEED, seconds=0)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "data", [b"", b"old 1\n", b"new 1\n\nx", b"old 01\n\nx", b"old 1\nAAAA\n\nx", b"old \xff\n\nx"]
)
def test_what_is_no_request_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        read_witness_request(data)
