"""What a record adds up to: cleared, in whole or in part, or everything that stands in the way.

A pure function of a situation, a history and a day. There is no way past it: no flag, no name, no role that may skip a
step. An answer that does not count is treated as no answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

import msgspec

from lastlook.checking.result import PackUsed
from lastlook.clearance.acts import (
    Answered,
    Confirmed,
    Corrected,
    Engaged,
    Granted,
    Named,
    Reviewed,
    Vetoed,
    VetoLifted,
    Withdrawn,
)
from lastlook.clearance.answering import WORDS, Answer, answers_to
from lastlook.clearance.bases import AssetBasis
from lastlook.clearance.history import History, Recorded
from lastlook.clearance.holding import NEED_OWN_WORD, Holding, holdings
from lastlook.clearance.reviewing import reviewed_in
from lastlook.clearance.second_thoughts import whoever_changed, withdrawn_facts
from lastlook.clearance.situation import Demand, Situation
from lastlook.errors import LastlookError

CLEARED_STAGE = "final"
NOT_TOGETHER = ("product", "props", "combination")  # whoever decided one of these does not also publish (AC-5)


class Obstacle(msgspec.Struct, frozen=True):
    """One thing that stands in the way: by a code, in words, of which pictures, and who could do something about it."""

    code: str
    words: str
    assets: tuple[str, ...]
    finding: str = ""
    rule: str = ""
    roles: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


class Cleared(msgspec.Struct, frozen=True):
    """These pictures may go out until this day. `waiting`: what stands in the way of the others.

    answers   leaf hashes of every act it rests on
    until     the last day: the earliest end of flight, documents, consents and authority; `until_because` says which
    """

    origin: str
    campaign: str
    stage: str
    on: dt.date
    assets: tuple[AssetBasis, ...]
    waiting: tuple[Obstacle, ...]
    until: dt.date
    until_because: str
    packs: tuple[PackUsed, ...]
    answers: tuple[str, ...]

    @property
    def in_the_way(self) -> tuple[Obstacle, ...]:
        """What stands in the way of the others."""
        return self.waiting

    @property
    def words(self) -> str:
        held = {asset for each in self.waiting for asset in each.assets} - {asset.asset for asset in self.assets}
        if not held:
            return f"All {len(self.assets)} may go, until {self.until}."
        why = "; ".join(dict.fromkeys(each.words for each in self.waiting))
        return (
            f"{len(self.assets)} of {len(self.assets) + len(held)} may go, until {self.until}; {len(held)} wait: {why}"
        )


class NotCleared(msgspec.Struct, frozen=True):
    """Nothing may go: everything that stands in the way."""

    obstacles: tuple[Obstacle, ...]

    @property
    def in_the_way(self) -> tuple[Obstacle, ...]:
        return self.obstacles


def cleared(
    situation: Situation,
    history: History,
    *,
    on: dt.date,
    withdrawn: Collection[str] = (),
    elsewhere: Iterable[Engaged] = (),
) -> Cleared | NotCleared:
    """Whether these pictures may go out, as they are, on the strength of this history.

    withdrawn   SHA-256 of bytes that were withdrawn in other campaigns; what this history withdraws is known from it
    elsewhere   what other campaigns of the house recorded as engaged: copying a folder leaves no block behind

    Raises LastlookError where no rule in use demands anything: a clearance that requires nobody clears nothing.
    """
    if not situation.requirements:
        raise LastlookError(
            "No rule in use demands anything of a clearance; one that requires nobody would clear nothing.",
            remedy="Use the bundled packs, or add a pack with a standing requirement.",
        )
    work = _Work(
        situation, history.within(situation.origin, situation.campaign), on, frozenset(withdrawn), tuple(elsewhere)
    )
    obstacles = tuple(work.obstacles())
    everywhere = {asset.asset for asset in situation.assets}
    stopped = {asset for each in obstacles for asset in each.assets}
    free = tuple(asset for asset in situation.assets if asset.asset not in stopped)
    if not everywhere or not free:
        return NotCleared(obstacles or (Obstacle("nothing", "There is no picture to clear.", ()),))
    until, because = work.until({asset.asset for asset in free})
    return Cleared(
        origin=situation.origin, campaign=situation.campaign, stage=situation.stage, on=on, assets=free,
        waiting=obstacles, until=until, until_because=because, packs=situation.packs, answers=work.rests_on(free),
    )  # fmt: skip


class _Work:
    """One clearance being worked out."""

    def __init__(
        self,
        situation: Situation,
        history: History,
        on: dt.date,
        withdrawn: frozenset[str],
        elsewhere: tuple[Engaged, ...],
    ) -> None:
        self.situation, self.history, self.on, self.elsewhere = situation, history, on, elsewhere
        here = (sha256 for _, act in history.of(Withdrawn) for sha256 in act.pictures)
        self.withdrawn = withdrawn.union(here)
        self.all = tuple(asset.asset for asset in situation.assets)
        self.held = holdings(situation, history)
        self.used: list[tuple[Recorded, tuple[str, ...]]] = []  # acts that count, and the pictures they are about

    def obstacles(self) -> Iterator[Obstacle]:
        yield from self._whole()
        yield from self._pictures()
        yield from self._not_known()
        for demand in self.situation.demands:
            yield from self._demanded(demand)
        for demand in withdrawn_facts(self.situation, self.history, self.elsewhere):
            yield from self._withdrawn(demand)
        yield from self._unlooked()
        yield from self._holders()
        yield from self._vetoes()
        yield from self._two_persons()
        yield from self._expired()

    # The campaign.

    def _whole(self) -> Iterator[Obstacle]:
        situation = self.situation
        if situation.stage != CLEARED_STAGE:
            yield self._of_all(
                "stage", f"The campaign is at the stage `{situation.stage}`; only a final one is cleared."
            )
        if situation.on != self.on:
            yield self._of_all("day", f"It was judged as of {situation.on}, and the clearance is asked for {self.on}.")
        for problem in situation.problems:
            yield self._of_all("unreadable", f"Something could not be read: {problem}")
        last = self.history.last_judged
        if not last or last[-1].state != situation.state or last[-1].stage != situation.stage:
            yield self._of_all("not_recorded", "The record does not hold the campaign as it is now; import it again.")
        asked = {address for demand in situation.demands for address in demand.missing}
        for question in situation.questions:
            if question.fact not in asked:
                assets = tuple(asset for asset in question.of if asset in self.all) or self.all
                yield Obstacle("question", f"{question.fact} is not settled.", assets)

    def _of_all(self, code: str, words: str) -> Obstacle:
        return Obstacle(code, words, self.all)

    def _pictures(self) -> Iterator[Obstacle]:
        for asset in self.situation.assets:
            if not asset.sha256:
                yield Obstacle("no_picture", f"{asset.asset} has no file that can be opened.", (asset.asset,))
            if asset.sha256 in self.withdrawn:
                words = f"{asset.asset} was withdrawn; the same bytes are never cleared again."
                yield Obstacle("withdrawn", words, (asset.asset,))
            if not asset.lines:
                yield Obstacle("no_plan", f"Nobody said where {asset.asset} goes out.", (asset.asset,))

    # Findings and standing requirements.

    def _demanded(self, demand: Demand) -> Iterator[Obstacle]:
        if demand.meets == "nobody":
            yield self._open(
                "blocked", f"{demand.rule} stops it and nobody can waive that. {demand.clears_when}", demand
            )
        elif demand.meets == "fact":
            if not demand.missing:
                yield self._open("cannot_tell", f"Nobody can tell whether {demand.rule} applies.", demand)
        elif demand.meets == "document":
            yield self._open("document", f"{demand.rule} wants a document on file. {demand.clears_when}", demand)
        else:
            yield from self._unanswered(demand, answers_to(demand, self.situation, self.history))

    def _not_known(self) -> Iterator[Obstacle]:
        """Each missing fact once, however many rules and pictures wait for it."""
        waiting: dict[str, list[Demand]] = {}
        for demand in self.situation.demands:
            for fact in demand.missing if demand.meets == "fact" else ():
                waiting.setdefault(fact, []).append(demand)
        for fact, demands in waiting.items():
            assets = tuple(dict.fromkeys(asset for demand in demands for asset in demand.assets))
            rules = tuple(dict.fromkeys(demand.rule for demand in demands))
            which = f"{rules[0]} waits" if len(rules) == 1 else f"{len(rules)} rules wait"
            yield Obstacle("cannot_tell", f"{fact} is not known; {which} for it.", assets, rule=", ".join(rules))

    def _open(self, code: str, words: str, demand: Demand, roles: tuple[str, ...] = ()) -> Obstacle:
        return Obstacle(code, words, demand.assets, demand.id, demand.rule, roles)

    def _unanswered(self, demand: Demand, answers: tuple[Answer, ...]) -> Iterator[Obstacle]:
        if not demand.roles:
            yield self._open("no_role", f"{demand.rule} names nobody who could answer it.", demand)
        for role in demand.roles:
            given = [answer for answer in answers if answer.role == role]
            counting = [answer for answer in given if answer.counts == "counts"]
            self.used += [(answer.recorded, demand.assets) for answer in counting]
            if counting:
                continue
            what = "waiver" if demand.meets == "waiver" else "answer"
            if not given:
                words = f"{demand.rule} waits for the {what} of {role}."
                yield self._open(f"{what}_missing", words, demand, (role,))
                continue
            last = given[-1]
            code = "answer_stale" if last.counts == "stale" else "answer_does_not_count"
            words = f"{demand.rule}: the {what} of {role} ({last.handle}) {WORDS[last.counts]}."
            if last.changed:
                words += f" Changed since: {', '.join(last.changed)}."
            yield msgspec.structs.replace(self._open(code, words, demand, (role,)), changed=last.changed)

    def _withdrawn(self, demand: Demand) -> Iterator[Obstacle]:
        changed = whoever_changed(self.history, self.elsewhere)
        makers = self.history.team(self.all, self.situation.claims)
        outsiders = self.history.people(makers.handles | changed.handles)
        answers = answers_to(demand, self.situation, self.history, outsiders)
        counting = {answer.role: set[str]() for answer in answers}
        for answer in answers:
            if answer.counts == "counts" and answer.person is not None:
                counting[answer.role].add(answer.person)
        one, other = (counting.get(role, set()) for role in demand.roles)
        if any(first != second for first in one for second in other):
            self.used += [(answer.recorded, demand.assets) for answer in answers if answer.counts == "counts"]
            return
        words = f"{demand.title}: two people outside the team have to sign, {' and '.join(demand.roles)}."
        yield self._open("fact_withdrawn", words, demand, demand.roles)

    # What only its makers have vouched for.

    def _unlooked(self) -> Iterator[Obstacle]:
        bytes_of = {asset.asset: asset.sha256 for asset in self.situation.assets}
        seen: dict[tuple[str, str, str, str], list[Recorded]] = {}
        for each, act in self.history.of(Reviewed):
            if each.signed == "signed" and self._is_here(act) and self.history.person(act.handle) is not None:
                for asset, sha256, fact in reviewed_in(act, bytes_of):
                    seen.setdefault((asset, sha256, fact.fact, fact.value), []).append(each)
        missing: dict[str, list[str]] = {}
        for unlooked in self.situation.unlooked:
            asset = unlooked.asset
            key = (asset, bytes_of.get(asset, ""), unlooked.fact, unlooked.value)
            makers = self.history.team((asset,), self.situation.claims)
            good = [
                each
                for each in seen.get(key, ())
                if not makers.has(each.act.handle, self.history.person(each.act.handle))
            ]
            self.used += [(each, (asset,)) for each in good[-1:]]
            if not good:
                missing.setdefault(unlooked.fact, []).append(asset)
        for name, assets in missing.items():
            words = f"{name} rests on the makers' word; somebody who decided nothing there has to look."
            yield Obstacle("not_reviewed", words, tuple(assets))

    def _is_here(self, act: Reviewed | Confirmed) -> bool:
        situation = self.situation
        return (act.origin, act.campaign, act.stage) == (situation.origin, situation.campaign, situation.stage)

    # Who holds what.

    def _holders(self) -> Iterator[Obstacle]:
        for right in NEED_OWN_WORD:
            for asset in self.all:
                yield from self._own_word(right, asset, self.held.get((right, asset)))
        for (right, asset), holding in self.held.items():
            if holding.state == "disputed":
                words = f"{holding.holder} disputes that {right} on {asset} was theirs; nobody holds it."
                yield Obstacle("disputed", words, (asset,))
        for asset in self.all:
            publisher = self.held.get(("publication", asset))
            for right in NOT_TOGETHER:
                decided = self.held.get((right, asset))
                if publisher and decided and self._is_same(publisher.holder, decided.holder):
                    words = f"{publisher.holder} decided {right} on {asset}, and so may not publish it."
                    yield Obstacle("same_hands", words, (asset,))

    def _own_word(self, right: str, asset: str, holding: Holding | None) -> Iterator[Obstacle]:
        if holding is None or holding.holder == "none":
            yield Obstacle("nobody_holds", f"Nobody holds {right} on {asset}.", (asset,), roles=(right,))
        elif holding.state != "confirmed" or self.history.person(holding.holder) is None:
            state = "is not registered" if holding.state == "confirmed" else f"is {holding.state.replace('_', ' ')}"
            words = f"{right} on {asset} counts when {holding.holder} signs for the picture as it is; that {state}."
            yield Obstacle("not_confirmed", words, (asset,), roles=(right,))
        else:
            self.used.append((holding.decision, (asset,)))
            self.used += [(each, (asset,)) for each, act in self.history.of(Confirmed) if self._confirms(act, holding)]

    def _confirms(self, act: Confirmed, holding: Holding) -> bool:
        return act.decision == holding.decision.leaf and act.handle == holding.holder

    def _is_same(self, one: str, other: str) -> bool:
        person = self.history.person(one)
        return one == other or (person is not None and person == self.history.person(other))

    def _vetoes(self) -> Iterator[Obstacle]:
        lifted = {act.veto: self.history.person(act.handle) for each, act in self.history.of(VetoLifted) if each.is_own}
        for each, act in self.history.of(Vetoed):
            who = self.history.person(act.handle)
            if who is not None and lifted.get(each.leaf) == who:
                continue
            assets = self.all if act.assets == "all" else tuple(asset for asset in act.assets if asset in self.all)
            if assets:
                yield Obstacle("vetoed", f"{act.handle} vetoed it; only they can lift that.", assets)

    def _two_persons(self) -> Iterator[Obstacle]:
        """For a picture that shows, or may show, somebody under 18: two different people signed for it."""
        for asset in self.all:
            if asset not in self.situation.minors:
                continue
            signed = {
                self.history.person(each.act.handle)
                for each, assets in self.used
                if asset in assets and each.signed == "signed" and isinstance(each.act, Answered | Reviewed | Confirmed)
            }
            if len(signed - {None}) < 2:
                words = f"{asset} may show somebody under 18: two different people have to sign for it."
                yield Obstacle("two_persons", words, (asset,))

    # When it ends.

    def _expired(self) -> Iterator[Obstacle]:
        if self.situation.flight_last is None:
            yield self._of_all("no_flight", "Nobody said until when the campaign runs.")
            return
        until, because = self.until(set(self.all))
        if until < self.on:
            yield self._of_all("expired", f"It would have ended on {until}, with {because}.")

    def until(self, assets: set[str]) -> tuple[dt.date, str]:
        """The last day of a clearance for these pictures, and what ends then."""
        situation = self.situation
        flight = situation.flight_last or self.on
        ends = [(flight, "the flight"), *situation.ends, *self._authority(assets)]
        return min(ends)

    def _authority(self, assets: set[str]) -> Iterator[tuple[dt.date, str]]:
        """The days on which the grants end by which somebody answered or publishes."""
        for each, about in self.used:
            act = each.act
            if not assets.intersection(about):
                continue
            if isinstance(act, Answered):
                ends = [
                    self.history.last_day(*grant) for grant in self.history.grants(act.handle, act.role, act.at.date())
                ]
                if ends:
                    yield max(ends), f"the authority of {act.handle} to answer as {act.role}"
            elif isinstance(act, Named | Corrected):
                yield from self._right_ends(act.holder, act.right)

    def _right_ends(self, holder: str, right: str) -> Iterator[tuple[dt.date, str]]:
        ends = [
            self.history.last_day(each, act)
            for each, act in self.history.of(Granted)
            if act.holder == holder and right in act.rights
        ]
        if ends:
            yield max(ends), f"the authority of {holder} over {right}"

    def rests_on(self, assets: Iterable[AssetBasis]) -> tuple[str, ...]:
        wanted = {asset.asset for asset in assets}
        return tuple(sorted({each.leaf for each, about in self.used if wanted.intersection(about)}))


def under_question(
    packs: Iterable[PackUsed], pictures: Iterable[str], now: Cleared | NotCleared
) -> tuple[Obstacle, ...]:
    """What a later pack says of pictures (by SHA-256) that were cleared under these; nothing if they are the same.

    A clearance is never rewritten by it: it is marked, and people decide.
    """
    then = {pack.id: pack.digest for pack in packs}
    if isinstance(now, Cleared):
        still = {asset.sha256 for asset in now.assets}
        if {pack.id: pack.digest for pack in now.packs} == then or set(pictures) <= still:
            return ()
        return now.waiting
    return now.obstacles
