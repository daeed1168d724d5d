"""From campaign folders to answers: reads each, judges each, then all of them together. What fails is an error row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from lastlook.checking.answer import Answer, Answers
from lastlook.checking.answering import answer, together, unreadable
from lastlook.checking.case import Case
from lastlook.dossier.folder import read_folder
from lastlook.errors import LastlookError
from lastlook.packs import Library
from lastlook.rules.rule import PROFILES, Profile


def check_folders(
    folders: Sequence[Path], library: Library, *, on: dt.date, stage: str | None = None, profile: Profile = PROFILES[0]
) -> Answers:
    """The answers to these folders in their order, and what the campaigns in them show together.

    A folder that holds no campaign, or a pack that could not be read, is an error of the answer; the rest is judged.
    """
    answers: list[Answer] = []
    cases: list[Case] = []
    for folder in folders:
        try:
            case = read_folder(folder, stage=stage)
        except LastlookError as error:
            answers.append(unreadable(folder.name or str(folder), error.as_problem(), library, on=on))
            continue
        cases.append(case)
        answers.append(answer(case, library, on=on, profile=profile))
    return Answers(tuple(answers), together(cases, library, profile=profile), library.problems)
