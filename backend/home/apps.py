from importlib import import_module

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The start page, one home per role, and what was put aside there."""

    name = "backend.home"
    label = "home"

    def ready(self) -> None:
        """Make known the job, the words of the log, and who tells of open cases where staff is let go."""
        for module in ("cases.casebook", "jobs", "timeline"):
            import_module(f"backend.home.{module}")
