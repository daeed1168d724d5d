"""What `find` found as one page: a section for each original, its copies laid beside it, and what nobody could read.

Stands by itself: no network, no script. Pictures are made one at a time while the page is written.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from typing import Protocol, TypeVar

from lastlook.reports.page.marks import mark
from lastlook.reports.page.markup import Html, tag

WORDS = {
    "exact": "The same file",
    "re_encoded": "The same picture, saved again",
    "crop": "A part of it",
    "contains": "Holds it",
    "overlaid": "It, with something over it",
    "mirrored": "It, mirrored",
    "recoloured": "It, in other colours",
    "rephotographed": "It, photographed again",
    "shares_element": "Shares an element, and is no copy",
}


class Row(Protocol):
    """One match, as `find` gives it."""

    @property
    def item(self) -> str: ...
    @property
    def original(self) -> str: ...
    @property
    def relation(self) -> str: ...
    @property
    def review(self) -> bool: ...
    @property
    def score(self) -> float: ...
    @property
    def coverage_original(self) -> float: ...
    @property
    def coverage_item(self) -> float: ...
    @property
    def discounted(self) -> float: ...
    @property
    def frame(self) -> int: ...


R = TypeVar("R", bound=Row)


class NotRead(Protocol):
    @property
    def item(self) -> str: ...
    @property
    def error(self) -> str: ...


class Pictures(Protocol):
    """JPEGs of one match; sizes and corners in pixels of the small item."""

    @property
    def original(self) -> bytes: ...
    @property
    def item(self) -> bytes: ...
    @property
    def laid_over(self) -> bytes: ...
    @property
    def original_size(self) -> tuple[int, int]: ...
    @property
    def item_size(self) -> tuple[int, int]: ...
    @property
    def corners(self) -> tuple[tuple[float, float], ...]: ...


def gallery(
    originals: Sequence[str],
    found: Sequence[R],
    unread: Sequence[NotRead],
    items: int,
    pictures: Callable[[R], Pictures | None],
) -> Iterator[str]:
    """The page in pieces. `pictures` gives those of a match, or None where its files can no longer be read."""
    yield f'<!doctype html>\n<html lang="en">{_head()}<body>'
    yield _top(originals, found, unread, items)
    yield '<main id="main" tabindex="-1">'
    for number, name in enumerate(originals):
        rows = [row for row in found if row.original == name]
        yield from _original(number, name, rows, pictures)
    yield _unread(unread)
    yield _limits()
    yield "</main></body></html>\n"


def _head() -> Html:
    folder = resources.files("lastlook.reports")
    css = "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in ("report.css", "gallery.css"))
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", "Copies found: last look"),
        tag("style", Html(css)),
    )


def _top(originals: Sequence[str], found: Sequence[Row], unread: Sequence[NotRead], items: int) -> Html:
    copies = {row.item for row in found if row.relation != "shares_element" and not row.review}
    doubtful = {row.item for row in found if row.relation != "shares_element" and row.review} - copies
    parts = [f"{_count(len(copies), 'copy', 'copies')} in {_count(items, 'file', 'files')}."]
    if doubtful:
        parts.append(f"{_count(len(doubtful), 'file waits', 'files wait')} for a person to look.")
    if unread:
        parts.append(f"{_count(len(unread), 'file', 'files')} could not be read, and nobody cleared what is in there.")
    state = "stopped" if copies else "undecided" if doubtful or unread else "clear"
    links = [tag("li", tag("a", name.rsplit("/", 1)[-1], href=f"#original-{n}")) for n, name in enumerate(originals)]
    if unread:
        links.append(tag("li", tag("a", "Not read", href="#not-read")))
    return tag(
        "header",
        tag("p", tag("b", "Lastlook"), " the way back", class_="house"),
        tag("h1", "Copies found"),
        tag("p", mark(state), tag("span", " ".join(parts)), class_="sum"),
        tag("nav", tag("ul", links), aria_label="Originals"),
        class_="top",
    )


def _original(number: int, name: str, rows: Sequence[R], pictures: Callable[[R], Pictures | None]) -> Iterator[str]:
    copies = [row for row in rows if row.relation != "shares_element"]
    others = [row for row in rows if row.relation == "shares_element"]
    yield f'<section class="original" id="original-{number}">'
    yield tag("h2", name.rsplit("/", 1)[-1])
    if not rows:
        yield tag("p", "Nothing that was looked at holds it.", class_="quiet")
    else:
        shared = (
            f" {_count(len(others), 'further file shares', 'further files share')} an element with it."
            if others
            else ""
        )
        yield tag("p", f"{_count(len(copies), 'file', 'files')} with a copy.{shared}", class_="quiet")
    for which, row in enumerate([*copies, *others]):
        yield _match(f"{number}-{which}", row, pictures(row))
    yield "</section>"


def _match(key: str, row: Row, shown: Pictures | None) -> Html:
    element = row.relation == "shares_element"
    state = "undecided" if row.review and not element else "clear" if element else "stopped"
    word = "To be looked at: " if row.review and not element else ""
    facts = [
        ("Found", f"{row.coverage_original:.0%} of the original, on {row.coverage_item:.0%} of the item"),
        ("Sureness", f"{row.score:.2f} of 1"),
    ]
    if row.discounted > 0.005:
        facts.append(
            ("Not counted", f"{row.discounted:.0%} of what agrees, because other assets of the house have it too")
        )
    if row.frame:
        facts.append(("Frame", f"number {row.frame + 1} of those looked at"))
    return tag(
        "article",
        tag(
            "h3",
            tag("span", mark(state), f"{word}{WORDS[row.relation]}", class_=f"state {state}"),
            tag("span", row.item, class_="file"),
        ),
        tag("p", "The files can no longer be read.", class_="blank") if shown is None else _pictures(key, row, shown),
        tag("dl", [tag("div", tag("dt", name), tag("dd", value)) for name, value in facts]),
        class_=f"match {state}",
    )  # fmt: skip


def _pictures(key: str, row: Row, shown: Pictures) -> Html:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shown.corners)
    width, height = shown.item_size
    outline = tag(
        "svg",
        tag("polygon", points=points, class_="ground"),
        tag("polygon", points=points, class_="line"),
        viewBox=f"0 0 {width} {height}", preserveAspectRatio="none", aria_hidden="true",
    )  # fmt: skip
    switch = tag(
        "label",
        tag("input", type="checkbox", id=f"switch-{key}"),
        tag(
            "span",
            _image(shown.laid_over, "What the item shows there, laid over the original", shown.original_size, "under"),
            _image(shown.original, "The original", shown.original_size, "over"),
            class_="stack",
        ),
        tag("span", "Press to switch: the original, and what lies there", class_="caption"),
        class_="switch",
    )
    return tag(
        "div",
        tag("figure", _image(shown.original, "The original", shown.original_size), tag("figcaption", "The original")),
        tag("figure", switch),
        tag(
            "figure",
            tag("span", _image(shown.item, f"The item {row.item}", shown.item_size), outline, class_="outlined"),
            tag("figcaption", "The item; outlined, where the original lies"),
        ),
        class_="trio",
    )


def _image(jpeg: bytes, alt: str, size: tuple[int, int], kind: str | None = None) -> Html:
    data = base64.b64encode(jpeg).decode("ascii")
    return tag("img", src=f"data:image/jpeg;base64,{data}", alt=alt, width=size[0], height=size[1], class_=kind)


def _unread(unread: Sequence[NotRead]) -> Html:
    if not unread:
        return Html("")
    rows = [tag("tr", tag("th", each.item, scope="row"), tag("td", each.error)) for each in unread]
    return tag(
        "section",
        tag("h2", "Not read"),
        tag("p", "Nobody has looked at these files. They are not cleared."),
        tag(
            "table",
            tag("thead", tag("tr", tag("th", "File", scope="col"), tag("th", "Why", scope="col"))),
            tag("tbody", rows),
        ),
        id="not-read",
    )


def _limits() -> Html:
    return tag(
        "section",
        tag("h2", "What this does not say"),
        tag(
            "p",
            "A file that is not listed was looked at, and no copy was found in it by this method; how often it misses "
            "one is measured in docs/copies-bench.md. A match is what two pictures have in common, and no proof of who "
            "made one from the other. Before anything is taken down, a person looks at both.",
            class_="calm",
        ),
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
