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


class KnownRow(models.Model):
    """One thing that is known of some bytes; all that the gate has to ask is one look-up in this table.

    about   of what was cleared: the digest of the clearance; of a rendition: what it was made from; of a veto: its leaf
    """

    CLEARED, WITHDRAWN, VETOED, RENDITION = "cleared", "withdrawn", "vetoed", "rendition"

    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=9)
    about = models.CharField(max_length=64)
    campaign = models.ForeignKey("campaigns.CampaignRow", models.PROTECT, related_name="known")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["cleared", "withdrawn", "vetoed", "rendition"]),
                name="what_is_known_is_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.sha256} {self.kind}"
