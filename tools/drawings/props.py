"""Things that more than one picture shows; each is drawn around its own origin, in its own units."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from tools.drawings import palette as p
from tools.drawings.paper import (
    FINE,
    LINE,
    Place,
    Point,
    Shape,
    arc,
    blob,
    box,
    curve,
    limb,
    oval,
    shifted,
    soft,
    stroke,
)


@dataclass(frozen=True)
class Leather:
    """The tones of a handbag: its side, its shaded parts and its handle."""

    main: str
    shade: str
    trim: str


WINE_BAG = Leather(p.WINE, p.WINE_DEEP, p.WINE_DEEP)
CLAY_BAG = Leather(p.CLAY, p.RUST, p.RUST)
FIR_BAG = Leather(p.FIR, p.FIR_DEEP, p.FIR_DEEP)
CARAMEL_BAG = Leather(p.CARAMEL, p.COCOA, p.COCOA)
OCHRE_BAG = Leather(p.OCHRE, p.CARAMEL, p.CARAMEL)


def handbag(place: Place, leather: Leather, lift: float = 6.0) -> None:
    """Draw a handbag, 212 wide and 225 high, that stands on the origin."""
    _handle(place.at(7, -8), leather.trim, 0)
    body = soft([(-88, -142), (88, -142), (106, 0), (-106, 0)], 20)
    place.cut(body, leather.main, lift=lift)
    place.cut([(58, -150), (120, -150), (120, 5), (78, 5)], leather.shade, alpha=0.5, within=body)
    place.cut(box(-120, -18, 240, 30), leather.shade, alpha=0.6, within=body)
    drop = arc(0, -104, 99, 48, 0, 180)
    flap = [(100, -160), *drop, (-100, -160)]
    place.cut(shifted(flap, 1.5, 4), leather.shade, alpha=0.75, within=body)
    place.cut(flap, leather.main, within=body)
    place.cut([(100, -160), *drop[:13], (54, -160)], leather.shade, alpha=0.3, within=body)
    place.line(arc(0, -106, 88, 42, 12, 168), p.PAPER, 1.8, alpha=0.5)
    _handle(place, leather.main, lift * 0.5)
    for side in (-1, 1):
        place.cut(box(side * 54 - 10, -148, 20, 32, 7), leather.trim, lift=2)
        place.cut(oval(side * 54, -133, 5, 5), p.BRASS)
    place.cut(box(-16, -72, 32, 24, 7), p.BRASS, lift=2)
    place.cut(box(-5, -66, 10, 12, 4), leather.shade)


def _handle(place: Place, colour: str, lift: float) -> None:
    """Draw one of the two handles of a handbag."""
    line = [(-54, -140), *arc(0, -172, 54, 52, 180, 360), (54, -140)]
    place.cut(stroke(line, 11), colour, lift=lift)


def bear(place: Place, strap: float = 34.0) -> None:
    """Draw the plush bear charm: it hangs from the origin by a loop `strap` long, and is 140 high below it."""
    place.cut(stroke([(0, 0), (0, strap)], 5), p.TAN, lift=1.5)
    toy = place.at(0, strap)
    toy.line(oval(0, -3, 6, 7), p.BRASS, LINE)
    _bear_body(toy)
    _harness(toy)
    _bear_head(toy)


def _bear_body(toy: Place) -> None:
    """Draw the trunk and the four paws of the bear."""
    toy.cut([limb((-19, 72), (-37, 92), 19, 17), limb((19, 72), (37, 92), 19, 17)], p.CARAMEL, lift=2)
    trunk = _bear_trunk()
    toy.cut(trunk, p.CARAMEL, lift=2)
    toy.cut(oval(0, 98, 19, 22), p.TAN, within=trunk)
    for side in (-1, 1):
        toy.cut(oval(side * 22, 124, 15, 17, side * -18), p.CARAMEL, lift=2)
        toy.cut(oval(side * 23, 126, 8.5, 10, side * -18), p.TAN)


def _bear_trunk() -> Shape:
    """Return the outline of the bear's trunk."""
    return oval(0, 92, 30, 35)


