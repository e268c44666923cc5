from importlib import import_module

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "backend.home"
    label = "home"

    def ready(self) -> None:
        """Tell of open cases where staff is let go."""
        import_module("backend.home.casebook")
