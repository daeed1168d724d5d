"""Kinds of value: each reads a node into a value, or says what is wrong with it and what would be right.

A value that cannot be used is a problem and is then *not stated*: it never turns into a default, and a list that
loses a member this way is no longer a whole list. Every kind also describes itself as JSON Schema (2020-12).
"""

from __future__ import annotations

import datetime as dt
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

import msgspec

from lastlook.errors import Place, Problem
from lastlook.reading.countries import COUNTRIES, SAID_FOR
from lastlook.reading.gtin import check_digit, is_gtin
from lastlook.reading.nearest import did_you_mean
from lastlook.reading.tree import Branch, Listed, Node, Scalar, Unreadable

UNKNOWN_WORD = "unknown"
NONE_WORD = "none"
RESERVED_WORDS = frozenset({UNKNOWN_WORD, NONE_WORD, "all", "always"})

T_co = TypeVar("T_co", covariant=True)
Schema = dict[str, object]


class Stated(msgspec.Struct, Generic[T_co], frozen=True):
    """A value, and the place where somebody wrote it."""

    value: T_co
    place: Place


class Items(msgspec.Struct, Generic[T_co], frozen=True):
    """A list as it was written. `complete` is False when a member could not be read."""

    members: tuple[Stated[T_co], ...]
    complete: bool = True


class Problems(list[Problem]):
    """Everything wrong that was met while reading, in the order met, each once."""

    def add(self, where: Place, what: str, remedy: str) -> None:
        problem = Problem(where=where, what=what, remedy=remedy)
        if problem not in self:
            self.append(problem)


class Kind(ABC, Generic[T_co]):
    """What a value must look like."""

    expects: str

    @abstractmethod
    def read(self, node: Node, problems: Problems) -> T_co | None:
        """The value, or None after adding a problem. Never both, never neither."""

    @abstractmethod
    def schema(self) -> Schema:
        """The same demand as JSON Schema."""

    def refuse(self, node: Node, problems: Problems, remedy: str | None = None) -> None:
        if isinstance(node, Unreadable):  # what is wrong with it was said when it was met
            return
        where = node.place.field or "the file"
        problems.add(node.place, f"{where} is {node.words or 'empty'}.", remedy or f"Write {self.expects}.")


class Text(Kind[str]):
    """Words. `at_most`: characters."""

    def __init__(self, at_most: int = 5_000) -> None:
        self.at_most = at_most
        self.expects = "text"

    def read(self, node: Node, problems: Problems) -> str | None:
        if not isinstance(node, Scalar) or node.value is None or node.value == "":
            return self.refuse(node, problems)
        if not isinstance(node.value, str):
            return self.refuse(node, problems, f'Put it between quotation marks: "{node.words}".')
        if len(node.value) > self.at_most:
            what = f"{node.place.field} has {len(node.value):,} characters; at most {self.at_most:,} are read."
            return problems.add(node.place, what, "Shorten it.")
        return node.value

    def schema(self) -> Schema:
        return {"type": "string", "minLength": 1, "maxLength": self.at_most}


class Gtin(Text):
    """A Global Trade Item Number: 8, 12, 13 or 14 digits, the last a check digit (GS1 General Specifications, 7.9)."""

    pattern = r"^([0-9]{8}|[0-9]{12,14})$"

    def __init__(self) -> None:
        super().__init__(14)
        self.expects = 'a GTIN of 8, 12, 13 or 14 digits between quotation marks, such as "4006381333931"'

    def read(self, node: Node, problems: Problems) -> str | None:
        if (
            not isinstance(node, Scalar)
            or not isinstance(node.value, str)
            or not re.fullmatch(self.pattern, node.value)
        ):
            return self.refuse(node, problems)
        if not is_gtin(node.value):
            right = check_digit(node.value[:-1])
            what = f"{node.place.field}: {node.value} is no GTIN; its last digit should be {right}."
            return problems.add(node.place, what, "Look it up again; a digit was probably mistyped.")
        return node.value

    def schema(self) -> Schema:
        return {"type": "string", "pattern": self.pattern}


