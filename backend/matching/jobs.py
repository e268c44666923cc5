"""Reminders to employers who have not answered a proposal: kindly, and not many."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from backend.core import rules
from backend.core.clock import day_of
from backend.core.running import schedule
from backend.matching import notifications
from backend.matching.models import Proposal

REMINDER_RULE = "proposal_reminder_days"


def remind_of_proposals(at: datetime) -> str:
    """Remind employers of proposals as old as the dated rule says; each gets each reminder once at most.

    Where several are due at once, because the job has not run for a while, only the latest is sent.
    """
    today = day_of(at)
    steps = sorted(rules.value_on(REMINDER_RULE, today), reverse=True)
    waiting = Proposal.objects.awaiting_first_answer(today).select_related("opening__workplace__employer")
    due = list(waiting.filter(sent_at__lte=at - timedelta(days=steps[-1])).order_by("sent_at", "pk"))
    for proposal in due:
        reached = next(step for step in steps if proposal.state_changed_at <= at - timedelta(days=step))
        notifications.remind_employer(proposal, step=f"day-{reached}", at=at)
    return f"reminded {len(due)}"


REMIND_OF_PROPOSALS = schedule.register(
    schedule.Job(
        "remind_of_proposals",
        every=timedelta(hours=3),
        run=remind_of_proposals,
        title=_("Remind of proposals"),
        tells=_("Reminds employers of proposals that they have not answered."),
    )
)
