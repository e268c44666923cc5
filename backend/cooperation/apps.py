from importlib import import_module

from django.apps import AppConfig


class CooperationConfig(AppConfig):
    """What is done with other agencies about a person: packages, and what stands on them."""

    name = "backend.cooperation"
    label = "cooperation"

    def ready(self) -> None:
        """Make known the words of the log, messages, what is received and released, and panels."""
        for module in ("timeline", "access_log", "notifications", "receivers", "telling", "pages.panels"):
            import_module(f"backend.cooperation.{module}")
