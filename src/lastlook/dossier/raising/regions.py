"""Regions as files give them (IPTC 2025.1, ImageRegion; Metadata Working Group 2.0) as boxes that can be drawn."""

from __future__ import annotations

from lastlook.checking.case import Picture
from lastlook.dossier.metadata import values as v
from lastlook.facts.element import Region

DIGITS = 6  # of a share: less than a pixel of any picture


def box_of(region: v.Region, picture: Picture) -> Region | None:
    """The box around a region, in shares of the picture's width and height; None where it has none that lies in it."""
    corners = _corners(region, picture)
    if corners is None or not picture.width or not picture.height:
        return None
    left, top, right, bottom = corners
    if region.unit == "pixel":
        left, right = left / picture.width, right / picture.width
        top, bottom = top / picture.height, bottom / picture.height
    left, top, right, bottom = max(left, 0.0), max(top, 0.0), min(right, 1.0), min(bottom, 1.0)
    if left >= right or top >= bottom:
        return None
    return round(left, DIGITS), round(top, DIGITS), round(right - left, DIGITS), round(bottom - top, DIGITS)


def _corners(region: v.Region, picture: Picture) -> tuple[float, float, float, float] | None:
    """Left, top, right, bottom, in the region's own unit."""
    x, y = region.x, region.y
    if region.vertices:
        across, down = zip(*region.vertices, strict=True)
        return min(across), min(down), max(across), max(down)
    if x is None or y is None:
        return None
    if region.radius is not None:  # of a circle: a share of the width, whatever the height
        shape = picture.width / picture.height if region.unit != "pixel" and picture.height else 1.0
        return x - region.radius, y - region.radius * shape, x + region.radius, y + region.radius * shape
    if region.width is None or region.height is None:
        return None
    return x, y, x + region.width, y + region.height
