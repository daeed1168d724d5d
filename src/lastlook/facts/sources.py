"""How statements become one standing value (the first of the six laws).

The latest reviewed value stands, else the declared one, else none. Two different declared values stand for nothing:
the fact is unknown, and both places are kept.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from lastlook.errors import Place
from lastlook.facts.element import NO_FACT, Contradiction, Fact, Raised, Stands
from lastlook.facts.values import NOT_KNOWN, Ages, Unknown, Value, agree, common_ages


class Statement(msgspec.Struct, frozen=True):
    """What somebody said of a fact; that it is not known is also something to say.

    order   later statements have larger ones (only reviews are ordered)
    saw     of a review: the raised values the reviewer was shown, which it settles; others stay open
    """

    value: Value | Unknown
    known: Stands
    source: Place
    order: int = 0
    saw: tuple[Raised, ...] = ()


def one_answer(statements: Sequence[Statement], raised: Sequence[Raised] = ()) -> Fact:
    """The fact that these statements make together. Raised values are carried along, and never stand.

    Only a review settles a raised value, and only one that it names: what is raised afterwards was not looked at.
    """
    reviews = [statement for statement in statements if statement.known == "reviewed"]
    if reviews:
        latest = max(reviews, key=lambda statement: statement.order)
        still_raised = tuple(each for each in raised if each not in latest.saw)
        return Fact(latest.value, "reviewed", latest.source, still_raised)
    if not statements:
        return Fact(raised=tuple(raised)) if raised else NO_FACT
    told = [Contradiction(each.value, each.source) for each in statements if not isinstance(each.value, Unknown)]
    first = statements[0].source
    if len(told) < len(statements):  # somebody says outright that it is not known; what others say is kept
        return Fact(source=first, raised=tuple(raised), conflicts=tuple(told))
    standing = told[0].value
    for other in told[1:]:
        joined = _joined(standing, other.value)
        if joined is None:
            return Fact(NOT_KNOWN, None, first, tuple(raised), tuple(told))
        standing = joined
    return Fact(standing, "declared", first, tuple(raised))


def _joined(one: Value, other: Value) -> Value | None:
    if isinstance(one, Ages) and isinstance(other, Ages):
        return common_ages(one, other)
    return one if agree(one, other) else None