def _harness(toy: Place) -> None:
    """Draw a plain dark harness: two shoulder straps, a belt and a small buckle."""
    trunk = _bear_trunk()
    straps = [*stroke([(-19, 58), (-13, 92)], 6), *stroke([(19, 58), (13, 92)], 6)]
    belt = stroke(arc(0, 84, 36, 11, 12, 168), 7)
    toy.cut([*straps, *belt], p.INK, within=trunk)
    toy.cut(soft([(-7, 89), (7, 89), (7, 101), (-7, 101)], 3), p.BRASS)
    toy.cut(box(-3.4, 92.4, 6.8, 5.4, 1.5), p.INK)


def _bear_head(toy: Place) -> None:
    """Draw the head of the bear."""
    for side in (-1, 1):
        toy.cut(oval(side * 21, 16, 11, 11), p.CARAMEL, lift=1.5)
        toy.cut(oval(side * 21, 16, 6, 6), p.TAN)
    head = oval(0, 34, 30, 26)
    toy.cut(head, p.CARAMEL, lift=2)
    toy.cut(oval(-5, 30, 29, 25), "#B08057", within=head)
    toy.cut(oval(0, 43, 14, 10.5), p.CREAM)
    toy.cut(blob((-5, 37), (0, 36), (5, 37), (0, 42.5)), p.INK)
    toy.line([(0, 42), (0, 46)], p.INK, 1.8)
    toy.line(arc(0, 43.5, 5, 4, 25, 155), p.INK, 1.8)
    for side in (-1, 1):
        toy.cut(oval(side * 12.5, 30, 2.7, 3.1), p.INK)


def fir_branch(place: Place, length: float = 200.0, twigs: int = 4) -> None:
    """Draw a fir branch that grows from the origin to the right."""
    stem = curve([(0, 0), (0.35 * length, -0.03 * length), (0.7 * length, -0.02 * length), (length, 0.03 * length)])
    tones: dict[int, list[Shape]] = {-1: [], 1: []}
    wood: list[Shape] = []
    for twig in range(twigs):
        for side, tone in tones.items():
            root = stem[round((0.1 + (0.6 * twig + 0.22 * (side > 0)) / twigs) * (len(stem) - 1))]
            angle = math.radians(side * 42 + 2)
            reach = length * (0.4 - 0.22 * twig / twigs)
            line = [(root[0] + reach * t * math.cos(angle), root[1] + reach * t * math.sin(angle)) for t in (0, 0.5, 1)]
            tone.extend(_needles(line, 0.105 * length))
            wood.append(line)
    place.cut(tones[1], p.FIR_DEEP, lift=2)
    place.cut(tones[-1], p.FIR, lift=2)
    place.cut(_needles(stem, 0.105 * length), p.MOSS)
    for line in (*wood, stem):
        place.line(line, p.BARK, FINE)


def _needles(stem: Shape, size: float) -> list[Shape]:
    """Return the needles along a stem, shorter toward the tip."""
    needles: list[Shape] = []
    total = sum(math.dist(a, b) for a, b in zip(stem, stem[1:], strict=False))
    walked, due = 0.0, 0.25 * size
    for (ax, ay), (bx, by) in zip(stem, stem[1:], strict=False):
        heading, span = math.atan2(by - ay, bx - ax), math.dist((ax, ay), (bx, by))
        while due <= walked + span:
            foot = (ax + (due - walked) * math.cos(heading), ay + (due - walked) * math.sin(heading))
            for side in (-1, 1):
                needles.append(_needle(foot, heading + side * 0.85, size * (1.05 - 0.45 * due / total)))
            due += size * 0.3
        walked += span
    needles.append(_needle(stem[-1], heading, size * 0.5))
    return needles


def _needle(foot: Point, angle: float, size: float) -> Shape:
    """Return one needle of the given size."""
    return limb(foot, (foot[0] + size * math.cos(angle), foot[1] + size * math.sin(angle)), 0.2 * size, 0.1 * size)


def wreath(place: Place, radius: float) -> None:
    """Draw a wreath of fir around the origin, with a bow at its foot."""
    place.line(oval(0, 0, radius, radius), p.BARK, LINE)
    for step in range(11):
        angle = 360 * step / 11
        x, y = radius * math.cos(math.radians(angle)), radius * math.sin(math.radians(angle))
        fir_branch(place.at(x, y, 1, angle + 78), radius * 0.95, 2)
    bow(place.at(0, radius + 4, radius / 75), p.RUST)


