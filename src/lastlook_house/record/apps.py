"""The record: entries, logs, checkpoints and what they commit to."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "lastlook_house.record"
    label = "record"
