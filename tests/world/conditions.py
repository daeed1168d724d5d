"""Random conditions, and random pictures they can be about: small, so that the two often have to do with each other.

Conditions are drawn as they are written in a rule, so that the reader is part of what is tried.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Literal

import msgspec
from hypothesis import strategies as st

from lastlook.campaigns.nouns import NOUNS
from lastlook.errors import Place
from lastlook.facts.element import Element, Fact, Listing, Raised
from lastlook.facts.values import NOT_KNOWN, Ages, Unknown, Value
from lastlook.reading.kinds import Problems, Span
from lastlook.rules.conditions import Condition
from lastlook.rules.when import SCOPE_CONTEXTS, Context, read_when
from tests.world.campaigns import node_of
from tests.world.rules import bundled

Written = dict[str, object]
Draw = st.SearchStrategy[object]
Scope = Literal["asset", "group", "campaign", "concurrent"]

MANIFEST, METADATA = Place("campaign.yaml", 1), Place("look-01.jpg")
CHRISTMAS = dt.date(2026, 12, 25)
AGES = [Ages(6, 6), Ages(16, 16), Ages(0, 17), Ages(18, 24), Ages(22, 22), Ages(25, 120), Ages(10, 30)]
YES_OR_NO = [True, False]
FLIGHTS = [Span(dt.date(2026, 12, 1), dt.date(2026, 12, 24)), Span(dt.date(2026, 12, 20), dt.date(2027, 1, 6))]

VALUES: dict[str, dict[str, list[Value]]] = {  # by noun: facts, and values that the tests below tell apart
    "person": {"age": [*AGES], "appears": [*AGES], "prominence": ["principal", "background"]},
    "portrayal": {"portrayal": ["drinking", "restrained"], "imitable": [*YES_OR_NO]},
    "product": {"category": ["alcohol", "toy"], "audience": ["adults", "children"], "minimum_age": [0, 12, 18]},
    "legible": {"what": ["document", "book"], "searched": [*YES_OR_NO]},
    "plan": {"media": ["paid", "owned"], "under_16_audience_share": [0, 0.25, 0.6], "flight": [*FLIGHTS]},
    "theme": {"theme": ["horror", "nudity"], "intensity": ["mild", "graphic"]},
    "prop": {"prop": ["alcohol", "toy"]},
    "asset": {
        "copy.exhortation_to_buy": [*YES_OR_NO], "disclosure.label": ["ad", "none"], "held.combination": [*YES_OR_NO],
    },
    "campaign": {"shoot_country": ["GB", "FR"], "stage": ["concept", "final"], "flight": [*FLIGHTS]},
}  # fmt: skip
CODES: dict[str, dict[str, list[str]]] = {  # by noun: lists of codes
    "person": {"portrayal": ["drinking", "restrained"]},
    "product": {"styled_as": ["toy", "restraint"]},
    "plan": {"countries": ["GB", "FR"]},
    "asset": {"props": ["alcohol", "toy", "knife"], "themes": ["horror", "nudity"], "copy.claims": ["free", "price"]},
    "campaign": {"markets": ["GB", "FR"]},
}
MEMBERS: dict[str, dict[str, str]] = {  # by noun: lists whose members have facts of their own
    "person": {"portrayal": "portrayal"},
    "asset": {
        "people": "person", "products": "product", "legible": "legible", "plans": "plan", "themes": "theme",
        "props": "prop",
    },
    "campaign": {"assets": "asset"},
    "group": {"assets": "asset"},
}  # fmt: skip
DERIVED: dict[str, list[str]] = {
    "person": ["is_child", "is_or_seems_under_25", "is_significant"],
    "product": ["is_for_adults", "is_adult_themed", "is_toy_for_adults"],
    "plan": ["is_social", "is_in_youth_medium"],
    "asset": ["features_alcohol", "shows_adult_theme", "combines_choices", "shows_adult_in_charge"],
}


# Conditions, as they are written.


def _limits(value: Value) -> Draw:
    compared = st.sampled_from(["lt", "le", "gt", "ge", "eq"])
    if isinstance(value, Ages):
        return st.builds(lambda how, limit: {how: limit}, compared, st.sampled_from([6, 16, 18, 25]))
    if isinstance(value, Span):
        return st.builds(lambda how, day: {how: day}, compared, st.sampled_from(["2026-12-24", "2026-12-25"]))
    return st.builds(lambda how, limit: {how: limit}, compared, st.sampled_from([0, 0.25, 12, 18]))


def _tests(values: list[Value]) -> Draw:
    if isinstance(values[0], bool):
        return st.booleans()
    if isinstance(values[0], str):
        return _codes([str(value) for value in values])
    return _limits(values[0])


def _codes(codes: list[str]) -> Draw:
    return st.sampled_from(codes) | st.lists(st.sampled_from(codes), min_size=1, max_size=2, unique=True)


def _literals(noun: str, around: frozenset[str]) -> Draw:
    found: list[Draw] = []
    for reached, prefix in ((noun, ""), *((outer, f"{outer}.") for outer in sorted(around) if outer != noun)):
        for name, values in VALUES.get(reached, {}).items():
            found.append(_literal(prefix + name, _tests(values)))
        for name, codes in CODES.get(reached, {}).items():
            found.append(_literal(prefix + name, _codes(codes)))
        found += [_literal(prefix + name, st.booleans()) for name in DERIVED.get(reached, [])]
    return st.one_of(found) if found else st.just("always")


def _literal(path: str, test: Draw) -> Draw:
    return test.map(lambda tested: {path: tested})


def _quantified(noun: str, around: frozenset[str], depth: int) -> Draw:
    lists = dict(MEMBERS.get(noun, {}))
    if "asset" in around:
        lists = {**MEMBERS["asset"], **lists}
    found: list[Draw] = []
    for name, member in lists.items():
        where = written_whens(member, around | ({member} & {"asset", "campaign"}), depth - 1)
        found.append(
            st.builds(
                lambda how, part, name=name: {how: name, "where": part}, st.sampled_from(["some", "every"]), where
            )
        )
        found.append(
            st.builds(
                lambda part, n, name=name: {"count": name, "where": part, "at_least": n}, where, st.integers(1, 3)
            )
        )
    return st.one_of(found)


def written_whens(
    noun: str = "asset", around: frozenset[str] = frozenset({"asset", "campaign"}), depth: int = 2
) -> Draw:
    """Conditions about a noun, as a rule writes them. `around`: what can be reached outwards."""
    literal = _literals(noun, around)
    if depth == 0:
        return st.one_of(literal, literal, literal, st.just("always"))
    inner = st.deferred(lambda: written_whens(noun, around, depth - 1))
    parts = st.lists(inner, min_size=1, max_size=3)
    kinds: list[Draw] = [
        literal,
        st.builds(lambda how, several: {how: several}, st.sampled_from(["all", "any"]), parts),
        inner.map(lambda one: {"not": one}),
    ]
    if MEMBERS.get(noun) or "asset" in around:
        kinds += [_quantified(noun, around, depth)] * 2
    return st.one_of(kinds)


def condition_of(written: object, scope: Scope = "asset") -> Condition:
    """A written condition as the reader understands it."""
    noun, around = SCOPE_CONTEXTS[scope]
    problems = Problems()
    condition = read_when(node_of(written, file="rule.yaml"), Context(NOUNS[noun], around, bundled().derived), problems)
    assert not problems, problems
    assert condition is not None
    return condition


def conditions(depth: int = 2) -> st.SearchStrategy[Condition]:
    """Conditions of a picture in negation normal form."""
    return written_whens(depth=depth).map(condition_of)


# Pictures, as far as they are known.


def _facts(values: list[Value], *, raised: bool) -> st.SearchStrategy[Fact]:
    one = st.sampled_from(values)
    standing: st.SearchStrategy[Value | Unknown] = st.one_of(one, one, st.just(NOT_KNOWN))
    raises = st.lists(one.map(seen), max_size=2) if raised else st.just([])
    return st.builds(
        lambda value, lifts: Fact(value, "declared" if value is not NOT_KNOWN else None, MANIFEST, tuple(lifts)),
        standing,
        raises,
    )


def seen(value: Value) -> Raised:
    """A value as a machine raises it."""
    return Raised(value, "observed", METADATA)


def _of_codes(codes: list[str], member: str | None, *, raised: bool) -> st.SearchStrategy[Listing]:
    def listing(chosen: set[str], complete: bool, lifts: list[str], own: list[Element]) -> Listing:
        members = tuple(_named(element, code) for element, code in zip(own, sorted(chosen), strict=False))
        return Listing(members, frozenset(chosen), complete, "declared", MANIFEST, tuple(seen(code) for code in lifts))

    one = st.sampled_from(codes)
    own = st.lists(elements(member, raised=raised), min_size=3, max_size=3) if member else st.just([])
    return st.builds(
        listing, st.sets(one, max_size=2), st.booleans(), st.lists(one, max_size=1) if raised else st.just([]), own
    )


def _named(element: Element, code: str) -> Element:
    """A member whose code is its fact: a theme's `theme`."""
    return msgspec.structs.replace(element, id=code, facts={**element.facts, element.noun: Fact(code, "declared")})


