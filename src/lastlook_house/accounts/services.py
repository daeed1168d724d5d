"""Who is who: people, their keys, their handle in a campaign, and what they may do there."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence

from django.db import transaction

from lastlook.clearance.acts import HOUSE, NOBODY, Enrolled, Granted, Registered
from lastlook.errors import LastlookError
from lastlook.evidence.commitments import keyed
from lastlook.evidence.ssh_keys import SshKey
from lastlook_house.accounts.models import HandleRow, KeyRow, PersonRow
from lastlook_house.accounts.selectors import handle_row
from lastlook_house.record.acting import Draft, Drafting, Place, record


def register_person(place: Place, *, handle: str, name: str, key: SshKey | None, how: str) -> HandleRow:
    """Give a person a handle in a campaign, and believe their key there from now on.

    Somebody whose key is known is the same person as before; with another name or key they are somebody else.
    """
    if handle in (HOUSE, NOBODY):
        raise LastlookError(f"`{handle}` is nobody's handle.", remedy="Choose another one: p1.")
    with transaction.atomic():
        person = _person(name, key)
        if HandleRow.objects.filter(campaign=place.campaign, handle=handle).exists():
            raise LastlookError(f"`{handle}` is somebody already.", remedy="Choose another handle.")
        known = HandleRow.objects.filter(campaign=place.campaign, person=person).first()
        if known is not None:
            raise LastlookError(
                f"This person is `{known.handle}` here.", remedy="One person has one handle in a campaign."
            )
        row = HandleRow.objects.create(campaign=place.campaign, handle=handle, person=person)
        record(place, *_introduced(place, row, key, how))
    return row


def _person(name: str, key: SshKey | None) -> PersonRow:
    known = KeyRow.objects.filter(line=key.line).select_related("person").first() if key else None
    if known is not None:
        return known.person
    person = PersonRow.objects.create(ident=secrets.token_hex(16), name=name)
    if key is not None:
        KeyRow.objects.create(person=person, line=key.line)
    return person


def _introduced(place: Place, row: HandleRow, key: SshKey | None, how: str) -> list[Draft]:
    drafting = Drafting(place, HOUSE, row.person)
    person = keyed(bytes(place.campaign.salt), row.person.ident)
    named = drafting.committed("name", row.person.name)
    drafts = [drafting.draft(Registered, holder=row.handle, person=person, name=named)]
    if key is not None:
        committed = drafting.committed("key", key.line)
        drafts.append(drafting.draft(Enrolled, holder=row.handle, key=committed, how=how))
    return drafts


def grant(
    place: Place,
    *,
    handle: str,
    roles: Sequence[str],
    rights: Sequence[str],
    first: dt.date,
    last: dt.date,
    authority: str | None,
    may_delegate: bool = False,
) -> str:
    """Let somebody answer in these roles and hold these rights, in these days; gives the grant's leaf."""
    row = handle_row(place.campaign, handle)
    drafting = Drafting(place, HOUSE, row.person)
    committed = drafting.maybe("authority", authority)
    return record(
        place,
        drafting.draft(
            Granted, holder=handle, roles=tuple(roles), rights=tuple(rights), first=first, last=last,
            authority=committed, may_delegate=may_delegate,
        ),
    )  # fmt: skip