class Ident(Kind[str]):
    """A name for something in this campaign: letters, digits, `-`, `_`, `.`; starts with a letter or a digit."""

    pattern = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
    expects = "an id of letters, digits, `-`, `_` or `.` (at most 64)"

    def read(self, node: Node, problems: Problems) -> str | None:
        if isinstance(node, Scalar) and isinstance(node.value, bool | float):  # 1.50 has been read as 1.5
            return self.refuse(node, problems, f'Put it between quotation marks: "{node.words}".')
        if isinstance(node, Scalar) and node.value is not None:
            word = node.words
            if word in RESERVED_WORDS:
                return problems.add(node.place, f"`{word}` cannot be an id.", "Choose another id.")
            if re.fullmatch(self.pattern, word):
                return word
        return self.refuse(node, problems)

    def schema(self) -> Schema:
        words: Schema = {"type": "string", "pattern": self.pattern}
        numbers: list[Schema] = [{"type": "integer", "minimum": 0}] if re.match(self.pattern, "7") else []
        return {"anyOf": [words, *numbers], "not": {"enum": sorted(RESERVED_WORDS)}}


class Code(Kind[str]):
    """One word of a closed list."""

    def __init__(self, codes: Sequence[str], name: str) -> None:
        self.codes = tuple(codes)
        self.name = name
        self.expects = f"a {name}"
        self._known = frozenset(codes)

    def read(self, node: Node, problems: Problems) -> str | None:
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return self.refuse(node, problems, did_you_mean(node.words, self.codes))
        if node.value not in self._known:
            what = f"{node.place.field}: `{node.value}` is no {self.name}."
            return problems.add(node.place, what, did_you_mean(node.value, self.codes))
        return node.value

    def schema(self) -> Schema:
        return {"enum": list(self.codes)}


class Country(Kind[str]):
    """A country by ISO 3166-1 alpha-2. `UK` is no country: what is mistyped must not pass for a place without rules."""

    expects = "a country as two capital letters (ISO 3166-1: GB, DE, FR, US)"

    def read(self, node: Node, problems: Problems) -> str | None:
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return self.refuse(node, problems)
        if node.value in COUNTRIES:
            return node.value
        meant = SAID_FOR.get(node.value.upper()) or (node.value.upper() if node.value.upper() in COUNTRIES else None)
        what = f"{node.place.field}: `{node.value}` is no country of ISO 3166-1."
        return problems.add(node.place, what, f"Write {meant}." if meant else f"Write {self.expects}.")

    def schema(self) -> Schema:
        return {"enum": sorted(COUNTRIES)}


class Flag(Kind[bool]):
    """Yes or no, as YAML 1.2 writes them."""

    expects = "true or false"

    def read(self, node: Node, problems: Problems) -> bool | None:
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        return self.refuse(node, problems)

    def schema(self) -> Schema:
        return {"type": "boolean"}


class Number(Kind[float]):
    """A number from `low` to `high`, both included."""

    def __init__(self, low: float, high: float, *, whole: bool = True) -> None:
        self.low, self.high, self.whole = low, high, whole
        self.expects = f"a {'whole ' if whole else ''}number from {low:g} to {high:g}"

    def read(self, node: Node, problems: Problems) -> float | None:
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, bool) or not isinstance(value, int | float):
            return self.refuse(node, problems)
        if (self.whole and value != int(value)) or not self.low <= value <= self.high:
            return self.refuse(node, problems)
        return int(value) if self.whole else value

    def schema(self) -> Schema:
        return {"type": "integer" if self.whole else "number", "minimum": self.low, "maximum": self.high}


class Date(Kind[dt.date]):
    expects = "a date as YYYY-MM-DD"
    pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

    def read(self, node: Node, problems: Problems) -> dt.date | None:
        if isinstance(node, Scalar) and isinstance(node.value, str):
            try:
                if re.fullmatch(self.pattern, node.value):  # `2026-W49-2` is a date too, and not how we write one
                    return dt.date.fromisoformat(node.value)
            except ValueError:
                pass
        return self.refuse(node, problems)

    def schema(self) -> Schema:
        return {"type": "string", "format": "date", "pattern": self.pattern}


