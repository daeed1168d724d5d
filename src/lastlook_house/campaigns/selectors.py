"""Campaigns as they were brought in: read again from the files that were kept, by the same reader as any folder."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lastlook.checking.case import Case
from lastlook.clearance.history import History, history_of
from lastlook.clearance.recorded import as_recorded
from lastlook.clearance.situation import Situation, situation_of
from lastlook.dossier.folder import read_folder
from lastlook.errors import LastlookError
from lastlook.packs import Library, read_library
from lastlook_house.campaigns.models import CampaignRow, VersionRow
from lastlook_house.opening import House
from lastlook_house.record.models import LogRow
from lastlook_house.record.selectors import disclosures_of, entries_of


def campaign_named(ident: str) -> CampaignRow:
    """The campaign of this id. Raises LastlookError where there is none."""
    row = CampaignRow.objects.filter(ident=ident).first()
    if row is None:
        known = ", ".join(CampaignRow.objects.order_by("ident").values_list("ident", flat=True)[:20]) or "none yet"
        raise LastlookError(f"This house has no campaign `{ident}`.", remedy=f"It has: {known}.")
    return row


def last_version(campaign: CampaignRow) -> VersionRow:
    version = campaign.versions.order_by("-number").first()
    if version is None:
        raise LastlookError(f"Nothing of {campaign.ident} was imported.", remedy="Run `lastlook import DIR`.")
    return version


def file_of(house: House, sha256: str) -> Path:
    """Where a file is kept, by its digest."""
    return house.files / sha256[:2] / sha256


@contextmanager
def laid_out(house: House, version: VersionRow) -> Iterator[Path]:
    """The folder of a version as it was, for as long as it is needed."""
    scratch = house.folder / "scratch"
    scratch.mkdir(exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=scratch) as name:
        folder = Path(name)
        for path, sha256 in version.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(file_of(house, sha256), target)
            except OSError:
                shutil.copyfile(file_of(house, sha256), target)
        yield folder


def case_of(house: House, version: VersionRow) -> Case:
    with laid_out(house, version) as folder:
        return read_folder(folder)


def library_of(house: House) -> Library:
    """The packs in use here: the bundled ones, and those in the house's own `packs/`."""
    return read_library(sorted(manifest.parent for manifest in (house.folder / "packs").glob("*/pack.yaml")))


def situation_of_case(house: House, campaign: CampaignRow, case: Case, history: History, on: dt.date) -> Situation:
    """A case of this campaign with its history, judged with what else the house shows on the same days."""
    others = [
        as_recorded(case_of(house, last_version(other)), history_now(other))
        for other in CampaignRow.objects.exclude(pk=campaign.pk).order_by("ident")
        if other.versions.exists()
    ]
    return situation_of(
        as_recorded(case, history),
        library_of(house),
        origin=house.origin,
        salt=bytes(campaign.salt),
        on=on,
        others=tuple(others),
    )


def situation_now(house: House, campaign: CampaignRow, history: History, on: dt.date) -> Situation:
    """What a clearance of this campaign is asked about, as it was last brought in."""
    return situation_of_case(house, campaign, case_of(house, last_version(campaign)), history, on)


def history_now(campaign: CampaignRow) -> History:
    """Everything the record holds of a campaign, every signature verified."""
    log = LogRow.objects.filter(campaign=campaign).first()
    return History() if log is None else history_of(entries_of(log), disclosures_of(log))


def stage_of(house: House, campaign: CampaignRow) -> str:
    """The stage a campaign is at, as it was last brought in."""
    return case_of(house, last_version(campaign)).stage
