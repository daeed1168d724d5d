"""What was cleared and withdrawn, for the gate's look-up. Made from the record, and can be made from it again."""

from __future__ import annotations

from django.db import models


class ClearanceRow(models.Model):
    """A signed clearance, as its exact bytes, with the proof that it is in the record."""

    campaign = models.ForeignKey("campaigns.CampaignRow", models.PROTECT, related_name="clearances")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the envelope
    envelope = models.BinaryField()
    entry = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return self.digest


class ClearedRow(models.Model):
    """One picture of a clearance, by its bytes."""

    clearance = models.ForeignKey(ClearanceRow, models.CASCADE, related_name="pictures")
    sha256 = models.CharField(max_length=64, db_index=True)

    def __str__(self) -> str:
        return self.sha256


class WithdrawnRow(models.Model):
    """Bytes that may no longer go out, anywhere."""

    campaign = models.ForeignKey("campaigns.CampaignRow", models.PROTECT, related_name="withdrawn")
    sha256 = models.CharField(max_length=64, db_index=True)
    entry = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return self.sha256


class VetoedRow(models.Model):
    """Bytes that somebody vetoed and did not lift. `veto`: leaf of the entry."""

    campaign = models.ForeignKey("campaigns.CampaignRow", models.PROTECT, related_name="vetoed")
    sha256 = models.CharField(max_length=64, db_index=True)
    veto = models.CharField(max_length=64, db_index=True)

    def __str__(self) -> str:
        return self.sha256


class RenditionRow(models.Model):
    """A file that was made from another."""

    campaign = models.ForeignKey("campaigns.CampaignRow", models.PROTECT, related_name="renditions")
    child = models.CharField(max_length=64, db_index=True)
    parent = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.child
