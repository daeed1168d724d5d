"""Finding the originals that an item is a copy of, holds, or was cut from, and saying which of these it is.

Judged against all that is registered: the originals one looks for, and other assets of the house (`known`). What
several of them share (a template, a logo, a pack shot) is no evidence for any of them, and an item that another
asset explains better is that asset's copy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from lastlook.errors import LastlookError
from lastlook.matching import decoding
from lastlook.matching.agreement import Agreement, agreement
from lastlook.matching.candidates import Candidate, Candidates, Item, frame_of, looked_at
from lastlook.matching.fingerprint import ALGORITHM, Fingerprint, pixels
from lastlook.matching.judging import BACKED_BREADTH, Sureness, sureness
from lastlook.matching.pdq import COPY_BITS
from lastlook.matching.plain import is_plain, same_colours, same_shape
from lastlook.matching.relations import Relation, Shape, colours_apart, relation_of, shape_of
from lastlook.matching.shared import Own, own_share, shared_by

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Luma = NDArray[np.uint8]

MOST_COMPARED = 6  # candidates of one view
BEYOND = 2.0  # log odds from which on only candidates as well supported are compared further
WELL_SUPPORTED = 12  # pairs
A_PIECE, A_PIECE_SUPPORT = 0.04, 8  # of the texture alike, and pairs: enough to say that an element is shared
MUCH = 0.25  # of an original's own texture: with less of it in common nothing is called a copy without a person
SHARED = 0.3  # of what is alike, that others have too: then an original's own has to be there as well
OWN, LESS = 0.45, 0.55  # of an original's own texture, and as a part of the same share of what others have too
HARDLY_SHARED = 0.05  # a weak match that rests on more than this is none
MOST_OF_ITS_OWN = 0.8  # where much is shared, less than this is for a person to look at
LITTLE_OF_ITS_OWN, NEARLY_ALL = 0.06, 0.88  # of the texture, that others do not have; and that is alike
STEADY, UNTOUCHED = 0.8, 0.97  # as one plane moves; or alike: else it may be another view of the same thing
MUCH_OF_ITEM = 0.5  # filled by so small a part of an original: less is an element of both
BY_ITSELF = 0.6  # of the texture within both: with as much alike it is a copy whatever is shared
COLOUR_SIDE = 160  # pixels
CLOSER_SUPPORT, CLOSER_ODDS = 6, -2.2  # weak evidence, for which an item is looked at again and larger


class Match(msgspec.Struct, frozen=True):
    """One original in one item. `review`: a person has to look before anything is done."""

    original: int  # its number among the originals
    relation: Relation
    review: bool
    score: float  # 0 to 1
    coverage_original: float
    coverage_item: float
    box: tuple[int, int, int, int]  # left, top, width, height in pixels of the item
    corners: tuple[tuple[float, float], ...]
    mirrored: bool
    discounted: float  # share of what is alike that other registered assets have too
    view: int  # 0 the picture, else a further frame of an animation

    @property
    def copy(self) -> bool:
        return self.relation != "shares_element"


class _Compared(msgspec.Struct, frozen=True):
    candidate: Candidate
    found: Agreement
    sure: Sureness
    item: Item
    view: int


class Finder:
    """Originals made ready to be found. `known`: further assets of the house, which are never reported."""

    def __init__(self, originals: Sequence[Fingerprint], known: Sequence[Fingerprint] = ()) -> None:
        self.originals = tuple(originals)
        self.registered = (*originals, *known)
        for one in self.registered:
            if one.algorithm != ALGORITHM:
                what = f"The fingerprint was made by {one.algorithm}, and is not comparable."
                raise LastlookError(what, remedy="Make it again from the picture.")
        self.candidates = Candidates(self.registered)
        self.renditions = [pixels(one.rendition) for one in self.registered]
        self.shared = shared_by(self.registered, self.renditions, self.candidates)
        self.by_digest = {one.sha256: number for number, one in reversed(list(enumerate(self.originals)))}

    def find(self, data: bytes) -> tuple[Match, ...]:
        """Every original that these bytes have to do with, the surest first.

        Raises LastlookError for what cannot be decoded: it is not cleared.
        """
        import numpy as np

        picture = decoding.decoded(data)
        views = [np.asarray(view, np.uint8) for view in picture.views]
        compared = [each for number, view in enumerate(views) for each in self._compared(looked_at(view), number)]
        if not any(each.sure.sure for each in compared) and len(views) == 1 and self._worth_a_second_look(compared):
            compared += self._compared(looked_at(views[0], closer=True), 0)
        matches = self._explained(compared, data, picture.size)
        plain = self._plain(views[0], data, picture.size, {each.original for each in matches})
        exact = self._exact(data, picture.size)
        others = [each for each in (*matches, *plain) if not any(each.original == same.original for same in exact)]
        return tuple(sorted((*exact, *others), key=lambda each: (not each.copy, -each.score, each.original)))

    def _compared(self, item: Item, view: int) -> list[_Compared]:
        compared: list[_Compared] = []
        beyond: set[int] = set()
        for candidate in self.candidates.of(item)[:MOST_COMPARED]:
            if candidate.original in beyond or (beyond and candidate.support < WELL_SUPPORTED):
                continue
            rendition = self.renditions[candidate.original]
            found = agreement(rendition, item.luma, candidate.map, small=item.small, inverted=candidate.inverted)
            if found is None:
                continue
            sure = sureness(found, candidate)
            compared.append(_Compared(candidate, found, sure, item, view))
            if sure.odds > BEYOND:
                beyond.add(candidate.original)
        return compared

    def _worth_a_second_look(self, compared: list[_Compared]) -> bool:
        return any(each.candidate.support >= CLOSER_SUPPORT and each.sure.odds > CLOSER_ODDS for each in compared)

    def _explained(self, compared: list[_Compared], data: bytes, size: tuple[int, int]) -> list[Match]:
        """For each original its surest place, as far as no other registered asset explains it better."""
        best: dict[int, _Compared] = {}
        for each in compared:
            before = best.get(each.candidate.original)
            if before is None or each.sure.odds > before.sure.odds:
                best[each.candidate.original] = each
        shapes = {number: self._shape(each, size) for number, each in best.items()}
        matches = []
        for number, each in sorted(best.items()):
            if number >= len(self.originals):
                continue
            own = own_share(each.found.mask, each.found.texture, self.shared[number])
            element = self._is_element(number, own, best, shapes)
            if (each.sure.sure or each.sure.likely) and not element:
                relation = relation_of(each.found, shapes[number], self._colours_apart(each, data))
                review = self._needs_a_person(each, own)
                matches.append(self._match(each, shapes[number], relation, review, own.discounted))
            elif self._has_a_piece(each):
                matches.append(self._match(each, shapes[number], "shares_element", element, own.discounted))
        return matches

    def _needs_a_person(self, each: _Compared, own: Own) -> bool:
        """Whether a copy is weak, rests much on what is shared, or may be another view of the same thing."""
        alike = max(each.found.alike, each.found.coarse)
        shared = own.discounted > SHARED and own.own < MOST_OF_ITS_OWN
        little = own.own < MUCH and alike < BY_ITSELF
        followed = 0 < each.found.steady < STEADY and alike < UNTOUCHED
        lost = each.found.steady == 0 and each.candidate.breadth >= BACKED_BREADTH and alike < BY_ITSELF
        return not each.sure.sure or shared or (each.candidate.apart > COPY_BITS and (little or followed or lost))

    def _colours_apart(self, each: _Compared, data: bytes) -> Callable[[], float]:
        def apart() -> float:
            original = pixels(self.registered[each.candidate.original].colour)
            return colours_apart(original, decoding.colours(data, COLOUR_SIDE, view=each.view), each.found.map)

        return apart

    def _has_a_piece(self, each: _Compared) -> bool:
        piece = float((each.found.mask == 3).mean())
        return (
            each.candidate.support >= A_PIECE_SUPPORT
            and piece * each.found.mask.size > 400
            and each.found.alike > A_PIECE
        )

    def _is_element(self, number: int, own: Own, best: dict[int, _Compared], shapes: dict[int, Shape]) -> bool:
        """Whether it is a small part of both, what others have too, or explained better by another registered asset."""
        this, shape = best[number], shapes[number]
        if shape.visible < MUCH and shape.item < MUCH_OF_ITEM:
            return True
        if not this.sure.sure and own.discounted > HARDLY_SHARED:
            return True
        if own.discounted > SHARED and own.whole < NEARLY_ALL:
            return own.rest < LITTLE_OF_ITS_OWN or own.own < min(OWN, LESS * own.common)
        for other, each in best.items():
            if other == number or not each.sure.sure:
                continue
            if _overlap(shapes[number].box, shapes[other].box) < 0.5:
                continue
            if own.discounted > 0.1 and each.found.alike > this.found.alike + 0.1 and each.sure.odds > this.sure.odds:
                return True
        return False

    def _shape(self, each: _Compared, size: tuple[int, int]) -> Shape:
        frame = self.candidates.frames[each.candidate.original]
        return shape_of(each.found, frame, frame_of(each.item.luma), size)

    def _match(self, each: _Compared, shape: Shape, relation: Relation, review: bool, discounted: float) -> Match:
        return Match(
            original=each.candidate.original,
            relation=relation,
            review=review,
            score=round(each.sure.score, 4),
            coverage_original=round(shape.original, 4),
            coverage_item=round(shape.item, 4),
            box=shape.box,
            corners=shape.corners,
            mirrored=shape.mirrored,
            discounted=round(discounted, 4),
            view=each.view,
        )

    def _plain(self, luma: Luma, data: bytes, size: tuple[int, int], found: set[int]) -> list[Match]:
        """Originals too plain to be compared by texture, where the item is as plain and has the same colours."""
        plain = [
            number
            for number, one in enumerate(self.originals)
            if one.hash.plain and number not in found and same_shape(luma, self.renditions[number])
        ]
        if not plain or not is_plain(luma):
            return []
        colour = decoding.colours(data, COLOUR_SIDE)
        return [
            Match(number, "re_encoded", True, 0.5, 1.0, 1.0, (0, 0, *size), _corners(size), False, 0.0, 0)
            for number in plain
            if same_colours(colour, pixels(self.originals[number].colour))
        ]

    def _exact(self, data: bytes, size: tuple[int, int]) -> list[Match]:
        number = self.by_digest.get(hashlib.sha256(data).hexdigest())
        if number is None:
            return []
        return [Match(number, "exact", False, 1.0, 1.0, 1.0, (0, 0, *size), _corners(size), False, 0.0, 0)]


def likeness(data: bytes, withdrawn: Sequence[Fingerprint]) -> Match | None:
    """The surest relation of a new asset to any withdrawn one that should stop it, or None.

    A shared element alone stops nothing. Raises LastlookError for bytes that are no picture: they are not cleared.
    """
    return next((each for each in Finder(withdrawn).find(data) if each.copy), None)


def _corners(size: tuple[int, int]) -> tuple[tuple[float, float], ...]:
    width, height = map(float, size)
    return (0.0, 0.0), (width, 0.0), (width, height), (0.0, height)


def _overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> float:
    """Intersection by union of two boxes."""
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    both = max(width, 0) * max(height, 0)
    return both / (one[2] * one[3] + other[2] * other[3] - both)
