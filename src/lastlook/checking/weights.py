"""What an engaged rule, or one that cannot tell, does to the verdict: the table of effects (design, section 5)."""

from __future__ import annotations

from lastlook.checking.documents import Found
from lastlook.checking.result import Verdict
from lastlook.facts.truth import UNKNOWN, Truth
from lastlook.rules.rule import Effect


def weight_of(effect: Effect, truth: Truth, found: Found | None = None) -> Verdict:
    """What a rule of this effect does where it is not false. `found`: of a document rule, what the folder says."""
    if effect == "advise":
        return Verdict.CLEAR
    if truth is UNKNOWN or effect == "ask":
        return Verdict.UNDECIDED
    if effect == "document" and found is not None and found.on_file is UNKNOWN:
        return Verdict.UNDECIDED
    return Verdict.STOPPED
