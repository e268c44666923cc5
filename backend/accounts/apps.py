"""Who signs in, and on whose behalf."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class AccountsConfig(AppConfig):
    name = "backend.accounts"
    label = "accounts"


class GuardedAdminConfig(admin.AdminConfig):
    """Django's administration with our own way in."""

    default = False
    default_site = "backend.accounts.admin_site.GuardedAdminSite"
