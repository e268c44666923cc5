from importlib import import_module

from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    """Who looks after those who are placed: signals, reviews of employers, their right of reply."""

    name = "backend.safeguarding"
    label = "safeguarding"

    def ready(self) -> None:
        """Make known the words of the log, messages, jobs and panels."""
        for module in ("timeline", "notifications", "jobs", "merging", "pages.panels"):
            import_module(f"backend.safeguarding.{module}")
