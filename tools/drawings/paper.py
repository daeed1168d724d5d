"""Cut paper: shapes as lists of points, and the sheet on which they are laid."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

from tools.drawings.palette import SHADOW

Point = tuple[float, float]
Shape = list[Point]
Outline = Sequence[Point]

OVERSAMPLE = 3
QUALITY = 88
FINE = 2.6
LINE = 5.0


def oval(x: float, y: float, rx: float, ry: float, turn: float = 0.0) -> Shape:
    """Return an ellipse around (x, y), turned by `turn` degrees."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    shape = []
    for step in range(96):
        angle = math.tau * step / 96
        px, py = rx * math.cos(angle), ry * math.sin(angle)
        shape.append((x + px * cos - py * sin, y + px * sin + py * cos))
    return shape


def arc(x: float, y: float, rx: float, ry: float, start: float, stop: float) -> Shape:
    """Return the open arc of an ellipse from `start` to `stop` degrees (0 is right, 90 is down)."""
    angles = (math.radians(start + (stop - start) * step / 48) for step in range(49))
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def box(x: float, y: float, width: float, height: float, radius: float = 0.0) -> Shape:
    """Return a rectangle with its top left corner at (x, y)."""
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    return soft(corners, radius) if radius else corners


def soft(corners: Sequence[Point], radius: float) -> Shape:
    """Return a polygon whose corners are rounded by about `radius`."""
    shape: Shape = []
    for index, corner in enumerate(corners):
        start = _toward(corner, corners[index - 1], radius)
        stop = _toward(corner, corners[(index + 1) % len(corners)], radius)
        for step in range(13):
            t = step / 12
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
            shape.append((a * start[0] + b * corner[0] + c * stop[0], a * start[1] + b * corner[1] + c * stop[1]))
    return shape


def _toward(start: Point, goal: Point, distance: float) -> Point:
    """Return the point `distance` from `start` toward `goal`, at most half way."""
    length = math.dist(start, goal) or 1.0
    share = min(distance / length, 0.5)
    return (start[0] + (goal[0] - start[0]) * share, start[1] + (goal[1] - start[1]) * share)


def curve(points: Sequence[Point], closed: bool = False) -> Shape:
    """Return a smooth line (Catmull-Rom) through `points`."""
    count = len(points)
    shape: Shape = []
    for index in range(count if closed else count - 1):
        if closed:
            near = [points[(index + offset) % count] for offset in (-1, 0, 1, 2)]
        else:
            near = [points[min(max(index + offset, 0), count - 1)] for offset in (-1, 0, 1, 2)]
        shape.extend(_spline(near, step / 16) for step in range(16))
    return shape if closed else [*shape, points[-1]]


def _spline(near: Sequence[Point], t: float) -> Point:
    """Return the Catmull-Rom point at `t` between the second and third of four points."""
    weights = (
        -t + 2 * t**2 - t**3,
        2 - 5 * t**2 + 3 * t**3,
        t + 4 * t**2 - 3 * t**3,
        -(t**2) + t**3,
    )
    x = sum(w * p[0] for w, p in zip(weights, near, strict=True)) / 2
    y = sum(w * p[1] for w, p in zip(weights, near, strict=True)) / 2
    return (x, y)


def blob(*points: Point) -> Shape:
    """Return a smooth closed shape through `points`."""
    return curve(points, closed=True)


def limb(start: Point, stop: Point, wide: float, narrow: float | None = None) -> Shape:
    """Return a strip with round ends, tapering from `wide` to `narrow`."""
    narrow = wide if narrow is None else narrow
    angle = math.degrees(math.atan2(stop[1] - start[1], stop[0] - start[0]))
    first = arc(*start, wide / 2, wide / 2, angle + 90, angle + 270)
    last = arc(*stop, narrow / 2, narrow / 2, angle - 90, angle + 90)
    return first[::4] + last[::4]


def stroke(line: Sequence[Point], wide: float, narrow: float | None = None) -> list[Shape]:
    """Return a line of even (or tapering) width as a list of overlapping strips."""
    narrow = wide if narrow is None else narrow
    last = len(line) - 1
    widths = [wide + (narrow - wide) * step / last for step in range(last + 1)]
    return [limb(line[i], line[i + 1], widths[i], widths[i + 1]) for i in range(last)]


def shifted(shape: Iterable[Point], dx: float, dy: float) -> Shape:
    """Return `shape` moved by (dx, dy)."""
    return [(x + dx, y + dy) for x, y in shape]