def gift(place: Place, width: float, height: float, paper: str, shade: str, ribbon: str) -> None:
    """Draw a gift box with a ribbon and a bow; the middle of its foot is the origin."""
    half, lid = width / 2, min(26.0, 0.2 * height)
    front = box(-half, -height, width, height)
    place.cut(front, paper, lift=5)
    place.cut(box(half - 0.2 * width, -height, 0.2 * width, height), shade, alpha=0.5)
    place.cut(box(-half, -height + lid, width, 7), shade, alpha=0.5)
    band = 0.13 * width
    place.cut(box(-band / 2, -height, band, height), ribbon)
    top = box(-half - 5, -height - 3, width + 10, lid, 3)
    place.cut(top, paper, lift=2)
    place.cut(box(half - 0.2 * width, -height - 3, 0.2 * width + 5, lid), shade, alpha=0.4, within=top)
    place.cut(box(-band / 2, -height - 3, band, lid), ribbon)
    bow(place.at(0, -height - 3, 0.0042 * width + 0.25), ribbon)


def bow(place: Place, ribbon: str) -> None:
    """Draw a bow, 100 wide, sitting on the origin."""
    for side in (-1, 1):
        place.cut([(side * 2, -6), (side * 40, 14), (side * 30, 17), (side * 27, 25), (0, 0)], ribbon)
        loop = blob((0, -8), (side * 24, -36), (side * 48, -34), (side * 49, -14), (side * 26, -2))
        place.cut(loop, ribbon, lift=2)
        hollow = blob((side * 14, -12), (side * 28, -26), (side * 41, -26), (side * 40, -15), (side * 26, -9))
        place.cut(hollow, p.SHADOW, alpha=0.28)
    place.cut(box(-8, -18, 16, 18, 6), ribbon, lift=2)


def plinth(place: Place, width: float, height: float, top: float, paper: str = p.PAPER) -> None:
    """Draw a round plinth; the middle of its upper face is the origin, `top` the half height of that face."""
    half = width / 2
    side = [*arc(0, height, half, top, 0, 180), (-half, 0), (half, 0)]
    place.shade(oval(0.1 * width, height + 0.3 * top, half * 1.12, top * 1.3), 0.3, 16)
    place.cut(side, paper)
    for start, alpha in ((0.05, 0.10), (0.22, 0.12), (0.36, 0.14)):
        place.cut(box(start * width, -top, width, height + 3 * top), p.TAN, alpha=3 * alpha, within=side)
    place.cut(oval(0, 0, half, top), paper)
    place.cut(oval(0, 0, half, top), "#FFFFFF", alpha=0.4)


def vase(place: Place, colour: str, shade: str, height: float = 150.0) -> None:
    """Draw a vase with a narrow neck, standing on the origin."""
    h = height
    half = curve([(0.13 * h, -h), (0.11 * h, -0.82 * h), (0.29 * h, -0.45 * h), (0.22 * h, -0.08 * h), (0.15 * h, 0)])
    outline = [*half, *((-x, y) for x, y in reversed(half))]
    place.cut(outline, colour, lift=5)
    place.cut(shifted(outline, 0.24 * h, 0), shade, alpha=0.45, within=outline)
    place.cut(shifted(outline, 0.4 * h, 0), shade, alpha=0.55, within=outline)
    place.cut(oval(0, -h, 0.13 * h, 0.028 * h), p.BARK, alpha=0.75)


def table_lamp(place: Place, shade: str, base: str) -> None:
    """Draw a lit lamp with a cloth shade, 200 high, standing on the origin."""
    place.glow(0, -150, 260, p.BUTTER, 0.085, 5)
    vase(place, base, p.INK, 110)
    place.cut(box(-3, -124, 6, 20), p.BRASS)
    cone = soft([(-42, -205), (42, -205), (74, -118), (-74, -118)], 5)
    place.cut(cone, shade, lift=4)
    place.cut(oval(0, -112, 52, 46), "#FFF6DC", alpha=0.55, within=cone)
    place.cut(oval(0, -112, 30, 26), "#FFFBEF", alpha=0.6, within=cone)
    place.cut(box(-80, -123, 160, 5), p.BRASS, alpha=0.7, within=cone)


