"""What a file says besides, which nobody has to answer: shown, so that whoever decides has read it."""

from __future__ import annotations

from collections.abc import Iterator

from lastlook.checking.case import Said
from lastlook.dossier.metadata import plus
from lastlook.dossier.metadata.credentials import Credentials
from lastlook.dossier.metadata.embedded import Metadata
from lastlook.dossier.metadata.values import CvTerm, Embedded, Location, Private, Words
from lastlook.dossier.raising.hand import shortened

MAX_SAID = 100  # lines of one file


def said_by(metadata: Metadata, credentials: Credentials) -> tuple[Said, ...]:
    """In the order in which one would want to know it. `personal`: may name somebody."""
    lines = dict.fromkeys((*_of_credentials(credentials), *_open(metadata), *_personal(metadata)))
    kept = list(lines)
    if len(kept) > MAX_SAID:
        kept = [*kept[:MAX_SAID], Said("", f"{len(kept) - MAX_SAID} lines more are not shown.")]
    return tuple(kept)


def _of_credentials(credentials: Credentials) -> Iterator[Said]:
    name = "Content Credentials"
    if credentials.state in ("absent", "not_looked_at"):
        return
    states = {
        "trusted": "signed by somebody who is trusted",
        "valid": "the bytes are those that were signed; it is not known whether the signer can be trusted",
        "invalid": "they do not fit the file: it was changed afterwards, or they were made for another one",
        "unreadable": "they cannot be read",
    }
    yield Said(name, states[credentials.state])
    if credentials.signer is not None:
        yield Said(f"{name}, signer", shortened(credentials.signer.words))
    for action in credentials.actions:
        of = "" if action.manifest == "active" else " (to an ingredient)"
        source = f": {action.digital_source.term}" if action.digital_source else ""
        yield Said(f"{name}, action", shortened(f"{action.action}{source}{of}"))
    for ingredient in credentials.ingredients:
        kind = f", {ingredient.media_type}" if ingredient.media_type else ""
        yield Said(f"{name}, ingredient", shortened(f"{ingredient.relationship}{kind}"))


def _open(metadata: Metadata) -> Iterator[Said]:
    for source in metadata.digital_source:
        yield Said(source.property, f"{source.value.term} ({source.value.kind.replace('_', ' ')})")
    for words_of, fields in (
        (plus.IMAGE_TYPES, metadata.image_type),
        (plus.DATA_MINING, metadata.data_mining),
        (plus.MODEL_RELEASES, metadata.model_release),
        (plus.PROPERTY_RELEASES, metadata.property_release),
        (plus.ADULT_CONTENT_WARNINGS, metadata.adult_content_warning),
        (plus.ALTERATION_CONSTRAINTS, metadata.alteration_constraints),
    ):
        for code in fields:
            yield Said(code.property, f"{code.value}: {words_of[code.value]}")
    for youngest in metadata.youngest_age:
        if youngest.value.ages is None:
            yield Said(youngest.property, "the age of the youngest model is not known")
    for each in (
        *metadata.ai_system, *metadata.ai_system_version,
        *metadata.usage_terms, *metadata.rights_page, *metadata.licence_starts, *metadata.licence_ends,
        *metadata.media_summary, *metadata.media_constraints, *metadata.region_constraints,
        *metadata.product_constraints, *metadata.other_constraints, *metadata.instructions,
        *metadata.property_release_ids, *metadata.organisation_codes,
        *metadata.scenes, *metadata.subject_codes, *metadata.about, *metadata.genres,
        *metadata.taken, *metadata.picture_ids, *metadata.workflow_tags,
    ):  # fmt: skip
        yield Said(each.property, _text(each))
    for entry in metadata.registry_entries:
        parts = (entry.value.item, entry.value.organisation, entry.value.role)
        yield Said(entry.property, shortened(", ".join(part for part in parts if part)))
    for ready in metadata.release_ready:
        yield Said(ready.property, f"{str(ready.value).lower()}: the producer's claim, no clearance")


def _personal(metadata: Metadata) -> Iterator[Said]:
    for each in (
        *metadata.caption, *metadata.keywords, *metadata.model_release_ids, *metadata.headline, *metadata.title,
        *metadata.alt_text, *metadata.long_description,
        *metadata.ai_prompt, *metadata.credit, *metadata.source, *metadata.rights, *metadata.organisations,
        *metadata.locations, *metadata.creators, *metadata.creator_titles, *metadata.caption_writers,
        *metadata.ai_prompt_writer,
    ):  # fmt: skip
        yield Said(each.property, _text(each), personal=True)
    for product in metadata.products:
        told = [name.text for name in (*product.value.names, *product.value.descriptions)]
        yield Said(product.property, shortened(", ".join(each for each in (*told, product.value.id) if each)))
    for party in metadata.parties:
        names = [each.words for each in (party.value.name, party.value.id, *party.value.contacts) if each is not None]
        yield Said(party.property, shortened(", ".join(names)), personal=True)
    for contributor in metadata.contributors:
        names = [each.words for each in (*contributor.value.names, *contributor.value.ids)]
        yield Said(contributor.property, shortened(", ".join((*names, *contributor.value.roles))), personal=True)


def _text(said: Embedded[object]) -> str:
    value = said.value
    if isinstance(value, Words):
        return shortened(value.text)
    if isinstance(value, Private):
        return shortened(value.words)
    if isinstance(value, CvTerm):
        return shortened(", ".join(name.text for name in value.names) or value.id or "")
    if isinstance(value, Location):
        named = [name.text for name in value.names]
        parts = [*named, value.sublocation, value.city, value.province, value.country or value.country_code]
        return shortened(", ".join(part for part in parts if part))
    return shortened(str(value))
