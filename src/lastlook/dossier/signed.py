"""Content Credentials of picture files, each read once a day: what is trusted today may have run out tomorrow."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from lastlook.digests import sha256_of_file
from lastlook.dossier.cache import Cache, Signed
from lastlook.dossier.metadata.credentials import Credentials, read_credentials
from lastlook.dossier.raising.case import ReadsCredentials

KEPT_STATES = ("trusted", "valid", "invalid")


def reads_credentials(roots: Path | None, cache: Cache, on: dt.date) -> ReadsCredentials:
    """A reader that looks into the cache first.

    roots: certificates (PEM) by which signatures are trusted; on: the day of the check
    """
    by = f"{on} {sha256_of_file(roots) if roots else ''}"

    def read(path: Path) -> Credentials:
        entry = cache.entry(path.resolve())
        known = entry.known
        if known is not None and known.signed is not None and known.signed.by == by:
            return known.signed.credentials
        credentials = _without_titles(read_credentials(path, roots=roots))
        if known is not None and credentials.state in KEPT_STATES:
            entry.keep(msgspec.structs.replace(known, signed=Signed(by, credentials)))
        return credentials

    return read


def _without_titles(credentials: Credentials) -> Credentials:
    """Titles of ingredients are mostly file names, those often name people, and nobody needs them here."""
    ingredients = tuple(msgspec.structs.replace(each, title=None) for each in credentials.ingredients)
    return msgspec.structs.replace(credentials, ingredients=ingredients)
