"""The truths of many conditions of one picture at once, remembered by content.

A set of conditions is a whole number: bit i stands for condition i. A condition is a conjunction of disjunctions of
*leaves*, and nearly every leaf reads one root of the picture. For each content of a root it is remembered which
conditions its leaves rule out, and to which they open a way; a picture's answer is put together from the answers of its
roots by `and` and `or` of a few numbers. That this gives the truths of `evaluation`, and the open facts of
`explanation`, is a property test (docs/decisions/0015).

Truth has three values and a set has two: every set is kept twice, of what is not false and of what is true. The least
and the greatest of truths are `and` and `or` in both.
"""

from __future__ import annotations

import functools
import itertools
import math
import operator
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from lastlook.facts.element import Element, Listing
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth
from lastlook.rules.conditions import AllOf, AnyOf, Condition, Count, Every, Some
from lastlook.rules.evaluation import Evaluate, compiled, lifted
from lastlook.rules.explanation import Reason, explain
from lastlook.rules.roots import BEYOND, CAMPAIGN, Picture, roots_of

KEPT = 2_048  # contents of one root, and answers of each other kind: beyond, all of them are forgotten at once
DISJUNCTIONS = 32  # a condition that would come to more of them is one leaf of all its roots

Roots = frozenset[str]
Addresses = tuple[str, ...]
T = TypeVar("T")

_BEYOND: Roots = frozenset({BEYOND})


class Summary:
    """What a part's explanation adds to a condition's. Equal ones are one object, so they are compared by identity."""

    __slots__ = ()


class Told(NamedTuple):
    """What conditions wait for that a part of one root leaves open. Replaced as a whole, never changed.

    of         the conditions that were looked up; `by_lists`: those for which all that is open is what lists may hold
    groups     the conditions that wait for the same facts, whether they do so by lists only, and the facts
    """

    of: int
    by_lists: int
    groups: tuple[tuple[int, bool, Addresses], ...]


NOTHING_TOLD = Told(0, 0, ())
Waiting = tuple[int, int, Addresses]  # the number of a condition, where among its parts, the facts it waits for


class Truths(NamedTuple):
    """What the leaves of one root come to for one content. Replaced as a whole, never changed.

    of         the conditions whose leaves were evaluated: those nobody asked for yet may be missing
    excluded   the conditions that some leaf makes false; `undecided` those that some leaf keeps from being true
    opened     (place, conditions, and those of them surely) of the disjunctions that a leaf meets or may meet
    """

    of: int
    excluded: int
    undecided: int
    opened: tuple[tuple[int, int, int], ...]


NO_TRUTHS = Truths(0, 0, 0, ())


class Answers:
    """What is remembered of one content of one root.

    told       what is known so far of the facts that conditions wait for here
    summaries  by the number of a part to be explained
    subjects   by the number of a `some`: what each member comes to
    asked      by the number of a `some` and of a member: what is open of it
    """

    __slots__ = ("asked", "subjects", "summaries", "told", "truths")

    def __init__(self) -> None:
        self.truths = NO_TRUTHS
        self.told = NOTHING_TOLD
        self.summaries: dict[int, Summary] = {}
        self.subjects: dict[int, tuple[Truth, ...]] = {}
        self.asked: dict[tuple[int, int], Addresses] = {}


class Look:
    """One picture as many conditions see it.

    possible   the conditions that are not false; `sure` those that are true
    answers    by shelf
    """

    __slots__ = ("answers", "asset", "campaign", "possible", "sure")

    def __init__(self, asset: Element, campaign: Element, answers: list[Answers], possible: int, sure: int) -> None:
        self.asset, self.campaign, self.answers = asset, campaign, answers
        self.possible, self.sure = possible, sure


class _Leaf:
    """A condition within conditions: of which it is one conjunct, and where it is one way of several to meet one."""

    __slots__ = ("evaluate", "needed_by", "one_way_of")

    def __init__(self, condition: Condition) -> None:
        self.evaluate = compiled(condition)
        self.needed_by = 0
        self.one_way_of: dict[int, int] = {}  # by place

    @property
    def concerns(self) -> int:
        """The conditions that it is part of."""
        return functools.reduce(operator.or_, self.one_way_of.values(), self.needed_by)


