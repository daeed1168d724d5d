"""The four pictures of the campaign "holiday-window"."""

from __future__ import annotations

from tools.drawings import palette as p
from tools.drawings import props
from tools.drawings.figures import ADULT, CHILD, silhouette, standing
from tools.drawings.paper import LINE, Place, Sheet, arc, box, curve, oval, soft, stroke

WIDE, HIGH = 1500, 1200


def look_01() -> Sheet:
    """Draw the plush charm on a handbag, on a plinth in a studio."""
    sheet = Sheet(HIGH, WIDE, p.SAND)
    page = Place(sheet)
    _backdrop(page, 1130)
    page.cut(oval(600, 640, 430, 430), "#E3C2B1", lift=8)
    props.plinth(page.at(600, 1075), 800, 330, 62)
    page.shade(oval(640, 1092, 340, 30), 0.32, 12)
    props.handbag(page.at(560, 1090, 2.9), props.WINE_BAG, 5)
    page.cut(stroke(oval(717, 640, 20, 24), 6), p.BRASS, lift=2)
    props.bear(page.at(717, 664, 2.15, -3), 26)
    return sheet


def _backdrop(page: Place, floor: float) -> None:
    """Draw a studio sweep: a wall, a curved fold and a floor, in layers of one paper."""
    page.cut(box(0, 0, 1200, floor), p.CREAM)
    page.cut([(0, 0), (420, 0), (0, 900)], p.PAPER, alpha=0.5)
    page.cut([(0, floor), *curve([(0, floor), (600, floor + 26), (1200, floor)]), (1200, 1500), (0, 1500)], p.SAND)
    page.cut(box(0, floor + 190, 1200, 400), p.TAN, alpha=0.18)


def look_02() -> Sheet:
    """Draw a grey adult silhouette with a handbag in a studio, and a small fir branch."""
    sheet = Sheet(HIGH, WIDE, p.TAN)
    page = Place(sheet)
    _studio(page)
    page.shade(oval(620, 1338, 190, 26), 0.3, 12)
    arms = (((-12.6, -62), (-12.6, -47)), ((12.8, -62), (15.5, -48)))
    props.handbag(page.at(764, 1006, 1.02), props.CLAY_BAG, 5)
    silhouette(page.at(590, 1336, 11.3), ADULT, standing(ADULT, arms))
    props.plinth(page.at(268, 1150), 210, 190, 24)
    props.fir_branch(page.at(266, 1030, 1, -74), 240, 3)
    props.vase(page.at(268, 1156), p.TEAL, p.DUSK, 150)
    return sheet


def _studio(page: Place) -> None:
    """Draw a roll of studio paper hung between two stands in a bare room."""
    page.cut(box(0, 0, 1200, 1180), "#D9C3A0")
    page.cut(box(0, 1172, 1200, 8), p.CARAMEL, alpha=0.5)
    for x in (120, 1080):
        page.line([(x, 120), (x, 1250)], p.INK, 9)
        page.line([(x - 46, 1262), (x, 1160), (x + 46, 1262)], p.INK, 7)
    roll = soft([(170, 165), (1030, 165), (1030, 1150), (1140, 1460), (60, 1460), (170, 1150)], 16)
    page.cut(roll, p.PAPER, lift=10)
    page.cut([(0, 1150), (1200, 1150), (1200, 1500), (0, 1500)], p.CREAM, within=roll)
    page.cut(oval(600, 640, 330, 330), p.MIST, alpha=0.9, within=roll)
    page.cut(box(96, 128, 1008, 44, 20), p.CARAMEL, lift=6)
    page.cut(box(96, 152, 1008, 20, 9), p.COCOA, alpha=0.4)


def look_03() -> Sheet:
    """Draw a small grey silhouette on a bed with the plush charm, beside a table with two empty glasses."""
    sheet = Sheet(HIGH, WIDE, p.COCOA)
    page = Place(sheet)
    page.cut(box(0, 0, 1200, 1240), "#96725F")
    page.cut(box(0, 1232, 1200, 10), p.BARK, alpha=0.6)
    _winter_window(page.at(690, 120))
    props.framed(page.at(330, 330), 230, 290)
    _bedside(page.at(215, 1290))
    _bed(page)
    _child_with_charm(page)
    return sheet


