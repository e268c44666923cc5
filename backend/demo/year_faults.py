"""What must hold after a simulated year, said as the faults that are found."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery

from backend.accounts.enums import Persona
from backend.core.enums import MessageState, Way
from backend.core.models import Delivery, Digest, KeptEmail, OutboxMessage, ScheduledRun
from backend.internships.enums import RETENTION_MONTHS, FollowUpKind, InternshipState
from backend.internships.models import Employment, Evaluation, FollowUp, Internship, RetentionReply
from backend.participants.models import Participant

OVER = (InternshipState.COMPLETED, InternshipState.ENDED_EARLY)
BEGUN = (InternshipState.ONGOING, *OVER)
ONCE = (FollowUpKind.FIRST_WEEK, FollowUpKind.MIDPOINT, FollowUpKind.END)


def faults(*, at: datetime) -> list[str]:
    """Return what is wrong at `at`, when the last round of the worker is over; empty when all is well."""
    return [*_follow_ups(), *_messages(at), *reminders_after_the_answer(), *_jobs(), *_people()]


def _follow_ups() -> Iterator[str]:
    twice = FollowUp.objects.filter(kind__in=ONCE).order_by().values("internship", "kind")
    for row in twice.annotate(n=Count("pk")).filter(n__gt=1):
        yield f"{row['n']} follow-ups of the kind {row['kind']} in one internship"
    ends = FollowUp.objects.filter(kind=FollowUpKind.END).values("internship")
    lacking = Internship.objects.filter(state__in=BEGUN).exclude(pk__in=ends).count()
    if lacking:
        yield f"{lacking} internships that began have no follow-up before the end"
    asked = Evaluation.objects.order_by().values("internship")
    lacking = Internship.objects.filter(state__in=OVER).exclude(pk__in=asked).count()
    if lacking:
        yield f"{lacking} internships are over and nobody is asked how they were"
    checked = Employment.objects.annotate(n=Count("retention_checks")).exclude(n=len(RETENTION_MONTHS))
    if checked.exists():
        yield f"{checked.count()} jobs have not {len(RETENTION_MONTHS)} questions"


def _messages(at: datetime) -> Iterator[str]:
    told = (MessageState.SENT, MessageState.SKIPPED, MessageState.FAILED, MessageState.SET_ASIDE)
    waiting = OutboxMessage.objects.filter(due_at__lte=at).exclude(state__in=told)
    for row in waiting.order_by().values("state").annotate(n=Count("pk")):
        yield f"{row['n']} messages whose time has come are {row['state']}"
    mailed = Delivery.objects.exclude(sent_at=None).filter(way=Way.MAIL)
    sent, kept = mailed.order_by().values("mail_key").distinct().count(), KeptEmail.objects.count()
    if sent != kept:
        yield f"deliveries are marked as sent in {sent} mails, {kept} mails arrived"
    if Digest.objects.exists():
        yield f"{Digest.objects.count()} collected mails are left unsent"
    lost = Delivery.objects.filter(sent_at=None, failed_at=None, message__state=MessageState.SENT).count()
    if lost:
        yield f"{lost} receivers of messages that are sent have not got them, and no fault is shown"


def reminders_after_the_answer() -> Iterator[str]:
    """Yield who was asked by mail after the answer."""
    of_follow_up = FollowUp.objects.filter(pk=OuterRef("message__subject_id"))
    for side in (Persona.EMPLOYER, Persona.PARTICIPANT):
        answered = Subquery(of_follow_up.values(f"{side}_answered_at"))
        yield from _after_the_answer("follow_up_asked", side, answered)
        evaluated = Evaluation.objects.filter(pk=OuterRef("message__subject_id"), side=side)
        yield from _after_the_answer("evaluation_asked", side, Subquery(evaluated.values("answered_at")))
        replied = RetentionReply.objects.filter(check_of=OuterRef("message__subject_id"), side=side)
        yield from _after_the_answer("retention_asked", side, Subquery(replied.values("answered_at")[:1]))


def _after_the_answer(kind: str, side: str, answered: Subquery) -> Iterator[str]:
    asked = Delivery.objects.filter(message__kind=kind, recipient__persona=side).annotate(answered=answered)
    late = asked.filter(sent_at__gt=F("answered")).count()
    if late:
        yield f"{late} mails {kind} went to the {side} after the answer"


def _jobs() -> Iterator[str]:
    for run in ScheduledRun.objects.filter(Q(finished_at=None) | Q(has_failed=True)).order_by("name"):
        yield f"the job {run.name} is left {'failed' if run.finished_at else 'running'}"


def _people() -> Iterator[str]:
    ongoing = Internship.objects.filter(state=InternshipState.ONGOING).values("participant")
    stuck = Participant.objects.filter(state="in_internship").exclude(pk__in=ongoing).count()
    if stuck:
        yield f"{stuck} people are in an internship that nobody knows of"
    overdue = Internship.objects.filter(state=InternshipState.ONGOING, ends_on__lt=F("started_on"))
    if overdue.exists():
        yield f"{overdue.count()} internships end before they began"


SETTLING = timedelta(hours=1)
"""After the last day so long is waited for what a killed worker had in hand."""