class _Shelf:
    """The leaves of one root, or of several together, and what is remembered of them."""

    def __init__(self) -> None:
        self.leaves: dict[Condition, _Leaf] = {}
        self.kept: dict[Hashable, Answers] = {}
        self.ready: tuple[tuple[int, _Leaf], ...] = ()
        self.concerns = 0

    def leaf(self, condition: Condition) -> _Leaf:
        found = self.leaves.get(condition)
        if found is None:
            found = self.leaves[condition] = _Leaf(condition)
        return found

    def make_ready(self) -> None:
        self.ready = tuple((leaf.concerns, leaf) for leaf in self.leaves.values())
        for concerns, _ in self.ready:
            self.concerns |= concerns

    def answers(self, content: Hashable) -> Answers:
        found = self.kept.get(content)
        if found is None:
            found = Answers()
            keep(self.kept, content, found)
        return found

    def ask(self, answers: Answers, conditions: int, asset: Element, campaign: Element) -> Truths:
        """Evaluates the leaves of some conditions more."""
        of, excluded, undecided, opened = answers.truths
        ways = {place: (possibly, surely) for place, possibly, surely in opened}
        for concerns, leaf in self.ready:
            if concerns & conditions:
                truth = leaf.evaluate(asset, asset, campaign)
                if truth is not TRUE:
                    undecided |= leaf.needed_by
                    if truth is FALSE:
                        excluded |= leaf.needed_by
                        continue
                for place, some in leaf.one_way_of.items():
                    possibly, surely = ways.get(place, (0, 0))
                    ways[place] = possibly | some, surely | some if truth is TRUE else surely
        answers.truths = Truths(
            of | conditions, excluded, undecided, tuple((place, *found) for place, found in ways.items())
        )
        return answers.truths


