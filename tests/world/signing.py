"""Pictures with Content Credentials, signed here with a chain of our own."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache
from typing import Any

import pytest

from tests.lastlook.dossier.metadata.made import a_picture

IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
INPAINTED = "compositeWithTrainedAlgorithmicMedia"


def a_signed_picture(kind: str = "JPEG", media_type: str = "image/jpeg", *, term: str = INPAINTED) -> bytes:
    """A picture of a format whose credentials say that it was created so (a digital source type)."""
    c2pa: Any = pytest.importorskip("c2pa", reason="c2pa-python 0.38.1 is not installed (extra `vision`)")
    certificates, key, _ = a_chain()
    action = {"action": "c2pa.created", "digitalSourceType": IPTC + term}
    manifest = {
        "claim_generator_info": [{"name": "test", "version": "1"}],
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [action]}}],
    }
    settings = {
        "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
        "builder": {"thumbnail": {"enabled": False}},
    }
    information = c2pa.C2paSignerInfo(
        alg=c2pa.C2paSigningAlg.ES256, sign_cert=certificates.encode(), private_key=key.encode(), ta_url=None
    )
    out = io.BytesIO()
    with c2pa.Context.from_dict(settings) as context, c2pa.Builder(manifest, context) as builder:
        builder.sign(c2pa.Signer.from_info(information), media_type, io.BytesIO(a_picture(kind)), out)
    return out.getvalue()


def the_root() -> str:
    """The certificate (PEM) of whoever vouches for the signer."""
    return a_chain()[2]


@cache
def a_chain() -> tuple[str, str, str]:
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
