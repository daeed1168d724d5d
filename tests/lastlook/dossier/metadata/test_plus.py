"""The closed vocabularies that files use."""

from __future__ import annotations

import pytest

from lastlook.dossier.metadata.plus import (
    ADULT_CONTENT_WARNINGS,
    DIGITAL_SOURCES,
    MINOR_MODEL_AGES,
    MODEL_RELEASES,
    digital_source_term,
    plus_code,
)
from lastlook.facts.values import Ages


@pytest.mark.parametrize(
    "written",
    [
        "http://ns.useplus.org/ldf/vocab/AG-U14",
        "https://ns.useplus.org/ldf/vocab/AG-U14",
        "http://ns.useplus.org/ldf/vocab/AG-U14/",
        "AG-U14",
        " ag-u14 ",
    ],
)
def test_a_code_is_the_same_as_an_address_and_bare(written: str) -> None:
    assert plus_code(written, dict(MINOR_MODEL_AGES)) == "AG-U14"


@pytest.mark.parametrize("written", ["", "AG-A14", "14", "http://evil.example/ldf/vocab/AG-U14", "Age 17"])
def test_what_is_no_code_is_none(written: str) -> None:
    assert plus_code(written, dict(MINOR_MODEL_AGES)) is None


def test_a_code_of_another_vocabulary_is_none() -> None:
    assert plus_code("CW-AWR", dict(MODEL_RELEASES)) is None
    assert plus_code("CW-AWR", dict(ADULT_CONTENT_WARNINGS)) == "CW-AWR"


def test_every_age_is_an_interval_of_years_and_unknown_is_none() -> None:
    expected = {
        "AG-UNK": None,
        "AG-U14": Ages(0, 14),
        "AG-A15": Ages(15, 15),
        "AG-A16": Ages(16, 16),
        "AG-A17": Ages(17, 17),
        "AG-A18": Ages(18, 18),
        "AG-A19": Ages(19, 19),
        "AG-A20": Ages(20, 20),
        "AG-A21": Ages(21, 21),
        "AG-A22": Ages(22, 22),
        "AG-A23": Ages(23, 23),
        "AG-A24": Ages(24, 24),
        "AG-A25": Ages(25, 120),
    }
    assert expected == MINOR_MODEL_AGES


@pytest.mark.parametrize("term", DIGITAL_SOURCES)
def test_a_digital_source_type_is_the_same_as_an_address_and_bare(term: str) -> None:
    for base in ("http://cv.iptc.org/newscodes/digitalsourcetype/", "http://c2pa.org/digitalsourcetype/", ""):
        assert digital_source_term(base + term) == term
    assert digital_source_term("http://cv.iptc.example/newscodes/digitalsourcetype/" + term) is None
