"""From a manifest's tree to a case: one registry by id, statements joined into standing values, places kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

import msgspec

from lastlook.campaigns.nouns import (
    AGE,
    ASSET,
    CAMPAIGN,
    LEGIBLE,
    NOUNS,
    PERSON,
    PLAN,
    PRODUCT,
    ListKind,
    Noun,
)
from lastlook.campaigns.vocabulary import DECISION_RIGHTS
from lastlook.checking.case import Case, Document
from lastlook.decisions.claims import Claim, Claims, Holder, Nobody, without_two_holders
from lastlook.dossier.schema import LOOK_LISTS, MANIFEST, SHOWN
from lastlook.dossier.sheets.folder import NO_SHEETS, Sheets
from lastlook.dossier.sheets.joining import joined
from lastlook.errors import Place
from lastlook.facts.element import Contradiction, Element, Fact, Listing
from lastlook.facts.sources import Statement, one_answer
from lastlook.facts.truth import UNKNOWN
from lastlook.facts.values import NOT_KNOWN, Ages, Unknown, Value, ages_of_band, agree, in_words
from lastlook.reading.kinds import NONE_WORD, Fields, Items, Problems, Span, Stated
from lastlook.reading.nearest import did_you_mean
from lastlook.reading.tree import Node

Statements = dict[str, list[Statement]]


class AssetFile(msgspec.Struct, frozen=True):
    """Which file an asset is, or that it is only planned. `plan`: the id of the picture that was planned for it."""

    id: str
    file: str
    planned: bool
    source: Place
    plan: str | None = None


class Manifest(msgspec.Struct, frozen=True):
    case: Case
    files: tuple[AssetFile, ...]


def read_manifest(node: Node, *, sheets: Sheets = NO_SHEETS, stage: str | None = None) -> Manifest:
    """The case a manifest and its sheets describe, pictures still unopened. `stage` replaces the one stated."""
    problems = Problems(sheets.problems)
    fields = MANIFEST.read(joined(node, sheets, problems), problems)
    return _Reader(fields or Fields(node.place, {}), problems, stage, sheets.unread).manifest()


class _Reader:
    """Goes through one manifest. Registries first, then pictures, so that order in the file does not matter."""

    def __init__(
        self, fields: Fields, problems: Problems, stage: str | None, unread: frozenset[str] = frozenset()
    ) -> None:
        self.fields, self.problems, self.stage, self.unread = fields, problems, stage, unread
        self.people = self._registry("people", PERSON)
        self.products = self._registry("products", PRODUCT)
        self.looks = self._map("looks")
        self.flight = self._flight()
        self.plans = {
            plan_id: self._plan(plan_id, f"plans[{plan_id}]", cast(Fields, stated.value))
            for plan_id, stated in self._map("plans").items()
        }
        self.defaults = cast("Fields | None", fields.value("defaults"))
        self.props_lost = False  # whether an entry of the prop list could not be read or placed
        self.in_place: list[str] = []  # addresses of people and products that have no id of their own

    # The whole.

    def manifest(self) -> Manifest:
        records = self._assets()
        ids = [str(record.value("id")) for record in records]
        self._check_prop_list(ids)
        claims = self._claims(ids)
        files = tuple(self._file(record, records) for record in records)
        plan_of = {file.id: file.plan for file in files if file.plan is not None}
        elements = {str(record.value("id")): self._asset(record, claims) for record in records}
        assets = tuple(element for element in elements.values() if element.id not in plan_of.values())
        campaign = self._campaign(assets)
        case = Case(
            campaign=campaign,
            assets=assets,
            groups=self._groups({asset.id: asset for asset in assets}),
            documents=self._documents(ids),
            documents_complete=self._is_whole("documents"),
            claims=claims,
            unread=bool(self.unread),
            plans={asset_id: elements[plan] for asset_id, plan in plan_of.items()},
            problems=tuple(self.problems),
        )
        return Manifest(case, tuple(file for file in files if file.id not in plan_of.values()))

    def _items(self, key: str) -> list[Stated[Fields]]:
        items = cast("Items[Fields] | None", self.fields.value(key))
        return list(items.members) if items else []

    def _is_whole(self, key: str) -> bool:
        """Whether nothing under this key was lost in reading."""
        items = cast("Items[Fields] | None", self.fields.value(key))
        return key not in self.fields.unsaid and key not in self.unread and (items is None or items.complete)

    def _map(self, key: str) -> dict[str, Stated[object]]:
        return cast("dict[str, Stated[object]] | None", self.fields.value(key)) or {}

    def _unknown_id(self, place: Place, kind: str, wrong: str, right: Iterable[str]) -> None:
        known = list(right)
        remedy = did_you_mean(wrong, known) if known else f"Add it under `{kind}`."
        self.problems.add(place, f"`{wrong}` is not listed under `{kind}`.", remedy)

    # Registries.

    def _registry(self, key: str, noun: Noun) -> dict[str, tuple[Statements, dict[str, list[Stated[object]]]]]:
        """Everything stated of each person or product, by id: statements of facts, and of lists."""
        found: dict[str, tuple[Statements, dict[str, list[Stated[object]]]]] = {}
        for stated in self._items(key):
            facts, lists = found.setdefault(str(stated.value.value("id")), ({}, {}))
            _join(facts, statements_of(noun, stated.value))
            for name, listed in _lists_stated(noun, stated.value).items():
                lists.setdefault(name, []).append(listed)
        if key == "products":
            self._minor_purposes(found)
        return found

    def _minor_purposes(self, products: dict[str, tuple[Statements, dict[str, list[Stated[object]]]]]) -> None:
        campaign = cast("Fields | None", self.fields.value("campaign"))
        purposes = cast("dict[str, Stated[str]] | None", campaign.value("minor_purpose")) if campaign else None
        for product_id, stated in (purposes or {}).items():
            if product_id not in products:
                self._unknown_id(stated.place, "products", product_id, products)
                continue
            statement = Statement(stated.value, "declared", stated.place)
            products[product_id][0].setdefault("minor_purpose", []).append(statement)

    def _flight(self) -> Span | None:
        campaign = cast("Fields | None", self.fields.value("campaign"))
        return cast("Span | None", campaign.value("flight")) if campaign else None

    def _plan(self, plan_id: str, address: str, fields: Fields) -> Element:
        plan = self._element(
            PLAN, plan_id, address, statements_of(PLAN, fields), _lists_once(PLAN, fields), fields.place
        )
        flight = plan.fact("flight")
        if isinstance(flight.standing, Span) and self.flight and not flight.standing.within(self.flight):
            where = flight.source or fields.place
            what = f"Plan line {plan_id} runs {flight.standing}, outside the campaign's flight ({self.flight})."
            self.problems.add(where, what, "Correct the one or the other.")
            campaign_flight = cast("Fields", self.fields.value("campaign")).get("flight")
            other = campaign_flight.place if campaign_flight else fields.place
            told = (Contradiction(flight.standing, where), Contradiction(self.flight, other))
            conflicting = Fact(source=where, conflicts=told)
            plan = msgspec.structs.replace(plan, facts={**plan.facts, "flight": conflicting})
        return plan

    # One thing from what was stated of it.

    def _element(
        self, noun: Noun, thing_id: str, address: str, statements: Statements,
        lists: Mapping[str, list[Stated[object]]], place: Place,
    ) -> Element:  # fmt: skip
        facts = {name: self._fact(f"{address}.{name}" if address else name, said) for name, said in statements.items()}
        listings = {
            name: self._list_of_codes(f"{address}.{name}", cast(ListKind, noun.listing(name)), said)
            for name, said in lists.items()
        }
        return Element(noun.name, thing_id, address, facts, listings, place)

    def _fact(self, address: str, statements: list[Statement]) -> Fact:
        fact = one_answer(statements)
        if any(not agree(fact.conflicts[0].value, other.value) for other in fact.conflicts[1:]):
            first, second = fact.conflicts[0], fact.conflicts[-1]
            what = f"Two values for {address}: {_told(first)} and {_told(second)}."
            problem = (second.source, what, "Keep the right one; until then it counts as unknown.")
            if not any(problem[1] == known.what for known in self.problems):
                self.problems.add(*problem)
        return fact

    def _list_of_codes(self, address: str, kind: ListKind, said: list[Stated[object]]) -> Listing:
        listings = [_listing(kind, stated, address) for stated in said if stated.value is not None]
        told = tuple(
            Contradiction(", ".join(sorted(each.codes)) or NONE_WORD, each.source or Place("")) for each in listings
        )
        if len(listings) < len(said):  # somebody says outright that it is not known
            return Listing(source=said[0].place, conflicts=told)
        first = listings[0]
        for other, stated in zip(listings[1:], said[1:], strict=True):
            if other.codes != first.codes:
                what = f"Two lists for {address}: {first.source} and {stated.place}."
                self.problems.add(stated.place, what, "Keep the right one; until then it counts as unknown.")
                return Listing(source=first.source, conflicts=told)
        return first

    # Pictures.

    def _assets(self) -> list[Fields]:
        records: dict[str, Fields] = {}
        for stated in self._items("assets"):
            asset_id = str(stated.value.value("id"))
            if asset_id in records:
                what = f"A second picture `{asset_id}`; the first stands in line {records[asset_id].place.line}."
                self.problems.add(stated.place, what, "Give each picture an id of its own.")
                continue
            records[asset_id] = stated.value
        if not records and not self.problems:
            self.problems.add(self.fields.place, "The campaign has no pictures.", "Add at least one under `assets`.")
        return list(records.values())

    def _file(self, record: Fields, records: list[Fields]) -> AssetFile:
        """A picture is a file, or a plan of one; one that is made may name the picture that was planned for it."""
        asset_id, file, plan = str(record.value("id")), record.get("file"), record.get("plan")
        if file is None:
            return AssetFile(asset_id, "", planned=True, source=record.place)
        made_of = None
        if plan is not None:
            planned = [str(other.value("id")) for other in records if other.get("file") is None]
            if plan.value in planned:
                made_of = str(plan.value)
            else:
                what = f"{asset_id} is made, and `{plan.value}` is no picture that was planned."
                remedy = did_you_mean(str(plan.value), planned) if planned else "Remove `plan`."
                self.problems.add(plan.place, what, remedy)
        return AssetFile(asset_id, str(file.value), planned=False, source=file.place, plan=made_of)

    def _asset(self, record: Fields, claims: Claims) -> Element:
        asset_id = str(record.value("id"))
        stated = self._with_defaults(record)
        shows = cast("Fields | None", record.value("shows")) or Fields(record.place, {})
        facts = {name: self._fact(name, said) for name, said in statements_of(ASSET, stated).items()}
        for right in DECISION_RIGHTS:
            facts[f"held.{right}"] = _held(right, asset_id, claims, self.fields.place)
        lists: dict[str, Listing] = {}
        for listing in ASSET.lists:
            source = shows if listing.name in SHOWN else stated
            found = _stated_at(source, listing.name)
            if found is not None and listing.codes is not None:
                lists[listing.name] = _listing(listing, found, listing.name)
        lists |= self._members(asset_id, shows, stated)
        self._add_look(asset_id, record, lists)
        self._add_props(asset_id, record, lists)
        if self.props_lost:  # a prop that could not be placed may be in any picture
            _may_lack(lists, ("props", "legible"))
        return Element("asset", asset_id, "", facts, lists, record.place)

    def _with_defaults(self, record: Fields) -> Fields:
        """An asset's key replaces the default's, whole, and also where it says `unknown` or could not be read."""
        if self.defaults is None:
            return record
        defaults = {key: value for key, value in self.defaults.stated.items() if key not in record.unsaid}
        return Fields(record.place, defaults | record.stated, record.unsaid, record.strange)

    def _members(self, asset_id: str, shows: Fields, stated: Fields) -> dict[str, Listing]:
        found: dict[str, Listing] = {}
        for name, source, build in (
            ("people", shows, self._appearance),
            ("products", shows, self._product),
            ("legible", shows, self._legible),
            ("plans", stated, self._plan_of),
        ):
            listed = source.get(name)
            if listed is None:
                continue
            items = cast("Items[Fields]", listed.value)
            members = tuple(build(asset_id, number, member) for number, member in enumerate(items.members, start=1))
            known = tuple(member for member in members if member is not None)
            complete = items.complete and len(known) == len(members)
            found[name] = Listing(members=known, complete=complete, known="declared", source=listed.place)
        return found

    def _appearance(self, asset_id: str, number: int, stated: Stated[Fields]) -> Element:
        registered = self._registered(stated, "person", "people", self.people)
        return self._shown(PERSON, "people", "person", asset_id, number, stated, registered)

    def _product(self, asset_id: str, number: int, stated: Stated[Fields]) -> Element:
        registered = self._registered(stated, "product", "products", self.products)
        return self._shown(PRODUCT, "products", "product", asset_id, number, stated, registered)

    def _registered(
        self, stated: Stated[Fields], key: str, registry_name: str,
        registry: Mapping[str, tuple[Statements, dict[str, list[Stated[object]]]]],
    ) -> tuple[Statements, dict[str, list[Stated[object]]]]:  # fmt: skip
        reference = stated.value.get(key)
        if reference is None:
            return {}, {}
        if str(reference.value) not in registry:
            self._unknown_id(reference.place, registry_name, str(reference.value), registry)
            return {}, {}
        return registry[str(reference.value)]

    def _shown(
        self, noun: Noun, list_name: str, key: str, asset_id: str, number: int, stated: Stated[Fields],
        registered: tuple[Statements, dict[str, list[Stated[object]]]],
    ) -> Element:  # fmt: skip
        reference = stated.value.value(key)
        thing_id = str(reference) if reference is not None else f"{asset_id}#{key}-{number}"
        if reference is None:
            self.in_place.append(thing_id)
        statements: Statements = {name: list(said) for name, said in registered[0].items()}
        _join(statements, statements_of(noun, stated.value))
        lists = {name: list(said) for name, said in registered[1].items()}
        for name, listed in _lists_stated(noun, stated.value).items():
            lists.setdefault(name, []).append(listed)
        return self._element(noun, thing_id, f"{list_name}[{thing_id}]", statements, lists, stated.place)

    def _legible(self, asset_id: str, number: int, stated: Stated[Fields]) -> Element:
        thing_id = f"{asset_id}#legible-{number}"
        statements = statements_of(LEGIBLE, stated.value)
        return self._element(LEGIBLE, thing_id, f"legible[{thing_id}]", statements, {}, stated.place)

    def _plan_of(self, asset_id: str, number: int, stated: Stated[Fields]) -> Element | None:
        reference = stated.value.get("plan")
        if reference is None:
            thing_id = f"{asset_id}#plan-{number}"
            return self._plan(thing_id, f"plans[{thing_id}]", stated.value)
        if len(stated.value.stated) > 1:
            what = f"Plan line `{reference.value}` is described under `plans`."
            self.problems.add(stated.place, what, "State its facts there, or leave out the id.")
        plan = self.plans.get(str(reference.value))
        if plan is None:
            self._unknown_id(reference.place, "plans", str(reference.value), self.plans)
        return plan

    def _add_look(self, asset_id: str, record: Fields, lists: dict[str, Listing]) -> None:
        """A look's members are known to be there. A look adds, it never excludes (design, section 4).

        Whether they are all, only the picture itself can say, by stating its own list; that list gains what it lacks.
        """
        named = record.get("look")
        if named is None:
            if "look" in record.unsaid or record.strange:  # it has a look, or may have one, and nobody knows which
                _may_lack(lists, LOOK_LISTS)
            return
        look = self.looks.get(str(named.value))
        if look is None:
            self._unknown_id(named.place, "looks", str(named.value), self.looks)
            return _may_lack(lists, LOOK_LISTS)
        for name in LOOK_LISTS:
            listed = cast(Fields, look.value).get(name)
            if listed is not None:
                self._add(lists, name, self._worn(asset_id, name, listed))
        _may_lack(lists, [name for name in LOOK_LISTS if _lost_some(cast(Fields, look.value), name)])

    def _worn(self, asset_id: str, name: str, listed: Stated[object]) -> Listing:
        """One list of a look, as far as it is known of a picture with that look."""
        if name == "props":
            listing = _listing(cast(ListKind, ASSET.listing(name)), listed, name)
            return msgspec.structs.replace(listing, complete=False)
        key, build = ("person", self._appearance) if name == "people" else ("product", self._product)
        items = cast("Items[str]", listed.value)
        members = tuple(
            build(
                asset_id, number, Stated(Fields(member.place, {key: Stated(member.value, member.place)}), member.place)
            )
            for number, member in enumerate(items.members, start=1)
        )
        return Listing(members=members, complete=False, known="declared", source=listed.place)

    def _add_props(self, asset_id: str, record: Fields, lists: dict[str, Listing]) -> None:
        """The prop list adds as a look does: what it puts into a picture is there, and that it is all it never says."""
        look = record.value("look")
        for number, stated in enumerate(self._items("props"), start=1):
            row = stated.value
            if not (_names(row, "assets", asset_id) or (look is not None and _names(row, "looks", str(look)))):
                continue
            code = cast("Stated[object]", row.get("prop"))
            listing = _listing(cast(ListKind, ASSET.listing("props")), Stated(Items((code,)), stated.place), "props")
            self._add(lists, "props", msgspec.structs.replace(listing, complete=False))
            if statements := statements_of(LEGIBLE, row):
                thing_id = f"{asset_id}#prop-{number}"
                item = self._element(LEGIBLE, thing_id, f"legible[{thing_id}]", statements, {}, stated.place)
                self._add(lists, "legible", Listing(members=(item,), known="declared", source=stated.place))

    def _check_prop_list(self, asset_ids: list[str]) -> None:
        before = len(self.problems)
        for stated in self._items("props"):
            assets, looks = stated.value.value("assets"), stated.value.value("looks")
            if isinstance(assets, Items):
                self._known_assets(assets, asset_ids)
            for member in looks.members if isinstance(looks, Items) else ():
                if str(member.value) not in self.looks:
                    self._unknown_id(member.place, "looks", str(member.value), self.looks)
            if not isinstance(assets, Items) and not isinstance(looks, Items):
                what = "This prop is in no picture and no look."
                self.problems.add(stated.place, what, "Add `assets` or `looks`, or remove the row.")
        strange = any(
            stated.value.strange or {"assets", "looks"} & stated.value.unsaid for stated in self._items("props")
        )
        self.props_lost = strange or len(self.problems) > before or not self._is_whole("props")

    def _add(self, lists: dict[str, Listing], name: str, more: Listing) -> None:
        lists[name] = _joined_lists(lists[name], more) if name in lists else more

    # The campaign, its groups, its decisions, its documents.

    def _campaign(self, assets: tuple[Element, ...]) -> Element:
        fields = cast("Fields | None", self.fields.value("campaign")) or Fields(self.fields.place, {})
        statements = statements_of(CAMPAIGN, fields)
        if self.stage is not None:
            statements["stage"] = [Statement(self.stage, "declared", Place("--stage"))]
        facts = {name: self._fact(f"campaign.{name}", said) for name, said in statements.items()}
        lists = {"assets": Listing(members=assets, complete=not self._assets_lost(), known="declared")}
        markets = fields.get("markets")
        if markets is not None:
            lists["markets"] = _listing(cast(ListKind, CAMPAIGN.listing("markets")), markets, "campaign.markets")
        campaign_id = str(fields.value("id") or "campaign without id")
        return Element("campaign", campaign_id, "campaign", facts, lists, fields.place)

    def _assets_lost(self) -> bool:
        items = cast("Items[Fields] | None", self.fields.value("assets"))
        return items is None or not items.complete

    def _groups(self, assets: Mapping[str, Element]) -> tuple[Element, ...]:
        groups: list[Element] = []
        for group_id, stated in self._map("groups").items():
            items = cast("Items[str]", stated.value)
            members: list[Element] = []
            for member in items.members:
                if member.value in assets:
                    members.append(assets[member.value])
                else:
                    self._unknown_id(member.place, "assets", member.value, assets)
            complete = items.complete and len(members) == len(items.members)
            listing = Listing(members=tuple(members), complete=complete, known="declared", source=stated.place)
            groups.append(Element("group", group_id, f"groups[{group_id}]", {}, {"assets": listing}, stated.place))
        return tuple(groups)

    def _claims(self, asset_ids: list[str]) -> Claims:
        claims = [self._claim(stated.value, asset_ids) for stated in self._items("decisions")]
        whole = self._is_whole("decisions") and all(
            claim.assets == "all" or claim.assets <= frozenset(asset_ids) for claim in claims
        )
        found, problems = without_two_holders(claims, asset_ids, complete=whole)
        self.problems += problems
        return found

    def _claim(self, fields: Fields, asset_ids: list[str]) -> Claim:
        holder: Holder = str(fields.value("holder"))
        if holder in (Nobody.NOBODY.value, Nobody.NOT_KNOWN.value):
            holder = Nobody(holder)
        covered = fields.value("assets")
        if "assets" in fields.unsaid:  # somebody decided this, and nobody knows for which pictures
            holder = Nobody.NOT_KNOWN
        return Claim(
            right=str(fields.value("right")),
            holder=holder,
            assets=frozenset(self._known_assets(covered, asset_ids)) if isinstance(covered, Items) else "all",
            source=fields.place,
            authority=cast("str | None", fields.value("authority")),
            meaning=str(fields.value("meaning") or "decided"),
        )

    def _known_assets(self, items: Items[str], asset_ids: list[str]) -> list[str]:
        for member in items.members:
            if member.value not in asset_ids:
                self._unknown_id(member.place, "assets", member.value, asset_ids)
        return [member.value for member in items.members]

    def _documents(self, asset_ids: list[str]) -> tuple[Document, ...]:
        return tuple(self._document(stated.value, asset_ids) for stated in self._items("documents"))

    def _document(self, fields: Fields, asset_ids: list[str]) -> Document:
        of, covers = fields.get("of"), fields.value("covers")
        subjects = (*self.people, *self.products, *asset_ids, *self.in_place, *self._campaign_id())
        left_out = {"kind", "covers"}
        if of is not None and str(of.value) not in subjects:
            self._unknown_id(of.place, "people", str(of.value), subjects)
            left_out.add("of")  # of whom it is nobody knows: it may speak of anybody
        known: dict[str, object] = {key: stated.value for key, stated in fields.stated.items() if key not in left_out}
        if isinstance(covers, Items):
            known["covers"] = frozenset(self._known_assets(covers, asset_ids))
        elif covers is not None:
            known["covers"] = covers
        if "status" not in fields.unsaid:
            known.setdefault("status", "on_file")
        if known.get("status") == "absent":
            self._nothing_else_of_an_absent(fields)
        return Document(kind=str(fields.value("kind")), source=fields.place, **known)  # type: ignore[arg-type]

    def _campaign_id(self) -> tuple[str, ...]:
        campaign = cast("Fields | None", self.fields.value("campaign"))
        return (str(campaign.value("id")),) if campaign and campaign.get("id") else ()

    def _nothing_else_of_an_absent(self, fields: Fields) -> None:
        for key in ("by", "valid_until", "sha256"):
            if (stated := fields.get(key)) is not None:
                what = f"A document that is absent has no `{key}`."
                self.problems.add(stated.place, what, f"Remove `{key}`, or correct `status`.")


def _told(said: Contradiction) -> str:
    """A value and its place; of an age the place alone, since problems travel further than the manifest."""
    if isinstance(said.value, Ages):
        return f"one age ({said.source})"
    return f"{in_words(said.value)} ({said.source})"


# What was stated, as statements and lists.


def _stated_at(fields: Fields, path: str) -> Stated[object] | None:
    """What stands under a dotted path."""
    head, _, rest = path.partition(".")
    stated = fields.get(head)
    if not rest or stated is None:
        return stated
    return stated.value.get(rest) if isinstance(stated.value, Fields) else None


def statements_of(noun: Noun, fields: Fields) -> Statements:
    """Every fact of the noun that these fields state. `age` and `age_band` are two statements of one fact."""
    found: Statements = {}
    for fact in noun.facts:
        for key, value in _values_of(fact.name, fact.kind is AGE, fields):
            found.setdefault(fact.name, []).append(Statement(value, "declared", key))
    return found


def _values_of(name: str, is_age: bool, fields: Fields) -> list[tuple[Place, Value | Unknown]]:
    """What these fields say of one fact. That they say `unknown`, or cannot be read, is a statement too."""
    found: list[tuple[Place, Value | Unknown]] = []
    if (stated := _stated_at(fields, name)) is not None:
        value = cast("Value", stated.value)
        if is_age:
            value = Ages(value, value) if isinstance(value, int) else ages_of_band(str(value))
        found.append((stated.place, value))
    if name == "age" and (band := fields.get("age_band")) is not None:
        found.append((band.place, ages_of_band(str(band.value))))
    keys = {name, "age_band"} if name == "age" else {name}
    if not found and any(_is_unsaid(fields, key) for key in keys):
        found.append((fields.place, NOT_KNOWN))
    return found


def _is_unsaid(fields: Fields, path: str) -> bool:
    head, _, rest = path.partition(".")
    inner = fields.value(head)
    return head in fields.unsaid or (bool(rest) and isinstance(inner, Fields) and _is_unsaid(inner, rest))


def _lists_stated(noun: Noun, fields: Fields) -> dict[str, Stated[object]]:
    """The lists of a noun that these fields state; one that says `unknown` is stated as None."""
    found: dict[str, Stated[object]] = {}
    for listing in noun.lists:
        if (stated := _stated_at(fields, listing.name)) is not None:
            found[listing.name] = stated
        elif _is_unsaid(fields, listing.name):
            found[listing.name] = Stated(None, fields.place)
    return found


def _lists_once(noun: Noun, fields: Fields) -> dict[str, list[Stated[object]]]:
    return {name: [stated] for name, stated in _lists_stated(noun, fields).items()}


def _join(statements: Statements, more: Statements) -> None:
    for name, said in more.items():
        statements.setdefault(name, []).extend(said)


def _listing(kind: ListKind, stated: Stated[object], address: str) -> Listing:
    """A list of codes as it was written; members with facts of their own become elements."""
    items = cast("Items[object]", stated.value)
    noun = NOUNS[kind.noun] if kind.noun else None
    codes: list[str] = []
    members: list[Element] = []
    for member in items.members:
        fields = member.value if isinstance(member.value, Fields) else None
        code = str(fields.value(kind.code_key)) if fields else str(member.value)
        codes.append(code)
        if noun is not None:
            own = {kind.code_key: Fact(code, "declared", member.place)}
            if fields:
                own |= {name: one_answer(said) for name, said in statements_of(noun, fields).items()}
            members.append(Element(noun.name, code, f"{address}[{code}]", own, {}, member.place))
    return Listing(tuple(members), frozenset(codes), items.complete, "declared", stated.place)


def _names(row: Fields, key: str, thing_id: str) -> bool:
    items = row.value(key)
    return isinstance(items, Items) and any(member.value == thing_id for member in items.members)


def _joined_lists(own: Listing, more: Listing) -> Listing:
    """A picture's own list, with what its look or the prop list has besides (docs/decisions/0011)."""
    named = {member.id for member in own.members}
    members = tuple(member for member in more.members if member.id not in named)
    return msgspec.structs.replace(own, members=own.members + members, codes=own.codes | more.codes)


def _lost_some(fields: Fields, name: str) -> bool:
    """Whether a list that stands there could not be read, or lost a member in reading."""
    items = fields.value(name)
    return fields.strange or (name in fields.unsaid) or (isinstance(items, Items) and not items.complete)


def _may_lack(lists: dict[str, Listing], names: Iterable[str]) -> None:
    """Of these lists nobody knows any more whether they are whole."""
    for name in names:
        if name in lists:
            lists[name] = msgspec.structs.replace(lists[name], complete=False)


def _held(right: str, asset_id: str, claims: Claims, manifest: Place) -> Fact:
    claim = claims.claim(right, asset_id)
    held = claims.is_held(right, asset_id)
    source = claim.source if claim else Place(manifest.file, 0, "decisions")
    if held is UNKNOWN:
        return Fact(source=source)
    return Fact(bool(held), "declared" if claim else None, source)  # a right that nobody mentions is held by nobody
