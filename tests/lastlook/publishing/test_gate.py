"""The gate: exactly these bytes, on this line, with these words, now; and every refusal by its name."""

from __future__ import annotations

import datetime as dt
from typing import Any
from unittest import mock

import msgspec
import pytest

from lastlook.clearance.acts import HOUSE, Rendered, Vetoed
from lastlook.evidence import notes, signing
from lastlook.publishing.gate import LATER, LIKENESS, Allowed, Known, NotAllowed, Wanted, gate
from tests.world.records import TRUST, WITNESSED, ARecord, a_cleared_record

DURING = dt.datetime(2026, 12, 24, 18, tzinfo=dt.UTC)
WORDS = "Gifts for everyone"
RECORD = a_cleared_record()
CLEARANCE, INDEX = RECORD.clears()
PROOF = RECORD.proof(INDEX)
(PICTURE,) = RECORD.situation.assets
(LINE,) = PICTURE.lines
CHILD = "cd" * 32


def asked(known: Known | None = None, now: dt.datetime = DURING, **fields: Any) -> Allowed | NotAllowed:
    """The gate, asked for the picture as it was cleared, but for what is said otherwise."""
    files = {"clearance": CLEARANCE, "proofs": [PROOF.as_bytes], "trust": TRUST, "renditions": ()}
    given = {name: fields.pop(name, value) for name, value in files.items()}
    wanted = {"sha256": PICTURE.sha256, "line": "web", "words": WORDS, "line_digest": LINE.digest}
    return gate(Wanted(**{**wanted, **fields}), now=now, known=known, **given)


def why(*args: Any, **fields: Any) -> str:
    outcome = asked(*args, **fields)
    assert isinstance(outcome, NotAllowed)
    assert outcome.words
    assert outcome.remedy
    return outcome.why


def test_exactly_what_was_cleared_may_go_out() -> None:
    assert asked() == Allowed(
        "look-01", "web", dt.date(2027, 1, 6), (LIKENESS, LATER.format(size=len(RECORD.entries))), (RECORD.checkpoint,)
    )


def test_what_the_caller_has_not_looked_at_is_said() -> None:
    outcome = asked(Known(is_whole_record=True), line_digest=None)
    assert isinstance(outcome, Allowed)
    assert outcome.not_checked == (LIKENESS, "the plan: only the line's name was compared")


@pytest.mark.parametrize(
    ("expected", "fields"),
    [
        ("withdrawn", {"known": Known(withdrawn={PICTURE.sha256: "a complaint"})}),
        ("vetoed", {"known": Known(vetoed={PICTURE.sha256: "safeguarding"})}),
        ("changed", {"words": "Gifts for everybody"}),
        ("changed", {"words": None}),
        ("changed", {"line_digest": "0" * 64}),
        ("changed", {"sha256": "ff" * 32, "asset": "look-01"}),
        ("expired", {"now": dt.datetime(2027, 1, 7, tzinfo=dt.UTC)}),
        ("out_of_scope", {"line": "tv", "line_digest": None}),
        ("out_of_scope", {"now": dt.datetime(2026, 11, 30, 23, 59, tzinfo=dt.UTC)}),
        ("unknown", {"sha256": "ff" * 32}),
        ("unknown", {"proofs": []}),
        ("unknown", {"proofs": [RECORD.proof(0).as_bytes]}),
        ("unknown", {"clearance": CLEARANCE.replace(b'":"', b'": "', 1)}),
        ("unknown", {"clearance": b"{}"}),
        ("unknown", {"trust": msgspec.structs.replace(TRUST, origin="other.example/record")}),
        ("unknown", {"trust": msgspec.structs.replace(TRUST, keys=WITNESSED.witnesses)}),
        ("unknown", {"trust": WITNESSED}),
        ("unknown", {"known": Known(seen=[msgspec.structs.replace(RECORD.checkpoint, size=1_000)])}),
        ("unknown", {"known": Known(seen=[msgspec.structs.replace(RECORD.checkpoint, root=bytes(32))])}),
    ],
)
def test_anything_else_is_refused_by_its_name(expected: str, fields: dict[str, Any]) -> None:
    assert why(**fields) == expected


