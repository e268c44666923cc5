"""Employers, who speaks for them, their workplaces, capacity and openings."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class EmployersConfig(AppConfig):
    name = "backend.employers"
    label = "employers"

    def ready(self) -> None:
        """Make messages, the scheduled job and the words of the log known; all need the models loaded."""
        for module in (
            "notifications",
            "jobs",
            "timeline",
            "searching.notifications",
            "searching.jobs",
            "exchange.sheets.kept",
        ):
            import_module(f"backend.employers.{module}")
        triggers = import_module("backend.employers.merging.triggers")
        pre_migrate.connect(triggers.drop_triggers, sender=self)
        post_migrate.connect(triggers.make_triggers, sender=self)
