"""Joins sheets to a manifest, tree to tree: one registry by id over both, and two values of one key are a problem."""

from __future__ import annotations

from lastlook.dossier.sheets.folder import Sheets
from lastlook.reading.kinds import NONE_WORD, UNKNOWN_WORD, Problems
from lastlook.reading.tree import Branch, Listed, Node, Scalar, Unreadable, plain


def joined(manifest: Node, sheets: Sheets, problems: Problems) -> Node:
    """The manifest with the entries of every sheet added to its lists. Pictures of one id become one entry."""
    if not isinstance(manifest, Branch) or not sheets.entries:
        return manifest
    entries = dict(manifest.entries)
    for key, listed in sheets.entries.items():
        own = entries.get(key)
        rows = tuple(item for sheet in listed for item in sheet.items)
        if own is not None and rows and _says_none(own):
            what = f"The manifest says that there are no {key} ({own.place}), and a sheet lists some ({rows[0].place})."
            problems.add(own.place, what, "Remove one of the two; until then the rows count, and there may be more.")
        may_be_more = own is not None and rows and (_says_none(own) or _says_unknown(own))
        if own is not None and not isinstance(own, Listed) and not may_be_more:
            continue  # `none` beside an empty sheet; whatever else it is, the reader will say that it should be a list
        items = (*(own.items if isinstance(own, Listed) else ()), *rows)
        if key == "assets":
            items = _by_id(items, problems)
        place = own.place if own else listed[0].place
        entries[key] = Listed(place, (*items, Unreadable(place)) if may_be_more else items)
    return Branch(manifest.place, entries)


def _by_id(items: tuple[Node, ...], problems: Problems) -> tuple[Node, ...]:
    """Entries of one id in different files, joined. Two of one id in one file are left for the reader to refuse."""
    found: dict[str, Branch] = {}
    others: list[Node] = []
    for item in items:
        named = item.entries.get("id") if isinstance(item, Branch) else None
        if not isinstance(item, Branch) or not isinstance(named, Scalar):
            others.append(item)
            continue
        earlier = found.get(named.words)
        if earlier is None:
            found[named.words] = item
        elif earlier.place.file == item.place.file:
            others.append(item)
        else:
            found[named.words] = _both(earlier, item, named.words, problems)
    return (*found.values(), *others)


def _both(one: Branch, other: Branch, named: str, problems: Problems) -> Branch:
    entries = dict(one.entries)
    for key, node in other.entries.items():
        here = entries.get(key)
        if here is None:
            entries[key] = node
        elif isinstance(here, Unreadable) or isinstance(node, Unreadable):
            entries[key] = Unreadable(node.place)
        elif _says_unknown(here) or _says_unknown(node):  # what somebody does not know stays unknown
            entries[key] = Scalar(node.place, UNKNOWN_WORD)
        elif isinstance(here, Branch) and isinstance(node, Branch):
            entries[key] = _both(here, node, f"{named}.{key}", problems)
        elif plain(here) != plain(node):
            what = f"Two values for {named}.{key}: {here.place} and {node.place}."
            problems.add(node.place, what, "Keep the right one; until then it counts as unknown.")
            entries[key] = Scalar(node.place, UNKNOWN_WORD)
    return Branch(one.place, entries)


def _says_none(node: Node) -> bool:
    return node.value == NONE_WORD if isinstance(node, Scalar) else isinstance(node, Listed) and not node.items


def _says_unknown(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value == UNKNOWN_WORD