def wine_glass(place: Place) -> None:
    """Draw an empty wine glass, 130 high, standing on the origin."""
    bowl = [
        *curve([(-24, -128), (-30, -98), (-24, -70), (0, -56)]),
        *curve([(0, -56), (24, -70), (30, -98), (24, -128)]),
    ]
    place.cut(bowl, p.PAPER, alpha=0.25)
    place.cut(box(4, -130, 40, 80), p.PAPER, alpha=0.16, within=bowl)
    place.cut(oval(0, -3, 25, 4.5), p.PAPER, alpha=0.35)
    place.line([(0, -57), (0, -5)], p.PAPER, LINE)
    for line in (bowl, oval(0, -128, 24, 4.5), oval(0, -3, 25, 4.5)):
        place.line(line, p.PAPER, FINE)
    place.line(arc(0, -96, 21, 28, 200, 150), "#FFFFFF", LINE, alpha=0.9)


def notebook(place: Place, colour: str, shade: str) -> None:
    """Draw a closed, plain notebook that lies flat, its corners at the origin and (150, 200)."""
    place.cut(box(4, 6, 152, 203, 8), p.PAPER, lift=6)
    place.cut(box(0, 0, 152, 200, 8), colour)
    place.cut(box(0, 0, 16, 200), shade, alpha=0.7)
    place.cut(box(128, 0, 6, 200), shade)


def pen(place: Place, colour: str = p.INK) -> None:
    """Draw a pen, 130 long, lying to the right of the origin."""
    place.cut(limb((8, 0), (126, 0), 9), colour, lift=3)
    place.cut([(10, -4), (10, 4), (-6, 0)], p.BRASS)
    place.cut(box(78, -6, 42, 4, 2), p.BRASS)


def books(place: Place, colours: tuple[str, ...], seed: int) -> float:
    """Draw a stack of books with blank spines, standing on the origin; return its height."""
    chance = random.Random(seed)
    y = 0.0
    for colour in colours:
        width, height, move = chance.uniform(150, 200), chance.uniform(22, 36), chance.uniform(-10, 10)
        spine = box(move - width / 2, y - height, width, height, 5)
        place.cut(spine, colour, lift=3)
        place.cut(box(-200, y - 0.3 * height, 400, height), p.SHADOW, alpha=0.16, within=spine)
        for end in (0.1, 0.86):
            place.cut(box(move - width / 2 + end * width, y - height, 7, height), p.PAPER, alpha=0.5)
        y -= height
    return -y


def basket(place: Place) -> None:
    """Draw a wicker basket with a handle, 230 wide and 210 high, standing on the origin."""
    place.cut(stroke(arc(0, -96, 92, 112, 180, 360), 13), p.COCOA, lift=4)
    place.line(arc(0, -96, 92, 112, 184, 356), p.TAN, FINE, alpha=0.8)
    body = soft([(-112, -104), (112, -104), (90, 0), (-90, 0)], 16)
    place.cut(body, p.CARAMEL, lift=6)
    for row in range(5):
        for column in range(-6, 7):
            x, y = column * 20 + (10 if row % 2 else 0), -78 + row * 17
            place.cut(limb((x - 6, y), (x + 6, y), 8), p.TAN, within=body)
    place.cut(box(40, -110, 90, 120), p.COCOA, alpha=0.3, within=body)
    place.cut(box(-120, -108, 240, 18, 9), p.COCOA, lift=3)
    for column in range(-5, 6):
        place.line([(column * 21 - 5, -95), (column * 21 + 5, -103)], p.TAN, FINE)


def cloth(place: Place, colour: str) -> None:
    """Draw a napkin folded over the rim of the basket."""
    fold = soft([(-74, -112), (26, -112), (-4, -46), (-38, -62), (-60, -38)], 6)
    place.cut(fold, colour, lift=3)
    place.cut([(-14, -112), (26, -112), (-4, -46)], p.TAN, alpha=0.35, within=fold)


def bread(place: Place) -> None:
    """Draw a round-ended loaf, 190 long, lying on the origin."""
    loaf = blob((-94, -24), (-70, -58), (0, -70), (70, -60), (95, -26), (74, -2), (0, 0), (-76, -2))
    place.cut(loaf, p.CARAMEL, lift=6)
    place.cut(shifted(loaf, -8, -14), "#BF8D58", within=loaf)
    place.cut(box(-110, -17, 220, 30), p.COCOA, alpha=0.3, within=loaf)
    for x in (-56, -20, 16, 52):
        cutout = blob((x - 8, -30), (x + 4, -50), (x + 16, -57), (x + 8, -40))
        place.cut(cutout, p.BUTTER, within=loaf)


