"""Paid work: recording it, and what becomes of it."""

from datetime import date, datetime, timedelta
from typing import Any, TypedDict
from uuid import UUID

from django.utils.formats import date_format

from backend.accounts.models import User
from backend.core import rules as dated
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers.enums import OpeningKind
from backend.employers.models import Employer
from backend.internships.enums import BEGAN, UNDER_WAY, RetentionAnswer
from backend.internships.known_jobs import is_same_job, jobs_at, known_employers
from backend.internships.models import Employment, Internship
from backend.internships.refusals import EmploymentRefusal
from backend.internships.safeguards.rules import JOB_AHEAD_DAYS, dated_source
from backend.internships.services.places import follow_job
from backend.internships.services.retention import schedule_retention, settle_retention
from backend.internships.services.versions import keep_version
from backend.matching.models import Proposal
from backend.matching.services import lock_proposal, place_proposal
from backend.participants.enums import PARTICIPANT_LIFECYCLE, ParticipantState
from backend.participants.models import Participant
from backend.participants.services import lock_case, move_participant


@one_write
def record_employment(
    *,
    participant_id: UUID,
    internship_id: UUID | None = None,
    proposal_id: UUID | None = None,
    employer_id: UUID | None = None,
    employer_name: str = "",
    is_another: bool = False,
    form: str,
    title: str,
    percent: int,
    starts_on: date,
    term: str = "",
    evidence: str = "",
    by: User,
    at: datetime,
) -> Employment:
    """Record a paid job and schedule its retention checks at 1, 3, 6 and 12 months.

    With `internship_id` the job is the conversion of that internship, at its employer; with `proposal_id` it
    is the job that an employer said yes to; with `employer_id` it is at a known employer, and of the person's
    internship there if there was one. A typed name that is like something known is asked about, until
    `is_another` says that it is not. `term` (EmploymentTerm) and `evidence` (JobEvidence) are "" where nobody
    has said. Raises DoesNotExist where `by` may not act, TransitionNotAllowed when
    the yes has been taken back, and Refused for days that cannot be, a job that is recorded or looks known.
    """
    participant = lock_case(participant_id=participant_id, by=by)
    said: dict[str, Any] = {"form": form, "title": title, "percent": percent, "starts_on": starts_on}
    said |= {"term": term, "evidence": evidence, "recorded_by": by, "recorded_at": at}
    job = Employment(participant=participant, **said)
    internship = _converted(internship_id, participant=participant, by=by) if internship_id else None
    job.proposal = _accepted(proposal_id, participant=participant, by=by) if proposal_id else None
    job.employer = _employer(internship, job.proposal, employer_id, participant=participant)
    job.employer_name = job.employer.name if job.employer else employer_name.strip()
    job.internship = internship or _internship_at(job)
    _check_job(job, is_another=is_another, today=day_of(at))
    job.save()
    audit.record(job, "employment_recorded", by=by, at=at)
    if job.proposal is not None:
        place_proposal(proposal=job.proposal, by=by, at=at)
    schedule_retention(job, at=at)
    _settle(participant, by=by, at=at, why="employment_recorded")
    return job


def _check_job(job: Employment, *, is_another: bool, today: date) -> None:
    """Raise Refused, or ValidationError for values that no job can have; what looks known is asked about."""
    job.full_clean(validate_unique=False, validate_constraints=False)
    _check_days(job, today=today)
    _check_is_new(job, is_another=is_another)
    job.full_clean()


@one_write
def end_employment(*, employment_id: UUID, ends_on: date, reason: str, by: User, at: datetime) -> Employment:
    """Record that a job is over: later checks are not asked, and the person looks for a place again.

    Raises Employment.DoesNotExist for strangers, Refused without a reason, when the job has ended already,
    or when the day has not come, lies before the first or contradicts an answer.
    """
    job = _locked(employment_id, by=by)
    if job.ends_on:
        raise Refused(EmploymentRefusal.ALREADY_ENDED)
    if not reason:
        raise Refused(EmploymentRefusal.NO_END_REASON, about="reason")
    job.ends_on, job.end_reason = ends_on, reason
    _check_end(job, today=day_of(at))
    Employment.objects.filter(pk=job.pk).update(ends_on=ends_on, end_reason=reason)
    audit.record(job, "employment_ended", by=by, at=at, changes={"reason": reason})
    settle_retention(job=job, by=by, at=at)
    _settle(job.participant, by=by, at=at, why="employment_ended")
    follow_job(job=job, by=by, at=at)
    return job


