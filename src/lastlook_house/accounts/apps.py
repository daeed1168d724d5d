"""Configuration of the app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lastlook_house.accounts"
    label = "accounts"
