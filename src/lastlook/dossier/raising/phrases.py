"""Words in captions, keywords and terms that raise a hand: the lists of `phrases.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import cast

from lastlook.dossier.metadata.embedded import Metadata
from lastlook.dossier.metadata.values import Embedded, Words
from lastlook.dossier.raising.hand import Hand, may_be_minor
from lastlook.facts.values import Ages, Value
from lastlook.reading.tree import plain
from lastlook.reading.yaml12 import read_yaml
from lastlook.rules.tests import bare_words, has_words

FILE = "phrases.yaml"
MINOR = Ages(0, 17)


@cache
def _lists() -> dict[str, dict[str, tuple[str, ...]]]:
    """Kind, code, phrases as bare words."""
    data = resources.files(__package__).joinpath(FILE).read_bytes()
    kinds = cast("dict[str, dict[str, list[str]]]", plain(read_yaml(data, file=FILE)))
    return {
        kind: {code: tuple(bare_words(phrase) for phrase in phrases) for code, phrases in codes.items()}
        for kind, codes in kinds.items()
    }


def phrases_in(kind: str, text: str) -> Iterator[str]:
    """The codes of a kind (`limits`, `people`, `props`, `themes`) of which a phrase stands in the text."""
    yield from (code for code, phrases in _lists()[kind].items() if has_words(phrases, text))


def raise_phrases(hand: Hand, metadata: Metadata) -> None:
    """What the file's own words say is shown, and nobody declared."""
    for said, text in _texts(metadata):
        # Somebody of no known age may be meant, and that question is asked already.
        if any(phrases_in("people", text)) and not any(may_be_minor(person) for person in hand.everybody()):
            values: dict[str, Value] = {"age": MINOR}
            hand.member("people", "person", values, said)
        for name in ("props", "themes"):
            for code in phrases_in(name, text):
                hand.code(name, code, said)


def _texts(metadata: Metadata) -> Iterator[tuple[str, str]]:
    """Where a text stands, and the text; those of one property together."""
    fields: tuple[tuple[Embedded[str] | Embedded[Words], ...], ...] = (
        metadata.caption, metadata.headline, metadata.title, metadata.keywords, metadata.alt_text,
        metadata.long_description, metadata.ai_prompt,
    )  # fmt: skip
    for field in fields:
        for each in field:
            yield each.property, each.value.text if isinstance(each.value, Words) else each.value