class Recall:
    """Conditions of a picture, ready to be asked all at once; and `some`s, for the members that meet them.

    What it remembers is bounded (`KEPT`) and changes no answer. It may be asked from several threads: what is
    remembered is complete before it is put into its dictionary, and nothing is remembered of the last picture asked.
    """

    def __init__(self, conditions: Sequence[Condition], somes: Sequence[Some] = ()) -> None:
        self.conditions, self.somes = tuple(conditions), tuple(somes)
        self._wheres = [compiled(some.where) for some in self.somes]
        self._every = (1 << len(self.conditions)) - 1
        self._shelves: dict[Roots, _Shelf] = {}
        self._summaries: dict[Hashable, Summary] = {}
        self._open: dict[Hashable, Addresses] = {}
        picture, places = Picture(), list[int]()
        for number, condition in enumerate(self.conditions):
            picture.add(condition)
            self._add(number, condition, places)
        for some in self.somes:
            picture.add(some)
        self._without = [self._every & ~there for there in places]  # by place: those that have no disjunction there
        parts: dict[Condition, int] = {}
        self._parts = [
            tuple((_shelf_name(part), parts.setdefault(part, len(parts)), part) for part in _explained_apart(condition))
            for condition in self.conditions
        ]
        self._put_in_order(picture)
        self._waits_though_true = sum(
            1 << number for number, condition in enumerate(self.conditions) if _may_wait_though_true(condition)
        )
        self._plain = sum(1 << number for number, parts in enumerate(self._explained) if self._is_plain(number, parts))

    def _add(self, number: int, condition: Condition, places: list[int]) -> None:
        bit, place = 1 << number, 0
        for ways in disjunctions(condition):
            shelves = {_shelf_name(way) for way in ways}
            if len(shelves) == 1:
                self._shelf(shelves.pop()).leaf(ways[0] if len(ways) == 1 else AnyOf(ways)).needed_by |= bit
                continue
            for way in ways:
                met = self._shelf(_shelf_name(way)).leaf(way).one_way_of
                met[place] = met.get(place, 0) | bit
            if place == len(places):
                places.append(0)
            places[place] |= bit
            place += 1

    def _shelf(self, name: Roots) -> _Shelf:
        return self._shelves.setdefault(name, _Shelf())

    def _put_in_order(self, picture: Picture) -> None:
        """Shelves of one root first; then those of several, whose content is what their roots came to."""
        names = {
            *self._shelves,
            *(name for parts in self._parts for name, _, _ in parts),
            *map(_shelf_name, self.somes),
        }
        single = sorted({root for name in names for root in name} - {BEYOND}, key=self._most_concerned)
        several = sorted((name for name in names if len(name) > 1), key=sorted)
        place = {frozenset({root}): number for number, root in enumerate(single)}
        self._single = tuple((self._shelf(frozenset({root})), picture.content(root)) for root in single)
        self._several = tuple(
            (self._shelf(name), operator.itemgetter(*(place[frozenset({root})] for root in sorted(name))))
            for name in several
        )
        place |= {name: len(single) + number for number, name in enumerate(several)}
        place[_BEYOND] = len(place)
        beyond = self._shelf(_BEYOND)
        self._in_order = (*(shelf for shelf, _ in self._single), *(shelf for shelf, _ in self._several), beyond)
        for shelf in self._in_order:
            shelf.make_ready()
        self._explained = [tuple((place[name], number, part) for name, number, part in parts) for parts in self._parts]
        self._quick: list[tuple[Callable[[list[Answers]], Hashable], dict[Hashable, Addresses]]] = [
            (operator.itemgetter(*dict.fromkeys(shelf for shelf, _, _ in parts)), {}) for parts in self._explained
        ]
        self._reads_beyond = beyond.concerns
        self._position = [{shelf: at for at, (shelf, _, _) in enumerate(parts)} for parts in self._explained]
        self._shelf_of_some = [place[_shelf_name(some)] for some in self.somes]

    def _most_concerned(self, root: str) -> tuple[int, str]:
        """Roots that concern most conditions first: what they exclude need not be asked of the others."""
        name = frozenset({root})
        leaves = self._shelves[name].leaves.values() if name in self._shelves else ()
        return -sum(leaf.concerns.bit_count() for leaf in leaves), root

    def _is_plain(self, number: int, parts: Sequence[tuple[int, int, Condition]]) -> bool:
        """Whether a condition is a conjunction of parts that have no root in common, and waits for its unknown ones."""
        condition = self.conditions[number]
        if len(parts) == 1:
            return parts[0][2] is condition and _shelf_name(condition) != _BEYOND
        conjuncts = condition.parts if isinstance(condition, AllOf) else ()
        roots = [root for _, _, part in parts for root in _shelf_name(part)]
        return (
            len(conjuncts) == len(parts)
            and all(one is part for one, (_, _, part) in zip(conjuncts, parts, strict=True))
            and len(set(roots)) == len(roots)
            and BEYOND not in roots
            and not _may_wait_though_true(condition)
        )

    def look(self, asset: Element, campaign: Element, conditions: int = -1) -> Look:
        """What these conditions come to for a picture (-1: all); the others are not asked."""
        wanted, undecided = self._every & conditions, 0
        possible, sure = self._without.copy(), self._without.copy()
        answers = [shelf.answers(content(asset, campaign)) for shelf, content in self._single]
        for shelf, select in self._several:  # what is remembered of each root is one object for one content
            answers.append(shelf.answers(select(answers)))
        answers.append(Answers())
        for shelf, found in zip(self._in_order, answers, strict=True):
            of, excluded, here_undecided, opened = found.truths
            more = wanted & shelf.concerns & ~of
            if more:
                of, excluded, here_undecided, opened = shelf.ask(found, more, asset, campaign)
            wanted &= ~excluded
            undecided |= here_undecided
            for place, possibly, surely in opened:
                possible[place] |= possibly
                sure[place] |= surely
        true = wanted & ~undecided
        for some in possible:
            wanted &= some
        for some in sure:
            true &= some
        return Look(asset, campaign, answers, wanted, true)

    def waiting(self, conditions: int, look: Look) -> list[Waiting]:
        """What these conditions, which are not false, wait for: of those that wait for the same, at least the first.

        Which part is asked for is decided as in `explanation`. Where one part is open, or several are and some by lists
        only, that is decided for all conditions at once.
        """
        plain = conditions & self._plain & ~look.sure
        once = twice = by_lists = 0
        for shelf, answers in enumerate(look.answers):
            here = answers.truths.undecided & plain
            if here:
                twice |= once & here
                once |= here
                if here & ~answers.told.of:
                    self._tell(shelf, here & ~answers.told.of, look)
                by_lists |= answers.told.by_lists
        alone, from_lists = once & ~twice, twice & by_lists
        either = alone | from_lists
        found: list[Waiting] = []
        for shelf, answers in enumerate(look.answers):
            for group, is_by_lists, addresses in answers.told.groups:
                waiting = group & (either if is_by_lists else alone)
                if waiting:
                    first = lowest(waiting)
                    found.append((first, self._position[first].get(shelf, 0), addresses))
        each = conditions & ~either & (self._waits_though_true | ~look.sure)
        if each:
            beyond = each & self._reads_beyond
            found += [(number, 0, self._open_facts_here(number, look)) for number in numbers_in(each & ~beyond)]
            found += [(number, 0, self.open_facts(number, look)) for number in numbers_in(beyond)]
        return found

    def _open_facts_here(self, number: int, look: Look) -> Addresses:
        """As `open_facts`, remembered by the answers of the roots that a condition reads."""
        select, kept = self._quick[number]
        roots = select(look.answers)
        found = kept.get(roots)
        if found is None:
            found = self.open_facts(number, look)
            keep(kept, roots, found)
        return found

    def _tell(self, shelf: int, conditions: int, look: Look) -> None:
        """Looks up what these conditions, each plain, wait for here."""
        answers = look.answers[shelf]
        before = answers.told
        groups = {(is_by_lists, addresses): group for group, is_by_lists, addresses in before.groups}
        by_lists, looked_up = before.by_lists, dict[int, tuple[bool, Addresses]]()
        for number in numbers_in(conditions):
            part_number, part = next((n, part) for at, n, part in self._explained[number] if at == shelf)
            found = looked_up.get(part_number)
            if found is None:
                reasons = explain(part, look.asset, look.asset, look.campaign)[1]
                asked = [reason for reason in reasons if reason.truth is UNKNOWN]
                found = looked_up[part_number] = all(reason.whole_list for reason in asked), _open_in(asked)
            groups[found] = groups.get(found, 0) | 1 << number
            by_lists |= found[0] << number
        answers.told = Told(before.of | conditions, by_lists, tuple((group, *found) for found, group in groups.items()))

    def open_facts(self, number: int, look: Look) -> Addresses:
        """The facts that a condition waits for, which is unknown: the addresses of its unknown reasons, in order."""
        key: list[Hashable] = [number]
        for shelf, part_number, part in self._explained[number]:
            answers = look.answers[shelf]
            summary = answers.summaries.get(part_number)
            if summary is None:
                summary = answers.summaries[part_number] = self._summary(part, look)
            key.append(summary)
        remembered = tuple(key)
        found = self._open.get(remembered)
        if found is None:
            found = _open_in(explain(self.conditions[number], look.asset, look.asset, look.campaign)[1])
            keep(self._open, remembered, found)
        return found

    def _summary(self, part: Condition, look: Look) -> Summary:
        """What matters of a part's reasons to the choice among parts, and to the addresses of what is chosen."""
        truth, reasons = explain(part, look.asset, look.asset, look.campaign)
        here = look.asset.id
        told = (
            truth,
            tuple((r.asset == here or r.asset, r.address, r.codes, r.whole_list, r.truth) for r in reasons),
        )
        found = self._summaries.get(told)
        if found is None:
            found = Summary()
            keep(self._summaries, told, found)
        return found

    def members(self, number: int, look: Look) -> tuple[Truth, ...]:
        """What each member of a list comes to that a `some` is about; then each raised member."""
        answers = look.answers[self._shelf_of_some[number]]
        found = answers.subjects.get(number)
        if found is None:
            listing = look.asset.listing(self.somes[number].name)
            found = answers.subjects[number] = members_meeting(self._wheres[number], listing, look.asset, look.campaign)
        return found

    def open_facts_of_member(self, number: int, member: int, look: Look) -> Addresses:
        """The facts that a `some` waits for in one member."""
        answers = look.answers[self._shelf_of_some[number]]
        found = answers.asked.get((number, member))
        if found is None:
            some = self.somes[number]
            listing = look.asset.listing(some.name)
            of = (*listing.members, *listing.raised_members)[member]
            found = _open_in(explain(some.where, of, look.asset, look.campaign)[1])
            answers.asked[number, member] = found
        return found


