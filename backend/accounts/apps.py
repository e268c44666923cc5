"""Who signs in, and on whose behalf."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class AccountsConfig(AppConfig):
    name = "backend.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Give what the log says of accounts its words, and listen to what people do with their own."""
        for module in ("timeline", "receivers", "staff.jobs", "own_messages.jobs", "contacts.mails"):
            import_module(f"backend.accounts.{module}")


class GuardedAdminConfig(admin.AdminConfig):
    """Django's administration with our own way in."""

    default = False
    default_site = "backend.accounts.admin_site.GuardedAdminSite"
