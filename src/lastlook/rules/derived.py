"""Derived facts: names for conditions that many rules share, written once in the rules' own grammar.

A literal `{is_minor: true}` is replaced by the condition the name stands for, `false` by its negation. They are not
stored anywhere, so nothing can state or raise them.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from lastlook.rules.conditions import Condition


class Derived(msgspec.Struct, frozen=True):
    """One derived fact of one noun, and what it means in words."""

    name: str
    noun: str
    meaning: str
    condition: Condition


DerivedFacts = Mapping[tuple[str, str], Derived]  # by (noun, name)
