"""Everything known of a picture, or of the campaign: each value, how it is known, and where it was written."""

from __future__ import annotations

from collections.abc import Iterator

from lastlook.campaigns.nouns import NOUNS
from lastlook.errors import Place
from lastlook.facts.element import Element, Fact, Listing, Raised
from lastlook.facts.values import NOT_KNOWN, Unknown
from lastlook.reports import words
from lastlook.reports.page.folio import Folio
from lastlook.reports.page.markup import Html, joined, tag

_ELSEWHERE = frozenset({"plans", "assets"})  # plan lines stand once, with the campaign; so do its pictures


def table_of_facts(folio: Folio, asset: Element) -> Html:
    """Folded on a screen, always open on paper."""
    bodies = list(_bodies(folio, asset, "The picture"))
    rows = sum(body.count('scope="row"') for body in bodies)
    name = folio.file(asset.id)
    return tag(
        "details",
        tag("summary", f"Everything known of {name}: {words.count(rows, 'fact')}, and how each is known"),
        _table(f"Everything known of {name}", bodies),
        class_="facts",
    )


def what_the_file_says(folio: Folio, asset: Element) -> Html | None:
    """What nobody has to answer, folded; words that may name somebody only where personal data may be shown."""
    said = folio.said(asset.id)
    if not said:
        return None
    shown = [each for each in said if folio.with_personal_data or not each.personal]
    hidden = len(said) - len(shown)
    rows = [tag("tr", tag("th", each.property, scope="row"), tag("td", each.words)) for each in shown]
    name = folio.file(asset.id)
    note = f"{words.count(hidden, 'line')} that may name people left out; --with-personal-data shows them."
    caption = f"What {name} says of itself besides"
    return tag(
        "details",
        tag("summary", f"{caption}: {words.count(len(said), 'line')}"),
        tag(
            "table",
            tag("caption", f"What {name} says of itself besides"),
            tag("tbody", rows),
            class_="known-facts said",
        )
        if rows
        else None,
        tag("p", note, class_="quiet") if hidden else None,
        class_="facts",
    )


def campaign_facts(folio: Folio, campaign: Element, assets: tuple[Element, ...]) -> Html:
    plans = {plan.address: plan for asset in assets for plan in asset.listing("plans").members}
    bodies = [
        *_bodies(folio, campaign, "The campaign"),
        *(body for plan in plans.values() for body in _bodies(folio, plan, f"Plan line {plan.id}")),
    ]
    return _table("Everything known of the campaign and its plan", bodies)


def _table(caption: str, bodies: list[Html]) -> Html:
    head = tag("thead", tag("tr", [tag("th", each, scope="col") for each in ("Fact", "Value", "How it is known")]))
    return tag("table", tag("caption", caption), head, bodies, class_="known-facts")


def _bodies(folio: Folio, thing: Element, title: str) -> Iterator[Html]:
    """The facts of one thing, then those of everything in its lists that has facts of its own."""
    rows = [
        *(_fact_row(folio, name, fact) for name, fact in thing.facts.items() if not name.startswith("held.")),
        *(
            _list_row(folio, name, listing)
            for name, listing in thing.lists.items()
            if thing.noun == "asset" or name not in _ELSEWHERE
        ),
    ]
    if rows:
        yield tag("tbody", tag("tr", tag("th", title, scope="rowgroup", colspan=3)), rows)
    for name, listing in thing.lists.items():
        if name in _ELSEWHERE:
            continue
        for member in (*listing.members, *listing.raised_members):
            if _says_more_than_its_code(member):
                seen = "" if member in listing.members else ", seen and not declared"
                name_of_it = f"{member.noun.capitalize()} {words.code_in_words(member.id)}{seen}"
                yield from _bodies(folio, member, name_of_it)


def _says_more_than_its_code(member: Element) -> bool:
    noun = NOUNS.get(member.noun)
    codes = {
        listing.code_key for each in NOUNS.values() for listing in each.lists if noun and listing.noun == noun.name
    }
    return bool(set(member.facts) - codes or member.lists or not codes)


def _fact_row(folio: Folio, name: str, fact: Fact) -> Html:
    value = "not known" if isinstance(fact.standing, Unknown) else folio.value(fact.standing)
    told = [
        *((folio.value(each.value), "declared", each.source) for each in fact.conflicts),
        *((_raised(folio, each), each.known, each.source) for each in fact.raised),
    ]
    first = value, fact.known, fact.source
    if fact.standing is NOT_KNOWN and told:
        first = "not known, it is told in several ways" if fact.conflicts else "not declared", None, None
    return _row(name, [first, *told])


def _list_row(folio: Folio, name: str, listing: Listing) -> Html:
    found = [member.id for member in listing.members] or sorted(listing.codes)
    said = ", ".join(words.code_in_words(each) for each in found)
    if not listing.complete:
        said = f"{said}, and it is not known whether that is all" if said else "not known"
    first = said or "none", listing.known, listing.source
    told = [(_raised(folio, each), str(each.known), each.source) for each in listing.raised]
    seen = [(member.id, str(member.raised_by), member.source) for member in listing.raised_members]
    return _row(name, [first, *told, *seen])


def _raised(folio: Folio, raised: Raised) -> str:
    return folio.value(raised.value) + words.quoted(raised.words)


def _row(name: str, told: list[tuple[str, str | None, Place | None]]) -> Html:
    """One row for each value that is told, so that each stands beside how it is known."""
    rows: list[Html] = []
    for number, (value, how, where) in enumerate(told):
        head = tag("th", words.name_in_words(name), scope="row", rowspan=len(told)) if number == 0 else None
        cells = tag("td", "also said: " if number else "", value), tag("td", _known(how, where))
        rows.append(tag("tr", head, cells, class_="also" if number else None))
    return joined(rows)


def _known(how: str | None, where: Place | None) -> str:
    if how is None:
        return "nobody said"
    return f"{how}, {where}" if where else how
