from importlib import import_module

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Sessions of internships, and of other activities later, and who was there."""

    name = "backend.activities"
    label = "activities"

    def ready(self) -> None:
        """Make known the words of the log, messages, jobs, panels, and what is heard from internships."""
        for module in (
            "timeline",
            "notifications",
            "jobs",
            "receivers",
            "certified",
            "at_capacity",
            "pages.panels",
        ):
            import_module(f"backend.activities.{module}")