def _of_members(member: str, *, raised: bool) -> st.SearchStrategy[Listing]:
    several = st.lists(elements(member, raised=raised), max_size=2)
    return st.builds(
        lambda members, complete, lifts: Listing(
            tuple(members), frozenset(), complete, "declared", MANIFEST, raised_members=tuple(lifts)
        ),
        several,
        st.booleans(),
        st.lists(elements(member, raised=True), max_size=1) if raised else st.just([]),
    )


def elements(noun: str = "asset", *, raised: bool = True) -> st.SearchStrategy[Element]:
    """Things of a noun of which anything may be known or not, and, if `raised`, be raised as well."""
    facts = {name: _facts(values, raised=raised) for name, values in VALUES.get(noun, {}).items()}
    members, codes = MEMBERS.get(noun, {}), CODES.get(noun, {})
    lists = {name: _of_members(member, raised=raised) for name, member in members.items() if name not in codes}
    lists |= {name: _of_codes(known, members.get(name), raised=raised) for name, known in codes.items()}
    return st.builds(
        lambda own, listed: Element(noun, "it", "", own, listed, MANIFEST),
        st.fixed_dictionaries(facts) | st.fixed_dictionaries({}, optional=facts),
        st.fixed_dictionaries(lists) | st.fixed_dictionaries({}, optional=lists),
    )


