"""The grease pencil: one mark for each state, drawn in a few strokes, always beside its word."""

from __future__ import annotations

from lastlook.reports.page.markup import Html, tag

# Strokes in a box of 24 by 24. A hand drew them: nothing is quite straight, and a cross does not quite meet.
_STROKES = {
    "stopped": ("M4.2 4.6C9 9.1 14.6 14.8 20.3 20.1", "M19.8 3.7C14.9 9.4 9.3 14.7 3.9 19.6"),
    "undecided": (
        "M7.4 8.3C7.6 5.2 9.6 3.6 12.2 3.6 15 3.6 16.9 5.4 16.8 7.9 16.7 11.2 12.3 11.3 12.2 15.2",
        "M12.1 19.4L12.3 19.9",
    ),
    "clear": ("M4.5 12.9C6.6 14.6 8.2 16.5 9.6 18.8 12.3 13.2 15.6 8.7 19.9 5.1",),
    "unseen": ("M4 9.5V4H9.5", "M20 14.5V20H14.5"),
    "shown": ("M12 10.5V19.2", "M12 5.2L12.1 5.8"),
}

# Outlines in a box of 100 by 100, stretched over a frame.
_OUTLINES = {
    "stopped": "M3 1.6C30 .7 72 2.1 98.6 1.2 99.3 30 98.2 70 99.1 98.7 70 99.4 28 98.3 1.3 99 .6 70 1.9 30 1 .6",
    "undecided": "M1 1H99V99H1Z",
    "clear": "M1 1H99V99H1Z",
    "unseen": "M1 22V1H22M78 99H99V78",
}


def mark(state: str) -> Html:
    """The mark of a state. It says nothing aloud: the word stands beside it."""
    strokes = [tag("path", d=stroke) for stroke in _STROKES[state]]
    return tag("svg", strokes, class_=f"mark {state}", viewbox="0 0 24 24", aria_hidden="true", focusable="false")


def outline(state: str) -> Html:
    return tag(
        "svg", tag("path", d=_OUTLINES[state]), class_=f"outline {state}", viewbox="0 0 100 100",
        preserveaspectratio="none", aria_hidden="true", focusable="false",
    )  # fmt: skip
