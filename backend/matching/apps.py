from importlib import import_module

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Proposals and rankings."""

    name = "backend.matching"
    label = "matching"

    def ready(self) -> None:
        """Make messages, job, timeline and sections of others' pages known; listen to the apps below."""
        for module in (
            "calendar",
            "notifications",
            "telling_visits",
            "jobs",
            "receivers",
            "timeline",
            "pages.answering",
            "pages.panels",
            "pages.for_employers",
        ):
            import_module(f"backend.matching.{module}")