def members_meeting(where: Evaluate, listing: Listing, asset: Element, campaign: Element) -> tuple[Truth, ...]:
    """What each member of a list comes to, then each raised member: it never stands, so it is lifted at most."""
    standing = FALSE if listing.complete else UNKNOWN
    return (
        *(where(member, asset, campaign) for member in listing.members),
        *(lifted(standing, where(member, asset, campaign) is TRUE) for member in listing.raised_members),
    )


def _may_wait_though_true(condition: Condition) -> bool:
    """Whether it may have unknown reasons where it is true: those of raised members, which change nothing."""
    if isinstance(condition, AllOf | AnyOf):
        return any(_may_wait_though_true(part) for part in condition.parts)
    if isinstance(condition, Some):
        return _may_wait_though_true(condition.where)
    return isinstance(condition, Every | Count)


def _open_in(reasons: Iterable[Reason]) -> Addresses:
    return tuple(dict.fromkeys(reason.address for reason in reasons if reason.truth is UNKNOWN))


def lowest(conditions: int) -> int:
    """The first number in a set that is not empty."""
    return (conditions & -conditions).bit_length() - 1


def numbers_in(conditions: int) -> Iterator[int]:
    """The numbers in a set, in order."""
    digits = f"{conditions:b}"[::-1]
    number = digits.find("1")
    while number >= 0:
        yield number
        number = digits.find("1", number + 1)