def apple(place: Place, colour: str = p.RUST, shade: str = p.WINE) -> None:
    """Draw an apple, 64 wide, standing on the origin."""
    fruit = blob(
        (0, -52), (16, -58), (31, -44), (30, -22), (17, -2), (0, -3), (-17, -2), (-30, -22), (-31, -44), (-16, -58)
    )
    place.cut(fruit, colour, lift=4)
    place.cut(oval(24, -22, 20, 40), shade, alpha=0.45, within=fruit)
    place.cut(oval(-15, -40, 5, 9, 20), p.PAPER, alpha=0.55)
    place.line(curve([(0, -50), (2, -60), (8, -68)]), p.BARK, LINE)
    place.cut(blob((5, -60), (16, -70), (29, -66), (18, -58)), p.OLIVE)


def jug(place: Place) -> None:
    """Draw a glass jug of lemonade, 170 high, standing on the origin."""
    glass = soft([(-44, -168), (50, -168), (42, -110), (60, -14), (50, 0), (-50, 0), (-60, -14), (-42, -110)], 14)
    place.cut(stroke(curve([(44, -146), (84, -140), (92, -96), (56, -58)]), 10), p.MIST, lift=3)
    place.cut(glass, p.MIST, lift=5)
    drink = box(-80, -112, 160, 106)
    place.cut(drink, p.BUTTER, within=glass)
    place.cut(oval(0, -112, 40, 7), "#F8E6B4", within=glass)
    for x, y in ((-18, -84), (20, -52), (-22, -32)):
        lemon_slice(place.at(x, y), 19)
    place.cut(box(24, -180, 60, 190), p.OCHRE, alpha=0.2, within=glass)
    place.cut(limb((-34, -150), (-44, -40), 6, 4), "#FFFFFF", alpha=0.6, within=glass)
    place.cut(oval(3, -166, 44, 6), p.PAPER, alpha=0.8)


def lemon_slice(place: Place, size: float) -> None:
    """Draw a slice of lemon around the origin."""
    place.cut(oval(0, 0, size, size), p.OCHRE)
    place.cut(oval(0, 0, size * 0.84, size * 0.84), p.PAPER)
    for turn in range(0, 360, 60):
        a, b = math.radians(turn + 8), math.radians(turn + 52)
        wedge = [(size * 0.12 * math.cos((a + b) / 2), size * 0.12 * math.sin((a + b) / 2))]
        wedge += [(size * 0.74 * math.cos(t), size * 0.74 * math.sin(t)) for t in (a, (a + b) / 2, b)]
        place.cut(wedge, p.BUTTER)


def cup(place: Place, colour: str, shade: str) -> None:
    """Draw a small beaker, 74 high, standing on the origin."""
    side = soft([(-31, -72), (31, -72), (24, 0), (-24, 0)], 7)
    place.cut(side, colour, lift=4)
    place.cut(box(8, -80, 40, 90), shade, alpha=0.5, within=side)
    place.cut(oval(0, -70, 29, 6), p.BUTTER)
    place.line(oval(0, -70, 29, 6), colour, FINE)


def tufts(place: Place, area: tuple[float, float, float, float], count: int, seed: int, colour: str) -> None:
    """Scatter tufts of grass over the area (left, top, right, bottom), larger toward the bottom."""
    chance = random.Random(seed)
    left, top, right, bottom = area
    blades: list[Shape] = []
    for _ in range(count):
        x, y = chance.uniform(left, right), chance.uniform(top, bottom)
        size = 8 + 16 * (y - top) / max(bottom - top, 1)
        for lean in (-0.5, 0.0, 0.45):
            blades.append(limb((x, y), (x + lean * size, y - size * (1.1 - abs(lean) * 0.5)), size * 0.16, 1))
    place.cut(blades, colour)


