"""Whether a document is on file: for this person, these pictures, the whole flight, from enough different people."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from lastlook.checking.case import Document
from lastlook.checking.documents import Found, Wanted, look_for
from lastlook.errors import Place
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth
from lastlook.facts.values import NOT_KNOWN
from lastlook.reading.kinds import Span
from lastlook.rules.rule import DocumentDemand, Subject
from tests.world import a_campaign, an_asset

TODAY = dt.date(2026, 11, 24)
FLIGHT = Span(dt.date(2026, 12, 1), dt.date(2027, 1, 6))
THIS, OTHER = "a" * 64, "b" * 64
GOOD = Document(
    kind="guardian_consent",
    source=Place("campaign.yaml", 20),
    id="GC-77",
    of="talent-2",
    by="guardian-1",
    status="on_file",
    covers="campaign",
    checked_by="p4",
    checked_on=dt.date(2026, 11, 2),
    valid_until=dt.date(2027, 6, 30),
)
DAY = dt.timedelta(days=1)


def wanted(
    *, of: Subject = "people", subject: str = "talent-2", assets: tuple[str, ...] = ("look-01",), count: int = 1,
    final_bytes: bool = False, sha256: str = THIS, flight: Span | None = FLIGHT,
) -> Wanted:  # fmt: skip
    demand = DocumentDemand("guardian_consent", of, count, final_bytes)
    return Wanted(demand, subject, frozenset(assets), sha256, flight, TODAY)


def entry(**stated: object) -> Document:
    return msgspec.structs.replace(GOOD, **stated)


def found(*entries: Document, want: Wanted | None = None) -> tuple[Truth, str]:
    answer = look_for(want or wanted(), entries)
    return answer.on_file, answer.status


# One entry.


def test_a_document_good_for_everything_asked_is_on_file() -> None:
    assert look_for(wanted(), [GOOD]) == Found(TRUE, "on file", (GOOD,))


def test_of_a_document_nobody_mentions_nothing_is_known() -> None:
    assert look_for(wanted(), []) == Found(UNKNOWN, "unknown", ())


def test_a_document_said_to_be_absent_is_absent() -> None:
    absent = Document("guardian_consent", GOOD.source, of="talent-2", status="absent")
    assert look_for(wanted(), [absent]) == Found(FALSE, "absent", (absent,))


@pytest.mark.parametrize("foreign", [entry(kind="licence"), entry(of="talent-3")])
def test_another_kind_of_document_or_another_persons_says_nothing(foreign: Document) -> None:
    assert look_for(wanted(), [foreign]) == Found(UNKNOWN, "unknown", ())


@pytest.mark.parametrize(
    ("changed", "answer"),
    [
        ({"status": NOT_KNOWN}, (UNKNOWN, "unknown")),
        ({"covers": NOT_KNOWN}, (UNKNOWN, "unknown")),
        ({"covers": frozenset({"look-01"})}, (TRUE, "on file")),
        ({"covers": frozenset({"look-01", "look-02"})}, (TRUE, "on file")),
        ({"covers": frozenset({"look-02"})}, (FALSE, "insufficient")),
        ({"covers": frozenset()}, (FALSE, "insufficient")),
        ({"checked_by": NOT_KNOWN}, (UNKNOWN, "unknown")),
        ({"checked_on": NOT_KNOWN}, (UNKNOWN, "unknown")),
        ({"checked_on": TODAY}, (TRUE, "on file")),
        ({"checked_on": TODAY + DAY}, (UNKNOWN, "unknown")),
        ({"valid_until": NOT_KNOWN}, (UNKNOWN, "unknown")),
        ({"valid_until": "none"}, (TRUE, "on file")),
        ({"valid_until": FLIGHT.last}, (TRUE, "on file")),
        ({"valid_until": FLIGHT.last - DAY}, (FALSE, "insufficient")),
        ({"by": None}, (TRUE, "on file")),
        ({"sha256": OTHER}, (TRUE, "on file")),
        ({"of": None}, (UNKNOWN, "unknown")),
        ({"valid_until": FLIGHT.last - DAY, "covers": NOT_KNOWN}, (FALSE, "insufficient")),
        ({"of": None, "covers": frozenset({"look-02"})}, (UNKNOWN, "unknown")),
        ({"of": None, "status": "absent"}, (UNKNOWN, "unknown")),
        ({"status": "absent", "covers": frozenset({"look-02"})}, (UNKNOWN, "unknown")),
        ({"status": "absent", "covers": frozenset({"look-01"})}, (FALSE, "absent")),
        ({"status": "absent", "covers": NOT_KNOWN}, (FALSE, "absent")),
    ],
)
def test_whatever_is_missing_from_an_entry_is_unknown_and_whatever_is_wrong_with_it_is_insufficient(
    changed: dict[str, object], answer: tuple[Truth, str]
) -> None:
    assert found(entry(**changed)) == answer


def test_an_entry_that_says_unknown_of_its_status_never_counts_as_on_file() -> None:
    stated = {
        "id": "GC-77", "kind": "guardian_consent", "of": "talent-2", "by": "guardian-1", "covers": "campaign",
        "checked_by": "p4", "checked_on": "2026-11-02", "valid_until": "none",
    }  # fmt: skip

    def looked_for(**more: object) -> tuple[Truth, str]:
        case = a_campaign(an_asset(), people=[{"id": "talent-2", "age": 6}], documents=[{**stated, **more}])
        return found(*case.documents)

    assert looked_for() == (TRUE, "on file")
    assert looked_for(status="on_file") == (TRUE, "on file")
    assert looked_for(status="unknown") == (UNKNOWN, "unknown")
    assert looked_for(status="onfile") == (UNKNOWN, "unknown")  # a slip states nothing


# The flight.


def test_where_nobody_said_when_the_campaign_runs_only_a_document_without_end_lasts() -> None:
    want = wanted(flight=None)
    assert found(GOOD, want=want) == (UNKNOWN, "unknown")
    assert found(entry(valid_until="none"), want=want) == (TRUE, "on file")


# Several pictures.


@pytest.mark.parametrize(
    ("covers", "answer"),
    [
        ("campaign", (TRUE, "on file")),
        (frozenset({"look-01", "look-02", "look-03"}), (TRUE, "on file")),
        (frozenset({"look-01"}), (FALSE, "insufficient")),
    ],
)
def test_a_document_must_cover_every_picture_it_is_wanted_for(covers: object, answer: tuple[Truth, str]) -> None:
    assert found(entry(covers=covers), want=wanted(assets=("look-01", "look-02"))) == answer


# The final picture's bytes.


@pytest.mark.parametrize(
    ("sha256", "of_picture", "answer"),
    [
        (THIS, THIS, (TRUE, "on file")),
        (THIS.upper(), THIS, (TRUE, "on file")),
        (OTHER, THIS, (FALSE, "insufficient")),
        (NOT_KNOWN, THIS, (UNKNOWN, "unknown")),
        (THIS, "", (UNKNOWN, "unknown")),
    ],
)
def test_an_approval_of_the_final_picture_counts_for_exactly_its_bytes(
    sha256: object, of_picture: str, answer: tuple[Truth, str]
) -> None:
    assert found(entry(sha256=sha256), want=wanted(final_bytes=True, sha256=of_picture)) == answer


# Of whom, of what.


@pytest.mark.parametrize(
    ("of", "subject", "stated", "answer"),
    [
        ("asset", "look-01", {"of": "look-01"}, (TRUE, "on file")),
        ("asset", "look-01", {"of": None}, (TRUE, "on file")),
        ("asset", "look-01", {"of": "look-02"}, (UNKNOWN, "unknown")),
        ("asset", "look-01", {"of": None, "covers": frozenset({"look-02"})}, (UNKNOWN, "unknown")),
        ("asset", "look-01", {"of": None, "covers": frozenset({"look-01"})}, (TRUE, "on file")),
        ("campaign", "a-campaign", {"of": None}, (TRUE, "on file")),
        ("campaign", "a-campaign", {"of": None, "status": "absent"}, (FALSE, "absent")),
        ("products", "bag", {"of": "bag"}, (TRUE, "on file")),
        ("products", "bag", {"of": None}, (UNKNOWN, "unknown")),
    ],
)
def test_only_a_document_of_a_person_or_product_must_say_of_whom(
    of: Subject, subject: str, stated: dict[str, object], answer: tuple[Truth, str]
) -> None:
    assert found(entry(**stated), want=wanted(of=of, subject=subject)) == answer


# Several entries.

SECOND = entry(id="GC-78", by="guardian-2")


@pytest.mark.parametrize(
    ("entries", "answer"),
    [
        ([GOOD, SECOND], (TRUE, "on file")),
        ([GOOD], (UNKNOWN, "insufficient")),
        ([GOOD, entry(id="GC-78")], (UNKNOWN, "insufficient")),
        ([GOOD, entry(id="GC-78", by=None)], (UNKNOWN, "insufficient")),
        ([entry(by=None), entry(id="GC-78", by=None)], (UNKNOWN, "insufficient")),
        ([GOOD, msgspec.structs.replace(SECOND, checked_by=NOT_KNOWN)], (UNKNOWN, "insufficient")),
        ([GOOD, msgspec.structs.replace(SECOND, covers=frozenset({"look-02"}))], (UNKNOWN, "insufficient")),
        ([GOOD, SECOND, entry(id="GC-79", by=None)], (TRUE, "on file")),
    ],
)
def test_where_two_guardians_must_agree_two_different_people_must_have_signed(
    entries: list[Document], answer: tuple[Truth, str]
) -> None:
    assert found(*entries, want=wanted(count=2)) == answer


EXPIRED = entry(id="GC-70", valid_until=dt.date(2026, 12, 24))
ABSENT = Document("guardian_consent", Place("campaign.yaml", 30), of="talent-2", status="absent")


@pytest.mark.parametrize(
    ("entries", "answer"),
    [
        ([EXPIRED, GOOD], (TRUE, "on file")),
        ([EXPIRED, entry(covers=frozenset({"look-02"}))], (FALSE, "insufficient")),
        ([EXPIRED, ABSENT], (FALSE, "absent")),
        ([GOOD, ABSENT], (UNKNOWN, "insufficient")),
        ([GOOD, entry(id="GC-78", status=NOT_KNOWN)], (UNKNOWN, "insufficient")),
        ([EXPIRED, entry(id="GC-78", of=None)], (UNKNOWN, "unknown")),
        ([EXPIRED, entry(id="GC-78", checked_on=NOT_KNOWN)], (UNKNOWN, "unknown")),
        ([GOOD, msgspec.structs.replace(ABSENT, of=None)], (UNKNOWN, "insufficient")),
    ],
)
def test_entries_that_tell_different_stories_are_only_decided_when_every_story_ends_alike(
    entries: list[Document], answer: tuple[Truth, str]
) -> None:
    assert found(*entries) == answer


@pytest.mark.parametrize(
    ("entries", "answer"),
    [([], (UNKNOWN, "unknown")), ([GOOD], (UNKNOWN, "insufficient")), ([GOOD, SECOND], (UNKNOWN, "insufficient"))],
)
def test_while_an_entry_could_not_be_read_nothing_is_on_file_for_it_may_have_said_otherwise(
    entries: list[Document], answer: tuple[Truth, str]
) -> None:
    read = look_for(wanted(), entries, complete=False)
    assert (read.on_file, read.status) == answer


def test_the_answer_names_every_entry_that_speaks_of_it_and_no_other() -> None:
    entries = (GOOD, entry(kind="licence"), EXPIRED, entry(of="talent-3"))
    assert look_for(wanted(), entries) == Found(TRUE, "on file", (GOOD, EXPIRED))


def test_the_order_of_entries_changes_nothing() -> None:
    entries = [GOOD, EXPIRED, ABSENT, SECOND]
    assert {found(*entries[n:], *entries[:n]) for n in range(len(entries))} == {(UNKNOWN, "insufficient")}
