"""What an outsider finds: files that hold, files of which any byte was changed, and what is said of each."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import io
import re
import zipfile
from collections.abc import Callable

import msgspec
import pytest

from lastlook.clearance.acts import HOUSE, Corrected, Named
from lastlook.clearance.bundles import read_bundle
from lastlook.clearance.receipts import read_receipt
from lastlook.clearance.verifying import Verified, kind_of, verify
from lastlook.evidence.archive import from_archive, to_archive
from lastlook.evidence.refusal import Malformed, Refused
from lastlook.evidence.signing import public_key
from lastlook.evidence.ssh_keys import ed25519_key
from tests.world.records import NOON, PEOPLE, TRUST, WITNESSED, ARecord, a_cleared_record, seed_of
from tools.tampering import SECONDS, Tampered, World, tampered

WORLD = World()
CASES = list(tampered())


def looked_at(data: bytes, proofs: tuple[bytes, ...] = ()) -> Verified:
    return verify(data, trust=TRUST, proofs=proofs, now=NOON)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.what}")
def test_what_was_changed_is_refused_by_its_name(case: Tampered) -> None:
    verified = case.verified
    assert (verified.answer, verified.code) == ("refused", case.code)
    assert verified.why
    assert verified.remedy


def test_each_file_holds_and_says_what_it_is() -> None:
    clearance = looked_at(WORLD.clearance, (WORLD.proof.as_bytes,))
    assert (clearance.answer, clearance.says) == (
        "valid", ("1 pictures of a-campaign are cleared for web until 2027-01-06 (the flight)",),
    )  # fmt: skip
    bundle = looked_at(WORLD.bundle.as_bytes)
    assert (bundle.answer, bundle.says[0]) == (
        "valid", f"the whole record of a-campaign in house.example/record, {len(WORLD.record.entries)} entries",
    )  # fmt: skip
    receipt = looked_at(WORLD.receipt.as_bytes)
    size = len(WORLD.record.entries)
    assert (receipt.answer, receipt.says) == (
        "valid",
        (f"As of size {size} no decision in this record bears the handle p7.", "the handle is Somebody (p7)"),
    )


def test_without_a_trust_file_nobody_vouches_for_anything() -> None:
    for data, proofs in (
        (WORLD.clearance, (WORLD.proof.as_bytes,)),
        (WORLD.bundle.as_bytes, ()),
        (WORLD.receipt.as_bytes, ()),
    ):
        verified = verify(data, trust=None, proofs=proofs, now=NOON)
        assert verified.answer == "only consistent"
        assert "who vouches for it: no trust file was named" in verified.not_checked


def test_a_witness_and_its_time_are_told() -> None:
    house = WORLD.record.house_proof(seconds=SECONDS - 3600).as_bytes
    bundle = msgspec.structs.replace(WORLD.bundle, house=house)
    verified = verify(bundle.as_bytes, trust=WITNESSED, now=NOON)
    assert verified.answer == "valid"
    assert "witness.example/w1 cosigned at 2026-11-24 11:00 UTC" in verified.checked
    assert "the newest cosignature is at most 48 hours old" in verified.checked


def test_what_is_nothing_of_ours_is_bad_input_and_no_refusal() -> None:
    assert kind_of(b"hello") is None
    with pytest.raises(Malformed):
        looked_at(b"hello")


# Every byte.


def a_small_record() -> tuple[ARecord, bytes]:
    record = ARecord()
    record.registers("p7")
    record.does(Named, HOUSE, right="casting", holder="p7", assets="all")
    return record, record.seals()


def _flipped(data: bytes) -> list[int]:
    """The places at which a turned bit is not noticed."""
    passed = []
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1
        try:
            if looked_at(bytes(changed)).answer != "refused":
                passed.append(at)
        except Malformed:  # it is not even known for what it was
            continue
    return passed


def test_every_byte_of_a_bundle_matters() -> None:
    record, salt = a_small_record()
    data = record.bundle(salt=salt).as_bytes
    assert looked_at(data).answer == "valid"
    assert _flipped(data) == []


def test_every_byte_of_every_member_of_a_bundle_matters_when_the_zip_around_it_is_made_again() -> None:
    record, salt = a_small_record()
    members = from_archive(record.bundle(salt=salt).as_bytes)
    passed = []
    for name, data in members.items():
        for at in range(len(data)):
            changed = bytes([*data[:at], data[at] ^ 1, *data[at + 1 :]])
            if looked_at(to_archive({**members, name: changed})).answer != "refused":
                passed.append((name, at))
    assert passed == []


def test_every_byte_of_a_receipt_matters() -> None:
    record, salt = a_small_record()
    data = record.receipt("p7", salt).as_bytes
    assert looked_at(data).answer == "valid"
    assert _flipped(data) == []


def test_every_byte_of_a_clearance_and_of_its_proof_matters() -> None:
    clearance, proof = WORLD.clearance, WORLD.proof.as_bytes
    passed: list[tuple[str, int]] = []
    for at in range(len(clearance)):
        changed = bytes([*clearance[:at], clearance[at] ^ 1, *clearance[at + 1 :]])
        if kind_of(changed) is not None and looked_at(changed, (proof,)).answer != "refused":
            passed.append(("clearance", at))
    for at in range(len(proof)):
        changed = bytes([*proof[:at], proof[at] ^ 1, *proof[at + 1 :]])
        if looked_at(clearance, (changed,)).answer != "refused":
            passed.append(("proof", at))
    assert passed == []


@pytest.mark.parametrize("read", [read_bundle, read_receipt])
def test_what_is_written_reads_back_equal(read: Callable[[bytes], object]) -> None:
    given = WORLD.bundle if read is read_bundle else WORLD.receipt
    assert read(given.as_bytes) == given


# Receipts.


def test_a_receipt_names_every_decision_that_bears_the_handle() -> None:
    said = looked_at(WORLD.record.receipt("p3", WORLD.salt, with_name=False).as_bytes).says
    assert said == (
        (
            f"As of size {len(WORLD.record.entries)} these decisions bear the handle p3, and no others: "
            "photography on look-01, retouching on look-01."
        ),
        "whose handle it is, the receipt does not say",
    )


def test_a_correction_after_the_seal_moves_a_decision_from_one_receipt_to_another() -> None:
    record = WORLD.later(lambda r: r.does(Corrected, HOUSE, of="0" * 64, right="retouching", holder="p4", assets="all"))
    size = len(record.entries)
    photographer, stylist = (looked_at(record.receipt(handle, WORLD.salt).as_bytes).says[0] for handle in ("p3", "p4"))
    assert (
        photographer == f"As of size {size} these decisions bear the handle p3, and no others: photography on look-01."
    )
    assert stylist.endswith("props on look-01, location on look-01, retouching on look-01.")


def test_a_record_with_two_handles_for_one_person_cannot_be_sealed() -> None:
    record = a_cleared_record()
    record.registers("p70", person="person p7")
    with pytest.raises(Refused, match="two handles"):
        record.seals()


def test_a_receipt_shows_no_handle_of_others() -> None:
    record, salt = a_cleared_record(), b""
    salt = record.seals()
    data = record.receipt("p7", salt).as_bytes
    assert [handle for handle in PEOPLE if f'"{handle}"'.encode() in data.replace(b"\\", b"")] == ["p7"]


# Erasure.


def _hidden_in(data: bytes, what: bytes) -> bool:
    """Whether bytes stand in a file: as they are, in hex, in base64 within base64, in a member, or compressed."""
    found, layer = [data], [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            layer += [archive.read(name) for name in archive.namelist()]
    for _ in range(3):
        found += layer
        layer = [_decoded(run) for text in layer for run in re.findall(rb"[A-Za-z0-9+/_-]{16,}", text)]
    needles = [what, what.hex().encode(), gzip.compress(what, mtime=0)[10:-8]]
    return any(needle in text for needle in needles for text in found)


def _decoded(run: bytes) -> bytes:
    standard = run.replace(b"-", b"+").replace(b"_", b"/")
    whole = len(standard) - (1 if len(standard) % 4 == 1 else 0)
    return base64.b64decode(standard[:whole] + b"=" * (-whole % 4))


def test_after_an_erasure_nothing_of_the_person_is_left_and_both_bundles_verify() -> None:
    record = a_cleared_record()
    clearance, _ = record.clears()
    salt = record.seals()
    before = record.bundle(clearance, salt=salt).as_bytes
    name, key = b"Somebody (p8)", ed25519_key(public_key(seed_of("p8"))).blob[-32:]
    assert _hidden_in(before, name)
    assert _hidden_in(before, key)
    record.erases("p8")
    after = record.bundle(clearance, salt=salt).as_bytes
    assert not _hidden_in(after, name)
    assert not _hidden_in(after, key)
    assert looked_at(before).answer == "valid"
    verified = looked_at(after)
    assert verified.answer == "valid"
    assert "3 values are erased, and the record says so: key, name, signature" in verified.says
    assert "1 signatures: they are erased, or were not handed over" in verified.not_checked
    assert _hidden_in(after, b"Somebody (p7)"), "others are still there"


def test_a_year_later_the_same_bundle_still_holds() -> None:
    verified = verify(WORLD.bundle.as_bytes, trust=TRUST, now=NOON + dt.timedelta(days=365))
    assert verified.answer == "valid"