def flowers(place: Place, area: tuple[float, float, float, float], count: int, seed: int, colour: str) -> None:
    """Scatter small round meadow flowers over the area (left, top, right, bottom)."""
    chance = random.Random(seed)
    left, top, right, bottom = area
    for _ in range(count):
        x, y = chance.uniform(left, right), chance.uniform(top, bottom)
        size = 3 + 4 * (y - top) / max(bottom - top, 1)
        place.line([(x, y), (x, y + 4 * size)], p.MOSS, FINE)
        petals = [
            oval(x + size * math.cos(t), y + size * math.sin(t), size * 0.75, size * 0.75)
            for t in (math.tau * step / 5 for step in range(5))
        ]
        place.cut(petals, colour)
        place.cut(oval(x, y, size * 0.6, size * 0.6), p.OCHRE)


def framed(place: Place, width: float, height: float) -> None:
    """Draw a framed abstract picture, its middle at the origin: a few arcs and a disc."""
    place.cut(box(-width / 2, -height / 2, width, height, 3), p.CARAMEL, lift=9)
    place.cut(box(-width / 2 + 12, -height / 2 + 12, width - 24, height - 24), p.PAPER)
    inner = box(-0.36 * width, -0.38 * height, 0.72 * width, 0.76 * height)
    place.cut(inner, p.CREAM)
    place.cut(oval(0.12 * width, -0.17 * height, 0.17 * width, 0.17 * width), p.OCHRE, within=inner)
    for y, reach, colour in ((0.12, 0.5, p.ROSE), (0.2, 0.42, p.CLAY), (0.3, 0.46, p.TEAL)):
        middle = (-0.14 if colour != p.CLAY else 0.2) * width
        place.cut(oval(middle, (y + 0.2) * height, reach * width, 0.3 * height), colour, within=inner)
    place.line(arc(-0.05 * width, 0.1 * height, 0.2 * width, 0.24 * height, 180, 330), p.INK, LINE, within=inner)


def tulips(place: Place, colours: tuple[str, ...]) -> None:
    """Draw a vase of tulips, about 330 high, standing on the origin."""
    stems = ((-74, -268, -16), (-34, -312, -7), (8, -290, 3), (46, -322, 9), (84, -262, 19))
    for x, y, _ in stems:
        place.cut(stroke(curve([(x * 0.1, -140), (x * 0.55, (y - 160) / 2), (x, y)]), 6), p.OLIVE)
    for side, reach in ((-1, 92), (1, 104), (-1, 40), (1, 46)):
        leaf = blob(
            (0, -136), (side * reach * 0.55, -190), (side * reach, -228 + reach * 0.2), (side * reach * 0.35, -160)
        )
        place.cut(leaf, p.OLIVE if reach > 60 else p.SAGE, lift=2)
    for index, (x, y, turn) in enumerate(stems):
        _tulip(place.at(x, y, 1, turn), colours[index % len(colours)])
    vase(place, p.MIST, p.SLATE, 150)


def _tulip(place: Place, colour: str) -> None:
    """Draw one tulip flower that sits on the origin."""
    cup_shape = blob((0, 4), (-22, -8), (-24, -34), (-18, -56), (0, -44), (18, -56), (24, -34), (22, -8))
    place.cut(cup_shape, colour, lift=2)
    place.cut(blob((0, 2), (-13, -16), (0, -60), (13, -16)), p.PAPER, alpha=0.28)
    place.cut(shifted(cup_shape, 17, 0), p.SHADOW, alpha=0.14, within=cup_shape)


def tree(place: Place, height: float) -> None:
    """Draw a round leafy tree, rooted at the origin."""
    h = height
    trunk = [(-0.035 * h, 0), (-0.022 * h, -0.6 * h), (0.022 * h, -0.6 * h), (0.04 * h, 0)]
    place.cut([trunk, *stroke([(0, -0.36 * h), (0.12 * h, -0.52 * h)], 0.022 * h)], p.COCOA, lift=4)
    crowns = ((0.13, -0.58, 0.2), (-0.15, -0.6, 0.21), (0.02, -0.8, 0.2), (0, -0.64, 0.22))
    place.cut([oval(x * h, y * h, r * h, r * h * 0.92) for x, y, r in crowns], p.MOSS, lift=8)
    place.cut([oval(x * h - 0.03 * h, y * h - 0.03 * h, r * h * 0.78, r * h * 0.7) for x, y, r in crowns], p.OLIVE)
    lights = ((-0.17, -0.68, 0.09), (-0.02, -0.88, 0.09), (0.1, -0.66, 0.07))
    place.cut([oval(x * h, y * h, r * h, r * h * 0.8) for x, y, r in lights], p.SAGE, alpha=0.55)


