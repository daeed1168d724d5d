"""Markup made by one function that escapes all it is given. There is no other way to write markup in this folder.

What is too large to be held is left open, and filled in when the page is written: `Hole`, `filled`.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from lastlook.reports.plain import plain


class Html(str):
    """Markup that is safe to write as it is."""

    __slots__ = ()


class Hole:
    """The value of an attribute that is filled in when the page is written. `name` is a name of ours."""

    def __init__(self, name: str) -> None:
        self.name = name


Content: TypeAlias = "str | Iterable[Content] | None"

NOTHING = Html("")
_EDGE = "\x00"  # of a hole; `text` writes it as an escape, so nobody else's words have one
_EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "polygon", "rect", "image", "use", "circle"})


def text(words: str) -> Html:
    """Text from anybody as markup: control and bidi characters shown as escapes, the rest escaped for HTML."""
    return words if isinstance(words, Html) else Html(html.escape(plain(words, keep_lines=True)))


def tag(element: str, /, *content: Content, **attributes: str | int | bool | Hole | None) -> Html:
    """One element. Attributes are written `class_`, `aria_label`; None and False leave one out, True has no value."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if element in _EMPTY:
        return Html(f"<{element}{written}>") if element in ("meta", "link", "br") else Html(f"<{element}{written}/>")
    return Html(f"<{element}{written}>{joined(content)}</{element}>")


def joined(content: Iterable[Content], between: str = "") -> Html:
    """Several pieces side by side; what is no markup is escaped."""
    return Html(text(between).join(_pieces(content)))


def prose(words: str) -> Html:
    """A sentence in which `codes` stand between backticks, as in the manifest and the rules."""
    parts = words.split("`")
    if len(parts) % 2 == 0:  # a backtick without its partner is a backtick
        return text(words)
    return joined(tag("code", part) if n % 2 else part for n, part in enumerate(parts))


def _pieces(content: Iterable[Content]) -> Iterable[str]:
    for each in content:
        if each is None:
            continue
        if isinstance(each, str):
            if each:
                yield text(each)
        else:
            yield from _pieces(each)


def filled(page: Html, fill: Callable[[str], Html]) -> Iterator[str]:
    """The page piece by piece, each hole filled when its turn has come. `fill`: what goes into a hole, by its name."""
    for number, piece in enumerate(page.split(_EDGE)):
        yield fill(piece) if number % 2 else piece


def _attribute(key: str, value: str | int | bool | Hole | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    name = _CASED.get(name, name)
    if isinstance(value, Hole):
        return f' {name}="{_EDGE}{text(value.name)}{_EDGE}"'
    return f" {name}" if value is True else f' {name}="{text(str(value))}"'


_CASED = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio"}
