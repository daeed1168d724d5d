"""Questions that one would send as they are."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from lastlook.dossier.check import check_folders
from lastlook.reports.as_letters import Style, as_letters
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