def kite(place: Place) -> None:
    """Draw a kite, 170 high, its crossing at the origin and its tail below."""
    tail = curve([(0, 100), (16, 150), (-14, 200), (18, 250), (-8, 300)])
    place.line(tail, p.BARK, FINE)
    for index, colour in enumerate((p.TEAL, p.OCHRE, p.RUST)):
        x, y = tail[18 + 16 * index]
        place.cut([(x - 16, y - 9), (x, y), (x - 16, y + 9)], colour)
        place.cut([(x + 16, y - 9), (x, y), (x + 16, y + 9)], colour)
    for corners, colour in (
        ([(0, -70), (-62, 0), (0, 0)], p.CLAY),
        ([(0, -70), (62, 0), (0, 0)], p.RUST),
        ([(0, 100), (-62, 0), (0, 0)], p.OCHRE),
        ([(0, 100), (62, 0), (0, 0)], p.BUTTER),
    ):
        place.cut(corners, colour)
    place.line([(0, -70), (0, 100)], p.BARK, FINE)
    place.line([(-62, 0), (62, 0)], p.BARK, FINE)


def standing_on(place: Place, half: float, depth: float = 0.16, alpha: float = 0.28) -> Place:
    """Lay the shadow of a thing `half` as wide as its double under the origin, and return the place itself."""
    place.shade(oval(0.16 * half, 0, half * 1.12, half * depth), alpha, 9)
    return place


def print_marks(place: Place, width: float, rows: int, seed: int, pitch: float = 15.0) -> None:
    """Draw rows of small marks that look like print and spell nothing."""
    chance = random.Random(seed)
    marks: list[Shape] = []
    for row in range(rows):
        if row % 6 == 5:
            continue
        stop = width * (chance.uniform(0.35, 0.7) if row % 6 == 4 else chance.uniform(0.93, 1.0))
        x, y = 0.0, row * pitch
        while x < stop:
            for _ in range(chance.randint(2, 8)):
                marks += _mark(chance, x, y)
                x += 6.2
            x += 5
    place.cut(marks, p.INK, alpha=0.85)


def _mark(chance: random.Random, x: float, y: float) -> list[Shape]:
    """Return one mark in place of a letter: a stem or two and a bar that joins them."""
    tall = chance.choice((0, 0, 0, 3.4, -3.0))
    stems = [box(x, y - 6.5 - max(tall, 0), 1.7, 6.5 + abs(tall))]
    if chance.random() < 0.72:
        stems.append(box(x + 3.1, y - 6.5, 1.6, 6.5))
        stems.append(box(x, y - chance.choice((6.5, 4.0, 1.6)), 4.6, 1.6))
    return stems


def stamp(place: Place, radius: float, colour: str) -> None:
    """Draw the outline of a round stamp around the origin, with dashes between its two rings."""
    for share, width in ((1.0, LINE), (0.68, FINE)):
        place.line(oval(0, 0, radius * share, radius * share), colour, width, alpha=0.8)
    for step in range(20):
        a, b = 18 * step, 18 * step + (6 if step % 3 else 11)
        place.line(arc(0, 0, radius * 0.84, radius * 0.84, a, b)[::12], colour, LINE, alpha=0.7)
    for y in (-0.2, 0.05, 0.3):
        reach = radius * (0.42 - abs(y - 0.05) * 0.5)
        place.line(curve([(-reach, y * radius), (-reach * 0.3, (y - 0.1) * radius), (reach * 0.3, (y + 0.06) * radius),
                          (reach, y * radius)]), colour, FINE, alpha=0.8)  # fmt: skip


def check(place: Place, width: float, height: float, size: float, ground: str, stripe: str) -> None:
    """Draw a checked cloth from the origin to (width, height): two sets of stripes, laid one over the other."""
    cloth_edge = box(0, 0, width, height)
    place.cut(cloth_edge, ground, lift=7)
    columns = [box(x * size, 0, size / 2, height) for x in range(math.ceil(width / size))]
    rows = [box(0, y * size, width, size / 2) for y in range(math.ceil(height / size))]
    place.cut(columns, stripe, alpha=0.42, within=cloth_edge)
    place.cut(rows, stripe, alpha=0.42, within=cloth_edge)
