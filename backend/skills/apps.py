from importlib import import_module

from django.apps import AppConfig


class SkillsConfig(AppConfig):
    """The catalogue of skills and occupations."""

    name = "backend.skills"
    label = "skills"

    def ready(self) -> None:
        """Make the words of the log known."""
        import_module("backend.skills.timeline")
