"""Content Credentials: trusted, only valid, and invalid are three things, and none there proves nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from lastlook.dossier.metadata.containers import read_packets
from lastlook.dossier.metadata.credentials import (
    NOT_INSTALLED,
    Action,
    Credentials,
    Ingredient,
    credentials_of,
    read_credentials,
)
from lastlook.dossier.metadata.source import Unreadable
from lastlook.dossier.metadata.values import DigitalSource, Private
from tests.lastlook.dossier.metadata.made import a_picture
from tests.world.signing import a_signed_picture, the_root

IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
INPAINTED = DigitalSource("compositeWithTrainedAlgorithmicMedia", "generative_part")


def store(*, state: str = "Trusted", **more: object) -> str:
    active: dict[str, object] = {
        "signature_info": {"issuer": "Maison Exemple", "common_name": "leaf"},
        "ingredients": [{"title": "muster.jpg", "format": "image/jpeg", "relationship": "parentOf"}],
        "assertions": [
            {"label": "c2pa.hash.data", "data": {"actions": [{"action": "c2pa.no"}]}},
            {
                "label": "c2pa.actions.v2",
                "data": {
                    "actions": [
                        {"action": "c2pa.edited", "digitalSourceType": IPTC + "compositeWithTrainedAlgorithmicMedia"},
                        {"action": "c2pa.cropped"},
                    ]
                },
            },
        ],
    }
    return json.dumps(
        {"active_manifest": "a", "manifests": {"a": active | more}, "validation_state": state, "validation_results": {}}
    )


def test_a_store_says_who_signed_what_was_done_and_from_what() -> None:
    found = credentials_of(store())
    assert found == Credentials(
        "trusted",
        signer=Private("Maison Exemple"),
        actions=(Action("c2pa.edited", "active", INPAINTED), Action("c2pa.cropped", "active")),
        ingredients=(Ingredient("parentOf", Private("muster.jpg"), "image/jpeg"),),
    )
    assert found.generative == (Action("c2pa.edited", "active", INPAINTED),)
    assert "muster" not in repr(found)


def test_what_was_done_to_an_ingredient_is_told_apart() -> None:
    said = json.loads(store())
    said["manifests"]["b"] = {
        "assertions": [
            {
                "label": "c2pa.actions",
                "data": {
                    "actions": [{"action": "c2pa.created", "digitalSourceType": IPTC + "trainedAlgorithmicMedia"}]
                },
            }
        ]
    }
    made = Action("c2pa.created", "ingredient", DigitalSource("trainedAlgorithmicMedia", "generative"))
    assert credentials_of(json.dumps(said)).actions[-1] == made


def test_a_state_that_is_not_known_is_invalid() -> None:
    assert credentials_of(store(state="Marvellous")).state == "invalid"


def test_a_source_type_that_is_not_known_is_noted() -> None:
    odd = {"label": "c2pa.actions", "data": {"actions": [{"action": "c2pa.created", "digitalSourceType": "magic"}]}}
    found = credentials_of(store(assertions=[odd]))
    assert found.actions == (Action("c2pa.created", "active"),)
    assert found.unreadable == (
        Unreadable("It is no digital source type that is known.", "Content Credentials, an action"),
    )


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", '{"active_manifest": "a"}', "[" * 100_000])
def test_what_is_no_store_is_unreadable(text: str) -> None:
    assert credentials_of(text).state == "unreadable"


def test_without_the_library_nothing_was_looked_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "c2pa", None)
    assert read_credentials(tmp_path / "any.jpg") == Credentials(
        "not_looked_at", unreadable=(Unreadable(NOT_INSTALLED, "Content Credentials"),)
    )


# With the library: files that it signed.


SIGNED = Credentials(
    "trusted", signer=Private("Maison Exemple"), actions=(Action("c2pa.created", "active", INPAINTED),)
)


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("WEBP", "image/webp"),
        ("TIFF", "image/tiff"),
        ("AVIF", "image/avif"),
        ("GIF", "image/gif"),
    ],
)
def test_only_a_known_root_makes_a_manifest_trusted(kind: str, media_type: str, tmp_path: Path) -> None:
    path = tmp_path / f"signed.{media_type.removeprefix('image/')}"
    path.write_bytes(a_signed_picture(kind, media_type))
    assert read_packets(path).credentials
    roots = tmp_path / "roots.pem"
    roots.write_text(the_root())
    assert read_credentials(path, roots=roots) == SIGNED
    assert read_credentials(path) == Credentials(
        "valid", SIGNED.signer, SIGNED.actions, failures=("signingCredential.untrusted",)
    )


def test_one_changed_byte_makes_it_invalid(tmp_path: Path) -> None:
    picture = bytearray(a_signed_picture())
    picture[-20] ^= 1
    path = tmp_path / "changed.jpg"
    path.write_bytes(picture)
    assert read_credentials(path) == Credentials(
        "invalid",
        SIGNED.signer,
        SIGNED.actions,
        failures=("signingCredential.untrusted", "assertion.dataHash.mismatch"),
    )


def test_a_picture_without_a_manifest_is_one_and_a_cut_one_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "plain.jpg"
    path.write_bytes(a_picture())
    assert read_credentials(path) == Credentials("absent")
    picture = a_signed_picture()
    path.write_bytes(picture[: len(picture) // 2])
    assert read_credentials(path) == Credentials(
        "unreadable", unreadable=(Unreadable("They cannot be read.", "Content Credentials"),)
    )
