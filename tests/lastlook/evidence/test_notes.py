"""Signed notes, checkpoints, cosignatures and proof files: public vectors, our own, and what is refused."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastlook.evidence.checkpoints import (
    Checkpoint,
    check_extends,
    cosigned,
    cosigned_at,
    read_checkpoint,
    read_checkpoint_text,
    signed_checkpoint,
)
from lastlook.evidence.log import Frontier, consistency_proof, inclusion_proof, nodes_of
from lastlook.evidence.merkle import EMPTY_ROOT, leaf_hash
from lastlook.evidence.notes import (
    COSIGNATURE,
    Note,
    NoteKey,
    check_signed_by,
    read_note,
    read_vkey,
    signed_note,
)
from lastlook.evidence.refusal import Malformed, Refused
from lastlook.evidence.signing import public_key, to_base64
from lastlook.evidence.tlog_proof import TlogProof, read_tlog_proof
from tests.lastlook.evidence.test_merkle import LEAVES

LOG_SEED, WITNESS_SEED = b"\x01" * 32, b"\x02" * 32
LOG_VKEY = "log.example/lastlook-test+8789e541+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
WITNESS_VKEY = "witness.example/w1+df1c0a35+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU"
LOG, WITNESS = read_vkey(LOG_VKEY), read_vkey(WITNESS_VKEY)

# C2SP signed-note, "Example"
C2SP_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
C2SP_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
# A checkpoint of the Go checksum database
GO_VKEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
GO_NOTE = (
    "go.sum database tree\n35225469\nvt5T6GaLCXvyHFl9VUvvItR43XZxfLgftEcTyO3eJCQ=\n\n"
    "— sum.golang.org Az3grpukl5AXaVfYkLiDGORx/DN2nlcS5kZHR5uYOBV2KA2HgXpD+gu9HHONebHLAyaKbbTM75QTtPydhKCExixSfwQ=\n"
)


def the_log(size: int = 8) -> tuple[Frontier, dict[int, bytes]]:
    log, kept = Frontier(), {}
    for number, entry in enumerate(LEAVES[:size]):
        log, kept[number] = log.append(leaf_hash(entry))
    return log, kept


def checkpoint_of(size: int = 8) -> Checkpoint:
    return Checkpoint("log.example/lastlook-test", size, the_log(size)[0].root)


def the_proof(index: int = 3) -> TlogProof:
    note = cosigned(signed_checkpoint(checkpoint_of(), LOG_SEED), "witness.example/w1", WITNESS_SEED, 1_700_000_000)
    return TlogProof(index, inclusion_proof(index, 8, nodes_of(the_log()[1])), note, checkpoint_of())


@pytest.mark.parametrize(("vkey", "note"), [(C2SP_VKEY, C2SP_NOTE), (GO_VKEY, GO_NOTE)])
def test_a_public_note_is_signed_by_its_public_key(vkey: str, note: str) -> None:
    key = read_vkey(vkey)
    assert key.vkey == vkey
    assert check_signed_by(read_note(note.encode()), [key]) == (key,)
    assert read_note(note.encode()).as_bytes == note.encode()


def test_the_checkpoint_of_the_go_checksum_database_is_no_checkpoint_of_ours() -> None:
    """Its first line has spaces; an origin here is a name, and is also the name of the key."""
    with pytest.raises(Malformed):
        read_checkpoint(GO_NOTE.encode())


def test_the_keys_of_our_own_vector_are_these() -> None:
    assert NoteKey("log.example/lastlook-test", public_key(LOG_SEED)).vkey == LOG_VKEY
    assert NoteKey("witness.example/w1", public_key(WITNESS_SEED), COSIGNATURE).vkey == WITNESS_VKEY


def test_our_own_vector_is_made_byte_for_byte() -> None:
    data = the_proof().as_bytes
    assert len(data) == 492
    assert hashlib.sha256(data).hexdigest() == "bcb09eed16c475b5f676c0f52106388f1ed1e3430181b7ded899275779d3b7e9"


def test_our_own_vector_holds() -> None:
    proof = read_tlog_proof(the_proof().as_bytes)
    assert proof == the_proof()
    proof.check_holds(LEAVES[3])
    assert check_signed_by(proof.note, [LOG]) == (LOG,)
    assert cosigned_at(proof.note, WITNESS) == 1_700_000_000
    with pytest.raises(Refused, match="is another one"):
        proof.check_holds(LEAVES[4])


def test_a_witness_that_did_not_cosign_is_missing_and_not_wrong() -> None:
    assert cosigned_at(signed_checkpoint(checkpoint_of(), LOG_SEED), WITNESS) is None


def test_every_byte_of_a_proof_matters() -> None:
    whole = the_proof().as_bytes
    passed = [at for at in range(len(whole)) if _holds(bytes([*whole[:at], whole[at] ^ 1, *whole[at + 1 :]]))]
    assert passed == []


def _holds(data: bytes) -> bool:
    try:
        proof = read_tlog_proof(data)
        proof.check_holds(LEAVES[3])
        check_signed_by(proof.note, [LOG])
        return cosigned_at(proof.note, WITNESS) is not None
    except Refused:
        return False


@pytest.mark.parametrize(
    "damaged",
    [
        "", "text", "text\n", "\n\n— a AAAAAAA=\n", "text\n\n", "text\n\n— a AAAAAAA=", "text\n\n- a AAAAAAA=\n",
        "text\n\n—a AAAAAAA=\n", "text\n\n—  AAAAAAA=\n", "text\n\n— a AAAA\n", "text\n\n— a AAAAAAA=\n\n",
        "text\n\n— a AAAAAAB=\n", "text\n\n— a+b AAAAAAA=\n", "te\txt\n\n— a AAAAAAA=\n",
        "text\n\n— a AAAAAAA=\nmore\n",
        "text\r\n\r\n— a AAAAAAA=\r\n", "text\n\n" + "— a AAAAAAA=\n" * 101,
    ],
)  # fmt: skip
def test_what_is_no_note_is_refused(damaged: str) -> None:
    with pytest.raises(Malformed):
        read_note(damaged.encode())


def test_a_note_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(Malformed):
        read_note(b"te\xffxt\n\n\xe2\x80\x94 a AAAAAAA=\n")


def test_a_text_may_hold_empty_lines_and_ends_at_the_last_one() -> None:
    note = signed_note("one\n\ntwo\n", "a", LOG_SEED)
    assert read_note(note.as_bytes) == note


def test_signatures_of_strangers_are_passed_over_and_a_wrong_one_of_a_known_key_refuses() -> None:
    note, key = signed_note("text\n", "a", LOG_SEED), NoteKey("a", public_key(LOG_SEED))
    stranger = signed_note("text\n", "b", WITNESS_SEED).signatures[0]
    assert check_signed_by(Note(note.text, (stranger, *note.signatures)), [key]) == (key,)
    wrong = signed_note("other\n", "a", LOG_SEED).signatures[0]
    with pytest.raises(Refused, match="not over this text") as refused:
        check_signed_by(Note(note.text, (*note.signatures, wrong)), [key])
    assert refused.value.code == "signature"
    with pytest.raises(Refused, match="Nobody who is known") as refused:
        check_signed_by(note, [NoteKey("a", public_key(WITNESS_SEED))])
    assert refused.value.code == "unknown-key"


def test_a_key_of_another_name_with_the_same_bytes_is_another_key() -> None:
    note = signed_note("text\n", "a", LOG_SEED)
    with pytest.raises(Refused):
        check_signed_by(note, [NoteKey("b", public_key(LOG_SEED))])


@pytest.mark.parametrize(
    "vkey",
    [
        "", "a+b", "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "+530d903a+Aeky", "a b+530d903a+Aeky",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ],
)  # fmt: skip
def test_a_key_whose_parts_do_not_belong_together_is_refused(vkey: str) -> None:
    with pytest.raises(Malformed):
        read_vkey(vkey)


@pytest.mark.parametrize(
    "text",
    [
        "", "o\n8\n", "o\n08\n" + to_base64(EMPTY_ROOT) + "\n", "o\n-1\n" + to_base64(EMPTY_ROOT) + "\n",
        "o\n8\nAAAA\n", "o\n8\n" + to_base64(EMPTY_ROOT) + "\nmore\n", "o\n0\n" + to_base64(b"\x00" * 32) + "\n",
        "\n8\n" + to_base64(EMPTY_ROOT) + "\n", "o o\n8\n" + to_base64(EMPTY_ROOT) + "\n",
        "o\n8 \n" + to_base64(EMPTY_ROOT) + "\n", "o\n8\n" + to_base64(EMPTY_ROOT),
    ],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        read_checkpoint_text(text)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("proof@v1", "proof@v2"), lambda text: text.replace("index 3", "index 03"),
        lambda text: text.replace("index 3", "index 8"), lambda text: text.replace("index 3\n", ""),
        lambda text: "\n" + text, lambda text: text.replace("index 3", "extra\nindex 3"),
        lambda text: text.replace("index 3", "extra AA=\nindex 3"), lambda text: text + "\n",
        lambda text: text.replace("\n\nlog.", "\nlog."), lambda text: text.replace("index 3\n", "index 3\nAAAA\n"),
    ],
)  # fmt: skip
def test_what_is_no_proof_is_refused(change: object) -> None:
    assert callable(change)
    with pytest.raises(Malformed):
        read_tlog_proof(change(the_proof().as_bytes.decode()).encode())


def test_what_is_put_beside_a_proof_travels_with_it() -> None:
    proof = the_proof()
    with_entry = TlogProof(proof.index, proof.hashes, proof.note, proof.checkpoint, LEAVES[3])
    assert read_tlog_proof(with_entry.as_bytes) == with_entry


def test_a_witness_cosigns_what_continues_and_refuses_a_fork_and_a_step_back() -> None:
    old, new = checkpoint_of(4), checkpoint_of(8)
    proof = consistency_proof(4, 8, nodes_of(the_log()[1]))
    check_extends(None, old, ())
    check_extends(old, new, proof)
    check_extends(new, new, ())
    fork = Checkpoint(new.origin, 8, leaf_hash(b"another history"))
    for known, offered, given_proof, code in (
        (old, fork, proof, "fork"),
        (new, fork, (), "fork"),
        (new, old, (), "step-back"),
        (old, Checkpoint("log.example/other", 8, new.root), proof, "origin"),
    ):
        with pytest.raises(Refused) as refused:
            check_extends(known, offered, given_proof)
        assert refused.value.code == code


@given(st.text(st.characters(exclude_categories=["Cs"], min_codepoint=0x20), min_size=1), st.integers(0, 2**63))
def test_a_signed_note_reads_back_equal(text: str, seconds: int) -> None:
    note = cosigned(signed_note(text + "\n", "log", LOG_SEED), "witness", WITNESS_SEED, seconds)
    assert read_note(note.as_bytes) == note
    witness = NoteKey("witness", public_key(WITNESS_SEED), COSIGNATURE)
    assert cosigned_at(note, witness) == seconds
