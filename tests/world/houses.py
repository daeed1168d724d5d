"""Seven people who make, look, answer and sign, each at a command line of their own."""

from __future__ import annotations

import contextlib
import hashlib
import io
from pathlib import Path

from PIL import Image

from lastlook.campaigns.vocabulary import DOCUMENTS
from lastlook.cli.main import main
from lastlook.evidence.signing import public_key
from lastlook.evidence.ssh_keys import ed25519_key, private_key_text

EXAMPLE = Path(__file__).parents[2] / "examples" / "holiday-window"
CAMPAIGN = "holiday-window"
MAKERS = {
    "p1": ("casting", "combination"),
    "p2": ("product",),
    "p3": ("photography", "retouching"),
    "p4": ("props", "location"),
    "p5": ("copy", "media_plan", "publication"),
}
OUTSIDE = {"p6": ("safeguarding", "media"), "p7": ("second_line", "legal", "marketer", "regulatory")}
WORDS = "Gifts for everyone"


def name_of(handle: str) -> str:
    """A name that shares nothing with another's."""
    return hashlib.sha256(handle.encode()).hexdigest()[:24]


class Team:
    """Seven people at a command line, each with a key of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.house, self.campaign = folder / "house", folder / CAMPAIGN
        for handle in (*MAKERS, *OUTSIDE):
            key = folder / handle
            key.write_text(private_key_text(hashlib.sha256(handle.encode()).digest(), comment=f"{handle} at work"))
            key.chmod(0o600)
            public = ed25519_key(public_key(hashlib.sha256(handle.encode()).digest()))
            (folder / f"{handle}.pub").write_text(f"{public.line} {handle} at work\n")

    def __call__(self, *arguments: object, code: int | None = 0) -> str:
        told = io.StringIO()
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
            got = main([str(each) for each in arguments])
        assert code is None or got == code, told.getvalue()
        return told.getvalue()

    def signs(self, handle: str, *arguments: object) -> str:
        return self(*arguments, "--key", self.folder / handle, "--yes")

    def found(self) -> None:
        self("init", "--origin", "house.example/record")
        self("import", self.campaign)
        for handle in (*MAKERS, *OUTSIDE):
            self("person", CAMPAIGN, handle, "--name", name_of(handle), "--key", self.folder / handle)
        for handle, roles in OUTSIDE.items():
            granted = [part for role in roles for part in ("--role", role)]
            self("grant", CAMPAIGN, handle, *granted, "--from", "2026-01-01", "--until", "2027-12-31")

    def name_everybody(self) -> None:
        for handle, rights in MAKERS.items():
            for right in rights:
                self.signs("p5", "decide", CAMPAIGN, "--right", right, "--holder", handle)
            self.signs(handle, "confirm", CAMPAIGN)

    def answer_everything(self) -> None:
        self.signs("p7", "review", CAMPAIGN)
        for handle, roles in OUTSIDE.items():
            for role in roles:
                self("sign", CAMPAIGN, "--role", role, "--key", self.folder / handle, "--yes", code=None)

    def clear(self) -> None:
        """The whole story, up to the clearance of pictures that were made again."""
        remade(self.campaign)
        self.found()
        self.name_everybody()
        self.answer_everything()
        self("clear", CAMPAIGN, "--output", self.folder / "out")
        (self.folder / "words.txt").write_text(WORDS)


def remade(folder: Path) -> None:
    """The third picture again, without the product; every paper on file; everything said that was asked."""
    Image.new("RGB", (64, 48), "#777").save(folder / "look-03.jpg")
    manifest = folder / "campaign.yaml"
    text = manifest.read_text()
    head, _, rest = text.partition("documents:")
    papers = "".join(
        f"  - {{id: D-{number}, kind: {kind}, of: {of}, by: {by}, covers: campaign, checked_by: p7,"
        f" checked_on: 2026-11-30, valid_until: 2027-06-30, sha256: {_sha256(folder / 'look-03.jpg')}}}\n"
        for number, (kind, of, by) in enumerate(
            (kind, of, by)
            for kind in DOCUMENTS
            for of in ("talent-1", "talent-2", "look-01", "look-02", "look-03", "look-04", CAMPAIGN)
            for by in ("guardian-1", "guardian-2")
        )
    )
    rest = rest[rest.index("\ndefaults:") :]
    head = head.replace("targeted_to_adults: false", "targeted_to_adults: false, under_18_audience_share: 0.05")
    start = rest.index("  - id: look-03")
    end = rest.index("  - id: look-04")
    third = (
        "  - id: look-03\n    file: look-03.jpg\n    shows:\n"
        "      people: [{person: talent-2, appears: child_0_12, prominence: principal, portrayal: none}]\n"
        "      products: [window-bag]\n      props: none\n      settings: [bedroom]\n      themes: none\n"
        "      appeals: none\n      legible: none\n"
        f'    copy: {{text: "{WORDS}", language: en, claims: none, exhortation_to_buy: false, pester_parents: false,'
        " strong_language: false}\n\n"
    )
    rest = rest[:start] + third + rest[end:]
    rest = rest.replace("products: [window-bag, plush-charm]", "products: [window-bag]")
    manifest.write_text(head + "documents:\n" + papers + rest)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
