"""Random campaigns, and random ways to know less or more of them: what the laws are tried on.

Campaigns are drawn as manifests, so that the readers are part of what is tried. The values are those that some
bundled rule turns on, with enough bland ones among them that nothing stands in the way of about a third.
"""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from lastlook.campaigns import vocabulary as v
from lastlook.campaigns.nouns import ASSET, CAMPAIGN, LEGIBLE, PERSON, PLAN, PRODUCT, Age, FactKind, ListKind
from lastlook.errors import Place
from lastlook.facts.element import Element, Fact, Listing, Raised, Raises
from lastlook.facts.values import Ages, Value
from lastlook.reading.kinds import Code, Country, Days, Flag, Kind, Number, Span, Text
from tests.world.campaigns import FLIGHT, Written

SOMEWHERE = Place("look-01.jpg", 0, "metadata")
RAISES: st.SearchStrategy[Raises] = st.sampled_from(("embedded", "observed"))

ages = st.sampled_from([3, 8, 12, 13, 15, 16, 17, 18, 22, 24, 25, 31, 60])
bands = st.sampled_from(sorted(v.AGE_BANDS))
intervals = st.one_of(
    ages.map(lambda age: Ages(age, age)), bands.map(lambda band: Ages(*v.AGE_BANDS[band])), st.just(Ages(10, 30))
)


def values_of(kind: Kind[object]) -> st.SearchStrategy[Value]:
    """Values that a fact of this kind may have."""
    if isinstance(kind, Age):
        return intervals
    if isinstance(kind, Code):
        return st.sampled_from(kind.codes)
    if isinstance(kind, Flag):
        return st.booleans()
    if isinstance(kind, Number):
        return st.sampled_from([kind.low, 0.24, 0.25, 12, 17, 18, 25]).filter(
            lambda number: kind.low <= number <= kind.high and (not kind.whole or number == int(number))
        )
    if isinstance(kind, Days):
        first = st.dates(dt.date(2026, 12, 1), dt.date(2026, 12, 20))
        return first.map(lambda day: Span(day, day + dt.timedelta(days=10)))
    if isinstance(kind, Country):
        return st.sampled_from(["GB", "FR", "DE"])
    assert isinstance(kind, Text), kind
    return st.sampled_from(["Gifts for everyone", "student", "x"])


# Manifests.


@st.composite
def _maybe(draw: st.DrawFn, stated: dict[str, st.SearchStrategy[object]]) -> Written:
    """A mapping in which every key may, now and then, be left out or say `unknown`."""
    found: Written = {}
    for key, values in stated.items():
        how = draw(st.integers(0, 9))
        if how:
            found[key] = draw(values) if how > 1 else "unknown"
    return found


