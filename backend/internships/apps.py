from django.apps import AppConfig


class InternshipsConfig(AppConfig):
    """Placements and what becomes of them; adds its sections to the pages below it."""

    name = "backend.internships"
    label = "internships"

    def ready(self) -> None:
        """Register messages, panels, the words of the log, and what placements hear from below."""
        from backend.internships import (  # noqa: F401
            calendar,
            jobs,
            known_concerns,
            notifications,
            placed_elsewhere,
            receivers,
            timeline,
        )
        from backend.internships.pages import answering, for_employers, panels, signing  # noqa: F401
