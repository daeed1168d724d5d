"""Closed vocabularies that files use: PLUS codes and IPTC digital source types.

PLUS LDF 2.0.1 (ns.useplus.org); IPTC digital source type newscodes (cv.iptc.org), with the two that C2PA 2.2 adds.
On reading, the full address and the bare code are the same.
"""

from __future__ import annotations

from typing import Literal

from lastlook.campaigns.vocabulary import OLDEST_YEARS
from lastlook.facts.values import Ages

PLUS_VOCABULARY = "ns.useplus.org/ldf/vocab/"
DIGITAL_SOURCE_VOCABULARIES = ("cv.iptc.org/newscodes/digitalsourcetype/", "c2pa.org/digitalsourcetype/")

# Years of the youngest model when the picture was made; None is unknown. No step is finer than 14 or under.
MINOR_MODEL_AGES: dict[str, Ages | None] = {
    "AG-UNK": None,
    "AG-U14": Ages(0, 14),
    **{f"AG-A{years}": Ages(years, years) for years in range(15, 25)},
    "AG-A25": Ages(25, OLDEST_YEARS),
}

MODEL_RELEASES: dict[str, str] = {
    "MR-NON": "none",
    "MR-NAP": "not applicable: nobody can be recognised",
    "MR-UMR": "unlimited releases for all people",
    "MR-LMR": "limited or incomplete releases",
}

PROPERTY_RELEASES: dict[str, str] = {
    "PR-NON": "none",
    "PR-NAP": "not applicable: nothing needs one",
    "PR-UPR": "unlimited releases for everything",
    "PR-LPR": "limited or incomplete releases",
}

DATA_MINING: dict[str, str] = {
    "DMI-UNSPECIFIED": "nothing is said",
    "DMI-ALLOWED": "allowed",
    "DMI-PROHIBITED-AIMLTRAINING": "not for training models",
    "DMI-PROHIBITED-GENAIMLTRAINING": "not for training generative models",
    "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING": "only for the index of a search engine",
    "DMI-PROHIBITED": "prohibited",
    "DMI-PROHIBITED-SEECONSTRAINT": "prohibited, see the other constraints",
    "DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR": "prohibited, see the embedded rights expression",
    "DMI-PROHIBITED-SEELINKEDRIGHTSEXPR": "prohibited, see the linked rights expression",
}

ADULT_CONTENT_WARNINGS: dict[str, str] = {
    "CW-NRQ": "not required",
    "CW-AWR": "required",
    "CW-UNK": "unknown",
}

ALTERATION_CONSTRAINTS: dict[str, str] = {
    "AL-CRP": "no cropping",
    "AL-FLP": "no flipping",
    "AL-RET": "no retouching",
    "AL-CLR": "no colouring",
    "AL-DCL": "no taking away of colour",
    "AL-MRG": "no merging",
}

IMAGE_TYPES: dict[str, str] = {
    "TY-PHO": "photograph",
    "TY-ILL": "illustration",
    "TY-MCI": "composite of several pictures",
    "TY-VID": "video",
    "TY-OTR": "other",
}

DigitalSourceClass = Literal[
    "captured",
    "edited",
    "composite",
    "composite_of_unknown_parts",
    "generative_part",
    "generative",
    "synthetic",
    "possibly_generative",
    "created",
    "empty",
]

DIGITAL_SOURCES: dict[str, DigitalSourceClass] = {
    "digitalCapture": "captured",
    "computationalCapture": "captured",
    "negativeFilm": "captured",
    "positiveFilm": "captured",
    "print": "captured",
    "screenCapture": "captured",
    "humanEdits": "edited",
    "algorithmicallyEnhanced": "edited",
    "compositeCapture": "composite",
    "composite": "composite_of_unknown_parts",
    "compositeWithTrainedAlgorithmicMedia": "generative_part",
    "compositeSynthetic": "generative_part",
    "trainedAlgorithmicMedia": "generative",
    "algorithmicMedia": "synthetic",
    "dataDrivenMedia": "synthetic",
    "virtualRecording": "possibly_generative",
    "digitalCreation": "created",
    "minorHumanEdits": "edited",  # this one and the next two are retired, and still met in files
    "digitalArt": "created",
    "softwareImage": "created",
    "empty": "empty",
    "trainedAlgorithmicData": "generative",
}

_TERMS = {term.lower(): term for term in DIGITAL_SOURCES}


def plus_code(written: str, codes: dict[str, object]) -> str | None:
    """The code of a vocabulary that was written as an address or bare, or None if it is none of `codes`."""
    code = _without_scheme(written).removeprefix(PLUS_VOCABULARY).upper()
    return code if code in codes else None


def digital_source_term(written: str) -> str | None:
    """The digital source type that was written as an address or bare, or None if it is none that is known."""
    rest = _without_scheme(written)
    for vocabulary in DIGITAL_SOURCE_VOCABULARIES:
        rest = rest.removeprefix(vocabulary)
    return _TERMS.get(rest.lower())


def _without_scheme(written: str) -> str:
    return written.strip().removeprefix("http://").removeprefix("https://").rstrip("/")
