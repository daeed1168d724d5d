"""What the type checker has to know of Django; nothing runs with these settings."""

from __future__ import annotations

from lastlook_house.opening import APPS

INSTALLED_APPS = [f"lastlook_house.{app}" for app in APPS]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
