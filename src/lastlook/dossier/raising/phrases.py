"""Words in captions, keywords and terms that raise a hand: the lists of `phrases.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
_WITHOUT = frozenset({"no", "non", "not", "without", "ohne", "kein", "keine", "sans"})
_FREE = frozenset({"free", "frei"})


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
    words = bare_words(text).split()
    asserted = " ".join(word for number, word in enumerate(words) if not _is_denied(words, number))
    said = text if kind == "limits" else asserted
    yield from (code for code, phrases in _lists()[kind].items() if has_words(phrases, said))


def _is_denied(words: list[str], number: int) -> bool:
    """`no alcohol`, `ohne Alkohol`, `alcohol free`: said not to be there."""
    before, after = words[number - 1] if number else "", words[number + 1] if number + 1 < len(words) else ""
    return before in _WITHOUT or after in _FREE


def raise_phrases(hand: Hand, metadata: Metadata) -> None:
    """What the file's own words say is shown, and nobody declared."""
    for said, text in _texts(metadata):
        # Somebody of no known age may be meant, and that question is asked already.
        if (any(phrases_in("people", text)) or _tells_a_minor_age(text)) and not any(
            may_be_minor(person) for person in hand.everybody()
        ):
            values: dict[str, Value] = {"age": MINOR}
            hand.member("people", "person", values, said)
        for name in ("props", "themes"):
            for code in phrases_in(name, text):
                hand.code(name, code, said)


def _tells_a_minor_age(text: str) -> bool:
    """`6-year-old`, `6 years old`."""
    return any(int(years) < 18 for years in re.findall(r"\b(\d{1,2}) years? old\b", bare_words(text)))


def _joined(texts: Iterable[Words]) -> str:
    return " . ".join(each.text for each in texts)


def _texts(metadata: Metadata) -> Iterator[tuple[str, str]]:
    """Where a text stands, and the text; those of one property together."""
    fields: tuple[tuple[Embedded[str] | Embedded[Words], ...], ...] = (
        metadata.caption, metadata.headline, metadata.title, metadata.keywords, metadata.alt_text,
        metadata.long_description, metadata.ai_prompt,
    )  # fmt: skip
    for product in metadata.products:
        yield product.property, _joined((*product.value.names, *product.value.descriptions))
    for work in metadata.artworks:
        yield work.property, _joined((*work.value.titles, *work.value.contents, *work.value.physical))
    for person in metadata.person_details:
        yield person.property, " ".join(each.words for each in person.value.descriptions)
    for field in fields:
        for each in field:
            yield each.property, each.value.text if isinstance(each.value, Words) else each.value
