"""What `find` says of each item: one row for each original it has to do with, or one that says why it was not read."""

from __future__ import annotations

import msgspec

from lastlook.matching.relations import Relation


class Found(msgspec.Struct, frozen=True, order=True):
    """One original in one item. box: left, top, width, height in pixels of the item; score from 0 to 1."""

    item: str
    original: str
    relation: Relation
    review: bool
    score: float
    coverage_original: float
    coverage_item: float
    box: tuple[int, int, int, int]
    corners: tuple[tuple[float, float], ...] = ()
    mirrored: bool = False
    discounted: float = 0.0
    frame: int = 0

    @property
    def copy(self) -> bool:
        return self.relation != "shares_element"


class Unread(msgspec.Struct, frozen=True, order=True):
    """An item nobody has looked at: it is not cleared. `error`: one sentence."""

    item: str
    error: str


class Looked(msgspec.Struct, frozen=True):
    """All that was said of one item. `state`: size and time of its last change, by which it is known again."""

    item: str
    state: tuple[int, int]
    found: tuple[Found, ...] = ()
    unread: tuple[Unread, ...] = ()
