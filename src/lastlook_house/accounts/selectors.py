"""Who is who in a campaign."""

from __future__ import annotations

from lastlook.errors import LastlookError
from lastlook.evidence.ssh_keys import SshKey, read_key_line
from lastlook_house.accounts.models import HandleRow, PersonRow
from lastlook_house.campaigns.models import CampaignRow


def handle_row(campaign: CampaignRow, handle: str) -> HandleRow:
    """Whoever has this handle here. Raises LastlookError where nobody has."""
    row = HandleRow.objects.filter(campaign=campaign, handle=handle).select_related("person").first()
    if row is None:
        raise LastlookError(f"Nobody here is called `{handle}`.", remedy="Register them with `lastlook person`.")
    return row


def handle_of_key(campaign: CampaignRow, key: SshKey) -> HandleRow:
    """Whose key this is here. Raises LastlookError where it is nobody's."""
    row = HandleRow.objects.filter(campaign=campaign, person__keys__line=key.line).select_related("person").first()
    if row is None:
        raise LastlookError(
            f"The key {key.fingerprint} is nobody's in {campaign.ident}.",
            remedy="Register its owner with `lastlook person`.",
        )
    return row


def keys_of(person: PersonRow) -> list[SshKey]:
    return [read_key_line(key.line) for key in person.keys.all()]
