"""Employers, who speaks for them, their workplaces, capacity and openings."""

from importlib import import_module

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "backend.employers"
    label = "employers"

    def ready(self) -> None:
        """Make the kinds of messages and the scheduled job known; both need the models loaded."""
        import_module("backend.employers.notifications")
        import_module("backend.employers.jobs")
