from datetime import datetime
from importlib import import_module
from typing import Any

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Proposals and rankings; a consent that is withdrawn takes its proposal with it."""

    name = "backend.matching"
    label = "matching"

    def ready(self) -> None:
        """Make messages, job, timeline and sections of others' pages known; hear withdrawn consents."""
        for module in ("notifications", "jobs", "timeline", "pages.panels"):
            import_module(f"backend.matching.{module}")
        from backend.participants.signals import consent_withdrawn

        consent_withdrawn.connect(withdraw_its_proposal, dispatch_uid="matching.withdraw_its_proposal")


def withdraw_its_proposal(sender: Any, *, consent: Any, by: Any, at: datetime, **kwargs: Any) -> None:
    """Take back the proposal that stood on the consent."""
    from backend.matching.services import withdraw_for_consent

    withdraw_for_consent(consent_id=consent.pk, by=by, at=at)
