"""Roles whose last day has passed end by themselves."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from backend.accounts.staff.services import end_roles_after_their_last_day
from backend.core.running import schedule


def end_roles(at: datetime) -> str:
    """End what was to end, soon after midnight."""
    return f"ended {end_roles_after_their_last_day(at=at)}"


END_ROLES = schedule.register(
    schedule.Job(
        "end_roles",
        every=timedelta(minutes=15),
        run=end_roles,
        title=_("End roles after their last day"),
        tells=_("Whoever has had a last day loses the role soon after midnight."),
    )
)