def _winter_window(place: Place) -> None:
    """Draw a window, 380 by 470, onto a winter evening."""
    pane = box(0, 0, 380, 470)
    place.cut(box(-22, -22, 424, 514, 6), p.PAPER, lift=8)
    place.cut(pane, p.NIGHT)
    place.cut(box(0, 170, 380, 300), p.DUSK, alpha=0.7)
    place.cut(box(0, 270, 380, 200), p.SLATE, alpha=0.8)
    place.cut(oval(284, 100, 40, 40), p.BUTTER)
    place.cut(curve([(0, 350), (110, 310), (230, 350), (380, 300)]) + [(380, 470), (0, 470)], "#8E9CAC")
    for x, size in ((60, 1.0), (110, 0.7), (330, 0.9)):
        for tier in range(3):
            y, half = 372 - 34 * tier * size, (40 - 9 * tier) * size
            place.cut([(x - half, y), (x + half, y), (x, y - 56 * size)], p.FIR_DEEP, within=pane)
    place.cut(curve([(0, 400), (150, 360), (270, 395), (380, 372)]) + [(380, 470), (0, 470)], "#B7C2CB")
    flakes = ((40, 60), (96, 130), (150, 50), (170, 190), (230, 240), (60, 230), (330, 210), (130, 280), (226, 150))
    place.cut([oval(x, y, 4.5, 4.5) for x, y in flakes], p.PAPER)
    place.cut([box(184, 0, 12, 470), box(0, 222, 380, 12)], p.PAPER)
    place.cut(box(-40, 488, 460, 24, 5), p.PAPER, lift=6)


def _bedside(place: Place) -> None:
    """Draw a bedside table with a lit lamp and two empty wine glasses."""
    place.shade(oval(0, 4, 180, 18), 0.3, 12)
    place.cut([box(-140, -40, 22, 40), box(118, -40, 22, 40)], p.BARK)
    place.cut(box(-150, -340, 300, 310, 6), p.CARAMEL, lift=6)
    for y in (-306, -176):
        place.cut(box(-130, y, 260, 118, 5), p.COCOA, alpha=0.35)
        place.cut(oval(0, y + 56, 11, 11), p.BRASS, lift=2)
    place.cut(box(-166, -362, 332, 28, 6), p.TAN, lift=4)
    props.table_lamp(place.at(-70, -360, 1.5), p.BUTTER, p.TEAL)
    for x in (42, 116):
        props.wine_glass(place.at(x, -356, 1.15))


def _bed(page: Place) -> None:
    """Draw the bed: headboard, mattress, pillow and blanket."""
    page.shade(box(420, 1360, 800, 40), 0.35, 14)
    page.cut(soft([(430, 800), (1240, 800), (1240, 1300), (430, 1300)], 46), p.BARK, lift=8)
    page.cut(soft([(462, 834), (1240, 834), (1240, 1300), (462, 1300)], 32), p.COCOA)
    for x, turn in ((620, -3), (1010, 4)):
        pillow = page.at(x, 990, 1, turn)
        pillow.cut(soft([(-158, -74), (158, -74), (166, 84), (-166, 84)], 44), p.PAPER, lift=6)
        pillow.cut(soft([(-158, 22), (158, 30), (166, 84), (-166, 84)], 40), p.TAN, alpha=0.28)
    page.cut(soft([(440, 1040), (1260, 1040), (1260, 1400), (404, 1400)], 34), p.PAPER, lift=6)
    page.cut(soft([(430, 1078), (1260, 1070), (1260, 1420), (402, 1420)], 30), p.SLATE, lift=5)
    drop = [*curve([(398, 1196), (560, 1186), (800, 1202), (1040, 1188), (1260, 1200)]), (1260, 1420), (398, 1420)]
    page.cut(soft([(398, 1180), (1260, 1180), (1260, 1420), (398, 1420)], 22), p.DUSK, within=drop)
    for x in (520, 690, 860, 1030):
        page.cut([(x, 1215), (x + 26, 1420), (x - 22, 1420)], p.NIGHT, alpha=0.28)
    page.cut(box(398, 1370, 862, 50, 10), p.NIGHT, alpha=0.35)


def _child_with_charm(page: Place) -> None:
    """Draw the child-height silhouette, holding the charm at its side by the loop."""
    page.shade(oval(836, 1152, 110, 15), 0.35, 8)
    props.bear(page.at(636, 728, 1.6), 22)
    arms = (((-12.5, -39), (-18.8, -44)), ((10, -33), (10, -22)))
    silhouette(page.at(820, 1152, 9.6), CHILD, standing(CHILD, arms))


def look_04() -> Sheet:
    """Draw the window of a shop at night, seen from the street, with nobody in it."""
    sheet = Sheet(WIDE, HIGH, p.NIGHT)
    page = Place(sheet)
    _facade(page)
    _display(page)
    _garland(page)
    _street(page)
    return sheet


def _facade(page: Place) -> None:
    """Draw the front of the shop: wall, door, fascia, lamps."""
    page.cut(box(0, 0, 1500, 120), "#222C3D")
    page.cut(box(60, 100, 1380, 900), p.FIR_DEEP, lift=8)
    page.cut(box(40, 86, 1420, 26, 4), p.FIR)
    page.cut(box(60, 190, 1380, 10), "#22372D")
    page.cut(box(1130, 250, 260, 760), "#22372D")
    page.cut(box(1150, 270, 220, 740, 4), p.FIR, lift=5)
    page.cut(box(1176, 300, 168, 470, 6), p.BUTTER)
    page.cut([(1176, 620), (1344, 420), (1344, 770), (1176, 770)], p.OCHRE, alpha=0.35)
    page.cut(box(1176, 810, 168, 150, 4), p.FIR_DEEP)
    page.line([(1160, 610), (1160, 700)], p.BRASS, 9)
    props.wreath(page.at(1260, 450), 56)
    for x in (96, 1098):
        page.glow(x, 300, 130, p.BUTTER, 0.07, 4)
        page.line([(x, 240), (x, 276)], p.BRASS, LINE)
        page.cut(soft([(x - 20, 276), (x + 20, 276), (x + 14, 326), (x - 14, 326)], 4), p.BUTTER, lift=3)


