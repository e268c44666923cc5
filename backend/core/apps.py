"""What every other app stands on: audit, outbox, life-cycles, dated rules, panels and health."""

from importlib import import_module

from django.apps import AppConfig

from backend.core.ui.forms import say_how_to_mend


class CoreConfig(AppConfig):
    name = "backend.core"
    label = "core"

    def ready(self) -> None:
        """Make the job known, and give every form the same words for an empty field."""
        import_module("backend.core.jobs")
        say_how_to_mend()
