"""The bundled packs in one file that is read quickly: everything but their examples (decision 0016).

`compact.json` is made from the YAML by `make docs` and holds the digest of the files it was made from. Where that
differs from the files that are there, it is not believed and the YAML is read. Packs named with `--pack` have no
compact form.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from lastlook.packs.pack import Pack
from lastlook.rules.derived import Derived, DerivedFacts
from lastlook.rules.rule import Rule

FILE = "compact.json"


class CompactPack(msgspec.Struct, frozen=True):
    """A pack as its file has it. `own`: the derived facts that it alone has."""

    id: str
    title: str
    version: str
    territories: frozenset[str] | None
    digest: str
    own: tuple[Derived, ...]
    covers_from: dt.date | None
    without: dict[str, str]
    rules: tuple[Rule, ...]


class Compact(msgspec.Struct, frozen=True):
    """All of them. `sources`: SHA-256 over the files they were made from; `shared`: the derived facts of all packs."""

    sources: str
    shared: tuple[Derived, ...]
    packs: tuple[CompactPack, ...]


def digest_of_sources(here: Path, folders: Iterable[Path]) -> str:
    """SHA-256 over the names and bytes of the YAML files of some pack folders, and of what they share in `here`."""
    digest = hashlib.sha256()
    for folder in (here, *folders):
        files = folder.glob("*.yaml") if folder == here else folder.rglob("*.yaml")
        for path in sorted(files):
            content = path.read_bytes()
            name = path.relative_to(here) if path.is_relative_to(here) else path
            digest.update(f"{name.as_posix()} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def written(packs: Iterable[Pack], shared: DerivedFacts, sources: str) -> str:
    """The file's text, one rule a line, so that a change can be read as one."""
    head = [f'"sources": {_json(sources)}', f'"shared": {_json(tuple(shared.values()))}']
    each = ",\n".join(_pack(pack, shared) for pack in packs)
    return "{" + ",\n".join(head) + ',\n"packs": [\n' + each + "\n]}\n"


def _pack(pack: Pack, shared: DerivedFacts) -> str:
    rules = [msgspec.structs.replace(rule, flags=(), passes=(), cannot_tell=()) for rule in pack.rules]
    own = tuple(fact for key, fact in pack.derived.items() if key not in shared)
    compact = CompactPack(
        pack.id, pack.title, pack.version, pack.territories, pack.digest, own, pack.covers_from, pack.without, ()
    )
    head = _json(compact).removesuffix('"rules":[]}')
    return head + '"rules":[\n' + ",\n".join(_json(rule) for rule in rules) + "\n]}"


def _json(value: object) -> str:
    return msgspec.json.encode(value, order="deterministic").decode()


def read_compact(file: Path, sources: str) -> tuple[tuple[Pack, ...], DerivedFacts] | None:
    """The packs and their shared derived facts; None where the file is missing, broken or made from other sources."""
    try:
        compact = msgspec.json.decode(file.read_bytes(), type=Compact)
    except (OSError, msgspec.MsgspecError):
        return None
    if compact.sources != sources:
        return None
    shared = _by_name(compact.shared)
    return tuple(_whole(pack, shared) for pack in compact.packs), shared


def _whole(pack: CompactPack, shared: DerivedFacts) -> Pack:
    return Pack(
        pack.id, pack.title, pack.version, pack.territories, pack.rules, pack.digest,
        derived={**shared, **_by_name(pack.own)}, covers_from=pack.covers_from, without=pack.without,
    )  # fmt: skip


def _by_name(facts: Iterable[Derived]) -> dict[tuple[str, str], Derived]:
    return {(fact.noun, fact.name): fact for fact in facts}
