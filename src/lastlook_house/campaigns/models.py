"""Campaigns as they were brought in: every version of every folder, its files kept by their digest."""

from __future__ import annotations

from django.db import models


class CampaignRow(models.Model):
    """One campaign. `salt`: 32 random bytes under which its facts and people are committed to."""

    ident = models.CharField(max_length=64, unique=True)
    salt = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return self.ident


class VersionRow(models.Model):
    """A folder as it was brought in. `files`: path → SHA-256; `digest`: over all of them, to know it again."""

    campaign = models.ForeignKey(CampaignRow, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    files = models.JSONField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="one_version_of_each_number")]

    def __str__(self) -> str:
        return f"{self.campaign_id} version {self.number}"
