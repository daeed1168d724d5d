"""Words that every report shares, so that text, page and SARIF say the same of the same thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from lastlook.campaigns import vocabulary as v
from lastlook.checking.result import Because, Earliest, Finding, Result, Told, Verdict
from lastlook.facts.values import Ages, Value, in_words
from lastlook.reports.as_json import band_of

VERDICT_WORDS = {"stopped": "Stopped", "undecided": "Cannot tell", "clear": "Nothing found", "shown": "To know"}
NOT_LOOKED_AT = "Not looked at yet"
HOLDER_WORDS = {"none": "nobody", "unknown": "not known"}
NOT_CLAIMED = "not claimed"
UNCONFIRMED = {
    "check": "unconfirmed: second-hand, or our reading",
    "memory": "unconfirmed: no source was found",
}
BAND_WORDS = {
    "child_0_12": "12 or under",
    "teen_13_15": "13 to 15",
    "teen_16_17": "16 or 17",
    "young_18_24": "18 to 24",
    "adult_25_plus": "25 or over",
    "minor": "under 18",
    "adult": "18 or over",
}
_CODES = frozenset(
    {*v.PROMINENCE, *v.PORTRAYALS, *v.PRODUCT_CATEGORIES, *v.PROPS, *v.APPEALS, *v.SETTINGS, *v.THEMES, *v.CLAIMS}
    | {*v.LABELS, *v.CHANNELS, *v.DECISION_RIGHTS, *v.MEANINGS, *v.ANSWERING_ROLES, *v.STAGES, *v.DOCUMENTS}
    | {*v.DOCUMENT_STATUS, *v.EFFECTS}
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def day_in_words(day: dt.date) -> str:
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def code_in_words(code: str) -> str:
    """A code of the vocabulary with spaces; everything else as somebody wrote it."""
    return code.replace("_", " ") if code in _CODES else code


def quoted(words: str) -> str:
    """What stands in a file behind the value it raised, if more is to be told than the value."""
    return f": “{words}”" if words else ""


def told_in_words(raised: Iterable[Told], value: Callable[[Value], str]) -> list[tuple[str, str]]:
    """A label, and what is told with its place. `value`: how this report says values.

    What several files say alike is told once, with the first place and how many more there are.
    """
    alike: dict[tuple[object, ...], list[Told]] = {}
    for each in raised:
        alike.setdefault((str(each.value), each.known, each.words, each.facts), []).append(each)
    return [(_LABELS.get(first.known, first.known), _told(first, len(more), value)) for first, *more in alike.values()]


RAISED = "raised"
_LABELS = {"embedded": RAISED, "observed": RAISED}


def _told(told: Told, more: int, value: Callable[[Value], str]) -> str:
    facts = "".join(f", {name_in_words(name)} {value(each)}" for name, each in told.facts)
    places = f" and {count(more, 'place')} more" if more else ""
    known = f"{told.known}, " if told.known in _LABELS else ""  # else the label says it
    return f"{value(told.value)}{facts}{quoted(told.words)} ({known}{told.source}{places})"


def right_in_words(right: str) -> str:
    """A decision right as something somebody holds: `the media plan`, `casting`."""
    return (
        code_in_words(right)
        if right in ("casting", "photography", "retouching")
        else f"the {_THINGS.get(right, code_in_words(right))}"
    )


_THINGS = {"product": "products"}


def name_in_words(name: str) -> str:
    """The name of a fact, such as `copy.exhortation_to_buy`, as one reads it aloud."""
    head, _, right = name.partition("held.")
    if right and not head:
        return f"who holds {right_in_words(right)}"
    return name.replace("_", " ").replace(".", " ")


def fact_in_words(address: str) -> str:
    """`people[talent-2].age` as `talent-2: age`. The address itself is what a campaign folder and JSON say."""
    thing, bracket, name = address.rpartition("].")
    if bracket:
        return f"{thing.partition('[')[2]}: {name_in_words(name)}"
    if address.startswith("campaign."):
        return f"campaign: {name_in_words(address.removeprefix('campaign.'))}"
    if address.endswith("]"):
        return address.partition("[")[2].removesuffix("]")
    return name_in_words(address)


def value_in_words(value: Value | tuple[str, ...], *, with_personal_data: bool) -> str:
    """A value for people. An exact age is its band unless personal data is asked for (docs/decisions/0006)."""
    if isinstance(value, tuple):
        return ", ".join(code_in_words(each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return day_in_words(value)
    if isinstance(value, Ages) and not with_personal_data:
        band = band_of(value)
        return BAND_WORDS[band] if isinstance(band, str) else in_words(value)
    return code_in_words(in_words(value))


def holder_in_words(holder: str) -> str:
    return HOLDER_WORDS.get(holder, holder)


def unheld_right(because: Because) -> str | None:
    """The right of which this fact says that nobody holds it."""
    head, _, right = because.fact.partition("held.")
    return right if not head and because.value is False else None


def is_told_by_questions(finding: Finding) -> bool:
    """Whether all that is to be said of a finding is which facts it waits for."""
    return finding.state == "cannot_tell" and finding.verdict == "undecided" and bool(finding.missing)


RULES_NAMED = 4  # that wait for an answer; more are counted
NAMED_AT_MOST = 8  # pictures; more are counted


def files_in_words(ids: Sequence[str], files: Mapping[str, str]) -> str:
    """Pictures by their files; of many how many they are, and the first and the last."""
    if len(ids) > NAMED_AT_MOST:
        return f"{len(ids)} pictures, from {files.get(ids[0], ids[0])} to {files.get(ids[-1], ids[-1])}"
    return ", ".join(files.get(each, each) for each in ids)


def changed_first(earliest: Earliest, files: Mapping[str, str]) -> str:
    """What the day does not count; empty where nothing has to be changed."""
    if not earliest.changes:
        return ""
    pictures = files_in_words(earliest.changes, files)
    each = "the picture" if len(earliest.changes) == 1 else "each"
    first = f"Nobody can waive what stops {pictures}, so {each} has to be changed first."
    return f"{first} The time that takes is not counted."


def sum_of(result: Result) -> str:
    """One campaign in one sentence."""
    unread = f"{count(len(result.errors), 'thing')} could not be read. " if result.errors else ""
    return unread + _verdict_sentence(result)


def _verdict_sentence(result: Result) -> str:
    facts = len(result.unreviewed)
    eyes = f"{count(facts, 'fact')} {'needs' if facts == 1 else 'need'} a second pair of eyes"
    findings = result.every_finding
    stops = [finding for finding in findings if finding.verdict == "stopped"]
    waiting = [each for each in findings if each.verdict == "undecided" and not is_told_by_questions(each)]
    asked = {
        (finding.rule, finding.document) for finding in waiting
    }  # of one person one thing, in however many pictures
    open_questions = count(len(result.questions) + len(asked), "open question")
    if result.verdict is Verdict.STOPPED:
        pictures = sum(asset.verdict == "stopped" for asset in result.assets)
        where = f" in {pictures} of {count(len(result.assets), 'picture')}" if pictures else ""
        return f"Stopped: {count(len(stops), 'finding')}{where}; {open_questions}; {eyes}."
    if result.verdict is Verdict.UNDECIDED:
        return f"Cannot tell: {open_questions}; {eyes}."
    return f"Nothing stands in the way, on what the makers declared; {eyes}."


def first_of(rules: Sequence[str], between: str) -> str:
    """A few of the rules that wait for an answer; the JSON has them all."""
    more = len(rules) - RULES_NAMED
    return between.join(rules) if more <= 1 else between.join((*rules[:RULES_NAMED], f"and {more} more"))
