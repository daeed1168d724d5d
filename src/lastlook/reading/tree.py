"""What was read, before anybody asks what it means: scalars, lists and mappings that remember where they stood."""

from __future__ import annotations

import msgspec

from lastlook.errors import Place


class Scalar(msgspec.Struct, frozen=True, tag=True):
    """One value. `value` by YAML 1.2 core: text, whole number, number, yes/no, or None for `null` and empty."""

    place: Place
    value: str | int | float | bool | None

    @property
    def words(self) -> str:
        """The value as its writer would recognise it."""
        if self.value is None:
            return "nothing (null)"
        return str(self.value).lower() if isinstance(self.value, bool) else str(self.value)


class Listed(msgspec.Struct, frozen=True, tag=True):
    place: Place
    items: tuple[Node, ...]

    @property
    def words(self) -> str:
        return "a list"


class Branch(msgspec.Struct, frozen=True, tag=True):
    place: Place
    entries: dict[str, Node]

    @property
    def words(self) -> str:
        return "a mapping"


class Unreadable(msgspec.Struct, frozen=True, tag=True):
    """Something that stands there and cannot be used; what is wrong with it has been said."""

    place: Place

    @property
    def words(self) -> str:
        return "nothing that could be read"


Node = Scalar | Listed | Branch | Unreadable


def plain(node: Node) -> object:
    """The node as ordinary Python values, places forgotten."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Unreadable):
        return None
    if isinstance(node, Listed):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.entries.items()}
