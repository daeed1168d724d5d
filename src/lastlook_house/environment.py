"""The environment, read in one place by typed readers. What cannot be read stops the start; nothing is guessed.

LASTLOOK_HOUSE          the folder of the house, where `--house` names none
LASTLOOK_DATABASE       an address such as `postgresql://user:password@host:5432/name`; without it, SQLite in the folder
LASTLOOK_DATABASE_FILE  a file that holds that address, so that no password stands in the environment
LASTLOOK_NOW            the time to act at, such as 2026-11-24T12:00:00+00:00, for records that are made again
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from lastlook.errors import LastlookError

HOUSE = "LASTLOOK_HOUSE"
DATABASE = "LASTLOOK_DATABASE"
NOW = "LASTLOOK_NOW"

Database = dict[str, object]  # as Django has it


def house_folder(env: Mapping[str, str], option: Path | None) -> Path:
    """Which folder the house is in."""
    stated = option or (Path(env[HOUSE]) if env.get(HOUSE) else None)
    if stated is None:
        raise LastlookError("No house is named.", remedy=f"Pass --house DIR, or set {HOUSE}.")
    return stated.expanduser().absolute()


def stated_time(env: Mapping[str, str]) -> dt.datetime | None:
    """The time that is stated, in UTC; None where the clock is to be asked."""
    stated = env.get(NOW)
    if not stated:
        return None
    try:
        found = dt.datetime.fromisoformat(stated)
    except ValueError as error:
        raise LastlookError(f"{NOW} is {stated!r}.", remedy="Write 2026-11-24T12:00:00+00:00.") from error
    if found.tzinfo is None:
        raise LastlookError(f"{NOW} has no time zone.", remedy="Write 2026-11-24T12:00:00+00:00.")
    return found.astimezone(dt.UTC)


def database_address(env: Mapping[str, str]) -> str | None:
    """The address of a PostgreSQL database, or None for SQLite."""
    direct, file = env.get(DATABASE, ""), env.get(f"{DATABASE}_FILE", "")
    if direct and file:
        raise LastlookError(f"{DATABASE} and {DATABASE}_FILE are both set.", remedy="Unset one of them.")
    if not file:
        return direct or None
    try:
        return Path(file).read_text().strip() or None
    except OSError as error:
        raise LastlookError(
            f"{DATABASE}_FILE names {file}, which cannot be read: {error.strerror}.", remedy="Check the path."
        ) from error


def database_of(env: Mapping[str, str], folder: Path) -> Database:
    """The database as Django wants it said."""
    address = database_address(env)
    return sqlite(folder / "house.sqlite3") if address is None else postgresql(address)


def sqlite(file: Path) -> Database:
    """Embedded: one file beside its write-ahead log. FULL, because an entry that was acknowledged may not be lost."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 120,  # seconds that a writer waits for another
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            " PRAGMA journal_size_limit=0; PRAGMA foreign_keys=ON;",
        },
    }


def postgresql(address: str) -> Database:
    """From `postgresql://user:password@host:port/name?option=value`."""
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        remedy = f"Write {DATABASE} as postgresql://user@host:5432/name."
        raise LastlookError("The address of the database is none of PostgreSQL.", remedy=remedy)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),  # a socket's folder may be given as ?host=
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
