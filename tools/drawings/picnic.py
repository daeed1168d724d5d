"""The three pictures of the campaign "picnic"."""

from __future__ import annotations

from tools.drawings import palette as p
from tools.drawings import props
from tools.drawings.figures import ADULT, CHILD, crossed, lounging, silhouette, standing
from tools.drawings.paper import FINE, Place, Shape, Sheet, box, curve, oval

WIDE, HIGH = 1500, 1200


def meadow_01() -> Sheet:
    """Draw four grey silhouettes, two large and two small, seated around a picnic in a meadow."""
    sheet = Sheet(WIDE, HIGH, p.SKY)
    page = Place(sheet)
    _sky(page, 1500, 520, (1220, 190))
    _hills(page, 1500, 1200, 480)
    page.shade(oval(300, 742, 260, 26), 0.22, 14)
    props.tree(page.at(250, 740), 720)
    _blanket(page, [(420, 800), (1150, 800), (1330, 1060), (250, 1060)])
    _company(page)
    _lunch(page)
    _meadow_plants(page, 1500, 1200, 1050)
    return sheet


def meadow_02() -> Sheet:
    """Draw a still life on the blanket: basket, bread, apples, lemonade and cups."""
    sheet = Sheet(HIGH, WIDE, p.SKY)
    page = Place(sheet)
    _sky(page, 1200, 420, (920, 150))
    _hills(page, 1200, 1500, 390)
    _meadow_plants(page, 1200, 700, 560)
    _blanket(page, [(150, 760), (1050, 760), (1420, 1560), (-220, 1560)])
    _still_life(page)
    return sheet


def meadow_03() -> Sheet:
    """Draw a large and a small grey silhouette that fly a kite on a hill, a basket in front."""
    sheet = Sheet(HIGH, WIDE, p.SKY)
    page = Place(sheet)
    _sky(page, 1200, 900, (230, 250))
    _hills(page, 1200, 1500, 800)
    hill = _under(curve([(-40, 1130), (260, 1000), (560, 960), (900, 1020), (1240, 1150)]), 1500)
    page.cut(hill, p.SAGE, lift=8)
    page.cut(_under(curve([(-40, 1230), (300, 1120), (700, 1130), (1240, 1260)]), 1500), p.OLIVE, alpha=0.45)
    _kite_flyers(page)
    _blanket(page, [(640, 1270), (1090, 1262), (1240, 1450), (560, 1470)])
    basket = props.standing_on(page.at(880, 1390, 1.35), 95)
    props.basket(basket)
    props.cloth(basket, p.PAPER)
    props.apple(props.standing_on(page.at(700, 1412), 30))
    _meadow_plants(page, 1200, 1500, 1330)
    return sheet


def _under(line: Shape, bottom: float) -> Shape:
    """Return everything between a line and the bottom of the picture."""
    return [*line, (line[-1][0], bottom), (line[0][0], bottom)]


def _sky(page: Place, width: float, height: float, sun: tuple[float, float]) -> None:
    """Draw a pale sky in bands, a sun and a few clouds."""
    for share, colour in ((0.35, "#CEDCD9"), (0.6, "#DBE2D8"), (0.8, "#E8E6D6")):
        page.cut(box(0, height * share, width, height), colour)
    page.glow(*sun, 190, p.PAPER, 0.14, 4)
    page.cut(oval(*sun, 78, 78), p.BUTTER)
    for x, y, size in ((0.5, 0.3, 1.0), (0.72, 0.62, 0.7), (0.16, 0.55, 0.8)):
        _cloud(page.at(x * width, y * height, size))


def _cloud(place: Place) -> None:
    """Draw a flat cloud, its foot on the origin."""
    puffs = [oval(-70, -22, 56, 30), oval(0, -40, 66, 44), oval(76, -20, 58, 28), box(-126, -24, 260, 26, 12)]
    place.cut(puffs, p.PAPER, alpha=0.92)


def _hills(page: Place, width: float, bottom: float, horizon: float) -> None:
    """Draw three ranges of hills and the meadow before them."""
    ranges = (
        (0, 46, "#B9C7B4", (0.1, 0.9, 0.3, 0.7)),
        (52, 38, "#A9B795", (0.8, 0.2, 0.7, 0.1)),
        (108, 30, "#98A77C", (0.2, 0.6, 0.1, 0.8)),
        (170, 26, "#B3B983", (0.7, 0.4, 0.2, 0.5)),
    )
    for drop, rise, colour, heights in ranges:
        knots = [(-60.0, horizon + drop)]
        knots += [(width * (0.15 + 0.27 * i), horizon + drop - rise * h) for i, h in enumerate(heights)]
        knots.append((width + 60, horizon + drop))
        page.cut(_under(curve(knots), bottom), colour, lift=5)
    page.cut(box(0, horizon + 420, width, bottom), p.OLIVE, alpha=0.22)


