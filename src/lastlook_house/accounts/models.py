"""People, their keys, and the handle each has in a campaign: another campaign, another handle."""

from __future__ import annotations

from django.db import models


class PersonRow(models.Model):
    """A person. `ident`: 32 random hex digits that stay when the name is erased."""

    ident = models.CharField(max_length=32, unique=True)
    name = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.ident


class KeyRow(models.Model):
    """An SSH key that somebody signs with: `line` is `ssh-ed25519 AAAA…`, without a comment."""

    person = models.ForeignKey(PersonRow, models.CASCADE, related_name="keys")
    line = models.TextField(unique=True)

    def __str__(self) -> str:
        return f"a key of {self.person_id}"


class HandleRow(models.Model):
    """What a person is called in the record of one campaign."""

    campaign = models.ForeignKey("campaigns.CampaignRow", models.PROTECT, related_name="handles")
    handle = models.CharField(max_length=64)
    person = models.ForeignKey(PersonRow, models.PROTECT, related_name="handles")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "handle"], name="a_handle_is_one_persons"),
            models.UniqueConstraint(fields=["campaign", "person"], name="a_person_has_one_handle_in_a_campaign"),
        ]

    def __str__(self) -> str:
        return self.handle
