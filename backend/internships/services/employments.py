"""Paid work: recording it, and asking whether it lasts."""

from datetime import date, datetime
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers.enums import OpeningKind
from backend.employers.models import Employer
from backend.internships import notifications
from backend.internships.dates import months_after
from backend.internships.enums import RETENTION_MONTHS, InternshipState
from backend.internships.models import Employment, Internship, RetentionCheck
from backend.internships.refusals import EmploymentRefusal
from backend.matching.models import Proposal
from backend.matching.services import lock_proposal, place_proposal
from backend.participants.enums import PARTICIPANT_LIFECYCLE, ParticipantState
from backend.participants.models import Participant
from backend.participants.services import lock_case, move_participant

CAN_BE_CONVERTED = (InternshipState.ONGOING, InternshipState.COMPLETED, InternshipState.ENDED_EARLY)


@one_write
def record_employment(
    *,
    participant_id: UUID,
    internship_id: UUID | None = None,
    proposal_id: UUID | None = None,
    employer_name: str = "",
    form: str,
    title: str,
    percent: int,
    starts_on: date,
    by: User,
    at: datetime,
) -> Employment:
    """Record a paid job and schedule its retention checks at 1, 3, 6 and 12 months.

    With `internship_id` the job is the conversion of that internship, at its employer; with `proposal_id` it
    is the job that an employer said yes to. Raises TransitionNotAllowed when the yes has been taken back,
    DoesNotExist where `by` may not act, Refused for an internship that never began, and ValidationError for
    incoherent values or a job recorded already.
    """
    participant = lock_case(participant_id=participant_id, by=by)
    internship = _converted(internship_id, participant=participant, by=by) if internship_id else None
    employer: Employer | None = internship.workplace.employer if internship else None
    employment = Employment(
        participant=participant,
        employer=employer,
        employer_name=employer.name if employer else employer_name.strip(),
        internship=internship,
        form=form,
        title=title,
        percent=percent,
        starts_on=starts_on,
        recorded_by=by,
        recorded_at=at,
    )
    employment.full_clean()
    employment.save()
    audit.record(employment, "employment_recorded", by=by, at=at)
    if proposal_id is not None:
        _place(proposal_id, participant=participant, by=by, at=at)
    _schedule_retention(employment, at=at)
    if PARTICIPANT_LIFECYCLE.allows(participant.state, ParticipantState.EMPLOYED):
        to = ParticipantState.EMPLOYED
        move_participant(participant=participant, to=to, by=by, at=at, why="employment_recorded")
    return employment


def _converted(internship_id: UUID, *, participant: Participant, by: User) -> Internship:
    theirs = Internship.objects.decidable_by(by).filter(participant=participant)
    internship = theirs.select_related("workplace__employer").get(pk=internship_id)
    if internship.state not in CAN_BE_CONVERTED:
        raise Refused(EmploymentRefusal.NOT_STARTED)
    return internship


def _place(proposal_id: UUID, *, participant: Participant, by: User, at: datetime) -> None:
    """Mark the accepted proposal that led to the job as placed; its place is kept for the person."""
    theirs = Proposal.objects.handled_by(by).filter(participant=participant, opening__kind=OpeningKind.JOB)
    proposal = lock_proposal(proposal_id=proposal_id, among=theirs)
    place_proposal(proposal=proposal, by=by, at=at)


def _schedule_retention(employment: Employment, *, at: datetime) -> None:
    checks = [
        RetentionCheck(
            employment=employment, months=months, due_on=months_after(employment.starts_on, months)
        )
        for months in RETENTION_MONTHS
    ]
    RetentionCheck.objects.bulk_create(checks)
    for check in checks:
        notifications.ask_retention(check, at=at)


@one_write
def answer_retention(*, check_id: UUID, answer: str, said_by: str, by: User, at: datetime) -> RetentionCheck:
    """Record whether the person is still employed, and who said so. A later answer replaces the first."""
    if not answer:
        raise Refused(EmploymentRefusal.NO_ANSWER, about="answer")
    theirs = Employment.objects.filter(participant__in=Participant.objects.decidable_by(by))
    check = RetentionCheck.objects.select_for_update(of=("self",)).get(pk=check_id, employment__in=theirs)
    if check.due_on > day_of(at):
        raise Refused(EmploymentRefusal.TOO_EARLY)
    before = check.answer
    changes = {"answer": answer, "said_by": said_by, "answered_by": by, "answered_at": at}
    RetentionCheck.objects.filter(pk=check.pk).update(**changes)
    audit.record(check, "retention_answered", by=by, at=at, changes={"from": before, "to": answer})
    check.refresh_from_db()
    return check
