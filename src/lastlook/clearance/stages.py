"""Stages: which look took place, which did not, and of which the record says nothing. None inherits from another."""

from __future__ import annotations

from typing import Literal

from lastlook.campaigns.vocabulary import STAGES
from lastlook.clearance.acts import StageHeld, StageNotHeld
from lastlook.clearance.history import History

StageRecord = Literal["held", "not held", "not recorded"]


def stages_of(history: History) -> dict[str, StageRecord]:
    """What the record says of each stage, in their order; the last word counts."""
    found: dict[str, StageRecord] = dict.fromkeys(STAGES, "not recorded")
    for _, act in history.of(StageHeld, StageNotHeld):
        found[act.stage] = "held" if isinstance(act, StageHeld) else "not held"
    return found
