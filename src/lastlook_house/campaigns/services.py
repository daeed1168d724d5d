"""Bringing a campaign in: its files are kept by their digests, and the record says what it was judged to be."""

from __future__ import annotations

import datetime as dt
import os
import secrets
from pathlib import Path

import msgspec
from django.db import transaction

from lastlook.checking.case import Case
from lastlook.clearance.acts import HOUSE, Judged
from lastlook.clearance.second_thoughts import judged_acts
from lastlook.clearance.situation import Situation
from lastlook.digests import sha256_of_file, sha256_of_value
from lastlook.dossier.folder import read_folder
from lastlook.errors import LastlookError
from lastlook_house.campaigns.models import CampaignRow, VersionRow
from lastlook_house.campaigns.selectors import file_of, history_now, situation_of_case
from lastlook_house.opening import House
from lastlook_house.record.acting import Drafting, Place, record
from lastlook_house.record.services import open_log

SHEETS = (".csv", ".xlsx")


class Imported(msgspec.Struct, frozen=True):
    """What an import did. `is_new`: False where exactly this version was there already."""

    campaign: str
    version: int
    is_new: bool
    pictures: int


def import_folder(house: House, folder: Path, *, by: str, now: dt.datetime) -> Imported:
    """Bring a campaign folder in. The same folder a second time changes nothing; a changed one is a new version.

    The record gets one judgement of it, so that what was once engaged stays known. `by`: whose handle changed it.
    """
    case = read_folder(folder)
    _refuse_unreadable(case)
    files = _files(folder, case)
    digest = sha256_of_value(dict(files))
    with transaction.atomic():
        campaign, _ = CampaignRow.objects.get_or_create(
            ident=case.campaign.id, defaults={"salt": secrets.token_bytes(32)}
        )
        CampaignRow.objects.select_for_update().get(pk=campaign.pk)
        last = campaign.versions.order_by("-number").first()
        if last is not None and last.digest == digest:
            return Imported(campaign.ident, last.number, is_new=False, pictures=len(case.assets))
        _refuse_unnamed(campaign, by)
        for path, sha256 in files.items():
            _keep(house, folder / path, sha256)
        number = 1 if last is None else last.number + 1
        VersionRow.objects.create(campaign=campaign, number=number, files=files, digest=digest, at=now)
        open_log(house, campaign)
        situation = situation_of_case(house, campaign, case, history_now(campaign), now.date())
        record_judgement(Place(house, campaign, case.stage, now), situation, by)
    return Imported(campaign.ident, number, is_new=True, pictures=len(case.assets))


def record_judgement(place: Place, situation: Situation, by: str = HOUSE) -> None:
    """Write down what a campaign was judged to be, as it now stands."""
    drafts = [
        Drafting(place, by).draft(Judged, state=situation.state, number=number, of=of, engaged=engaged)
        for number, of, engaged in judged_acts(situation)
    ]
    record(place, *drafts)


def _refuse_unnamed(campaign: CampaignRow, by: str) -> None:
    """Once people are registered, whoever changes a campaign is named: they may not clear what they changed."""
    handles = campaign.handles.values_list("handle", flat=True)
    if not handles or by in handles:
        return
    if by == HOUSE:
        raise LastlookError(f"Who changed {campaign.ident}?", remedy="Pass --as with the handle of whoever did.")
    raise LastlookError(f"Nobody here is called `{by}`.", remedy=f"Known are: {', '.join(sorted(handles))}.")


def _refuse_unreadable(case: Case) -> None:
    if case.problems:
        first = case.problems[0]
        more = f" ({len(case.problems) - 1} more)" if len(case.problems) > 1 else ""
        raise LastlookError(f"{first.what}{more}", where=first.where, remedy=first.remedy)


def _files(folder: Path, case: Case) -> dict[str, str]:
    """What makes a version: the manifest, the sheets, and the pictures they name. Never what is in `private/`."""
    found = {"campaign.yaml": sha256_of_file(folder / "campaign.yaml")}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in SHEETS and path.is_file() and not path.is_symlink():
            found[path.name] = sha256_of_file(path)
    for asset in case.assets:
        picture = case.picture(asset.id)
        if picture.sha256:
            found[picture.file] = picture.sha256
    return found


def _keep(house: House, path: Path, sha256: str) -> None:
    """Put a file under its digest, whole or not at all."""
    kept = file_of(house, sha256)
    if kept.exists():
        return
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = kept.with_name(f"{kept.name}.{secrets.token_hex(4)}")
    try:
        with partial.open("xb") as stream:
            stream.write(path.read_bytes())
            stream.flush()
            os.fsync(stream.fileno())
        if sha256_of_file(partial) != sha256:
            raise LastlookError(f"{path} changed while it was read.", remedy="Import the folder again.")
        partial.replace(kept)
    finally:
        partial.unlink(missing_ok=True)
