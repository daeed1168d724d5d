"""The three pictures of the campaign "spring-desk"."""

from __future__ import annotations

from tools.drawings import palette as p
from tools.drawings import props
from tools.drawings.figures import ADULT, Pose, silhouette
from tools.drawings.paper import FINE, LINE, Place, Sheet, box, curve, limb, oval, soft, stroke

WIDE, HIGH = 1500, 1200
DESK = [(200, 400), (1300, 400), (1490, 1090), (10, 1090)]


def desk_01() -> Sheet:
    """Draw the desk with a handbag, an open folder of printed papers, a pen and a lamp."""
    sheet, page, top = _desk_scene(p.SAGE)
    _folder(top)
    props.handbag(props.standing_on(page.at(385, 800, 1.8), 100), props.CARAMEL_BAG)
    props.pen(top.at(880, 470, 0.95, 68))
    _desk_lamp(page.at(1190, 545))
    return sheet


def desk_02() -> Sheet:
    """Draw the same desk, tidy: a handbag, a vase of tulips and a closed plain notebook."""
    sheet, page, top = _desk_scene(p.ROSE)
    props.notebook(top.at(560, 330, 1.35, 9), p.TEAL, p.DUSK)
    props.handbag(props.standing_on(page.at(400, 810, 1.8), 100), props.CARAMEL_BAG)
    props.tulips(props.standing_on(page.at(1085, 590, 1.45), 40, 0.25), (p.CLAY, p.OCHRE, p.RUST))
    return sheet


def _desk_scene(wall: str) -> tuple[Sheet, Place, Place]:
    """Draw the room and the empty desk, seen from above at an angle; return its flat top as a place too."""
    sheet = Sheet(WIDE, HIGH, wall)
    page = Place(sheet)
    page.cut(box(0, 0, 1500, 1200), p.PAPER, alpha=0.35)
    page.cut([(640, 0), (900, 0), (660, 300), (400, 300)], p.PAPER, alpha=0.4)
    page.cut([(940, 0), (1200, 0), (960, 300), (700, 300)], p.PAPER, alpha=0.4)
    page.cut(box(0, 300, 1500, 900), p.TAN)
    page.cut(box(0, 290, 1500, 22), p.PAPER)
    page.cut(box(0, 312, 1500, 6), p.CARAMEL, alpha=0.6)
    page.shade([(10, 1090), (150, 400), (1340, 400), (1500, 1200), (0, 1200)], 0.35, 18)
    left, right = DESK[3], DESK[2]
    page.cut([left, right, (right[0] - 4, 1140), (left[0] + 4, 1140)], p.COCOA)
    page.cut(DESK, "#DDBB8E")
    top = page.on(DESK, 1000, 640)
    for y in (128, 256, 384, 512):
        top.line([(0, y), (1000, y)], p.CARAMEL, FINE, alpha=0.35)
    top.cut([(120, 0), (420, 0), (760, 640), (330, 640)], p.PAPER, alpha=0.16)
    return sheet, page, top


def _folder(top: Place) -> None:
    """Draw an open folder and the printed papers that lie in it."""
    folder = top.at(400, 190, 1, 4)
    folder.cut(soft([(-6, -6), (236, -6), (236, 352), (-6, 352)], 8), p.CLAY, lift=8)
    folder.cut(soft([(244, -6), (486, -6), (486, 352), (244, 352)], 8), p.CLAY, lift=8)
    folder.cut(box(232, -6, 16, 358), p.RUST)
    folder.cut(soft([(300, -24), (400, -24), (412, -4), (288, -4)], 6), p.CLAY)
    _page(folder.at(22, 24, 1, 5), 11)
    _page(folder.at(12, 14, 1, -2), 12)
    _page(folder.at(268, 20, 1, 3), 13)
    _page(folder.at(258, 16, 1, -3), 14)
    props.stamp(folder.at(412, 268, 1, -14), 42, p.DUSK)
    _page(folder.at(120, 120, 1, -16), 15)


def _page(place: Place, seed: int) -> None:
    """Draw a sheet of paper, 204 by 310, printed with marks that spell nothing."""
    place.cut(box(0, 0, 204, 310), p.PAPER, lift=4)
    place.cut([box(22, 24, 74, 9), box(22, 40, 46, 5)], p.INK, alpha=0.7)
    props.print_marks(place.at(22, 74), 158, 13, seed, 14)
    place.line([(22, 262), (182, 262)], p.INK, 1.6, alpha=0.5)
    line = [(26, 286), (36, 276), (40, 290), (52, 278), (60, 288), (76, 280), (90, 286)]
    place.line(curve(line), p.DUSK, FINE)


