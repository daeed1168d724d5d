"""One picture: large enough to judge, what stands in its way, and everything known of it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence

from lastlook.checking.result import AssetResult, Finding
from lastlook.facts.element import Element, Region
from lastlook.reports import words
from lastlook.reports.page.facts import table_of_facts, what_the_file_says
from lastlook.reports.page.finding import digest, finding_in_full
from lastlook.reports.page.folio import Folio
from lastlook.reports.page.marks import mark
from lastlook.reports.page.markup import NOTHING, Hole, Html, prose, tag


def pictures(folio: Folio) -> Html:
    if not folio.result.assets:
        return NOTHING
    return tag(
        "section", folio.heading(1, "Pictures", place="pictures"),
        [_picture(folio, asset) for asset in folio.result.assets],
        class_="pictures", aria_labelledby=folio.name_of("pictures"),
    )  # fmt: skip


def pixels_of(folios: Iterable[Folio]) -> Callable[[str], Html]:
    """What fills the holes that these sections leave for pixels: by its place, a JPEG as a data URI."""
    places = {folio.pixels(asset.id): (folio, asset.id) for folio in folios for asset in folio.result.assets}

    def fill(place: str) -> Html:
        folio, asset_id = places[place]
        jpeg = base64.b64encode(folio.seen.thumbnails[asset_id]).decode("ascii")
        return Html(f"data:image/jpeg;base64,{jpeg}")

    return fill


def _picture(folio: Folio, asset: AssetResult) -> Html:
    number, state = folio.number(asset.id), folio.state(asset)
    place = f"picture-{number}"
    element = folio.elements.get(asset.id)
    title = folio.heading(
        2, tag("span", f"{number}", class_="edge", aria_hidden="true"), tag("span", folio.file(asset.id)),
        tag("span", mark(state), folio.state_word(asset), class_=f"state {state}"), place=f"{place}-title",
    )  # fmt: skip
    return tag(
        "article",
        title,
        tag(
            "div",
            tag("div", _plate(folio, asset, element), _legend(folio, element), _bytes(asset), class_="look"),
            tag("div", list(_findings(folio, asset)), class_="found"),
            class_="side-by-side",
        ),
        table_of_facts(folio, element) if element is not None else None,
        what_the_file_says(folio, element) if element is not None else None,
        id=folio.place(place), class_="picture", aria_labelledby=folio.place(f"{place}-title"),
    )  # fmt: skip


# The picture.


def _plate(folio: Folio, asset: AssetResult, element: Element | None) -> Html:
    size = folio.sizes.get(asset.id)
    if size is None:
        return tag("p", folio.why_no_picture(asset), class_="blank")
    shown = _pixels(folio, asset, size, element)
    why = folio.covered.get(asset.id)
    if why is None:
        return shown
    name = folio.file(asset.id)
    return tag(
        "details",
        tag(
            "summary",
            tag("span", tag("strong", f"{name} is covered."), f" {why} ", tag("span", "Show it", class_="button")),
            tag("span", tag("span", "Cover it again", class_="button"), tag("span", f" {name}", class_="aloud")),
        ),
        shown,
        class_="cover",
    )


def _pixels(folio: Folio, asset: AssetResult, size: tuple[int, int], element: Element | None) -> Html:
    """The thumbnail, with a numbered outline wherever a fact has a region."""
    width, height = size
    place = folio.pixels(asset.id)
    pixels = tag("image", id=place, width=width, height=height, href=Hole(place))
    regions = [_region(n, region, width, height) for n, (region, _) in enumerate(regions_of(folio, element), start=1)]
    return tag(
        "svg", pixels, regions, class_="pixels", viewbox=f"0 0 {width} {height}", width=width, height=height,
        role="img", aria_label=f"The picture {folio.file(asset.id)}",
    )  # fmt: skip


def _region(number: int, region: Region, width: int, height: int) -> Html:
    x, y, w, h = region
    left, top = round(x * width), round(y * height)
    box = {"x": left, "y": top, "width": round(w * width), "height": round(h * height)}
    label = {"x": min(max(left, 0), width - 26), "y": min(max(top, 0), height - 26), "width": 26, "height": 26}
    return tag(
        "g",
        tag("rect", **box, class_="ground"),
        tag("rect", **box, class_="line"),
        tag("rect", **label, class_="label"),
        tag("text", str(number), x=label["x"] + 13, y=label["y"] + 19),
        class_="region",
    )


def regions_of(folio: Folio, element: Element | None) -> list[tuple[Region, str]]:
    """Each region of a picture once, and what is said of it."""
    if element is None:
        return []
    found: dict[Region, list[str]] = {}
    members = [member for listing in element.lists.values() for member in (*listing.members, *listing.raised_members)]
    for thing in (element, *members):
        if thing.region:
            found.setdefault(thing.region, []).append(f"{thing.noun}, not declared ({thing.raised_by}, {thing.source})")
        for name, fact in thing.facts.items():
            for raised in fact.raised:
                if raised.region:
                    said = f"{words.fact_in_words(thing.address_of(name))}: {folio.value(raised.value)}"
                    found.setdefault(raised.region, []).append(f"{said} ({raised.known}, {raised.source})")
        for name, listing in thing.lists.items():
            for raised in listing.raised:
                if raised.region:
                    said = f"{words.fact_in_words(thing.address_of(name))}: {folio.value(raised.value)}"
                    found.setdefault(raised.region, []).append(f"{said} ({raised.known}, {raised.source})")
    return [(region, "; ".join(dict.fromkeys(said))) for region, said in found.items()]


def _legend(folio: Folio, element: Element | None) -> Html | None:
    regions = regions_of(folio, element)
    if not regions:
        return None
    return tag("ol", [tag("li", said) for _, said in regions], class_="legend", aria_label="Regions in the picture")


def _bytes(asset: AssetResult) -> Html:
    if not asset.sha256:
        return tag("p", "No file was read, so nothing is bound to its bytes.", class_="quiet")
    return tag("div", tag("span", "SHA-256", class_="label"), digest(asset.sha256), class_="bytes")


# What was found.


def _findings(folio: Folio, asset: AssetResult) -> Iterator[Html]:
    told = [finding for finding in asset.findings if not words.is_told_by_questions(finding)]
    waiting = [finding for finding in asset.findings if words.is_told_by_questions(finding)]
    for finding in told:
        yield finding_in_full(folio, finding)
    yield from _waiting(folio, asset, waiting)
    wider = folio.wider(asset.id)
    if wider:
        yield _together(folio, wider)
    if not told and not waiting and not wider and not folio.questions_of(asset.id):
        yield _nothing_found(folio, asset)


def _nothing_found(folio: Folio, asset: AssetResult) -> Html:
    if not asset.sha256:
        return tag("p", "Nobody has looked at this picture: there was no file to look at.", class_="calm")
    facts = sum(asset.id in each.of for each in folio.result.unreviewed)
    if not facts:
        return tag("p", "Nothing stands in the way of this picture.", class_="calm")
    eyes = f"{words.count(facts, 'fact')} {'needs' if facts == 1 else 'need'} a second pair of eyes"
    link = tag("a", eyes, href=f"#{folio.place('second-looks')}")
    return tag(
        "p", "Nothing stands in the way of this picture, on what the makers declared; ", link, ".", class_="calm"
    )


def _waiting(folio: Folio, asset: AssetResult, waiting: Sequence[Finding]) -> Iterator[Html]:
    questions = folio.questions_of(asset.id)
    if not questions:
        return
    titles = {finding.rule: finding.title for finding in waiting}
    items = []
    for question in questions:
        number = folio.question_numbers[question]
        rules = [titles[rule] for rule in question.undecided_rules if rule in titles]
        items.append(
            tag(
                "li",
                tag("a", f"Question {number}", href=f"#{folio.place(f'question-{number}')}"),
                ": ",
                prose(question.asks),
                tag("span", f"Until then we cannot tell: {words.first_of(rules, '; ')}.", class_="quiet")
                if rules
                else None,
            )
        )
    yield tag(
        "section", folio.heading(3, tag("span", mark("undecided"), "Cannot tell yet", class_="state undecided")),
        tag("ul", items, class_="waits"), class_="finding",
    )  # fmt: skip


def _together(folio: Folio, wider: Sequence[Finding]) -> Html:
    items = [
        tag(
            "li",
            tag("span", mark(finding.verdict), words.VERDICT_WORDS[finding.verdict], class_=f"state {finding.verdict}"),
            " ",
            tag("a", finding.title, href=f"#{folio.place('together')}"),
        )
        for finding in wider
    ]
    head = folio.heading(3, "As part of the campaign")
    return tag("section", head, tag("ul", items, class_="waits"), class_="finding")
