"""Strict YAML: the 1.2 core schema for scalars, no anchors, aliases, merge keys or tags, no key twice, bounded.

The syntax is PyYAML's (with libyaml where it is there). The meaning of scalars is ours, because PyYAML follows
YAML 1.1, in which `NO` is false and `12:30` is 750. YAML 1.2.2, section 10.3.2 has the table that stands here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import yaml

from lastlook.errors import LastlookError, Place
from lastlook.reading.tree import Branch, Listed, Node, Scalar

MAX_BYTES = 1 << 20
MAX_DEPTH = 16
MAX_NODES = 200_000  # a mebibyte of `- a` makes more; nobody writes it by hand

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = re.compile(r"(null|Null|NULL|~|)\Z")
_BOOL = re.compile(r"(true|True|TRUE|false|False|FALSE)\Z")
_INT = re.compile(r"[-+]?[0-9]{1,15}\Z")  # longer ones stay text: JSON would round their digits (RFC 8785, 3.2.2.3)
_OTHER_INT = re.compile(r"0o[0-7]{1,17}\Z|0x[0-9a-fA-F]{1,13}\Z")
_FLOAT = re.compile(r"[-+]?(?![0-9]+\Z)(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?\Z")


def read_yaml(data: bytes, *, file: str) -> Node:
    """The one document in `data` as a tree whose places name `file`.

    Raises LastlookError with the line for anything that is not strict YAML, and for files that are too large
    (1 MiB), too deep (16 levels) or have too many values.
    """
    text = _text_of(data, file)
    try:
        events = yaml.parse(text, Loader=_LOADER)
        return _Builder(file).document(events)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(part for part in (error.context, error.problem) if part)
        raise LastlookError(
            f"This is not YAML: {what}.",
            remedy="Mend the line named; most often it is the indentation, a missing quote or a stray colon.",
            where=Place(file, mark.line + 1 if mark else 0),
        ) from error
    except yaml.YAMLError as error:  # characters that YAML does not allow
        raise LastlookError(
            f"This is not YAML: {_one_line(error)}.",
            remedy="Save the file as plain UTF-8 text.",
            where=Place(file),
        ) from error


def _text_of(data: bytes, file: str) -> str:
    if len(data) > MAX_BYTES:
        raise LastlookError(
            f"The file is too large: at most {MAX_BYTES:,} bytes are read.",
            remedy="Move long lists into sheets or split the campaign.",
            where=Place(file),
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LastlookError(
            f"The file is not UTF-8 (byte {error.start}).",
            remedy="Save it as UTF-8.",
            where=Place(file, data[: error.start].count(b"\n") + 1),
        ) from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


class _Builder:
    """Builds the tree from parser events, so that nothing is expanded and every limit holds while reading."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.nodes = 0

    def document(self, stream: Iterator[yaml.Event]) -> Node:
        root: Node | None = None
        for event in stream:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise self.refused(event, "A second document starts here.", "Keep one document in a file.")
                root = self.node(next(stream), stream, "", 1)
        if root is None:
            raise LastlookError(
                "The file is empty.", remedy="Start from the tour in the README.", where=Place(self.file)
            )
        return root

    def node(self, event: yaml.Event, stream: Iterator[yaml.Event], field: str, depth: int) -> Node:
        place = Place(self.file, _line(event), field)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self.refused(event, f"More than {MAX_NODES:,} values.", "Split the file.")
        if depth > MAX_DEPTH:
            raise self.refused(event, f"Nested deeper than {MAX_DEPTH} levels.", "Write it flatter.")
        self.refuse_sharing(event)
        if isinstance(event, yaml.ScalarEvent):
            is_plain = event.implicit[0]  # neither quoted nor tagged
            return Scalar(place, core_scalar(event.value) if is_plain else event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.listed(place, stream, depth)
        return self.branch(place, stream, depth)

    def listed(self, place: Place, stream: Iterator[yaml.Event], depth: int) -> Listed:
        items: list[Node] = []
        while not isinstance(event := next(stream), yaml.SequenceEndEvent):
            items.append(self.node(event, stream, f"{place.field}[{len(items)}]", depth + 1))
        return Listed(place, tuple(items))

    def branch(self, place: Place, stream: Iterator[yaml.Event], depth: int) -> Branch:
        entries: dict[str, Node] = {}
        while not isinstance(event := next(stream), yaml.MappingEndEvent):
            self.refuse_sharing(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise self.refused(event, "A key must be a word.", "Write the key as plain text.")
            key = event.value
            if key == "<<":
                raise self.refused(event, "Merge keys (`<<`) are not read.", "Write the values out, or use `defaults`.")
            if key in entries:
                first = entries[key].place.line
                raise self.refused(event, f"The key `{key}` stands twice; first in line {first}.", "Keep one of them.")
            field = f"{place.field}.{key}" if place.field else key
            entries[key] = self.node(next(stream), stream, field, depth + 1)
        return Branch(place, entries)

    def refuse_sharing(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self.refused(event, "Anchors and aliases (`&`, `*`) are not read.", "Write the value out.")
        tag = getattr(event, "tag", None)
        if tag:
            raise self.refused(event, f"Tags (`{tag}`) are not read.", "Write the value without a tag.")

    def refused(self, event: yaml.Event, what: str, remedy: str) -> LastlookError:
        return LastlookError(what, remedy=remedy, where=Place(self.file, _line(event)))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def core_scalar(text: str) -> str | int | float | bool | None:
    """A plain scalar's value by the YAML 1.2 core schema (1.2.2, 10.3.2); what fits no pattern is text."""
    if _NULL.match(text):
        return None
    if _BOOL.match(text):
        return text[0] in "tT"
    if _INT.match(text):
        return int(text)
    if _OTHER_INT.match(text):
        return int(text, 0)
    if _FLOAT.match(text):
        number = float(text)
        return number if math.isfinite(number) else text
    return text