def test_refusals_come_in_one_order() -> None:
    """Of something for which every one of them would do, the first that is left is named."""
    everything = {
        "sha256": PICTURE.sha256,
        "words": "Other",
        "line": "tv",
        "now": dt.datetime(2028, 1, 1, tzinfo=dt.UTC),
    }
    withdrawn, vetoed = {PICTURE.sha256: "gone"}, {PICTURE.sha256: "no"}
    assert why(Known(withdrawn=withdrawn, vetoed=vetoed), **everything) == "withdrawn"
    assert why(Known(vetoed=vetoed), **everything) == "vetoed"
    assert why(**everything) == "changed"
    assert why(**{**everything, "words": WORDS}) == "expired"
    assert why(**{**everything, "words": WORDS, "now": DURING}) == "out_of_scope"
    assert why(Known(withdrawn=withdrawn), proofs=[]) == "withdrawn", "even where nothing else can be believed"


def test_one_signature_and_one_inclusion_are_checked() -> None:
    with (
        mock.patch.object(notes, "is_signed", wraps=signing.is_signed) as signed,
        mock.patch(
            "lastlook.evidence.tlog_proof.includes",
            wraps=__import__("lastlook.evidence.merkle").evidence.merkle.includes,
        ) as included,
    ):
        assert isinstance(asked(), Allowed)
    assert (signed.call_count, included.call_count) == (1, 1)


def test_a_witness_is_asked_for_where_the_trust_file_says_so() -> None:
    seconds = int(DURING.timestamp())
    fresh, old = (RECORD.house_proof(seconds=seconds - hours * 3600).as_bytes for hours in (1, 49))
    assert isinstance(asked(trust=WITNESSED, proofs=[PROOF.as_bytes, fresh]), Allowed)
    assert why(trust=WITNESSED, proofs=[PROOF.as_bytes, old]) == "unknown"
    assert why(trust=WITNESSED, proofs=[PROOF.as_bytes, RECORD.house_proof().as_bytes]) == "unknown"
    strangers = RECORD.house_proof(seconds=seconds, seed=b"\x09" * 32).as_bytes
    assert why(trust=WITNESSED, proofs=[PROOF.as_bytes, strangers]) == "unknown"


def a_rendering_record() -> tuple[ARecord, bytes, int, int]:
    record = a_cleared_record()
    clearance, index = record.clears()
    record.does(Rendered, HOUSE, parent=PICTURE.sha256, child=CHILD, recipe="resize 1080x1350, JPEG quality 85")
    return record, clearance, index, len(record.entries) - 1


def test_a_rendition_goes_out_by_record_and_never_by_likeness() -> None:
    record, clearance, index, rendered = a_rendering_record()
    files: dict[str, Any] = {"clearance": clearance, "proofs": [record.proof(index).as_bytes]}
    assert why(sha256=CHILD, **files) == "unknown"
    proofs = [record.proof(rendered).as_bytes]
    assert isinstance(asked(sha256=CHILD, renditions=proofs, **files), Allowed)
    assert isinstance(asked(Known(parents={CHILD: PICTURE.sha256}), sha256=CHILD, **files), Allowed)
    assert why(sha256="ee" * 32, renditions=proofs, **files) == "unknown"
    assert why(sha256=CHILD, renditions=[record.proof(index).as_bytes], **files) == "unknown", "no rendition"


def test_a_rendition_falls_with_what_it_was_made_from() -> None:
    known = Known(parents={CHILD: PICTURE.sha256}, withdrawn={PICTURE.sha256: "a complaint"})
    assert why(known, sha256=CHILD) == "withdrawn"


def test_renditions_in_a_circle_lead_nowhere() -> None:
    assert why(Known(parents={CHILD: "ee" * 32, "ee" * 32: CHILD}), sha256=CHILD) == "unknown"


def test_an_older_proof_is_refused_once_a_newer_one_was_seen() -> None:
    record = a_cleared_record()
    clearance, index = record.clears()
    older = record.proof(index).as_bytes
    record.does(Vetoed, "p9", assets="all")
    newer = record.proof(index).as_bytes
    outcome = asked(clearance=clearance, proofs=[newer])
    assert isinstance(outcome, Allowed)
    known = Known(seen=outcome.checkpoints)
    assert isinstance(asked(known, clearance=clearance, proofs=[newer]), Allowed)
    assert why(known, clearance=clearance, proofs=[older]) == "unknown"