@one_write
def correct_employment(*, employment_id: UUID, why: str, by: User, at: datetime, **values: Any) -> Employment:
    """Correct what was recorded of a job; what stood is kept, and checks and figures follow.

    Raises Employment.DoesNotExist for strangers, Refused for what could not have been recorded either, and
    for another name of an employer that is registered.
    """
    job = _locked(employment_id, by=by)
    before = Employment.objects.get(pk=job.pk)
    if job.employer_id and values.get("employer_name", job.employer_name) != job.employer_name:
        raise Refused(EmploymentRefusal.NAME_OF_REGISTER, about="employer_name")
    for name, value in values.items():
        setattr(job, name, value)
    job.full_clean(validate_unique=False, validate_constraints=False)
    _check_days(job, today=day_of(at))
    _check_end(job, today=day_of(at))
    _check_is_new(job, is_another=True)
    job.validate_constraints()
    changed = keep_version(row=before, changes=values, why=why, by=by, at=at)
    Employment.objects.filter(pk=job.pk).update(**changed)
    audit.record(job, "employment_corrected", by=by, at=at, changes={"fields": sorted(changed)})
    settle_retention(job=job, by=by, at=at)
    _settle(job.participant, by=by, at=at, why="employment_corrected")
    follow_job(job=job, by=by, at=at)
    return job


@one_write
def strike_employment(*, employment_id: UUID, why: str, by: User, at: datetime) -> Employment:
    """Strike a job that was recorded by mistake: it counts nowhere, and what stood is kept.

    The person waits as if it had never been recorded. Raises Employment.DoesNotExist for strangers, Refused
    without a reason.
    """
    job = _locked(employment_id, by=by)
    keep_version(row=job, changes={"struck_at": at}, why=why, by=by, at=at)
    Employment.objects.filter(pk=job.pk).update(struck_at=at)
    job.struck_at = at
    audit.record(job, "employment_struck", by=by, at=at)
    settle_retention(job=job, by=by, at=at)
    waited = job.participant.waiting_since
    _settle(job.participant, by=by, at=at, why="employment_struck", waiting_since=waited)
    follow_job(job=job, by=by, at=at)
    return job


def _locked(employment_id: UUID, *, by: User) -> Employment:
    theirs = Employment.objects.filter(participant__in=Participant.objects.decidable_by(by))
    lock_case(participant_id=theirs.values_list("participant", flat=True).get(pk=employment_id), by=by)
    related = ("participant__coach", "participant__unit", "internship")
    return theirs.select_for_update(of=("self",)).select_related(*related).get(pk=employment_id)


def _converted(internship_id: UUID, *, participant: Participant, by: User) -> Internship:
    theirs = Internship.objects.decidable_by(by).filter(participant=participant)
    internship = theirs.select_related("workplace__employer").get(pk=internship_id)
    if internship.state not in BEGAN:
        raise Refused(EmploymentRefusal.NOT_STARTED)
    return internship


def _accepted(proposal_id: UUID, *, participant: Participant, by: User) -> Proposal:
    """Lock the proposal of a job that the employer said yes to."""
    theirs = Proposal.objects.handled_by(by).filter(participant=participant, opening__kind=OpeningKind.JOB)
    return lock_proposal(proposal_id=proposal_id, among=theirs)


def _employer(
    internship: Internship | None,
    proposal: Proposal | None,
    employer_id: UUID | None,
    *,
    participant: Participant,
) -> Employer | None:
    """Return the registered employer of the job, if it is at one."""
    if internship is not None:
        return internship.workplace.employer
    if proposal is not None:
        return proposal.opening.workplace.employer
    if employer_id is None:
        return None
    return Employer.objects.get(pk=employer_id, municipality=participant.unit.municipality_id)