def campaigns(*, raised: bool = True) -> st.SearchStrategy[Element]:
    """What surrounds a picture: a campaign, its own pictures left out."""
    return elements("campaign", raised=raised).map(
        lambda campaign: msgspec.structs.replace(
            campaign, lists={name: listing for name, listing in campaign.lists.items() if name != "assets"}
        )
    )


# Places within a picture, and the picture with something else there.

Step = tuple[str, bool, int]  # a list's name, whether among its raised members, and which
Way = tuple[Step, ...]


def ways(element: Element) -> Iterator[Way]:
    """The way to every thing in a picture, the picture itself first."""
    yield ()
    for name, listing in element.lists.items():
        for is_raised, members in ((False, listing.members), (True, listing.raised_members)):
            for number, member in enumerate(members):
                yield from (((name, is_raised, number), *rest) for rest in ways(member))


def at_the_end_of(way: Way, element: Element) -> Element:
    for name, is_raised, number in way:
        listing = element.listing(name)
        element = (listing.raised_members if is_raised else listing.members)[number]
    return element


def changed_at(way: Way, element: Element, change: Callable[[Element], Element]) -> Element:
    """The picture in which the thing at the end of this way is changed."""
    if not way:
        return change(element)
    (name, is_raised, number), *rest = way
    listing = element.listing(name)
    members = list(listing.raised_members if is_raised else listing.members)
    members[number] = changed_at(tuple(rest), members[number], change)
    key = "raised_members" if is_raised else "members"
    new = msgspec.structs.replace(listing, **{key: tuple(members)})
    return msgspec.structs.replace(element, lists={**element.lists, name: new})