def plane(corners: Sequence[Point]) -> Callable[[Point], Point]:
    """Return the perspective map from the unit square to four corners (clockwise from the top left)."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    dx1, dx2, dx3 = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, dy3 = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    det = dx1 * dy2 - dx2 * dy1
    g, h = (dx3 * dy2 - dx2 * dy3) / det, (dx1 * dy3 - dx3 * dy1) / det
    a, b = x1 - x0 + g * x1, x3 - x0 + h * x3
    d, e = y1 - y0 + g * y1, y3 - y0 + h * y3

    def project(point: Point) -> Point:
        u, v = point
        w = g * u + h * v + 1
        return ((a * u + b * v + x0) / w, (d * u + e * v + y0) / w)

    return project


class Sheet:
    """A picture in the making, painted large and made smaller when it is saved."""

    def __init__(self, width: int, height: int, colour: str) -> None:
        """Take a sheet of the given size and ground colour."""
        self.width, self.height = width, height
        self._image = Image.new("RGB", (width * OVERSAMPLE, height * OVERSAMPLE), colour)

    def paint(self, shapes: Sequence[Shape], colour: str, alpha: float, within: Sequence[Shape], blur: float) -> None:
        """Paint the union of `shapes`, cut to the union of `within` where that is given."""
        frame = self._frame(shapes, blur)
        if frame is None:
            return
        mask = self._mask(shapes, frame)
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * OVERSAMPLE))
        if within:
            mask = ImageChops.multiply(mask, self._mask(within, frame))
        if alpha < 1:
            mask = mask.point([round(value * alpha) for value in range(256)])
        self._image.paste(ImageColor.getrgb(colour), frame, mask)

    def _frame(self, shapes: Sequence[Shape], blur: float) -> tuple[int, int, int, int] | None:
        """Return the part of the large image that `shapes` can touch, if any."""
        xs = [x for shape in shapes for x, _ in shape]
        ys = [y for shape in shapes for _, y in shape]
        if not xs:
            return None
        edge = 3 * blur + 2
        left, top = max(0, int((min(xs) - edge) * OVERSAMPLE)), max(0, int((min(ys) - edge) * OVERSAMPLE))
        right = min(self._image.width, int((max(xs) + edge) * OVERSAMPLE))
        bottom = min(self._image.height, int((max(ys) + edge) * OVERSAMPLE))
        return (left, top, right, bottom) if left < right and top < bottom else None

    @staticmethod
    def _mask(shapes: Sequence[Shape], frame: tuple[int, int, int, int]) -> Image.Image:
        """Return a mask of `shapes` for the part `frame` of the large image."""
        mask = Image.new("L", (frame[2] - frame[0], frame[3] - frame[1]), 0)
        draw = ImageDraw.Draw(mask)
        for shape in shapes:
            moved = [(x * OVERSAMPLE - frame[0], y * OVERSAMPLE - frame[1]) for x, y in shape]
            draw.polygon(moved, fill=255)
        return mask

    def save(self, path: Path) -> None:
        """Write the picture as a JPEG that carries no metadata."""
        small = self._image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        path.parent.mkdir(parents=True, exist_ok=True)
        small.save(path, "JPEG", quality=QUALITY, optimize=True, progressive=True, subsampling=2)


@dataclass(frozen=True)
class Place:
    """A spot on a sheet with its own units: what is drawn here is moved, turned and scaled."""

    sheet: Sheet
    project: Callable[[Point], Point] = lambda point: point
    scale: float = 1.0

    def at(self, x: float, y: float, scale: float = 1.0, turn: float = 0.0, flip: bool = False) -> Place:
        """Return the place whose origin lies at (x, y) of this one."""
        cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        side = -scale if flip else scale

        def move(point: Point) -> Point:
            px, py = point[0] * side, point[1] * scale
            return self.project((x + px * cos - py * sin, y + px * sin + py * cos))

        return Place(self.sheet, move, self.scale * scale)

    def on(self, corners: Sequence[Point], width: float, height: float) -> Place:
        """Return a flat surface of `width` by `height` units, seen in perspective between four corners."""
        flat = plane(corners)

        def lay(point: Point) -> Point:
            return self.project(flat((point[0] / width, point[1] / height)))

        across = math.dist(corners[3], corners[2]) / width
        return Place(self.sheet, lay, self.scale * across)

    def cut(
        self,
        shapes: Outline | Sequence[Outline],
        colour: str,
        *,
        alpha: float = 1.0,
        within: Outline | Sequence[Outline] = (),
        lift: float = 0.0,
        blur: float = 0.0,
    ) -> None:
        """Lay down paper of one colour; `lift` raises it off the sheet with a soft shadow."""
        placed = [[self.project(point) for point in shape] for shape in _listed(shapes)]
        bounds = [[self.project(point) for point in shape] for shape in _listed(within)]
        if lift:
            shade = [shifted(shape, 0.5 * lift, lift) for shape in placed]
            self.sheet.paint(shade, SHADOW, 0.26, bounds, lift)
        self.sheet.paint(placed, colour, alpha, bounds, blur)

    def line(
        self,
        points: Sequence[Point],
        colour: str,
        width: float = FINE,
        *,
        alpha: float = 1.0,
        within: Outline | Sequence[Outline] = (),
    ) -> None:
        """Draw a line whose width is given in pixels of the finished picture, whatever the scale here."""
        self.cut(stroke(points, width / self.scale), colour, alpha=alpha, within=within)

    def shade(self, shape: Shape, alpha: float = 0.22, blur: float = 10.0) -> None:
        """Lay a soft shadow on the ground."""
        self.cut(shape, SHADOW, alpha=alpha, blur=blur)

    def glow(self, x: float, y: float, radius: float, colour: str, alpha: float = 0.1, rings: int = 4) -> None:
        """Lay rings of light around (x, y), one flat layer upon another."""
        for ring in range(rings, 0, -1):
            self.cut(oval(x, y, radius * ring / rings, radius * ring / rings), colour, alpha=alpha)


def _listed(shapes: Outline | Sequence[Outline]) -> list[Shape]:
    """Return one shape or many as a list of shapes."""
    if shapes and isinstance(shapes[0], tuple):
        return [cast(Shape, shapes)]
    return list(cast(Sequence[Shape], shapes))
