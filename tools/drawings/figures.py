"""People, only ever as plain flat grey silhouettes: a head, a trunk, four limbs and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from tools.drawings.palette import FIGURE
from tools.drawings.paper import Place, Point, Shape, curve, limb, oval, soft, stroke


@dataclass(frozen=True)
class Build:
    """The measures of a silhouette, in hundredths of an adult's height."""

    trunk: float
    shoulder: float
    hip: float
    neck: float
    head: Point
    arm: Point
    leg: Point


ADULT = Build(trunk=30, shoulder=10.4, hip=7.6, neck=3.6, head=(5.5, 7.0), arm=(5.2, 3.8), leg=(8.6, 4.6))
CHILD = Build(trunk=19, shoulder=7.4, hip=5.9, neck=1.8, head=(5.6, 6.4), arm=(4.6, 3.5), leg=(7.2, 4.6))


@dataclass(frozen=True)
class Pose:
    """Where the hips are and how the limbs run from there; arms and legs are (joint, end) or longer."""

    hip: Point
    arms: tuple[tuple[Point, ...], ...]
    legs: tuple[tuple[Point, ...], ...]
    lean: float = 0.0
    profile: bool = False


def silhouette(place: Place, build: Build, pose: Pose, lift: float = 5.0) -> None:
    """Draw one grey silhouette, a single flat shape."""
    place.cut(_parts(build, pose), FIGURE, lift=lift)


def _parts(build: Build, pose: Pose) -> list[Shape]:
    """Return the shapes that together are the silhouette."""
    x, y = pose.hip
    narrow = 0.62 if pose.profile else 1.0
    top = (x + pose.lean, y - build.trunk)
    shoulder, hip = build.shoulder * narrow, build.hip * (0.9 if pose.profile else 1.0)
    head = (top[0] + 0.35 * pose.lean, top[1] - build.neck - build.head[1])
    parts = [_trunk((x, y), top, shoulder, hip), oval(*head, *build.head)]
    parts.append(limb(head, (top[0], top[1] + 3), build.head[0] * 0.95))
    parts += _arms(build, pose, top, shoulder)
    parts += _legs(build, pose)
    return parts


def _trunk(base: Point, top: Point, shoulder: float, hip: float) -> Shape:
    """Return the trunk: sloping shoulders, straight sides, round at the seat."""
    (x, y), (tx, ty) = base, top
    corners = [
        (tx - shoulder * 0.3, ty - 1.6),
        (tx + shoulder * 0.3, ty - 1.6),
        (tx + shoulder, ty + 1.2),
        (x + hip, y - 2),
        (x + hip * 0.8, y + hip * 0.6),
        (x - hip * 0.8, y + hip * 0.6),
        (x - hip, y - 2),
        (tx - shoulder, ty + 1.2),
    ]
    return soft(corners, 3.4)


def _arms(build: Build, pose: Pose, top: Point, shoulder: float) -> list[Shape]:
    """Return the arms, each from its shoulder through the points of the pose."""
    sides = (0.0, 0.0) if pose.profile else (-1.0, 1.0)
    parts: list[Shape] = []
    for side, points in zip(sides, pose.arms, strict=False):
        start = (top[0] + side * (shoulder - build.arm[0] * 0.5), top[1] + build.arm[0] * 0.72)
        parts += stroke(curve([start, *points]), *build.arm)
    return parts


def _legs(build: Build, pose: Pose) -> list[Shape]:
    """Return the legs, each from its hip through the points of the pose; the last two are the foot."""
    sides = (0.0, 0.0) if pose.profile else (-1.0, 1.0)
    parts: list[Shape] = []
    for side, points in zip(sides, pose.legs, strict=False):
        start = (pose.hip[0] + side * (build.hip - build.leg[0] * 0.5), pose.hip[1])
        parts += stroke(curve([start, *points[:-1]]), *build.leg)
        parts.append(limb(points[-2], points[-1], build.leg[1], build.leg[1] * 0.8))
    return parts


def standing(build: Build, arms: tuple[tuple[Point, ...], ...], stride: float = 0.6) -> Pose:
    """Return a pose that stands at the origin, feet a little apart."""
    height = 48.0 if build is ADULT else 26.0
    knee, foot = build.hip * 0.55, build.hip * stride
    legs = tuple(
        (
            (side * knee, -height * 0.5),
            (side * foot, -build.leg[1] * 0.5),
            (side * (foot + build.leg[1] * 0.5), -build.leg[1] * 0.4),
        )
        for side in (-1.0, 1.0)
    )
    return Pose(hip=(0, -height), arms=arms, legs=legs)


def crossed(arms: tuple[tuple[Point, ...], ...], build: Build) -> Pose:
    """Return a pose that sits on the ground at the origin with crossed legs, seen from the front."""
    reach, low = build.hip * 2.1, build.leg[1] * 0.6
    legs = tuple(
        ((side * reach, -low * 1.9), (side * 0.35 * reach, -low), (-side * 0.1 * reach, -low)) for side in (-1, 1)
    )
    return Pose(hip=(0, -build.leg[0] * 0.6), arms=arms, legs=legs)


def lounging(arms: tuple[tuple[Point, ...], ...], build: Build) -> Pose:
    """Return a pose that sits on the ground at the origin with raised knees, seen from the side, facing right."""
    reach, low = build.trunk * 0.6, build.leg[1] * 0.5
    near = ((reach, -reach), (reach * 1.5, -low), (reach * 1.5 + build.leg[1] * 0.8, -low))
    far = tuple((x + build.leg[1] * 0.9, y) for x, y in near)
    return Pose(hip=(0, -build.leg[0] * 0.5), arms=arms, legs=(near, far), lean=-build.trunk * 0.1, profile=True)
