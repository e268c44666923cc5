"""Employers, who speaks for them, their workplaces, capacity and openings."""

from importlib import import_module

from django.apps import AppConfig


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
