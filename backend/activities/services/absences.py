"""Saying beforehand, or afterwards, that somebody does not come."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.formats import date_format

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.activities import notifications
from backend.activities.enums import Capacity
from backend.activities.models import AbsenceReport
from backend.activities.refusals import AbsenceRefusal
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.internships.models import Internship, InternshipQuerySet
from backend.participants.services import lock_cases

LONGEST = timedelta(days=31)


@one_write
def report_absence(
    *, internship_id: UUID, first_on: date, last_on: date, kind: str, words: str = "", by: User, at: datetime
) -> AbsenceReport:
    """Record that the participant will be away, or was; the workplace and the coach are told.

    It may come late: the time stands beside it. Nobody is marked by it. Raises Internship.DoesNotExist for
    others than the participant and the coach of the case, Refused for days that cannot be meant.
    """
    theirs = _spoken_for(by)
    lock_cases(participant_ids=[theirs.values_list("participant", flat=True).get(pk=internship_id)])
    internship = theirs.get(pk=internship_id)
    _check(internship, first_on, last_on, kind)
    capacity = Capacity.COACH if by.persona == Persona.STAFF else Capacity.PARTICIPANT
    report = AbsenceReport.objects.create(
        internship=internship,
        first_on=first_on,
        last_on=last_on,
        kind=kind,
        words=words.strip(),
        capacity=capacity,
        reported_by=by,
        reported_at=at,
    )
    audit.record(report, "absence_reported", by=by, at=at)
    if last_on >= day_of(at):
        notifications.tell_absence(report, at=at)
    return report


@one_write
def withdraw_absence(*, report_id: UUID, by: User, at: datetime) -> AbsenceReport:
    """Take back a report of absence; it stays to be seen with when it was taken back."""
    theirs = AbsenceReport.objects.filter(internship__in=_spoken_for(by))
    case = theirs.values_list("internship__participant", flat=True).get(pk=report_id)
    lock_cases(participant_ids=[case])
    report = theirs.select_for_update(of=("self",)).get(pk=report_id)
    if report.withdrawn_at:
        raise Refused(AbsenceRefusal.WITHDRAWN)
    report.withdrawn_at, report.withdrawn_by = at, by
    AbsenceReport.objects.filter(pk=report.pk).update(withdrawn_at=at, withdrawn_by=by)
    audit.record(report, "absence_withdrawn", by=by, at=at)
    return report


def _spoken_for(by: User) -> InternshipQuerySet:
    """Return the internships of which `by` may say that somebody does not come."""
    if by.persona == Persona.STAFF:
        return Internship.objects.decidable_by(by)
    if by.persona == Persona.PARTICIPANT:
        return Internship.objects.visible_to(by)
    return Internship.objects.none()


def _check(internship: Internship, first_on: date, last_on: date, kind: str) -> None:
    if not kind:
        raise Refused(AbsenceRefusal.NO_KIND, about="kind")
    if last_on < first_on:
        raise Refused(AbsenceRefusal.BACKWARDS, about="last_on")
    if last_on - first_on >= LONGEST:
        raise Refused(AbsenceRefusal.TOO_LONG, about="last_on", days=LONGEST.days)
    first, last = internship.started_on or internship.starts_on, internship.ended_on or internship.ends_on
    if first_on < first or last_on > last:
        span = {"first": date_format(first, "j F Y"), "last": date_format(last, "j F Y")}
        raise Refused(AbsenceRefusal.OUTSIDE_PLACEMENT, about="first_on", **span)
