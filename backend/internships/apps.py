from django.apps import AppConfig


class InternshipsConfig(AppConfig):
    """Placements and what becomes of them; adds its sections to the pages below it."""

    name = "backend.internships"
    label = "internships"

    def ready(self) -> None:
        """Register messages, panels and the words of the log."""
        from backend.internships import notifications, panels, timeline  # noqa: F401
