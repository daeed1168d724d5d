"""Configuration of the app."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "lastlook_house.publishing"
    label = "publishing"