def _blanket(page: Place, corners: Shape) -> None:
    """Draw the picnic blanket between four corners."""
    props.check(page.on(corners, 12, 8), 12, 8, 1, p.PAPER, p.CLAY)
    page.line([*corners, corners[0]], p.RUST, FINE, alpha=0.5)


def _company(page: Place) -> None:
    """Draw the four seated silhouettes, the large ones at the sides and the small ones behind."""
    seats = (
        (page.at(660, 838, 6.6), CHILD, crossed((((-11, -13), (-10, -7)), ((11, -14), (5, -10))), CHILD)),
        (page.at(860, 834, 6.6), CHILD, crossed((((-11, -14), (-5, -10)), ((12, -18), (17, -24))), CHILD)),
        (page.at(440, 905, 7.0), ADULT, lounging((((-9, -17), (-12, -2)), ((9, -22), (18, -20))), ADULT)),
        (page.at(1120, 905, 7.0, flip=True), ADULT, lounging((((6, -20), (17, -24)),), ADULT)),
    )
    for place, build, pose in seats:
        props.standing_on(place, build.hip * 2.6, 0.2, 0.22)
        silhouette(place, build, pose)


def _lunch(page: Place) -> None:
    """Draw the food in the middle of the blanket."""
    basket = props.standing_on(page.at(800, 985, 0.72), 95)
    props.basket(basket)
    props.cloth(basket, p.PAPER)
    props.jug(props.standing_on(page.at(960, 985, 0.66), 50))
    props.bread(props.standing_on(page.at(640, 1005, 0.66), 90, 0.1))
    for x, y in ((735, 1024), (700, 1032)):
        props.apple(props.standing_on(page.at(x, y, 0.55), 28))
    for x, colour, shade in ((1020, p.TEAL, p.DUSK), (900, p.OCHRE, p.CARAMEL)):
        props.cup(props.standing_on(page.at(x, 1012, 0.55), 24), colour, shade)


def _still_life(page: Place) -> None:
    """Draw basket, jug, bread, apples and cups in three rows, the far ones first."""
    basket = props.standing_on(page.at(470, 1060, 2.5), 95)
    props.basket(basket)
    props.cloth(basket, p.PAPER)
    props.jug(props.standing_on(page.at(860, 1110, 2.2), 54))
    for x, y, colour, shade in ((170, 1170, p.TEAL, p.DUSK), (1060, 1230, p.OCHRE, p.CARAMEL)):
        props.cup(props.standing_on(page.at(x, y, 1.7), 25), colour, shade)
    props.bread(props.standing_on(page.at(430, 1290, 2.1), 92, 0.1))
    props.apple(props.standing_on(page.at(735, 1270, 1.7), 30), p.OLIVE, p.MOSS)
    props.apple(props.standing_on(page.at(850, 1330, 1.8), 30))
    props.apple(props.standing_on(page.at(720, 1390, 1.8), 30))


def _kite_flyers(page: Place) -> None:
    """Draw the two silhouettes on the hill, the kite and its string."""
    reel, knot = (517, 748), (880, 250)
    page.line(curve([reel, (640, 600), (790, 380), knot]), p.BARK, FINE, alpha=0.8)
    props.kite(page.at(*knot, 1.25, 24))
    for x, y in ((440, 978), (620, 965)):
        page.shade(oval(x + 10, y + 2, 62, 9), 0.25, 6)
    large = standing(ADULT, (((-13, -62), (-13, -48)), ((12, -64), (19, -56))))
    small = standing(CHILD, (((-11, -44), (-14, -53)), ((11, -44), (15, -54))))
    silhouette(page.at(440, 978, 4.1), ADULT, large, 3)
    silhouette(page.at(620, 965, 4.1), CHILD, small, 3)


def _meadow_plants(page: Place, width: float, bottom: float, top: float) -> None:
    """Draw grass and small flowers across the meadow."""
    area = (0.0, top, width, bottom)
    props.tufts(page, area, 70, 3, p.MOSS)
    props.flowers(page, area, 14, 5, p.PAPER)
    props.flowers(page, area, 8, 8, p.CLAY)


PICTURES = {
    "meadow-01.jpg": meadow_01,
    "meadow-02.jpg": meadow_02,
    "meadow-03.jpg": meadow_03,
}
