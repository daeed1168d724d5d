"""The manifest, `campaign.yaml`: what may stand in it, as kinds that read it and as JSON Schema for editors.

The keys of people, products, plan lines and pictures come from the table of nouns, so a fact is named once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from lastlook.campaigns import vocabulary as v
from lastlook.campaigns.nouns import (
    AGE,
    ASSET,
    CAMPAIGN,
    LEGIBLE,
    NOUNS,
    PERSON,
    PLAN,
    PRODUCT,
    YEARS,
    ListKind,
    Noun,
)
from lastlook.reading.kinds import (
    Code,
    Constant,
    Country,
    Date,
    Ident,
    Kind,
    ListOf,
    MapOf,
    Problems,
    Record,
    Schema,
    Text,
    WordOr,
)
from lastlook.reading.tree import Node, Scalar

BAND = Code(tuple(v.AGE_BANDS), "age band")
Keys = dict[str, Kind[object]]
SHOWN = ("people", "products", "props", "settings", "appeals", "themes", "legible")
LOOK_LISTS = ("people", "products", "props")


class Holder(Kind[object]):
    """A handle; `none` for nobody, `unknown` for somebody not known."""

    expects = "a handle, `none` or `unknown`"

    def read(self, node: Node, problems: Problems) -> object | None:
        if isinstance(node, Scalar) and node.value in ("none", "unknown"):
            return node.value
        return Ident().read(node, problems)

    def schema(self) -> Schema:
        return {"anyOf": [Ident().schema(), {"enum": ["none", "unknown"]}]}


class Address(Ident):
    """An id, or the address of a person or product given in place: `look-03#person-1`."""

    pattern = Ident.pattern.removesuffix("$") + r"(#(person|product)-[1-9][0-9]{0,3})?$"
    expects = "an id, or an address such as look-03#person-1"


class Sha256(Text):
    """A SHA-256 as 64 hex digits."""

    pattern = r"^[0-9a-fA-F]{64}$"

    def __init__(self) -> None:
        super().__init__(64)
        self.expects = "a SHA-256 as 64 hex digits (`sha256sum FILE` prints it)"

    def read(self, node: Node, problems: Problems) -> str | None:
        if isinstance(node, Scalar) and isinstance(node.value, str) and re.fullmatch(self.pattern, node.value):
            return node.value
        return self.refuse(node, problems)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": self.pattern}


def _nested(names: Iterable[tuple[str, Kind[object]]]) -> Keys:
    """`copy.text` becomes the key `text` of a mapping under `copy`."""
    flat: Keys = {}
    inner: dict[str, Keys] = {}
    for name, kind in names:
        head, _, rest = name.partition(".")
        if rest:
            inner.setdefault(head, {})[rest] = kind
        else:
            flat[name] = kind
    return flat | {head: Record(head, keys) for head, keys in inner.items()}


def _fact_keys(noun: Noun, *, without: Iterable[str] = ()) -> list[tuple[str, Kind[object]]]:
    keys: list[tuple[str, Kind[object]]] = []
    for fact in noun.facts:
        if fact.name in without:
            continue
        if fact.kind is not AGE:
            keys.append((fact.name, fact.kind))
        elif fact.name == "age":
            keys += [("age", YEARS), ("age_band", BAND)]
        else:
            keys.append((fact.name, BAND))
    return keys


def _coded(listing: ListKind) -> Kind[object]:
    """A list of codes; where its members have facts of their own, a member is a code or a mapping."""
    code = Code(listing.codes or (), listing.code_key if listing.noun else listing.name.rpartition(".")[2])
    noun = NOUNS[listing.noun] if listing.noun else None
    if noun is None or len(noun.facts) == 1:
        return cast(Kind[object], ListOf(code))
    keys: Keys = {listing.code_key: code} | dict(_fact_keys(noun, without=(listing.code_key,)))
    member = Record(listing.code_key, keys, required=(listing.code_key,), short=listing.code_key)
    return cast(Kind[object], ListOf(member))


def _code_lists(noun: Noun) -> list[tuple[str, Kind[object]]]:
    found: list[tuple[str, Kind[object]]] = []
    for listing in noun.lists:
        if listing.codes is not None:
            found.append((listing.name, _coded(listing)))
        elif listing.member is not None:
            found.append((listing.name, cast(Kind[object], ListOf(listing.member))))
    return found


PORTRAYALS = _coded(cast(ListKind, PERSON.listing("portrayal")))
PERSON_KEYS = _nested(_fact_keys(PERSON, without=("appears", "prominence", "occupation_cue")))
PRODUCT_KEYS = _nested(_fact_keys(PRODUCT, without=("minor_purpose",))) | dict(_code_lists(PRODUCT))
PLAN_KEYS = _nested(_fact_keys(PLAN) + _code_lists(PLAN))
APPEARANCE_KEYS: Keys = {
    "person": Ident(),
    "figure": Text(200),
    **_nested(_fact_keys(PERSON)),
    "portrayal": PORTRAYALS,
}

APPEARANCE = Record("person", APPEARANCE_KEYS, short="person")
SHOWN_PRODUCT = Record("product", {"product": Ident(), **PRODUCT_KEYS}, short="product")
SHOWN_LEGIBLE = Record("legible item", _nested(_fact_keys(LEGIBLE)))
SHOWN_PLAN = Record("plan line", {"plan": Ident(), **PLAN_KEYS}, short="plan")

SHOWS = Record(
    "list of what is shown",
    {
        "people": cast(Kind[object], ListOf(APPEARANCE)),
        "products": cast(Kind[object], ListOf(SHOWN_PRODUCT)),
        "legible": cast(Kind[object], ListOf(SHOWN_LEGIBLE)),
        **{name: kind for name, kind in _code_lists(ASSET) if name in SHOWN},
    },
)
ASSET_FACT_KEYS = _nested(
    _fact_keys(ASSET, without=[fact.name for fact in ASSET.facts if not fact.declared])
    + [pair for pair in _code_lists(ASSET) if pair[0] not in SHOWN]
) | {"plans": cast(Kind[object], ListOf(SHOWN_PLAN))}
ASSET_RECORD = Record(
    "picture",
    {"id": Ident(), "file": Text(500), "plan": Text(2_000), "look": Ident(), "shows": SHOWS, **ASSET_FACT_KEYS},
    required=("id",),
)
DEFAULTS = Record("default", ASSET_FACT_KEYS)

IDS = cast(Kind[object], ListOf(Ident()))
DECISION = Record(
    "decision",
    {
        "right": Code(v.DECISION_RIGHTS, "decision right"),
        "holder": Holder(),
        "authority": Text(500),
        "assets": WordOr("all", IDS),
        "meaning": Code(v.MEANINGS, "meaning"),
    },
    required=("right", "holder"),
)
DOCUMENT = Record(
    "document",
    {
        "id": Ident(),
        "kind": Code(v.DOCUMENTS, "document"),
        "of": Address(),
        "by": Ident(),
        "status": Code(v.DOCUMENT_STATUS, "status"),
        "covers": WordOr("campaign", IDS),
        "checked_by": Ident(),
        "checked_on": Date(),
        "valid_until": WordOr("none", Date()),
        "sha256": Sha256(),
    },
    required=("kind",),
)
MANIFEST_PERSON = Record("person", {"id": Ident(), **PERSON_KEYS}, required=("id",))
MANIFEST_PRODUCT = Record("product", {"id": Ident(), **PRODUCT_KEYS}, required=("id",))

# What only sheets have: a row of `props` puts one prop into pictures and looks; a row of `assets` is flat, and says of
# all people in a picture at once how they are seen.
SHOWN_OF_ALL = ("appears", "prominence", "portrayal")
PROP_ROW = Record(
    "prop",
    {"prop": Code(v.PROPS, "prop"), "assets": IDS, "looks": IDS, **_nested(_fact_keys(LEGIBLE))},
    required=("prop",),
)
SHEET_ASSET = Record(
    "picture",
    {
        **{key: kind for key, kind in ASSET_RECORD.keys.items() if key not in ("shows", "plans")},
        **{key: kind for key, kind in SHOWS.keys.items() if key not in ("people", "products", "legible")},
        **dict.fromkeys(("people", "products", "plans"), IDS),
        "legible": cast(Kind[object], ListOf(Code(v.LEGIBLE_KINDS, "legible item"))),
        **{key: APPEARANCE_KEYS[key] for key in SHOWN_OF_ALL},
    },
    required=("id",),
)
LOOK = Record(
    "look",
    {
        "people": IDS,
        "products": IDS,
        "props": cast(Kind[object], ListOf(Code(v.PROPS, "prop"))),
    },
)
CAMPAIGN_RECORD = Record(
    "campaign",
    {
        "id": Ident(),
        **_nested(_fact_keys(CAMPAIGN)),
        "markets": cast(Kind[object], ListOf(Country())),
        "minor_purpose": cast(Kind[object], MapOf(Text(2_000))),
    },
    required=("id",),
    partial=True,
)
MANIFEST = Record(
    "manifest",
    {
        "lastlook": Constant(1),
        "campaign": CAMPAIGN_RECORD,
        "decisions": cast(Kind[object], ListOf(DECISION)),
        "people": cast(Kind[object], ListOf(MANIFEST_PERSON)),
        "products": cast(Kind[object], ListOf(MANIFEST_PRODUCT)),
        "props": cast(Kind[object], ListOf(PROP_ROW)),
        "looks": cast(Kind[object], MapOf(LOOK)),
        "plans": cast(Kind[object], MapOf(Record("plan line", PLAN_KEYS))),
        "documents": cast(Kind[object], ListOf(DOCUMENT)),
        "groups": cast(Kind[object], MapOf(cast(Kind[object], ListOf(Ident(), none_allowed=False)))),
        "defaults": DEFAULTS,
        "assets": cast(Kind[object], ListOf(ASSET_RECORD, none_allowed=False)),
    },
    required=("lastlook", "campaign", "assets"),
    unknown_allowed=False,
    partial=True,
)


def manifest_schema() -> Schema:
    """JSON Schema (2020-12) of `campaign.yaml`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Lastlook campaign",
        **MANIFEST.schema(),
    }