def _desk_lamp(place: Place) -> None:
    """Draw a jointed desk lamp, lit, whose foot stands on the origin."""
    place.cut([(-250, -222), (-140, -290), (40, 190), (-560, 190)], p.BUTTER, alpha=0.2)
    props.standing_on(place, 80, 0.3)
    place.cut(oval(0, 0, 78, 24), p.FIR_DEEP)
    place.cut(oval(0, -8, 78, 24), p.FIR, lift=3)
    place.cut(stroke([(0, -12), (62, -200)], 11), p.FIR_DEEP, lift=3)
    place.cut(stroke([(62, -200), (-130, -322)], 11), p.FIR_DEEP, lift=3)
    place.cut(oval(62, -200, 13, 13), p.BRASS, lift=2)
    head = place.at(-130, -322, 1, 30)
    head.cut(oval(0, 108, 78, 20), p.BUTTER)
    head.cut([(-26, 0), (26, 0), (80, 106), *((x, y) for x, y in curve([(80, 106), (0, 122), (-80, 106)]))],
             p.FIR, lift=4)  # fmt: skip
    head.cut([(6, 0), (26, 0), (80, 106), (34, 116)], p.FIR_DEEP, alpha=0.6)
    head.cut(box(-27, -18, 54, 24, 8), p.BRASS)


def desk_03() -> Sheet:
    """Draw a grey adult silhouette that sits at the desk, a stack of books and a framed abstract picture."""
    sheet = Sheet(HIGH, WIDE, p.CREAM)
    page = Place(sheet)
    _office(page)
    props.framed(page.at(760, 370), 400, 480)
    _chair(page.at(330, 1340))
    silhouette(page.at(345, 1340, 10.2), ADULT, _at_desk())
    _table(page)
    page.cut(limb((552, 872), (610, 878), 36), "#85857F")
    props.books(props.standing_on(page.at(925, 893, 1.15), 90, 0.08), (p.TEAL, p.OCHRE, p.RUST, p.SAGE, p.WINE), 4)
    props.handbag(props.standing_on(page.at(1010, 1372, 1.2), 100), props.CARAMEL_BAG)
    return sheet


def _office(page: Place) -> None:
    """Draw the wall, its light, the skirting and the floor."""
    page.cut(box(0, 0, 1200, 1240), "#CBD0BA")
    page.cut([(0, 120), (420, 0), (760, 0), (0, 820)], p.PAPER, alpha=0.28)
    page.cut(box(0, 1196, 1200, 44), p.PAPER)
    page.cut(box(0, 1240, 1200, 260), p.TAN)
    page.cut(box(0, 1240, 1200, 8), p.CARAMEL, alpha=0.6)
    page.cut(oval(600, 1400, 640, 70), p.ROSE)
    page.cut(oval(600, 1400, 600, 58), p.CREAM, alpha=0.45)


def _chair(place: Place) -> None:
    """Draw a chair seen from the side, its feet on the line of the origin."""
    place.shade(oval(0, 4, 170, 14), 0.3, 10)
    for x, foot in ((-96, -118), (96, 112)):
        place.cut(stroke([(x, -220), (foot, 0)], 15), p.BARK)
    place.cut(stroke(curve([(-100, -220), (-124, -380), (-140, -480)]), 17), p.BARK, lift=3)
    place.cut(box(-122, -246, 240, 32, 14), p.CLAY, lift=4)
    place.cut(limb((-122, -370), (-140, -490), 34), p.CLAY, lift=4)


def _at_desk() -> Pose:
    """Return the pose of a figure that sits upright, facing right, its arms on the desk."""
    legs = (((23, -27), (22, -3), (28, -2.6)), ((25, -27), (28, -3), (34, -2.6)))
    return Pose(hip=(0, -28), arms=(((5, -44), (23, -46)),), legs=legs, lean=2.0, profile=True)


def _table(page: Place) -> None:
    """Draw the desk seen from the side: a top, a drawer and two pairs of legs."""
    page.shade(oval(810, 1346, 360, 14), 0.25, 10)
    for x, foot in ((500, 488), (1120, 1132)):
        page.cut(stroke([(x, 900), (foot, 1346)], 18), p.COCOA, lift=4)
    page.cut(box(800, 918, 290, 74, 6), p.CARAMEL, lift=4)
    page.cut(box(915, 948, 60, 10, 5), p.BRASS)
    page.cut(box(450, 892, 720, 32, 6), "#D2A878", lift=6)
    page.cut(box(450, 912, 720, 12, 5), p.CARAMEL, alpha=0.6)
    page.line([(450, 893), (1170, 893)], p.PAPER, LINE, alpha=0.3)


PICTURES = {
    "desk-01.jpg": desk_01,
    "desk-02.jpg": desk_02,
    "desk-03.jpg": desk_03,
}
