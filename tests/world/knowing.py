"""Knowing less or more of a campaign: manifests with values made unknown or filled in, cases with values raised."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from hypothesis import strategies as st

from lastlook.campaigns.nouns import ASSET, CAMPAIGN, LEGIBLE, PERSON, PLAN, PRODUCT, FactKind, Noun
from lastlook.checking.case import Case
from lastlook.facts.element import Element, Raised
from lastlook.facts.raising import raise_code, raise_fact, raise_member
from lastlook.facts.values import Ages
from lastlook.reading.kinds import Span
from tests.world.campaigns import Written
from tests.world.strategies import telling_codes, values_of

Path = tuple[str | int, ...]

# What is no standing value: names, references, and the lists that the law holds fixed.
_FIXED = {
    "id",
    "right",
    "kind",
    "person",
    "product",
    "file",
    "plans",
    "markets",
    "lastlook",
    "people",
    "products",
    "assets",
}


def standing_paths(written: Written) -> Iterator[Path]:
    """Every place in a manifest where a standing value is written: single facts, and whole lists of codes."""
    for key in ("flight", "stage", "shoot_country", "content_aimed_at_age"):
        if key in written["campaign"]:
            yield "campaign", key
    for key in ("decisions", "people", "products", "documents"):
        for number, entry in enumerate(written[key]):
            yield from ((key, number, name) for name in entry if name not in _FIXED)
    for plan_id, plan in written["plans"].items():
        yield from (("plans", plan_id, name) for name in plan)
    for look_id, look in written["looks"].items():
        yield from (("looks", look_id, name) for name in look)
    yield "defaults", "disclosure"
    yield from (("defaults", "disclosure", name) for name in written["defaults"]["disclosure"])
    for number, asset in enumerate(written["assets"]):
        yield from _asset_paths(("assets", number), asset)


def _asset_paths(at: Path, asset: Written) -> Iterator[Path]:
    for key in ("disclosure", "copy"):
        if key in asset:
            yield (*at, key)
            if isinstance(stated := asset[key], dict):
                yield from ((*at, key, name) for name in stated)
    shows = asset["shows"]
    assert isinstance(shows, dict)
    for name, listed in shows.items():
        if name == "people":
            yield from (
                (*at, "shows", name, n, key) for n, seen in enumerate(listed) for key in seen if key != "person"
            )
        elif name != "products":
            yield (*at, "shows", name)
            if name == "legible" and isinstance(listed, list):
                yield from ((*at, "shows", name, n, key) for n, item in enumerate(listed) for key in item)


def with_unknown(written: Written, paths: Sequence[Path]) -> Written:
    """The same manifest with `unknown` written at these places (longest first, so that none is lost)."""
    changed = copy.deepcopy(written)
    for path in sorted(paths, key=len, reverse=True):
        holder: Any = changed
        for step in path[:-1]:
            holder = holder[step] if not isinstance(holder, str) else {}
        if not isinstance(holder, str):
            holder[path[-1]] = "unknown"
    return changed


# Filling in.


def _written_value(fact: FactKind) -> st.SearchStrategy[object]:
    def as_written(value: object) -> object:
        if isinstance(value, Ages):
            return value.low
        if isinstance(value, Span):
            return {"from": value.first.isoformat(), "until": value.last.isoformat()}
        return value

    if fact.name == "appears":
        return st.sampled_from(["child_0_12", "teen_16_17", "young_18_24", "adult_25_plus"])
    return values_of(fact.kind).map(as_written)


def _fillings_of(noun: Noun, at: Path, stated: Written, *, without: frozenset[str] = frozenset()) -> Iterator[_Filling]:
    for fact in noun.facts:
        head, _, rest = fact.name.partition(".")
        if fact.name in without or rest or (head == "age" and stated.get("age_band", "unknown") != "unknown"):
            continue
        if stated.get(head, "unknown") == "unknown":
            yield (*at, head), _written_value(fact)
    for listing in noun.lists:
        if listing.codes and "." not in listing.name and stated.get(listing.name, "unknown") == "unknown":
            codes = st.lists(telling_codes(listing.codes), max_size=2, unique=True)
            yield (*at, listing.name), codes.map(lambda listed: listed or "none")


_Filling = tuple[Path, st.SearchStrategy[object]]
_APPEARANCE_ONLY = frozenset({"appears", "prominence", "occupation_cue", "portrayal"})


def fillings(written: Written) -> list[_Filling]:
    """Every unknown of a manifest, and the values that the vocabulary allows there."""
    found: list[_Filling] = []
    assert isinstance(written["campaign"], dict)
    held = frozenset({"title", "brand", "flight"})
    found += _fillings_of(CAMPAIGN, ("campaign",), written["campaign"], without=held)
    for number, person in enumerate(written["people"]):
        found += [f for f in _fillings_of(PERSON, ("people", number), person) if f[0][-1] not in _APPEARANCE_ONLY]
    for number, product in enumerate(written["products"]):
        found += _fillings_of(PRODUCT, ("products", number), product, without=frozenset({"minor_purpose", "gtin"}))
    for plan_id, plan in written["plans"].items():
        found += _fillings_of(PLAN, ("plans", plan_id), plan)
    for number, entry in enumerate(written["decisions"]):
        if entry["holder"] == "unknown":
            found.append((("decisions", number, "holder"), st.sampled_from(["p1", "none"])))
    for number, entry in enumerate(written["documents"]):
        found += _document_fillings(("documents", number), entry)
    for number, asset in enumerate(written["assets"]):
        found += _asset_fillings(("assets", number), asset, written)
    return found


def _document_fillings(at: Path, entry: Written) -> Iterator[_Filling]:
    values: dict[str, st.SearchStrategy[object]] = {
        "of": st.sampled_from(["talent-1", "talent-2"]),
        "covers": st.sampled_from(["campaign", ["look-01"]]),
        "checked_by": st.just("p4"),
        "checked_on": st.sampled_from(["2026-01-01", "2030-01-01"]),
    }
    if entry.get("status") == "unknown":
        yield (*at, "status"), st.sampled_from(["on_file", "absent"])
    elif entry.get("status") != "absent":
        values |= {
            "by": st.sampled_from(["guardian-1", "guardian-2", "guardian-3"]),
            "valid_until": st.sampled_from(["none", "2026-01-01"]),
            "sha256": st.just("f" * 64),
        }
    yield from (((*at, key), value) for key, value in values.items() if entry.get(key, "unknown") == "unknown")


def _asset_fillings(at: Path, asset: Written, written: Written) -> Iterator[_Filling]:
    shows = asset["shows"]
    assert isinstance(shows, dict)
    for number, seen in enumerate(shows["people"]):
        registered = next(person for person in written["people"] if person["id"] == seen["person"])
        yield from _fillings_of(PERSON, (*at, "shows", "people", number), registered | seen)
    for listing in ASSET.lists:
        if listing.codes and "." not in listing.name and shows.get(listing.name, "unknown") == "unknown":
            codes = st.lists(telling_codes(listing.codes), max_size=2, unique=True)
            yield (*at, "shows", listing.name), codes.map(lambda listed: listed or "none")
    if shows.get("legible", "unknown") == "unknown":
        items = st.lists(st.fixed_dictionaries({}, optional={"searched": st.booleans()}), max_size=2)
        yield (*at, "shows", "legible"), items.map(lambda listed: listed or "none")
    elif isinstance(shows["legible"], list):
        for number, item in enumerate(shows["legible"]):
            yield from _fillings_of(LEGIBLE, (*at, "shows", "legible", number), item)
    yield from _disclosure_fillings(at, asset, written)


def _disclosure_fillings(at: Path, asset: Written, written: Written) -> Iterator[_Filling]:
    stated = asset.get("disclosure", written["defaults"]["disclosure"])
    for fact in ASSET.facts:
        head, _, rest = fact.name.partition(".")
        if head == "disclosure" and isinstance(stated, dict) and stated.get(rest, "unknown") == "unknown":
            where = (*at, "disclosure") if "disclosure" in asset else ("defaults", "disclosure")
            yield (*where, rest), _written_value(fact)
    if stated == "unknown":
        yield (*at, "disclosure"), st.booleans().map(lambda paid: {"commercial_relationship": paid, "label": "none"})


def filled(written: Written, path: Path, value: object) -> Written:
    """The same manifest with one unknown filled in."""
    changed = copy.deepcopy(written)
    holder: Any = changed
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return changed


# Raising.


def raised_in(case: Case, noun: str, name: str, raised: Raised, is_list: bool) -> Case:
    """The case with a value raised on every element of a noun."""
    act: Callable[[Element, str, Raised], Element] = raise_code if is_list else raise_fact
    if noun == "campaign":
        return msgspec.structs.replace(case, campaign=act(case.campaign, name, raised))
    assets = tuple(
        act(asset, name, raised) if noun == "asset" else _in_members(asset, noun, name, raised, act)
        for asset in case.assets
    )
    return _with_assets(case, assets)


_LISTS_OF = {"person": "people", "product": "products", "plan": "plans", "legible": "legible"}


def _in_members(
    asset: Element, noun: str, name: str, raised: Raised, act: Callable[[Element, str, Raised], Element]
) -> Element:
    listing = asset.lists.get(_LISTS_OF[noun])
    if listing is None:
        return asset
    members = tuple(act(member, name, raised) for member in listing.members)
    new = msgspec.structs.replace(listing, members=members)
    return msgspec.structs.replace(asset, lists={**asset.lists, _LISTS_OF[noun]: new})


def with_raised_member(case: Case, member: Element) -> Case:
    """The case with somebody seen in every picture whom nobody declared."""
    return _with_assets(case, tuple(raise_member(asset, "people", member) for asset in case.assets))


def _with_assets(case: Case, assets: tuple[Element, ...]) -> Case:
    listing = msgspec.structs.replace(case.campaign.listing("assets"), members=assets)
    campaign = msgspec.structs.replace(case.campaign, lists={**case.campaign.lists, "assets": listing})
    return msgspec.structs.replace(case, campaign=campaign, assets=assets)
