"""The made-up municipality."""

from importlib import import_module

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "backend.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let a process that starts ask whether its database is of its own kind."""
        import_module("backend.demo.safety")
