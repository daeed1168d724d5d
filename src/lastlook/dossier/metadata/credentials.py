"""Content Credentials (C2PA 2.2): who signed, whether that can be trusted, what was done, from what it was made.

A manifest that is absent proves nothing: most services strip it. A trusted one was signed by somebody who is known; a
valid one shows that the bytes are those that were signed, not by whom. The manifests are taken out of the file by
`manifest_store`, in a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import msgspec

from lastlook.dossier.metadata import manifest_store
from lastlook.dossier.metadata.plus import DIGITAL_SOURCES, digital_source_term
from lastlook.dossier.metadata.source import MAX_PACKET_BYTES, Notes, Unreadable
from lastlook.dossier.metadata.values import DigitalSource, Private

MAX_LISTED = 1_000  # actions, and ingredients
GENERATIVE = ("generative", "generative_part")
TIMEOUT_SECONDS: float = 60
NOT_INSTALLED = "They were not looked at: install lastlook[vision]."

State = Literal["not_looked_at", "absent", "unreadable", "invalid", "valid", "trusted"]
_STATES: dict[object, State] = {"Trusted": "trusted", "Valid": "valid", "Invalid": "invalid"}


class Action(msgspec.Struct, frozen=True):
    """One thing that was done, such as `c2pa.placed`. `manifest`: the active one, or that of an ingredient."""

    action: str
    manifest: Literal["active", "ingredient"]
    digital_source: DigitalSource | None = None


class Ingredient(msgspec.Struct, frozen=True):
    """Something the picture was made from. `relationship`: parentOf, componentOf or inputTo."""

    relationship: str
    title: Private | None = None  # mostly a file name, and those name people
    media_type: str | None = None


class Credentials(msgspec.Struct, frozen=True):
    """What the manifests of one file say. `failures`: codes of the checks that the active manifest did not pass."""

    state: State
    signer: Private | None = None
    actions: tuple[Action, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()
    failures: tuple[str, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()

    @property
    def generative(self) -> tuple[Action, ...]:
        """The actions by which something generative came into the picture."""
        return tuple(
            action for action in self.actions if action.digital_source and action.digital_source.kind in GENERATIVE
        )


def read_credentials(picture: Path, *, roots: Path | None = None) -> Credentials:
    """The Content Credentials of a picture file; `not_looked_at` where c2pa-python is not installed.

    roots: a file of certificates in PEM, one behind the other. Without it nothing is trusted.
    """
    if find_spec("c2pa") is None:
        return Credentials("not_looked_at", unreadable=(Unreadable(NOT_INSTALLED, "Content Credentials"),))
    command = [sys.executable, "-P", "-m", manifest_store.__name__, *([str(roots)] if roots else [])]
    try:
        with picture.open("rb") as stream, tempfile.TemporaryFile() as out:
            code = subprocess.run(  # noqa: S603 - our own interpreter, our own module
                command, stdin=stream, stdout=out, stderr=subprocess.DEVNULL, timeout=TIMEOUT_SECONDS, check=False
            ).returncode
            out.seek(0)
            store = out.read(MAX_PACKET_BYTES + 1)
    except (OSError, subprocess.TimeoutExpired):
        return _unreadable("They cannot be read.")
    if code == manifest_store.NONE_THERE:
        return Credentials("absent")
    return credentials_of(store) if code == manifest_store.READ else _unreadable("They cannot be read.")


def credentials_of(store: str | bytes) -> Credentials:
    """What a manifest store says, given as the JSON that c2pa makes of it."""
    if len(store) > MAX_PACKET_BYTES:
        return _unreadable("They are too large.")
    try:
        said = json.loads(store)
    except (ValueError, RecursionError):
        return _unreadable("They are no JSON.")
    manifests = _mapping(_mapping(said).get("manifests"))
    label = _mapping(said).get("active_manifest")
    active = _mapping(manifests.get(label)) if isinstance(label, str) else {}
    if not active:
        return _unreadable("They have no active manifest.")
    notes = Notes()
    actions = list(_actions(active, "active", notes))
    for other in manifests:
        if other != label:
            actions.extend(_actions(_mapping(manifests[other]), "ingredient", notes))
    ingredients = list(_ingredients(active))
    if max(len(actions), len(ingredients)) > MAX_LISTED:
        notes.add(f"They list more than {MAX_LISTED:,} things; the rest is left out.", "Content Credentials")
    signature = _mapping(active.get("signature_info"))
    return Credentials(
        state=_STATES.get(_word(_mapping(said), "validation_state"), "invalid"),
        signer=_private(signature, "issuer"),
        actions=tuple(actions[:MAX_LISTED]),
        ingredients=tuple(ingredients[:MAX_LISTED]),
        failures=tuple(_failures(_mapping(said))),
        unreadable=tuple(notes),
    )


def _unreadable(what: str) -> Credentials:
    return Credentials("unreadable", unreadable=(Unreadable(what, "Content Credentials"),))


def _actions(manifest: dict[str, Any], which: Literal["active", "ingredient"], notes: Notes) -> Iterator[Action]:
    for assertion in _listed(manifest, "assertions"):
        if not (_word(assertion, "label") or "").startswith("c2pa.actions"):
            continue
        for action in _listed(_mapping(assertion.get("data")), "actions"):
            written = _word(action, "digitalSourceType")
            term = digital_source_term(written) if written else None
            if written and term is None:
                notes.add("It is no digital source type that is known.", "Content Credentials, an action")
            source = DigitalSource(term, DIGITAL_SOURCES[term]) if term else None
            yield Action(_word(action, "action") or "unknown", which, source)


def _ingredients(manifest: dict[str, Any]) -> Iterator[Ingredient]:
    for ingredient in _listed(manifest, "ingredients"):
        yield Ingredient(
            _word(ingredient, "relationship") or "unknown",
            _private(ingredient, "title"),
            _word(ingredient, "format"),
        )


def _failures(store: dict[str, Any]) -> Iterator[str]:
    results = _mapping(_mapping(store.get("validation_results")).get("activeManifest"))
    for failure in _listed(results, "failure"):
        yield _word(failure, "code") or "unknown"


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _listed(mapping: dict[str, Any], key: str) -> Iterator[dict[str, Any]]:
    members = mapping.get(key)
    yield from (_mapping(member) for member in (members if isinstance(members, list) else []))


def _word(mapping: dict[str, Any], key: str) -> str | None:
    value = mapping.get(key)
    return value if isinstance(value, str) and value else None


def _private(mapping: dict[str, Any], key: str) -> Private | None:
    word = _word(mapping, key)
    return None if word is None else Private(word)