def telling_codes(codes: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Codes of a closed list; those that some bundled rule turns on come up more often."""
    telling = [code for code in codes if code in TELLING_CODES]
    return st.one_of(st.sampled_from(telling), st.sampled_from(codes)) if telling else st.sampled_from(codes)


TELLING_CODES = frozenset(
    {"adult_themed_accessory", "restraint", "lingerie", "knife", "alcohol", "gambling_item", "sexual_content", "toy"}
    | {"sexualised", "drinking", "gambling"}
)


def _codes(codes: tuple[str, ...], likely: tuple[str, ...]) -> st.SearchStrategy[object]:
    code = st.one_of(st.sampled_from(likely), st.sampled_from(likely), st.sampled_from(codes))
    return st.one_of(st.just("none"), st.just("none"), st.lists(code, min_size=1, max_size=2, unique=True))


registered_person = _maybe({"age": ages, "age_band": st.just("adult_25_plus")}).map(
    lambda person: {k: x for k, x in person.items() if k != "age_band" or "age" not in person}
)
registered_product = _maybe(
    {
        "category": st.sampled_from(["accessory", "toy", "food", "alcohol", "gambling", "hfss_food", "adult_product"]),
        "audience": st.sampled_from(v.AUDIENCES),
        "styled_as": _codes(v.PROPS + v.THEMES, ("toy", "restraint")),
    }
)
appearance = _maybe(
    {
        "appears": bands,
        "prominence": st.sampled_from(v.PROMINENCE),
        "portrayal": _codes(v.PORTRAYALS, ("drinking", "sexualised")),
    }
)
legible = _maybe({"what": st.sampled_from(v.LEGIBLE_KINDS), "searched": st.booleans()})
disclosure = _maybe(
    {
        "commercial_relationship": st.booleans(),
        "label": st.sampled_from(v.LABELS),
        "label_visible_without_click": st.booleans(),
    }
)
plan = st.fixed_dictionaries(
    {"countries": st.just(["GB"])},
    optional={
        "channel": st.sampled_from(["website", "instagram", "outdoor_poster"]),
        "media": st.sampled_from(v.MEDIA),
        "under_16_audience_share": st.sampled_from([0.1, 0.24, 0.25, 0.6]),
        "made_for_kids": st.booleans(),
    },
)
QUIET_PLAN: Written = {"countries": ["GB"], "channel": "instagram", "media": "owned"}
campaign_facts = st.fixed_dictionaries(
    {"stage": st.sampled_from(["final", "pre_shoot", "unknown"])},
    optional={
        "shoot_country": st.sampled_from(["GB", "GB", "FR", "DE", "unknown"]),
        "content_aimed_at_age": st.sampled_from([8, 15, 16, 30]),
    },
)
PEOPLE, PRODUCTS, ASSETS, PLANS = ("talent-1", "talent-2"), ("bag", "charm"), ("look-01", "look-02"), ("web", "ig")


QUIET_SHOWS: Written = {
    "people": [], "products": [], "props": "none", "themes": "none", "settings": "none", "legible": "none",
}  # fmt: skip
QUIET_DISCLOSURE: Written = {"commercial_relationship": False}
ASPECTS = ("people", "products", "props", "themes", "legible", "disclosure", "plans", "documents", "decisions", "looks")


@st.composite
def _shown_people(draw: st.DrawFn) -> list[Written]:
    ids = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2, unique=True))
    return [{"person": person, **draw(appearance)} for person in ids]


SHOWN: dict[str, st.SearchStrategy[object]] = {
    "people": _shown_people(),
    "products": st.lists(st.sampled_from(PRODUCTS), min_size=1, max_size=2, unique=True),
    "props": _codes(v.PROPS, ("adult_themed_accessory", "alcohol", "knife", "food")),
    "themes": _codes(v.THEMES, ("sexual_content", "religion")),
    "legible": st.one_of(st.just("none"), st.lists(legible, max_size=2)),
}


@st.composite
def _shows(draw: st.DrawFn, aspects: frozenset[str]) -> Written:
    """A quiet picture, but for these aspects. Lists of people and products are always stated."""
    shows = dict(QUIET_SHOWS)
    for name in sorted(aspects & set(SHOWN)):
        if name not in ("people", "products") and not draw(st.integers(0, 3)):
            shows[name] = "unknown"
        else:
            shows[name] = draw(SHOWN[name])
    return shows


@st.composite
def documents(draw: st.DrawFn, asset_ids: tuple[str, ...]) -> Written:
    """One entry: mostly good for what it is for, sometimes silent, absent or short of it."""
    kind = draw(st.sampled_from(["guardian_consent", "guardian_image_approval", "licence"]))
    status = draw(st.sampled_from(["left out", "left out", "left out", "absent", "unknown"]))
    entry: Written = {"kind": kind}
    if status != "left out":
        entry["status"] = status
    details: dict[str, st.SearchStrategy[object]] = {
        "of": st.sampled_from(PEOPLE),
        "covers": st.sampled_from(["campaign", *([asset] for asset in asset_ids)]),
        "checked_by": st.just("p4"),
        "checked_on": st.just("2026-11-02"),
    }
    if status != "absent":
        details |= {
            "by": st.sampled_from(["guardian-1", "guardian-2"]),
            "valid_until": st.sampled_from(["none", "2027-06-30", "2026-12-15"]),
            "sha256": st.sampled_from([asset.encode().hex().ljust(64, "0") for asset in asset_ids]),
        }
    for key, value in details.items():
        if draw(st.integers(0, 9)):
            entry[key] = draw(st.one_of(value, value, value, st.just("unknown")))
    return entry


@st.composite
def good_documents(draw: st.DrawFn, asset_ids: tuple[str, ...]) -> list[Written]:
    """Everything a minor in these pictures needs, all of it on file."""
    left_out = draw(st.sets(st.sampled_from(["by", "sha256"]), max_size=1))
    entries: list[Written] = []
    for person in PEOPLE:
        entries += [{"kind": kind, "of": person, "covers": "campaign"} for kind in ("guardian_consent", "licence")]
        for asset in asset_ids:
            sha = asset.encode().hex().ljust(64, "0")
            entries.append({"kind": "guardian_image_approval", "of": person, "covers": [asset], "sha256": sha})
    for entry in entries:
        entry |= {"by": "guardian-1", "checked_by": "p4", "checked_on": "2026-11-02", "valid_until": "none"}
        for key in left_out:
            entry.pop(key, None)
    return entries


decision_lines = st.lists(
    st.tuples(st.sampled_from(v.DECISION_RIGHTS), st.sampled_from(["p1", "p2", "p1", "none", "unknown"])),
    max_size=6,
    unique_by=lambda line: line[0],
).map(lambda lines: [{"right": right, "holder": holder} for right, holder in lines])


@st.composite
def manifests(draw: st.DrawFn) -> Written:
    """A campaign of one or two pictures, quiet but for a few aspects; now and then a person has two ages."""
    aspects = draw(st.frozensets(st.sampled_from(ASPECTS), min_size=1, max_size=4))
    if draw(st.booleans()):
        aspects |= {"people"}
    asset_ids = ASSETS[: draw(st.integers(1, 2))]
    assets: list[Written] = []
    for asset_id in asset_ids:
        asset: Written = {"id": asset_id, "file": f"{asset_id}.jpg", "shows": draw(_shows(aspects))}
        if "disclosure" in aspects and draw(st.booleans()):
            asset["disclosure"] = draw(st.one_of(disclosure, disclosure, st.just("unknown")))
        if "looks" in aspects:
            asset |= {"look": "a-look", "shows": {k: x for k, x in asset["shows"].items() if k != "props"}}
        assets.append(asset)
    some = draw(st.lists(documents(asset_ids), max_size=3)) if "documents" in aspects else []
    good = draw(good_documents(asset_ids)) if draw(st.booleans()) else []
    held: list[Written] = [{"right": "combination", "holder": "p1"}]
    return {
        "lastlook": 1,
        "campaign": {"id": "a-campaign", "markets": ["GB"], "flight": FLIGHT, **draw(campaign_facts)},
        "decisions": draw(decision_lines) if "decisions" in aspects else held,
        "people": [
            *({"id": id_, **draw(registered_person)} for id_ in PEOPLE),
            *([{"id": PEOPLE[0], "age": draw(ages)}] if draw(st.integers(0, 4)) == 0 else []),
        ],
        "products": [{"id": id_, **draw(registered_product)} for id_ in PRODUCTS],
        "looks": {"a-look": {"props": draw(st.sampled_from([["food"], ["food", "knife"]]))}},
        "plans": {id_: draw(plan) if "plans" in aspects else QUIET_PLAN for id_ in PLANS},
        "documents": [*good, *some],
        "defaults": {
            "plans": list(PLANS),
            "disclosure": draw(disclosure) if "disclosure" in aspects and draw(st.booleans()) else QUIET_DISCLOSURE,
        },
        "assets": assets,
    }


# Raised values.

RAISEABLE: tuple[tuple[str, tuple[FactKind, ...], tuple[ListKind, ...]], ...] = tuple(
    (
        noun.name,
        tuple(fact for fact in noun.facts if not fact.name.startswith("held.")),
        tuple(listing for listing in noun.lists if listing.codes),
    )
    for noun in (ASSET, PERSON, PRODUCT, PLAN, LEGIBLE, CAMPAIGN)
)


TELLING = frozenset(  # what bundled rules turn on most
    {"age", "appears", "prominence", "portrayal", "category", "audience", "styled_as", "searched", "props", "themes"}
    | {"disclosure.commercial_relationship", "disclosure.label", "channel", "shoot_country"}
)


@st.composite
def raisings(draw: st.DrawFn) -> tuple[str, str, Raised, bool]:
    """One raised value: of which noun, which fact or list, and what; it may be raised anywhere that noun is."""
    noun, facts, lists = draw(st.sampled_from(RAISEABLE))
    kinds: tuple[FactKind | ListKind, ...] = (*facts, *lists)
    telling = tuple(kind for kind in kinds if kind.name in TELLING)
    chosen = draw(st.one_of(st.sampled_from(telling), st.sampled_from(kinds)))
    if isinstance(chosen, FactKind):
        value: Value = draw(values_of(chosen.kind))
    else:
        value = draw(st.sampled_from(chosen.codes or ()))
    return noun, chosen.name, Raised(value, draw(RAISES), SOMEWHERE), isinstance(chosen, ListKind)


raised_people = st.builds(
    lambda age, prominence, known: Element(
        "person",
        "look-01#seen-1",
        "people[look-01#seen-1]",
        {
            "age": Fact(raised=(Raised(age, known, SOMEWHERE),)),
            "prominence": Fact(raised=(Raised(prominence, known, SOMEWHERE),)),
        },
        {"portrayal": Listing()},
        SOMEWHERE,
    ),
    intervals,
    st.sampled_from(v.PROMINENCE),
    RAISES,
)