def _internship_at(job: Employment) -> Internship | None:
    """Return the person's last internship at the job's employer that began before it, if any."""
    if job.employer is None:
        return None
    theirs = Internship.objects.filter(participant=job.participant, workplace__employer=job.employer)
    began = theirs.filter(state__in=BEGAN, started_on__lte=job.starts_on)
    return began.order_by("-started_on", "pk").first()


def _check_days(job: Employment, *, today: date) -> None:
    """Refuse a first day before what it came of, before the person was enrolled, or too far ahead."""
    about, internship = "starts_on", job.internship
    if internship and internship.started_on and job.starts_on < internship.started_on:
        first = _written(internship.started_on)
        raise Refused(EmploymentRefusal.BEFORE_INTERNSHIP, about=about, first=first)
    if job.starts_on < job.participant.enrolled_on:
        first = _written(job.participant.enrolled_on)
        raise Refused(EmploymentRefusal.BEFORE_ENROLMENT, about=about, first=first)
    days = dated.value_on(JOB_AHEAD_DAYS, today)
    if job.starts_on > today + timedelta(days=days):
        source = dated_source(JOB_AHEAD_DAYS, today)
        raise Refused(EmploymentRefusal.TOO_FAR_AHEAD, about=about, days=days, source=source)


def _check_end(job: Employment, *, today: date) -> None:
    if job.ends_on is None:
        return
    if job.ends_on < job.starts_on:
        raise Refused(EmploymentRefusal.ENDED_BEFORE_START, about="ends_on")
    if job.ends_on > today:
        raise Refused(EmploymentRefusal.ENDED_TO_COME, about="ends_on")
    still_there = job.retention_checks.filter(answer=RetentionAnswer.YES, due_on__gt=job.ends_on)
    later = still_there.order_by("months").first()
    if later:
        words: dict[str, Any] = {"months": later.months, "answer": later.get_answer_display()}
        raise Refused(EmploymentRefusal.CONTRADICTS, about="ends_on", **words)


def _check_is_new(job: Employment, *, is_another: bool) -> None:
    """Refuse a job that is recorded already, and ask about one that looks like something known."""
    name, day = job.employer_name, job.starts_on
    alike = jobs_at(job.participant, employer_name=name, near=day, besides=job.pk)
    for other in alike:
        if is_same_job(other, employer_name=name, title=job.title, starts_on=day):
            first = _written(other.starts_on)
            words = {"title": other.title, "employer": other.employer_name, "first": first}
            raise Refused(EmploymentRefusal.ALREADY_RECORDED, **words)
    is_known = job.employer_id is None and known_employers(job.participant, job.employer_name)
    if not is_another and (alike or is_known):
        raise Refused(EmploymentRefusal.LOOKS_KNOWN, about="same_as")


class _Move(TypedDict):
    by: User
    at: datetime
    why: str


def _settle(
    participant: Participant, *, by: User, at: datetime, why: str, waiting_since: date | None = None
) -> None:
    """Move the person to where the jobs say: into work, or back to look for a place, or to the internship."""
    states, words = ParticipantState, _Move(by=by, at=at, why=why)
    has_job = Employment.objects.filter(participant=participant).current_on(day_of(at)).exists()
    if has_job:
        if PARTICIPANT_LIFECYCLE.allows(participant.state, states.EMPLOYED):
            move_participant(participant=participant, to=states.EMPLOYED, **words)
        return
    if participant.state != states.EMPLOYED:
        return
    ongoing = Internship.objects.filter(participant=participant, state__in=UNDER_WAY)
    back = states.IN_INTERNSHIP if ongoing.exists() else states.ACTIVE
    move_participant(participant=participant, to=back, waiting_since=waiting_since, **words)


def _written(day: date) -> str:
    return date_format(day, "j F Y")
