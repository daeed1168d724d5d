"""What a picture shows that its plan did not, and the other way round: each difference is one question.

A plan never stands: what is judged is the picture. But a prop that nobody planned was chosen by somebody, and
a child that was planned and is not declared may still be in the picture.
"""

from __future__ import annotations

from collections.abc import Iterator

from lastlook.campaigns.nouns import ASSET
from lastlook.checking.case import Case
from lastlook.checking.questions import Missing, standing_fact, standing_list
from lastlook.checking.result import Told
from lastlook.errors import Place
from lastlook.facts.element import Element, Listing
from lastlook.facts.truth import UNKNOWN
from lastlook.facts.values import NOT_KNOWN, Unknown, Value, agree
from lastlook.reading.kinds import NONE_WORD
from lastlook.rules.explanation import reason

NOT_COMPARED = frozenset({"plans"})  # where a picture runs is planned anew; its plan line says so itself


def differences(case: Case) -> Iterator[Missing]:
    """Every fact and list that a made picture and the plan of it tell differently."""
    for asset in case.assets:
        plan = case.plans.get(asset.id)
        if plan is None:
            continue
        for listing in ASSET.lists:
            told = plan.listing(listing.name)
            if listing.name not in NOT_COMPARED and _differ(asset.listing(listing.name), told):
                value = ", ".join(sorted(_members(told))) or NONE_WORD
                yield _asked(asset, listing.name, value, told.source or plan.source, is_list=True)
        for name, fact in plan.facts.items():
            standing = asset.fact(name).standing
            if isinstance(fact.standing, Unknown) or standing is NOT_KNOWN or isinstance(standing, Unknown):
                continue
            if not agree(fact.standing, standing) and not name.startswith("held."):
                yield _asked(asset, name, fact.standing, fact.source, is_list=False)


def differing_lists(one: Element, other: Element) -> tuple[str, ...]:
    """The lists of what is shown that two elements tell differently."""
    lists = (listing.name for listing in ASSET.lists if "." not in listing.name and listing.name not in NOT_COMPARED)
    return tuple(name for name in lists if _differ(one.listing(name), other.listing(name)))


def _differ(picture: Listing, plan: Listing) -> bool:
    """A list that either does not state is no difference; one that may be incomplete differs only by what it names."""
    if picture.known is None or plan.known is None:
        return False
    shown, planned = _members(picture), _members(plan)
    return (picture.complete and bool(planned - shown)) or (plan.complete and bool(shown - planned))


def _members(listing: Listing) -> frozenset[str]:
    """Codes, or the ids of members that have one of their own."""
    return listing.codes or frozenset(member.id for member in listing.members if "#" not in member.id)


def _asked(asset: Element, name: str, value: Value, source: Place | None, *, is_list: bool) -> Missing:
    told = Told(value, "planned", str(source) if source else "")
    own = standing_list(asset.listing(name)) if is_list else standing_fact(asset.fact(name))
    return Missing(reason(asset, name, asset, UNKNOWN, is_list, whole_list=is_list), told=(*own, told))
