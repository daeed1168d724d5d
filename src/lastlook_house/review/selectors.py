"""What waits for whom: decisions to confirm, demands to answer, facts to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lastlook.clearance.acts import Vetoed, VetoLifted
from lastlook.clearance.answering import answers_to
from lastlook.clearance.history import History, Recorded
from lastlook.clearance.holding import Holding, holdings
from lastlook.clearance.second_thoughts import withdrawn_facts
from lastlook.clearance.situation import Demand, Situation
from lastlook.errors import LastlookError


def decisions_of(handle: str, situation: Situation, history: History, rights: Sequence[str]) -> list[Recorded]:
    """The decisions that say this handle holds something, of these rights (none named: of all), each once."""
    found: dict[str, Recorded] = {}
    for holding in holdings(situation, history).values():
        if holding.holder == handle and (not rights or holding.right in rights):
            found.setdefault(holding.decision.leaf, holding.decision)
    if not found:
        what = f"hold {', '.join(rights)}" if rights else "hold anything"
        raise LastlookError(f"Nobody named `{handle}` to {what}.", remedy="See who holds what with `lastlook status`.")
    return list(found.values())


def holdings_in_order(situation: Situation, history: History) -> list[Holding]:
    return [each for _, each in sorted(holdings(situation, history).items())]


def waiting_for(roles: Sequence[str], situation: Situation, history: History) -> Iterator[tuple[Demand, str]]:
    """Every demand that an answer can meet and that one of these roles has not answered so that it counts."""
    for demand in (*situation.demands, *withdrawn_facts(situation, history)):
        if demand.meets not in ("answer", "waiver"):
            continue
        counting = {each.role for each in answers_to(demand, situation, history) if each.counts == "counts"}
        yield from ((demand, role) for role in demand.roles if role in roles and role not in counting)


def veto_of(handle: str, history: History) -> Recorded:
    """The veto of this handle that still stands."""
    lifted = {act.veto for _, act in history.of(VetoLifted)}
    for each, act in history.of(Vetoed):
        if act.handle == handle and each.leaf not in lifted:
            return each
    raise LastlookError(f"`{handle}` has no veto that stands.", remedy="See `lastlook status`.")