def keep(kept: dict[Hashable, T], key: Hashable, value: T) -> None:
    """Remember one thing more; where that would be too many, forget what there is."""
    if len(kept) >= KEPT:
        kept.clear()
    kept[key] = value


def _shelf_name(condition: Condition) -> Roots:
    roots = roots_of(condition) or frozenset({CAMPAIGN})
    return _BEYOND if BEYOND in roots else roots


def disjunctions(condition: Condition) -> tuple[tuple[Condition, ...], ...]:
    """A condition as a conjunction of disjunctions of leaves. (Of three truths, the least and the greatest distribute.)

    A leaf is the largest condition that reads one root; or that cannot be taken apart, or not into few.
    """
    whole = ((condition,),)
    if not isinstance(condition, AllOf | AnyOf) or len(roots_of(condition)) <= 1:
        return whole
    each = [disjunctions(part) for part in condition.parts]
    if isinstance(condition, AllOf):
        found = tuple(ways for part in each for ways in part)
    elif math.prod(len(part) for part in each) > DISJUNCTIONS:
        return whole
    else:
        found = tuple(tuple(dict.fromkeys(itertools.chain(*chosen))) for chosen in itertools.product(*each))
    return found if len(found) <= DISJUNCTIONS else whole


def _explained_apart(condition: Condition) -> Iterator[Condition]:
    """The largest parts that read one root, or cannot be taken apart."""
    if isinstance(condition, AllOf | AnyOf) and len(roots_of(condition)) > 1:
        for part in condition.parts:
            yield from _explained_apart(part)
    else:
        yield condition
