"""What every other app stands on: audit, outbox, life-cycles, dated rules, panels and health."""

from django.apps import AppConfig

from backend.core.ui.forms import say_how_to_mend


class CoreConfig(AppConfig):
    name = "backend.core"
    label = "core"

    def ready(self) -> None:
        """Give every form of the project the same words for an empty field."""
        say_how_to_mend()
