"""Asking whether a job lasts."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.internships import notifications
from backend.internships.dates import months_after
from backend.internships.enums import RETENTION_MONTHS, AnswerWay, RetentionAnswer
from backend.internships.models import Employment, RetentionCheck, RetentionReply
from backend.internships.refusals import EmploymentRefusal
from backend.internships.services.versions import keep_version
from backend.participants.models import Participant
from backend.participants.services import lock_case, lock_cases

MAY_STAY_UNKNOWN = timedelta(days=60)
"""So long after its day a question can be left: what nobody asked then is seldom found out."""
NOT_ANSWERED: dict[str, Any] = {"answer": "", "said_by": "", "answered_at": None, "answered_by": None}


def schedule_retention(job: Employment, *, at: datetime) -> None:
    """Create the checks of a new job, and queue their questions to the coach."""
    checks = [
        RetentionCheck(employment=job, months=months, due_on=months_after(job.starts_on, months))
        for months in RETENTION_MONTHS
    ]
    RetentionCheck.objects.bulk_create(checks)
    for check in checks:
        notifications.ask_retention(check, at=at)


def settle_retention(*, job: Employment, by: User, at: datetime) -> None:
    """Let the checks of a job follow its days: due anew, not asked after its end, and asked if it goes on.

    An answer to a question that has not fallen due by the corrected first day is taken away, and kept as a
    version.
    """
    for check in job.retention_checks.order_by("months"):
        due_on = months_after(job.starts_on, check.months)
        is_over = bool(job.struck_at) or bool(job.ends_on and due_on > job.ends_on)
        changes: dict[str, Any] = {"due_on": due_on, "cancelled_at": at if is_over else None}
        if check.answer and due_on > day_of(at):
            why = _("The first day of the job was corrected.")
            changes |= keep_version(row=check, changes=NOT_ANSWERED, why=why, by=by, at=at)
        is_anew = check.due_on != due_on or bool(check.cancelled_at)
        RetentionCheck.objects.filter(pk=check.pk).update(**changes)
        check.refresh_from_db()
        if is_anew and not check.answer and not check.cancelled_at:
            notifications.ask_retention(check, at=at)


@one_write
def answer_retention(
    *, check_id: UUID, answer: str, said_by: str, why: str = "", by: User, at: datetime
) -> RetentionCheck:
    """Record whether the person is still employed, and who said so.

    Another answer than the first needs `why`, and the first is kept. Raises RetentionCheck.DoesNotExist for
    strangers, Refused before the day, after the job's end, and for an answer that contradicts another.
    """
    if not answer:
        raise Refused(EmploymentRefusal.NO_ANSWER, about="answer")
    theirs = Employment.objects.filter(participant__in=Participant.objects.decidable_by(by))
    checks = RetentionCheck.objects.filter(employment__in=theirs)
    lock_case(participant_id=checks.values_list("employment__participant", flat=True).get(pk=check_id), by=by)
    check = checks.select_for_update(of=("self",)).select_related("employment").get(pk=check_id)
    if check.due_on > day_of(at):
        raise Refused(EmploymentRefusal.TOO_EARLY)
    if check.cancelled_at:
        raise Refused(EmploymentRefusal.NOT_ASKED)
    _check_agrees(check, answer)
    before = check.answer
    changes = {"answer": answer, "said_by": said_by, "answered_by": by, "answered_at": at}
    if before and before != answer:
        keep_version(row=check, changes={"answer": answer, "said_by": said_by}, why=why, by=by, at=at)
    RetentionCheck.objects.filter(pk=check.pk).update(**changes)
    audit.record(check, "retention_answered", by=by, at=at, changes={"from": before, "to": answer})
    check.refresh_from_db()
    return check


@one_write
def reply_about_job(
    *, check_id: UUID, answer: str, way: str = AnswerWay.APP, by: User, at: datetime
) -> RetentionReply:
    """Record what one side itself says to whether the job lasts, and take it for the answer if there is none.

    What contradicts an earlier answer is kept as a reply and left to the coach. Raises
    RetentionCheck.DoesNotExist for whoever is not asked, and Refused without an answer.
    """
    if answer not in RetentionAnswer.values:
        raise Refused(EmploymentRefusal.NO_ANSWER, about="answer")
    asked = RetentionCheck.objects.asked_of(by, on=day_of(at))
    lock_cases(participant_ids=[asked.values_list("employment__participant", flat=True).get(pk=check_id)])
    check = asked.select_for_update(of=("self",)).select_related("employment").get(pk=check_id)
    said = {"answer": answer, "way": way, "answered_at": at, "answered_by": by}
    reply, _is_new = RetentionReply.objects.update_or_create(check_of=check, side=by.persona, defaults=said)
    audit.record(check, f"{by.persona}_replied", by=by, at=at, changes={"to": answer, "way": str(way)})
    if not check.answer and answer != RetentionAnswer.UNKNOWN and _agrees(check, answer):
        told = {"said_by": str(reply.get_side_display()), "answered_by": by, "answered_at": at}
        RetentionCheck.objects.filter(pk=check.pk).update(answer=answer, **told)
        audit.record(check, "retention_answered", by=by, at=at, changes={"from": "", "to": answer})
    if answer == RetentionAnswer.NO:
        notifications.tell_of_lost_job(check, at=at)
    return reply


def _agrees(check: RetentionCheck, answer: str) -> bool:
    try:
        _check_agrees(check, answer)
    except Refused:
        return False
    return True


@one_write
def leave_unknown(*, job_id: UUID, by: User, at: datetime) -> Employment:
    """Record of the questions about a job that nobody answered in time that it could not be found out.

    Each can be corrected afterwards. Raises Employment.DoesNotExist for strangers, and Refused where none is
    so old.
    """
    theirs = Employment.objects.filter(participant__in=Participant.objects.decidable_by(by))
    lock_case(participant_id=theirs.values_list("participant", flat=True).get(pk=job_id), by=by)
    job = theirs.get(pk=job_id)
    old = job.retention_checks.filter(due_on__lte=day_of(at) - MAY_STAY_UNKNOWN, answer="", cancelled_at=None)
    checks = list(old.order_by("months"))
    if not checks:
        raise Refused(EmploymentRefusal.NOTHING_OLD)
    changes = {"answer": RetentionAnswer.UNKNOWN, "answered_by": by, "answered_at": at}
    RetentionCheck.objects.filter(pk__in=[each.pk for each in checks]).update(**changes)
    for check in checks:
        said = {"from": "", "to": str(RetentionAnswer.UNKNOWN)}
        audit.record(check, "retention_answered", by=by, at=at, changes=said)
    return job


def _check_agrees(check: RetentionCheck, answer: str) -> None:
    """Refuse "employed" after a "gone", "gone" before an "employed", and "gone" while the job went on."""
    others = check.employment.retention_checks.exclude(pk=check.pk).order_by("months")
    if answer == RetentionAnswer.YES:
        against = others.filter(answer=RetentionAnswer.NO, months__lt=check.months).first()
    elif answer == RetentionAnswer.NO:
        against = others.filter(answer=RetentionAnswer.YES, months__gt=check.months).first()
        last = check.employment.ends_on
        if last and last >= check.due_on:
            words = date_format(last, "j F Y")
            raise Refused(EmploymentRefusal.CONTRADICTS_END, about="answer", last=words)
    else:
        return
    if against:
        said: dict[str, Any] = {"months": against.months, "answer": against.get_answer_display()}
        raise Refused(EmploymentRefusal.CONTRADICTS, about="answer", **said)
