"""Questions that one would send as they are."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PIL import Image

from lastlook.dossier.check import check_folders
from lastlook.reports.as_letters import Style, as_letters
from tests.lastlook.dossier.metadata.made import a_packet
from tests.world.rules import bundled

EXAMPLES = Path(__file__).parents[3] / "examples"


def letters_of(name: str, style: Style) -> str:
    return as_letters(check_folders([EXAMPLES / name], bundled(), on=dt.date(2026, 11, 24)), style)


def test_an_e_mail_says_who_is_asked_what_by_when() -> None:
    assert letters_of("spring-desk", "email") == (
        "Subject: Spring Desk, Maison Exemple: questions for the stylist\n"
        "\n"
        "Hello, you know what was in the set. Please tell us:\n"
        "\n"
        "1. Has somebody read the document (desk-01#legible-1) and searched its\n"
        "   names and its work? (desk-01.jpg)\n"
        "\n"
        "Where there is none, write “none”; where you do not know, write\n"
        "“unknown”. The campaign is to run from Monday, 2027-03-01. Thank you.\n"
        "\n"
        "-- \n"
    )


def test_a_guardian_is_asked_as_a_guardian() -> None:
    guardian, *others = letters_of("holiday-window", "markdown").split("## ")[1:]
    assert guardian == (
        "Holiday Window, Maison Exemple: questions for the guardian\n"
        "\n"
        "Hello, before these pictures can be published we need your word on the following.\n"
        "\n"
        "1. Please look at the final picture (look-03.jpg), in which talent-2 is seen, and tell us whether you "
        "approve it. You may decline, or take your word back later.\n"
        "\n"
        "The campaign is to run from Tuesday, 2026-12-01. Thank you.\n"
        "\n"
    )
    assert [other.split("\n")[0].rpartition(" for the ")[2] for other in others] == [
        "stylist", "safeguarding lead", "legal counsel", "marketer", "regulatory reviewer",
    ]  # fmt: skip


def test_where_nothing_is_open_one_line_says_so() -> None:
    assert letters_of("picnic", "email") == "Picnic, Maison Exemple: nobody has to be asked.\n"


ONE_OF_SIX = "<Iptc4xmpExt:ModelAge><rdf:Bag><rdf:li>6</rdf:li></rdf:Bag></Iptc4xmpExt:ModelAge>"


def letters_about(folder: Path, style: Style, *, file: str = "look-01.jpg", shows: str = "", packet: str = "") -> str:
    """The letters about one picture of a child, whose file may say something."""
    Image.new("RGB", (16, 16)).save(folder / file, xmp=a_packet(packet).encode())
    (folder / "campaign.yaml").write_text(
        "lastlook: 1\n"
        "campaign: {id: told, title: '[Autumn](x) <i>', markets: [GB], shoot_country: GB, stage: final,"
        " flight: {from: 2026-12-01, until: 2026-12-31}}\n"
        "plans: {web: {channel: website, countries: [GB]}}\n"
        "defaults: {plans: [web], disclosure: {commercial_relationship: false}}\n"
        "people: [{id: talent-1, age: 30}]\n"
        f"assets: [{{id: look-01, file: '{file}', shows: {{products: none, props: none, legible: none{shows}}}}}]\n"
    )
    return as_letters(check_folders([folder], bundled(), on=dt.date(2026, 11, 24)), style)


def lines_with(words: str, letters: str) -> list[str]:
    return [line for line in letters.splitlines() if words in line]


def test_what_only_the_file_says_is_not_told_differently_and_ages_are_bands(tmp_path: Path) -> None:
    letters = letters_about(tmp_path, "markdown", packet=ONE_OF_SIX)
    assert lines_with("The file says", letters) == [
        (
            "1. Who is shown in the picture (`none` if nobody)? (look-01.jpg) The file says: somebody in "
            "look-01.jpg who is not named yet, age 12 or under (embedded, look-01.jpg (XMP Iptc4xmpExt:ModelAge))."
        )
    ]
    assert "differently" not in letters


def test_what_is_declared_and_what_the_file_says_are_told_side_by_side(tmp_path: Path) -> None:
    letters = letters_about(tmp_path, "markdown", shows=", people: [talent-1]", packet=ONE_OF_SIX)
    assert lines_with("It is told differently", letters) == [
        (
            "1. How old is talent-1 on the day of the shoot (age or age_band)? (look-01.jpg) It is told differently: "
            "declared 25 or over (campaign.yaml:5); raised 12 or under (embedded, "
            "look-01.jpg (XMP Iptc4xmpExt:ModelAge))."
        )
    ]


def test_an_id_of_ours_is_no_name_to_a_guardian(tmp_path: Path) -> None:
    letters = letters_about(tmp_path, "email", packet=ONE_OF_SIX)
    assert "embedded-person" not in letters
    unwrapped = " ".join(letters.split())
    assert "the final picture (look-01.jpg), in which somebody in look-01.jpg who is not named yet is seen" in unwrapped


def test_nothing_from_the_folder_is_markup_of_a_letter(tmp_path: Path) -> None:
    letters = letters_about(tmp_path, "markdown", file="<b>#1 *x*`[y]_.jpg", packet=ONE_OF_SIX)
    name = r"\<b\>\#1 \*x\*\`\[y\]\_.jpg"
    heads = {line.rpartition(": questions")[0] for line in letters.splitlines() if line.startswith("## ")}
    assert heads == {r"## \[Autumn\](x) \<i\>"}
    assert lines_with("The file says", letters) == [
        (
            f"1. Who is shown in the picture (`none` if nobody)? ({name}) The file says: somebody in {name} who is "
            f"not named yet, age 12 or under (embedded, {name} (XMP Iptc4xmpExt:ModelAge))."
        )
    ]
    assert "<b>" not in letters
