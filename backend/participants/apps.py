from importlib import import_module

from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    """Participants, what they can and need, and what may be told about them."""

    name = "backend.participants"
    label = "participants"

    def ready(self) -> None:
        """Make the kinds of messages and the words of the log known."""
        for module in ("notifications", "timeline"):
            import_module(f"backend.participants.{module}")
