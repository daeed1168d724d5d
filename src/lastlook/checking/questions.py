"""What is missing, asked once: every rule that waits for a fact, and every picture it is about, in one question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from lastlook.campaigns.nouns import NOUNS
from lastlook.checking.case import Case
from lastlook.checking.findings import right_behind, told_by
from lastlook.checking.result import Question, Told
from lastlook.facts.element import Contradiction, Element, Fact, Listing
from lastlook.facts.raising import unsettled, unsettled_codes, unsettled_members
from lastlook.facts.truth import UNKNOWN
from lastlook.facts.values import Unknown
from lastlook.reading.kinds import NONE_WORD
from lastlook.rules.explanation import Reason, reason


class Missing(msgspec.Struct, frozen=True):
    """One fact that one rule waits for (`rule` empty: asked in any case). `told`: what others say of it."""

    reason: Reason
    rule: str = ""
    told: tuple[Told, ...] = ()


def merged(missing: Iterable[Missing]) -> tuple[Question, ...]:
    """One question for each fact, most awaited first."""
    by_fact: dict[str, list[Missing]] = {}
    for each in missing:
        by_fact.setdefault(each.reason.address, []).append(each)
    questions = [_question(address, waiting) for address, waiting in by_fact.items()]
    return tuple(sorted(questions, key=lambda question: (-len(question.undecided_rules), question.fact)))


def _question(address: str, waiting: list[Missing]) -> Question:
    first = waiting[0].reason
    assets = tuple(dict.fromkeys(each.reason.asset for each in waiting if each.reason.asset))
    rules = tuple(sorted({each.rule for each in waiting if each.rule}))
    told = tuple(dict.fromkeys(told for each in waiting for told in each.told))
    return Question(address, assets, rules, _asks(first, assets), right_behind(first), told)


def _asks(first: Reason, assets: tuple[str, ...]) -> str:
    noun = NOUNS[first.owner.noun]
    kind = noun.listing(first.name) if first.is_list else noun.fact(first.name)
    if kind is None:  # a picture that is only planned, or whose file could not be opened
        return f"Which file is {who(first.owner, assets)} (`file`)? None that can be opened is there."
    return kind.asks.format(who=who(first.owner, assets))


def who(owner: Element, assets: tuple[str, ...]) -> str:
    """The thing asked about, as the one who is asked knows it."""
    if owner.noun == "asset":
        return "each picture" if len(assets) > 1 else "the picture"
    if owner.noun == "plan":
        return f"plan line {owner.id}"
    if owner.noun == "legible":
        what = owner.fact("what").standing
        return f"the {what} ({owner.id})" if isinstance(what, str) else owner.id
    if owner.noun in ("portrayal", "theme", "appeal", "prop"):
        return f"“{owner.id}”"
    return owner.id


def unsettled_in(case: Case) -> Iterator[Missing]:
    """Every raised value that no standing value agrees with: a question whether or not a rule needs it."""
    yield from _unsettled_of(case.campaign, case.campaign)
    for asset in case.assets:
        yield from unsettled_of_asset(asset)


def unsettled_of_asset(asset: Element) -> Iterator[Missing]:
    yield from _unsettled_of(asset, asset)
    for name in ("people", "products", "legible", "plans", "themes", "appeals"):
        listing = asset.listing(name)
        for member in listing.members:
            yield from _unsettled_of(member, asset)
        if listing.raised_members:
            asked = unsettled_members(listing)  # what is said of them stands in the question who they are
            for member in listing.raised_members:
                if member not in asked:
                    yield from _unsettled_of(member, asset)


def _unsettled_of(owner: Element, asset: Element) -> Iterator[Missing]:
    for name, fact in owner.facts.items():
        if fact.conflicts or fact.raised:
            told = (*_stated(fact.conflicts), *(told_by(raised) for raised in unsettled(fact)))
            if told:
                told = (*standing_fact(fact), *told)
                yield Missing(reason(owner, name, asset, UNKNOWN, False), told=told)
    for name, listing in owner.lists.items():
        if not (listing.conflicts or listing.raised or listing.raised_members):
            continue
        told = (
            *_stated(listing.conflicts),
            *(told_by(raised) for raised in unsettled_codes(listing)),
            *(_told_of(member) for member in unsettled_members(listing)),
        )
        if told:
            told = (*standing_list(listing), *told)
            yield Missing(reason(owner, name, asset, UNKNOWN, True, whole_list=True), told=told)


def standing_fact(fact: Fact) -> Iterator[Told]:
    """The value that stands, where somebody says otherwise: both are asked about."""
    if not isinstance(fact.standing, Unknown) and fact.known is not None:
        yield Told(fact.standing, fact.known, str(fact.source or ""))


def standing_list(listing: Listing) -> Iterator[Told]:
    """What the list holds so far; nothing of one that nobody stated."""
    if listing.known is not None and not listing.conflicts:
        members = sorted(listing.codes) or [member.id for member in listing.members]
        if members or listing.complete:
            yield Told(", ".join(members) or NONE_WORD, listing.known, str(listing.source or ""))


def _told_of(member: Element) -> Told:
    """Somebody or something nobody declared, with all that is said of it."""
    facts = tuple((name, raised.value) for name, fact in member.facts.items() for raised in fact.raised)
    words = next((raised.words for fact in member.facts.values() for raised in fact.raised if raised.words), "")
    return Told(member.id, member.raised_by or "observed", str(member.source or ""), words, facts)


def _stated(conflicts: Iterable[Contradiction]) -> Iterator[Told]:
    return (Told(each.value, "declared", str(each.source)) for each in conflicts)
