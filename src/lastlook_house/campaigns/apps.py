"""Configuration of the app."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "lastlook_house.campaigns"
    label = "campaigns"
