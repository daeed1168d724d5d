"""Whoever the file names for a choice: a claim by nobody in particular, raised where nobody is known to hold it."""

from __future__ import annotations

from collections.abc import Iterator

from lastlook.dossier.metadata.embedded import Metadata
from lastlook.dossier.raising.hand import Hand

# Roles of contributors (cv.iptc.org/newscodes/contentprodpartyrole) that tell a choice of ours; the list is coarser.
_ROLES = {
    "author": "copy",
    "contentEditor": "copy",
    "cameraOperator": "photography",
    "origcont": "combination",
}


def raise_holders(hand: Hand, metadata: Metadata) -> None:
    for right, property_name in dict.fromkeys(_named(metadata)):
        # A right that no decision mentions is asked where a rule needs it; here, only where somebody said: nobody.
        held = hand.asset.fact(f"held.{right}")
        if held.standing is False and held.known is not None:
            hand.fact(f"held.{right}", True, property_name)


def _named(metadata: Metadata) -> Iterator[tuple[str, str]]:
    """Rights, and the property that names somebody for each."""
    for creator in (*metadata.creators, *metadata.creator_titles):
        yield "photography", creator.property
    for party in metadata.parties:
        if party.value.role == "creator":
            yield "photography", party.property
    for writer in metadata.caption_writers:
        yield "copy", writer.property
    for prompt_writer in metadata.ai_prompt_writer:
        yield "retouching", prompt_writer.property
    for contributor in metadata.contributors:
        for role in contributor.value.roles:
            if (right := _ROLES.get(role.rstrip("/").rpartition("/")[2])) is not None:
                yield right, contributor.property
