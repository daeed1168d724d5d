"""Reads a campaign folder into a case. What cannot be used is a problem; everything else is judged all the same."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from lastlook.checking.case import Case, Picture
from lastlook.checking.planning import differing_lists
from lastlook.dossier.cache import NO_CACHE, Cache
from lastlook.dossier.manifest import AssetFile, Manifest, read_manifest
from lastlook.dossier.metadata.credentials import read_credentials
from lastlook.dossier.pictures import Told, nobody, picture_at, pictures_in
from lastlook.dossier.raising.case import ReadsCredentials, with_metadata
from lastlook.dossier.sheets import read_sheets
from lastlook.errors import LastlookError, Place, Problem
from lastlook.facts.element import Element
from lastlook.reading.kinds import Problems
from lastlook.reading.yaml12 import MAX_BYTES, read_yaml

MANIFEST_NAME = "campaign.yaml"


def read_folder(
    folder: Path,
    *,
    stage: str | None = None,
    credentials_of: ReadsCredentials = read_credentials,
    told: Told = nobody,
    cache: Cache = NO_CACHE,
) -> Case:
    """The campaign in a folder. `stage` replaces the one the manifest states; `told` hears of each picture opened.

    `credentials_of` reads the Content Credentials of a file that carries some. What `cache` knows of a picture is
    believed, which is for a check alone to ask (see there).

    Raises LastlookError when the folder holds no campaign that could be read at all.
    """
    try:
        return _read(folder, stage, credentials_of, told, cache)
    except (OSError, RuntimeError) as error:  # no permission, a name too long, links in a circle
        what = f"It cannot be looked into: {getattr(error, 'strerror', None) or error}."
        remedy = "Check the path, its permissions and its links."
        raise LastlookError(what, remedy=remedy, where=Place(str(folder))) from error


def _read(folder: Path, stage: str | None, credentials_of: ReadsCredentials, told: Told, cache: Cache) -> Case:
    path = folder / MANIFEST_NAME
    if not folder.exists():
        raise LastlookError("There is no such folder.", remedy="Check the path.", where=Place(str(folder)))
    if not folder.is_dir():
        raise LastlookError(
            "This is a file.", remedy=f"Name the folder that holds {MANIFEST_NAME}.", where=Place(str(folder))
        )
    if not path.is_file():
        raise LastlookError(
            f"This folder is not a campaign: it has no {MANIFEST_NAME}.",
            remedy=f"Name a folder that holds {MANIFEST_NAME}; the README shows a small one.",
            where=Place(str(folder)),
        )
    problems = Problems()
    node = read_yaml(_bytes_of(path), file=MANIFEST_NAME, problems=problems)
    sheets = read_sheets(folder)
    sheets = msgspec.structs.replace(sheets, problems=(*problems, *sheets.problems))
    manifest = read_manifest(node, sheets=sheets, stage=stage)
    pictures, more = _pictures(folder, manifest, told, cache)
    case = msgspec.structs.replace(manifest.case, pictures=pictures, notes=sheets.notes)
    problems = Problems([*case.problems, *more])
    _say_same_pictures(case, problems)
    return with_metadata(msgspec.structs.replace(case, problems=tuple(problems)), folder, credentials_of)


def _say_same_pictures(case: Case, problems: Problems) -> None:
    """One picture under two ids cannot show two things."""
    first: dict[str, Element] = {}
    for asset in case.assets:
        sha256 = case.picture(asset.id).sha256
        other = first.setdefault(sha256, asset) if sha256 else asset
        if other is not asset and (lists := differing_lists(asset, other)):
            what = f"{asset.id} and {other.id} are the same picture, and are said to show different {', '.join(lists)}."
            problems.add(asset.source or Place(MANIFEST_NAME), what, "Say of both what the picture shows.")


def _bytes_of(path: Path) -> bytes:
    """The manifest's bytes: at most one more than the reader takes, so that a larger file is refused unread."""
    if not path.resolve().is_relative_to(path.parent.resolve()):
        raise LastlookError(
            "It is a link that leaves the folder.",
            remedy="Copy the file itself into the folder.",
            where=Place(MANIFEST_NAME),
        )
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise LastlookError(
            f"It cannot be read: {error.strerror}.", remedy="Check its permissions.", where=Place(MANIFEST_NAME)
        ) from error


def _pictures(folder: Path, manifest: Manifest, told: Told, cache: Cache) -> tuple[dict[str, Picture], list[Problem]]:
    pictures: dict[str, Picture] = {}
    problems: list[Problem] = []
    found = pictures_in(folder)
    named = frozenset(asset.file for asset in manifest.files)
    unnamed = tuple(file for file in found.pictures if file not in named)
    problems += found.problems
    for number, asset in enumerate(manifest.files, start=1):
        pictures[asset.id], problem = _picture(folder, asset, unnamed, cache)
        if problem is not None:
            problems.append(problem)
        told(number, len(manifest.files))
    for file in unnamed:
        remedy = "Add an asset with this file, or move it out of the folder."
        problems.append(Problem(Place(file), "This picture is in the folder and no asset names it.", remedy))
    return pictures, problems


def _picture(folder: Path, asset: AssetFile, unnamed: Iterable[str], cache: Cache) -> tuple[Picture, Problem | None]:
    if asset.planned:
        return Picture(planned=True), None
    try:
        return picture_at(folder, asset.file, where=asset.source, instead=unnamed, cache=cache), None
    except LastlookError as error:
        return Picture(file=asset.file), error.as_problem()
