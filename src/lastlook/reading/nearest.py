"""The nearest right word to a wrong one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

LISTED_AT_MOST = 12  # beyond this a list of every right word helps nobody


def nearest(word: str, right: Iterable[str]) -> str | None:
    """The right word most like `word`, or None when nothing is alike (difflib ratio under 0.6)."""
    close = difflib.get_close_matches(word, list(right), n=1, cutoff=0.6)
    return close[0] if close else None


def did_you_mean(word: str, right: Iterable[str]) -> str:
    """A remedy: the nearest right word, or the list to choose from."""
    words = list(right)
    if close := nearest(word, words):
        return f"Write {close}, if that is what you mean."
    listed = ", ".join(words[:LISTED_AT_MOST]) + (", …" if len(words) > LISTED_AT_MOST else "")
    return f"Choose one of: {listed}."
