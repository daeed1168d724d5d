"""How the picture came about: captured, composed, generated; and what a file warns of."""

from __future__ import annotations

from lastlook.dossier.metadata.credentials import Credentials
from lastlook.dossier.metadata.embedded import Metadata
from lastlook.dossier.raising.hand import Hand

GENERATED, COMPOSED = "retouch.generative_parts", "retouch.composite"
_GENERATIVE = frozenset({"generative", "generative_part"})
_PERHAPS = frozenset({"composite_of_unknown_parts", "possibly_generative"})
_COMPOSED = frozenset({"compositeCapture", "composite", "compositeSynthetic"})
_STATES = {
    "trusted": "trusted",
    "valid": "valid, not trusted",
    "invalid": "invalid: they do not fit the file",
}


def raise_making(hand: Hand, metadata: Metadata) -> None:
    for source in metadata.digital_source:
        said = source.value
        if said.kind in _GENERATIVE | _PERHAPS:
            hand.fact(GENERATED, True, source.property, said.term)
        else:
            hand.contradiction(GENERATED, False, source.property, said.term)
        if said.term in _COMPOSED:
            hand.fact(COMPOSED, True, source.property, said.term)
    for each in (*metadata.ai_system, *metadata.ai_system_version, *metadata.ai_prompt):
        hand.fact(GENERATED, True, each.property, each.value)
    for writer in metadata.ai_prompt_writer:  # a name, and not kept
        hand.fact(GENERATED, True, writer.property)
    for kind in metadata.image_type:
        if kind.value == "TY-MCI":
            hand.fact(COMPOSED, True, kind.property)
    for warning in metadata.adult_content_warning:
        if warning.value == "CW-AWR":
            hand.code("themes", "sexual_content", warning.property)


def raise_credentials(hand: Hand, credentials: Credentials) -> None:
    """What Content Credentials say was done, whether they are trusted or not (docs/decisions/0013)."""
    if credentials.state not in _STATES:
        return
    name = f"Content Credentials, {_STATES[credentials.state]}"
    for action in credentials.actions:
        source = action.digital_source
        if source is None:
            continue
        if source.kind in _GENERATIVE | _PERHAPS:
            hand.fact(GENERATED, True, name, f"{action.action}: {source.term}")
        elif action.manifest == "active" and credentials.state == "trusted":
            hand.contradiction(GENERATED, False, name, f"{action.action}: {source.term}")
        if source.term in _COMPOSED:
            hand.fact(COMPOSED, True, name, f"{action.action}: {source.term}")
    parts = [each for each in credentials.ingredients if each.relationship == "componentOf"]
    if parts:
        hand.fact(COMPOSED, True, name, f"{len(parts)} component{'s' if len(parts) > 1 else ''}")
