"""What every other app stands on: audit, outbox, life-cycles, dated rules, panels and health."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig

from backend.core.ui.forms import say_how_to_mend


class CoreConfig(AppConfig):
    name = "backend.core"
    label = "core"

    def __init__(self, app_name: str, app_module: Any) -> None:
        # Before any form is made: a field takes its words over when it is.
        super().__init__(app_name, app_module)
        say_how_to_mend()

    def ready(self) -> None:
        """Make the jobs known, and what an installation is checked for."""
        import_module("backend.core.running.jobs")
        import_module("backend.core.running.checks")
