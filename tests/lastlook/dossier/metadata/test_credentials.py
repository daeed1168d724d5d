"""Content Credentials: trusted, only valid, and invalid are three things, and none there proves nothing."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


@pytest.fixture(scope="module")
def signed() -> tuple[Callable[[str, str], bytes], str]:
    """A function that signs a picture of a format with a chain of our own; and the root of the chain."""
    c2pa: Any = pytest.importorskip("c2pa", reason="c2pa-python 0.38.1 is not installed (extra `vision`)")
    pytest.importorskip("cryptography", reason="cryptography, which signs here, is not installed")
    import io

    certificates, key, root = _chain()
    manifest = {
        "claim_generator_info": [{"name": "test", "version": "1"}],
        "assertions": [
            {
                "label": "c2pa.actions.v2",
                "data": {
                    "actions": [
                        {
                            "action": "c2pa.created",
                            "digitalSourceType": IPTC + "compositeWithTrainedAlgorithmicMedia",
                        }
                    ]
                },
            }
        ],
    }
    settings = {
        "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
        "builder": {"thumbnail": {"enabled": False}},
    }

    def sign(kind: str, media_type: str) -> bytes:
        information = c2pa.C2paSignerInfo(
            alg=c2pa.C2paSigningAlg.ES256, sign_cert=certificates.encode(), private_key=key.encode(), ta_url=None
        )
        out = io.BytesIO()
        with c2pa.Context.from_dict(settings) as context, c2pa.Builder(manifest, context) as builder:
            builder.sign(c2pa.Signer.from_info(information), media_type, io.BytesIO(a_picture(kind)), out)
        return out.getvalue()

    return sign, root


def _chain() -> tuple[str, str, str]:
    """Certificates (leaf first), the leaf's key, and the root; all PEM, good for a day."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    now = dt.datetime.now(dt.UTC)  # noqa: TID251 - the library that is tested asks for the time itself
    root_key, leaf_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())

    def name(common: str) -> x509.Name:
        return x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Maison Exemple"),
                x509.NameAttribute(NameOID.COMMON_NAME, common),
            ]
        )

    def certificate(common: str, key: ec.EllipticCurvePrivateKey, *, root: bool) -> x509.Certificate:
        usage = x509.KeyUsage(not root, False, False, False, False, root, root, False, False)
        builder = (
            x509.CertificateBuilder()
            .subject_name(name(common))
            .issuer_name(name("root"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(x509.BasicConstraints(root, None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        )
        if not root:
            extended = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
            builder = builder.add_extension(extended, critical=False)
        return builder.sign(root_key, hashes.SHA256())

    def pem(of: x509.Certificate) -> str:
        return of.public_bytes(serialization.Encoding.PEM).decode()

    root, leaf = certificate("root", root_key, root=True), certificate("leaf", leaf_key, root=False)
    key = leaf_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem(leaf) + pem(root), key.decode(), pem(root)


SIGNED = Credentials(
    "trusted", signer=Private("Maison Exemple"), actions=(Action("c2pa.created", "active", INPAINTED),)
)
Signed = tuple[Callable[[str, str], bytes], str]


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
def test_only_a_known_root_makes_a_manifest_trusted(kind: str, media_type: str, signed: Signed, tmp_path: Path) -> None:
    sign, root = signed
    path = tmp_path / f"signed.{media_type.removeprefix('image/')}"
    path.write_bytes(sign(kind, media_type))
    assert read_packets(path).credentials
    roots = tmp_path / "roots.pem"
    roots.write_text(root)
    assert read_credentials(path, roots=roots) == SIGNED
    assert read_credentials(path) == Credentials(
        "valid", SIGNED.signer, SIGNED.actions, failures=("signingCredential.untrusted",)
    )


def test_one_changed_byte_makes_it_invalid(signed: Signed, tmp_path: Path) -> None:
    sign, _ = signed
    picture = bytearray(sign("JPEG", "image/jpeg"))
    picture[-20] ^= 1
    path = tmp_path / "changed.jpg"
    path.write_bytes(picture)
    assert read_credentials(path) == Credentials(
        "invalid",
        SIGNED.signer,
        SIGNED.actions,
        failures=("signingCredential.untrusted", "assertion.dataHash.mismatch"),
    )


def test_a_picture_without_a_manifest_is_one_and_a_cut_one_cannot_be_read(signed: Signed, tmp_path: Path) -> None:
    sign, _ = signed
    path = tmp_path / "plain.jpg"
    path.write_bytes(a_picture())
    assert read_credentials(path) == Credentials("absent")
    picture = sign("JPEG", "image/jpeg")
    path.write_bytes(picture[: len(picture) // 2])
    assert read_credentials(path) == Credentials(
        "unreadable", unreadable=(Unreadable("They cannot be read.", "Content Credentials"),)
    )
