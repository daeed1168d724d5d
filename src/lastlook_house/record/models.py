"""Rows of the record. Entries and checkpoints are written once: triggers of the database refuse anything else.

A log is that of one campaign, or the house's own, whose entries are the signed checkpoints of all the others.
"""

from __future__ import annotations

from django.db import models


class LogRow(models.Model):
    """One log. `origin` is its name in checkpoints; the house's own has no campaign."""

    origin = models.CharField(max_length=255, unique=True)
    campaign = models.OneToOneField("campaigns.CampaignRow", models.PROTECT, null=True, related_name="log")

    def __str__(self) -> str:
        return self.origin


class EntryRow(models.Model):
    """One entry. `data`: its exact bytes; `nodes`: the hashes that appending it completed (`evidence.log`)."""

    log = models.ForeignKey(LogRow, models.PROTECT, related_name="entries")
    index = models.PositiveBigIntegerField()
    data = models.BinaryField()
    nodes = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "index"], name="one_entry_at_each_index_of_a_log")]

    def __str__(self) -> str:
        return f"{self.log_id}:{self.index}"


class CheckpointRow(models.Model):
    """A signed checkpoint of a log at one size, as its exact bytes."""

    log = models.ForeignKey(LogRow, models.PROTECT, related_name="checkpoints")
    size = models.PositiveBigIntegerField()
    note = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "size"], name="one_checkpoint_for_each_size_of_a_log")]

    def __str__(self) -> str:
        return f"{self.log_id}:{self.size}"


class CosignatureRow(models.Model):
    """A witness's line under a checkpoint of the house's log."""

    checkpoint = models.ForeignKey(CheckpointRow, models.PROTECT, related_name="cosignatures")
    witness = models.CharField(max_length=255)
    line = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "witness"], name="a_witness_cosigns_a_checkpoint_once")
        ]

    def __str__(self) -> str:
        return f"{self.witness} under {self.checkpoint_id}"


class DisclosureRow(models.Model):
    """What a digest in a log stands for. The only rows of a record that may be deleted: that is erasure.

    person   whom it tells of, where it does
    """

    log = models.ForeignKey(LogRow, models.PROTECT, related_name="disclosures")
    digest = models.CharField(max_length=43)
    text = models.TextField()
    person = models.ForeignKey("accounts.PersonRow", models.PROTECT, null=True, related_name="disclosures")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["log", "digest"], name="one_disclosure_for_each_digest_of_a_log")
        ]

    def __str__(self) -> str:
        return self.digest
