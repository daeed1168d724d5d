"""From campaign folders to results: reads each, judges each, then all of them together. What fails is an error row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import msgspec

from lastlook.checking.case import Case
from lastlook.checking.concluding import conclude, conclude_together, unreadable
from lastlook.checking.result import Result, Results
from lastlook.dossier.cache import NO_CACHE, Cache
from lastlook.dossier.folder import read_folder
from lastlook.dossier.pictures import Told, nobody
from lastlook.dossier.signed import reads_credentials
from lastlook.errors import LastlookError, Place, Problem
from lastlook.packs import Library
from lastlook.rules.rule import PROFILES, Profile


class Checked(msgspec.Struct, frozen=True):
    """The results of some folders, and the case behind each: None where a folder holds no campaign."""

    results: Results
    cases: tuple[Case | None, ...]

    def with_errors(self, number: int, problems: Sequence[Problem]) -> Checked:
        """The same with what else could not be read of the campaign at this place, from 0."""
        results = list(self.results.results)
        results[number] = msgspec.structs.replace(results[number], errors=(*results[number].errors, *problems))
        return Checked(msgspec.structs.replace(self.results, results=tuple(results)), self.cases)


def check_folders(
    folders: Sequence[Path], library: Library, *, on: dt.date, stage: str | None = None, profile: Profile = PROFILES[0]
) -> Results:
    """The results alone of `look_at_folders`."""
    return look_at_folders(folders, library, on=on, stage=stage, profile=profile).results


def look_at_folders(
    folders: Sequence[Path],
    library: Library,
    *,
    on: dt.date,
    stage: str | None = None,
    profile: Profile = PROFILES[0],
    roots: Path | None = None,
    told: Told = nobody,
    cache: Cache = NO_CACHE,
) -> Checked:
    """The results of these folders in their order, and what the campaigns in them show together.

    A folder that holds no campaign, or a pack that could not be read, is an error of the result; the rest is judged.
    `roots`: certificates (PEM) by which Content Credentials are trusted; `told` hears of each picture opened; what
    `cache` knows of a picture is believed.
    """
    credentials_of = reads_credentials(roots, cache, on)
    results: list[Result] = []
    cases: list[Case | None] = []
    for folder in folders:
        try:
            case = read_folder(folder, stage=stage, credentials_of=credentials_of, told=told, cache=cache)
        except LastlookError as error:
            cases.append(None)
            results.append(unreadable(folder.name or str(folder), error.as_problem(), library, on=on))
            continue
        if any(case.campaign.id == earlier.campaign.id for earlier in cases if earlier is not None):
            case = _with_problem(case, f"Another of these folders holds a campaign `{case.campaign.id}`.")
        cases.append(case)
        results.append(conclude(case, library, on=on, profile=profile))
    read = [case for case in cases if case is not None]
    together = conclude_together(read, library, profile=profile)
    return Checked(Results(tuple(results), together, library.problems), tuple(cases))


def _with_problem(case: Case, what: str) -> Case:
    problem = Problem(case.campaign.source or Place(""), what, "Give each campaign an id of its own.")
    return msgspec.structs.replace(case, problems=(*case.problems, problem))
