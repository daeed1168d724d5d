"""Founding a house and opening it in this process: its folder, its key, its database.

house.json         {"lastlook_house": 1, "origin": "house.example/record"}
keys/log.key       the seed that signs the record, 64 hex digits; for the owner's eyes alone
trust.yaml         what outsiders need to believe this house's record
house.sqlite3      the embedded database, where no other is named
files/ab/abcd…     everything imported, by SHA-256
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import django
import msgspec
from django.conf import settings

from lastlook.errors import LastlookError, Place
from lastlook.evidence.notes import ED25519, NoteKey, is_name
from lastlook.evidence.signing import new_seed, public_key
from lastlook_house.environment import Database, database_of

VERSION = 1
ABOUT, KEY, TRUST = "house.json", "keys/log.key", "trust.yaml"
APPS = ("accounts", "campaigns", "record", "publishing")


class House(msgspec.Struct, frozen=True):
    """An open house. `seed`: 32 bytes that sign its record under the name `origin`."""

    folder: Path
    origin: str
    seed: bytes

    @property
    def key(self) -> NoteKey:
        """What outsiders put into their trust file."""
        return NoteKey(self.origin, public_key(self.seed), ED25519)

    @property
    def files(self) -> Path:
        return self.folder / "files"


def found_house(folder: Path, origin: str, env: Mapping[str, str]) -> House:
    """A new house in a new or empty folder. Raises LastlookError where there is something already."""
    if not is_name(origin):
        raise LastlookError(
            f"`{origin}` cannot be the name of a record.",
            remedy="Use a name without spaces and `+`: house.example/record.",
        )
    if folder.exists() and any(folder.iterdir()):
        raise LastlookError(f"{folder} is not empty.", remedy="Name a new folder for the house.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / "keys").mkdir(mode=0o700)
    _write_once(folder / KEY, new_seed().hex() + "\n")
    use_database(database_of(env, folder))
    _migrate()
    _write_once(folder / ABOUT, json.dumps({"lastlook_house": VERSION, "origin": origin}, indent=1) + "\n")
    house = open_house(folder, env)
    _write_once(folder / TRUST, f"lastlook_trust: 1\norigin: {house.origin}\nkeys: [{house.key.vkey}]\n")
    return house


def open_house(folder: Path, env: Mapping[str, str]) -> House:
    """The house in this folder, its database ready for this process. Raises LastlookError where there is none."""
    origin = _about(folder)
    try:
        seed = bytes.fromhex((folder / KEY).read_text().strip())
    except (OSError, ValueError) as error:
        where = Place(str(folder / KEY))
        raise LastlookError(
            "The house's key cannot be read.", where=where, remedy="Put it back from a backup."
        ) from error
    use_database(database_of(env, folder))
    _check_migrated()
    return House(folder, origin, seed)


def upgrade_house(folder: Path, env: Mapping[str, str]) -> None:
    """Bring a house's database up to this version."""
    _about(folder)
    use_database(database_of(env, folder))
    _migrate()


def _about(folder: Path) -> str:
    where = Place(str(folder / ABOUT))
    try:
        about = json.loads((folder / ABOUT).read_text())
    except FileNotFoundError as error:
        raise LastlookError(f"There is no house in {folder}.", remedy="Found one with `lastlook init`.") from error
    except (OSError, ValueError) as error:
        raise LastlookError("It cannot be read.", where=where, remedy="Put it back from a backup.") from error
    if not isinstance(about, dict) or about.get("lastlook_house") != VERSION or not is_name(str(about.get("origin"))):
        remedy = f"Open it with a version of Lastlook that knows houses of version {about!r}."
        raise LastlookError("It describes no house that this version knows.", where=where, remedy=remedy)
    return str(about["origin"])


def use_database(database: Database) -> None:
    """Point this process at a database; a process that had another one lets go of it first."""
    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=[f"lastlook_house.{app}" for app in APPS],
            DATABASES={"default": database},
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            USE_TZ=True,
            TIME_ZONE="UTC",
        )
        django.setup()
        return
    from django.db import connections

    known = connections["default"].settings_dict
    if any(known.get(key) != value for key, value in database.items()):
        connections["default"].close()
        del connections["default"]
        connections.settings = connections.configure_settings({"default": database})


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _check_migrated() -> None:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise LastlookError(
            f"The database cannot be opened: {error}.", remedy="Is it running, and is it this one?"
        ) from error
    if waiting:
        raise LastlookError("The database is of an earlier version.", remedy="Run `lastlook init --upgrade`.")


def _write_once(path: Path, text: str) -> None:
    """A file for the owner alone, whole or not at all."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