def _display(page: Place) -> None:
    """Draw the lit window and the goods upon their steps."""
    page.cut(box(140, 240, 920, 690, 4), p.BARK, lift=6)
    pane = box(162, 262, 876, 646)
    page.cut(pane, p.BUTTER)
    for size, alpha in ((520, 0.25), (400, 0.3), (270, 0.35)):
        page.cut(oval(600, 560, size, size * 0.86), "#FBEBC2", alpha=alpha, within=pane)
    for x, y, width in ((330, 640, 230), (600, 560, 250), (872, 660, 220)):
        page.cut(box(x - width / 2, y, width, 300), p.PAPER, lift=6, within=pane)
        page.cut(box(x + width * 0.26, y, width * 0.24, 300), p.TAN, alpha=0.4, within=pane)
        page.cut(box(x - width / 2 - 8, y - 6, width + 16, 18, 4), "#FFF9EE", lift=3)
    page.cut(box(162, 846, 876, 62), p.CLAY, within=pane)
    page.cut(box(162, 846, 876, 12), p.ROSE, within=pane)
    _goods(page)
    page.cut([(250, 262), (400, 262), (250, 560), (162, 640), (162, 440)], "#FFFFFF", alpha=0.1)


def _goods(page: Place) -> None:
    """Draw handbags and gift boxes in the window."""
    props.handbag(page.at(330, 636, 0.88), props.CLAY_BAG, 4)
    props.handbag(page.at(600, 556, 1.05), props.WINE_BAG, 4)
    props.handbag(page.at(872, 656, 0.84), props.FIR_BAG, 4)
    props.gift(page.at(262, 872), 130, 120, p.WINE, p.WINE_DEEP, p.BUTTER)
    props.gift(page.at(402, 884), 120, 76, p.MIST, p.SLATE, p.RUST)
    props.gift(page.at(760, 874), 140, 150, p.FIR, p.FIR_DEEP, p.OCHRE)
    props.gift(page.at(900, 886), 150, 92, p.PAPER, p.TAN, p.WINE)
    props.gift(page.at(580, 884), 160, 104, p.OCHRE, p.CARAMEL, p.PAPER)


def _garland(page: Place) -> None:
    """Hang fir branches and small lights over the window."""
    for x, y, turn in ((150, 262, 14), (330, 300, 4), (1050, 262, 166), (870, 300, 176)):
        props.fir_branch(page.at(x, y, 1, turn), 230, 3)
    for x, y in (
        (210, 296),
        (300, 322),
        (400, 330),
        (500, 330),
        (600, 318),
        (700, 330),
        (800, 330),
        (900, 322),
        (990, 296),
    ):
        page.glow(x, y, 24, p.BUTTER, 0.16, 3)
        page.cut(oval(x, y, 7, 7), "#FFF3CF")


def _street(page: Place) -> None:
    """Draw the snowy sill, the pavement and the light that falls on it."""
    page.cut(box(120, 922, 960, 30, 5), p.FIR, lift=5)
    page.cut(curve([(120, 926), (300, 912), (520, 922), (760, 910), (1080, 926)]) + [(1080, 934), (120, 934)], p.MIST)
    page.cut(box(0, 1006, 1500, 200), p.DUSK)
    page.cut([(140, 1006), (1060, 1006), (1180, 1130), (20, 1130)], p.OCHRE, alpha=0.22)
    page.cut([(240, 1006), (960, 1006), (1030, 1090), (170, 1090)], p.OCHRE, alpha=0.22)
    page.cut([(1176, 1006), (1344, 1006), (1376, 1090), (1150, 1090)], p.OCHRE, alpha=0.2)
    page.cut(box(0, 1130, 1500, 14), p.SLATE)
    page.cut(box(0, 1144, 1500, 60), "#222C3D")
    for x, wide in ((40, 150), (1470, 130)):
        page.cut([*arc(x, 1012, wide, 44, 180, 360)], p.MIST)
        page.cut([*arc(x + 20, 1012, wide * 0.8, 26, 180, 360)], p.SLATE, alpha=0.25)
    flakes = (
        (60, 180),
        (230, 60),
        (420, 150),
        (690, 50),
        (980, 140),
        (1240, 60),
        (1430, 200),
        (1450, 520),
        (30, 560),
        (90, 780),
        (1096, 620),
        (1420, 820),
    )
    page.cut([oval(x, y, 5, 5) for x, y in flakes], p.PAPER, alpha=0.85)


PICTURES = {
    "look-01.jpg": look_01,
    "look-02.jpg": look_02,
    "look-03.jpg": look_03,
    "look-04.jpg": look_04,
}