class Span(msgspec.Struct, frozen=True, order=True):
    """Days from the first to the last, both included."""

    first: dt.date
    last: dt.date

    def meets(self, other: Span) -> bool:
        return self.first <= other.last and other.first <= self.last

    def within(self, other: Span) -> bool:
        return other.first <= self.first and self.last <= other.last

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


class Days(Kind[Span]):
    """`{from: DATE, until: DATE}`, both days included."""

    expects = "{from: YYYY-MM-DD, until: YYYY-MM-DD}"

    def read(self, node: Node, problems: Problems) -> Span | None:
        if not isinstance(node, Branch) or set(node.entries) != {"from", "until"}:
            return self.refuse(node, problems)
        first = Date().read(node.entries["from"], problems)
        last = Date().read(node.entries["until"], problems)
        if first is None or last is None:
            return None
        if last < first:
            what = f"{node.place.field} ends ({last}) before it begins ({first})."
            return problems.add(node.place, what, "Swap the dates.")
        return Span(first, last)

    def schema(self) -> Schema:
        date = Date().schema()
        return {
            "type": "object",
            "properties": {"from": date, "until": date},
            "required": ["from", "until"],
            "additionalProperties": False,
        }


class WordOr(Kind[object]):
    """One word with a meaning of its own, or what is otherwise written there."""

    def __init__(self, word: str, otherwise: Kind[object]) -> None:
        self.word, self.otherwise = word, otherwise
        self.expects = f"`{word}` or {otherwise.expects}"

    def read(self, node: Node, problems: Problems) -> object | None:
        if isinstance(node, Scalar) and node.value == self.word:
            return self.word
        return self.otherwise.read(node, problems)

    def schema(self) -> Schema:
        return {"anyOf": [{"const": self.word}, self.otherwise.schema()]}


class Constant(Kind[object]):
    """Exactly this value."""

    def __init__(self, value: object) -> None:
        self.value = value
        self.expects = f"{value}"

    def read(self, node: Node, problems: Problems) -> object | None:
        if isinstance(node, Scalar) and node.value == self.value and type(node.value) is type(self.value):
            return self.value
        return self.refuse(node, problems)

    def schema(self) -> Schema:
        return {"const": self.value}


class ListOf(Kind[Items[T_co]]):
    """A list; `none` and `[]` both say: known to be empty. A member that cannot be read leaves it incomplete."""

    def __init__(
        self, member: Kind[T_co], *, at_least: int = 0, at_most: int = 5_000, none_allowed: bool = True
    ) -> None:
        self.member, self.at_least, self.at_most = member, at_least, at_most
        self.none_allowed = none_allowed and at_least == 0
        self.expects = f"a list, each member {member.expects}"

    def read(self, node: Node, problems: Problems) -> Items[T_co] | None:
        if self.none_allowed and isinstance(node, Scalar) and node.value == NONE_WORD:
            return Items(())
        if not isinstance(node, Listed):
            return self.refuse(node, problems, self._remedy(node))
        if len(node.items) < self.at_least:
            return problems.add(node.place, f"{node.place.field} is an empty list.", "Name at least one.")
        if len(node.items) > self.at_most:
            what = f"{node.place.field} has {len(node.items):,} members; at most {self.at_most:,} are read."
            return problems.add(node.place, what, "Split the campaign.")
        members: list[Stated[T_co]] = []
        for item in node.items:
            value = self.member.read(item, problems)
            if value is not None:
                members.append(Stated(value, item.place))
        return Items(tuple(members), complete=len(members) == len(node.items))

    def _remedy(self, node: Node) -> str:
        if isinstance(node, Scalar) and node.value is not None:
            return f"Write a list: [{node.words}]."
        return "Write a list, `none` if there is none, or leave the key out if you do not know."

    def schema(self) -> Schema:
        listed: Schema = {"type": "array", "items": self.member.schema(), "maxItems": self.at_most}
        if self.at_least:
            listed["minItems"] = self.at_least
        return {"anyOf": [listed, {"const": NONE_WORD}]} if self.none_allowed else listed


