"""Conditions in negation normal form: what a rule's `when` becomes once names are resolved and `not` is pushed down.

Only literals are negated, so a value that is raised can be given its one meaning in one place: it lifts a literal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from lastlook.rules.tests import Test

Reach = Literal["element", "asset", "campaign"]


class Always(msgspec.Struct, frozen=True, tag=True):
    """Holds whatever is known. `holds` False is its negation."""

    holds: bool = True


class FactLiteral(msgspec.Struct, frozen=True, tag=True):
    """A test of one fact of the element, or of the asset or campaign around it."""

    reach: Reach
    noun: str
    name: str
    test: Test
    negated: bool = False


class CodeLiteral(msgspec.Struct, frozen=True, tag=True):
    """Whether a list contains any of these codes."""

    reach: Reach
    noun: str
    name: str
    codes: frozenset[str]
    negated: bool = False


class KnownLiteral(msgspec.Struct, frozen=True, tag=True):
    """Whether anything at all is known of a fact; allowed where nothing depends on it (`advise`)."""

    reach: Reach
    noun: str
    name: str
    is_list: bool
    negated: bool = False


class AllOf(msgspec.Struct, frozen=True, tag=True):
    parts: tuple[Condition, ...]


class AnyOf(msgspec.Struct, frozen=True, tag=True):
    parts: tuple[Condition, ...]


class Some(msgspec.Struct, frozen=True, tag=True):
    """Some member of a list meets `where`."""

    reach: Reach
    name: str
    noun: str  # of the members
    where: Condition


class Every(msgspec.Struct, frozen=True, tag=True):
    """Every member of a list meets `where`; so does every member of an empty one."""

    reach: Reach
    name: str
    noun: str
    where: Condition


class Count(msgspec.Struct, frozen=True, tag=True):
    """At least (or, negated, fewer than) `at_least` members of a list meet `where`."""

    reach: Reach
    name: str
    noun: str
    where: Condition
    where_not: Condition
    at_least: int
    negated: bool = False


Literals = FactLiteral | CodeLiteral | KnownLiteral
Condition = Always | FactLiteral | CodeLiteral | KnownLiteral | AllOf | AnyOf | Some | Every | Count


def literals(condition: Condition) -> Iterator[Literals]:
    """Every literal of a condition, from left to right."""
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from literals(part)
    elif isinstance(condition, Some | Every | Count):
        yield from literals(condition.where)
    elif not isinstance(condition, Always):
        yield condition


def negation(condition: Condition) -> Condition:
    """The same condition denied, with the denial pushed down to the literals."""
    if isinstance(condition, Always):
        return Always(not condition.holds)
    if isinstance(condition, AllOf):
        return AnyOf(tuple(negation(part) for part in condition.parts))
    if isinstance(condition, AnyOf):
        return AllOf(tuple(negation(part) for part in condition.parts))
    if isinstance(condition, Some):
        return Every(condition.reach, condition.name, condition.noun, negation(condition.where))
    if isinstance(condition, Every):
        return Some(condition.reach, condition.name, condition.noun, negation(condition.where))
    return msgspec.structs.replace(condition, negated=not condition.negated)
