"""Campaigns in a test's own words: plain dictionaries shaped like a manifest."""

from __future__ import annotations

from typing import Any

import msgspec

from lastlook.checking.case import Case, Picture
from lastlook.dossier.manifest import read_manifest
from lastlook.errors import Place
from lastlook.reading.tree import Branch, Listed, Node, Scalar

FILE = "campaign.yaml"
FLIGHT = {"from": "2026-12-01", "until": "2027-01-06"}
Written = dict[str, Any]  # a manifest, or part of one


def node_of(value: object, field: str = "", *, file: str = FILE) -> Node:
    """Plain values as the tree a YAML reader would give, every place in line 1."""
    place = Place(file, 1, field)
    if isinstance(value, dict):
        return Branch(
            place, {key: node_of(item, f"{field}.{key}".lstrip("."), file=file) for key, item in value.items()}
        )
    if isinstance(value, list | tuple):
        return Listed(place, tuple(node_of(item, f"{field}[{n}]", file=file) for n, item in enumerate(value)))
    assert value is None or isinstance(value, str | int | float | bool), value
    return Scalar(place, value)


def an_asset(asset_id: str = "look-01", *, shows: Written | None = None, **stated: object) -> Written:
    """One picture. `shows` says what is in it; the rest are its other keys."""
    asset: Written = {"id": asset_id, "file": f"{asset_id}.jpg", **stated}
    if shows is not None:
        asset["shows"] = shows
    return asset


def manifest(*assets: Written, **top: object) -> Written:
    """A whole manifest: one British website line, a flight, stage final, every choice held; `top` replaces keys."""
    campaign = {"id": "a-campaign", "markets": ["GB"], "flight": FLIGHT, "stage": "final", "shoot_country": "GB"}
    stated_campaign = top.pop("campaign", {})
    assert isinstance(stated_campaign, dict)
    return {
        "lastlook": 1,
        "campaign": campaign | stated_campaign,
        "plans": {"web": {"channel": "website", "media": "owned", "countries": ["GB"]}},
        "defaults": {"plans": ["web"], "disclosure": {"commercial_relationship": False}},
        "decisions": [{"right": right, "holder": "p1"} for right in ("casting", "product", "props", "combination")],
        "assets": list(assets or (an_asset(),)),
        **top,
    }


def case_of(written: Written, *, stage: str | None = None) -> Case:
    """The case a manifest gives, with pictures that are there (digest: the asset's id in hex, padded)."""
    read = read_manifest(node_of(written), stage=stage)
    pictures = {
        file.id: Picture(planned=True)
        if file.planned
        else Picture(file=file.file, sha256=file.id.encode().hex().ljust(64, "0")[:64], width=100, height=100)
        for file in read.files
    }
    return msgspec.structs.replace(read.case, pictures=pictures)


def a_campaign(*assets: Written, **top: object) -> Case:
    """The case of such a manifest; a test that expects problems reads them from it."""
    return case_of(manifest(*assets, **top))