class MapOf(Kind["dict[str, Stated[T_co]]"]):
    """Values under ids that the writer chooses."""

    def __init__(self, member: Kind[T_co]) -> None:
        self.member = member
        self.expects = "a mapping from ids"

    def read(self, node: Node, problems: Problems) -> dict[str, Stated[T_co]] | None:
        if not isinstance(node, Branch):
            return self.refuse(node, problems)
        found: dict[str, Stated[T_co]] = {}
        for key, child in node.entries.items():
            if key in RESERVED_WORDS or not re.fullmatch(Ident.pattern, key):
                problems.add(child.place, f"`{key}` cannot be an id.", f"Write {Ident.expects}.")
            elif (value := self.member.read(child, problems)) is not None:
                found[key] = Stated(value, child.place)
        return found

    def schema(self) -> Schema:
        return {
            "type": "object",
            "propertyNames": {"pattern": Ident.pattern, "not": {"enum": sorted(RESERVED_WORDS)}},
            "additionalProperties": self.member.schema(),
        }


class Fields(msgspec.Struct, frozen=True):
    """A mapping as it was read: what was stated under each key. `get` gives None for what was not stated.

    unsaid: keys that stand there and state nothing, because they say `unknown` or could not be read. Whoever fills
    in what is left out must leave these alone.
    strange: whether there were keys that nobody knows; one of them may have meant anything.
    """

    place: Place
    stated: dict[str, Stated[object]]
    unsaid: frozenset[str] = frozenset()
    strange: bool = False

    def get(self, key: str) -> Stated[object] | None:
        return self.stated.get(key)

    def value(self, key: str) -> object | None:
        found = self.stated.get(key)
        return None if found is None else found.value


class Record(Kind[Fields]):
    """A mapping with known keys.

    Every key but those in `required` may be left out or say `unknown`, which is the same. `short` names the key
    that a bare word stands for (`talent-2` for `{person: talent-2}`). `label` names the thing in messages. A
    `partial` record is given back even when a required key is missing, so that the rest of it is not lost.
    """

    def __init__(
        self,
        label: str,
        keys: Mapping[str, Kind[object]],
        *,
        required: Sequence[str] = (),
        short: str | None = None,
        unknown_allowed: bool = True,
        partial: bool = False,
    ) -> None:
        self.label, self.keys, self.required, self.short = label, dict(keys), tuple(required), short
        self.unknown_allowed, self.partial = unknown_allowed, partial
        self.expects = f"a mapping that describes a {label}" + (f", or its {short}" if short else "")

    def read(self, node: Node, problems: Problems) -> Fields | None:
        if self.short and isinstance(node, Scalar) and node.value is not None:
            value = self.keys[self.short].read(node, problems)
            return None if value is None else Fields(node.place, {self.short: Stated(value, node.place)})
        if not isinstance(node, Branch):
            return self.refuse(node, problems)
        stated: dict[str, Stated[object]] = {}
        unsaid: set[str] = set()
        for key, child in node.entries.items():
            if key not in self.keys:
                problems.add(child.place, f"A {self.label} has no `{key}`.", did_you_mean(key, self.keys))
            elif self._says_unknown(key, child) or (value := self.keys[key].read(child, problems)) is None:
                unsaid.add(key)
            else:
                stated[key] = Stated(value, child.place)
        for key in self.required:
            if key not in node.entries:
                problems.add(node.place, f"This {self.label} has no `{key}`.", f"Add `{key}`.")
        if not self.partial and any(key not in stated for key in self.required):
            return None
        return Fields(node.place, stated, frozenset(unsaid), any(key not in self.keys for key in node.entries))

    def _says_unknown(self, key: str, node: Node) -> bool:
        if not self.unknown_allowed or key in self.required:
            return False
        return isinstance(node, Scalar) and node.value == UNKNOWN_WORD

    def schema(self) -> Schema:
        properties: dict[str, object] = {}
        for key, kind in self.keys.items():
            optional = self.unknown_allowed and key not in self.required
            properties[key] = {"anyOf": [kind.schema(), {"const": UNKNOWN_WORD}]} if optional else kind.schema()
        described: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        if self.required:
            described["required"] = list(self.required)
        return {"anyOf": [self.keys[self.short].schema(), described]} if self.short else described
