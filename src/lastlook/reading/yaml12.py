"""Strict YAML: the 1.2 core schema for scalars, no anchors, aliases, merge keys or tags, no key twice, bounded.

The syntax is PyYAML's (with libyaml where it is there). The meaning of scalars is ours, because PyYAML follows
YAML 1.1, in which `NO` is false and `12:30` is 750. YAML 1.2.2, section 10.3.2 has the table that stands here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import yaml

from lastlook.errors import LastlookError, Place, Problem
from lastlook.reading.tree import Branch, Listed, Node, Scalar, Unreadable

MAX_BYTES = 1 << 20
MAX_DEPTH = 16
MAX_NODES = 200_000  # a mebibyte of `- a` makes more; nobody writes it by hand

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = re.compile(r"(null|Null|NULL|~|)\Z")
_BOOL = re.compile(r"(true|True|TRUE|false|False|FALSE)\Z")
_INT = re.compile(r"[-+]?[0-9]{1,15}\Z")  # longer ones stay text: JSON would round their digits (RFC 8785, 3.2.2.3)
_OTHER_INT = re.compile(r"0o[0-7]{1,17}\Z|0x[0-9a-fA-F]{1,13}\Z")
_FLOAT = re.compile(r"[-+]?(?![0-9]+\Z)(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?\Z")


def read_yaml(data: bytes, *, file: str, problems: list[Problem] | None = None) -> Node:
    """The one document in `data` as a tree whose places name `file`.

    Raises LastlookError with the line for anything that is not strict YAML, and for files that are too large
    (1 MiB), too deep (16 levels) or have too many values. Where `problems` is given, what can be passed over (a key
    that stands twice, anchors, tags, merge keys) is added to it and stands as unreadable, and the rest is read.
    """
    text = _text_of(data, file)
    met: list[Problem] = []
    try:
        events = yaml.parse(text, Loader=_LOADER)
        root = _Builder(file, met).document(events)
    except RecursionError as error:  # the parser's own stack
        raise LastlookError(
            f"Nested deeper than {MAX_DEPTH} levels.", remedy="Write it flatter.", where=Place(file)
        ) from error
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
    if problems is None and met:
        raise LastlookError(met[0].what, remedy=met[0].remedy, where=met[0].where)
    if problems is not None:
        problems += met
    return root


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

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file, self.problems = file, problems
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
        usable = self.is_plain(event, place)
        read: Node = Unreadable(place)
        if isinstance(event, yaml.ScalarEvent):
            is_plain = event.implicit[0]  # neither quoted nor tagged
            read = Scalar(place, core_scalar(event.value) if is_plain else event.value)
        elif isinstance(event, yaml.SequenceStartEvent):
            read = self.listed(place, stream, depth)
        elif isinstance(event, yaml.MappingStartEvent):
            read = self.branch(place, stream, depth)
        return read if usable else Unreadable(place)

    def listed(self, place: Place, stream: Iterator[yaml.Event], depth: int) -> Listed:
        items: list[Node] = []
        while not isinstance(event := next(stream), yaml.SequenceEndEvent):
            items.append(self.node(event, stream, f"{place.field}[{len(items)}]", depth + 1))
        return Listed(place, tuple(items))

    def branch(self, place: Place, stream: Iterator[yaml.Event], depth: int) -> Branch:
        entries: dict[str, Node] = {}
        while not isinstance(event := next(stream), yaml.MappingEndEvent):
            at = Place(self.file, _line(event), place.field)
            if not isinstance(event, yaml.ScalarEvent):
                if not isinstance(event, yaml.AliasEvent):
                    self.say(at, "A key must be a word.", "Write the key as plain text.")
                self.node(event, stream, place.field, depth + 1)  # the key, and then its value: read, and passed over
                self.node(next(stream), stream, place.field, depth + 1)
                continue
            key = event.value
            field = f"{place.field}.{key}" if place.field else key
            at = Place(self.file, _line(event), field)
            self.is_plain(event, at)
            value = self.node(next(stream), stream, field, depth + 1)
            if key == "<<":
                self.say(at, "Merge keys (`<<`) are not read.", "Write the values out, or use `defaults`.")
            elif key in entries:
                first = entries[key].place.line
                self.say(at, f"The key `{key}` stands twice; first in line {first}.", "Keep one of them.")
                entries[key] = Unreadable(entries[key].place)
            else:
                entries[key] = value
        return Branch(place, entries)

    def is_plain(self, event: yaml.Event, place: Place) -> bool:
        """Whether a value stands for itself: no alias, no tag. An anchor on it is refused and harms nothing."""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.say(place, "Anchors and aliases (`&`, `*`) are not read.", "Write the value out.")
        tag = getattr(event, "tag", None)
        if tag:
            self.say(place, f"Tags (`{tag}`) are not read.", "Write the value without a tag.")
        return not isinstance(event, yaml.AliasEvent) and not tag

    def say(self, where: Place, what: str, remedy: str) -> None:
        self.problems.append(Problem(where=where, what=what, remedy=remedy))

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
