from django.apps import AppConfig


class InternshipsConfig(AppConfig):
    """Placements and what becomes of them; adds its sections to the pages below it."""

    name = "backend.internships"
    label = "internships"

    def ready(self) -> None:
        """Register messages, panels, the words of the log, and when a placement ends what was told for it."""
        from backend.internships import for_employers, notifications, panels, timeline  # noqa: F401
