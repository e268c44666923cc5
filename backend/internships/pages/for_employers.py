"""A placement as its employer reads it: small frozen objects from which no way leads to the person's file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.employers.models import Employer
from backend.internships.enums import ENDED, InternshipState
from backend.internships.models import Employment, Evaluation, FollowUp, Internship, RetentionCheck
from backend.internships.pages import presenting
from backend.internships.pages.evaluating import evaluations_of
from backend.internships.pages.next import next_for_side
from backend.matching.pages.for_employers import Contact, contact_of
from backend.participants.models import Consent
from backend.participants.telling.told import Released, name_for_employer, released_on, silence

RELATED = ("workplace__employer", "participant__coach", "proposal__consent")
RELATED_TO_FOLLOW_UP = tuple(f"internship__{each}" for each in RELATED)


@dataclass(frozen=True)
class CheckInOfEmployer:
    """A follow-up with the employer's own part of it."""

    pk: UUID
    kind: str
    due_on: date
    title: str
    tone: str


@dataclass(frozen=True)
class DueCheckIn:
    """A follow-up whose day has come and that the employer has not answered."""

    kind: str
    due_on: date
    days_late: int
    url: str
    person: str
    workplace: str


@dataclass(frozen=True)
class DueEvaluation:
    """An internship that is over and about which the employer has not said how it was."""

    url: str
    workplace: str
    work: str
    ended_on: date | None


@dataclass(frozen=True)
class DueReply:
    """A job of which is asked whether it goes on."""

    url: str
    work: str
    since: date


@dataclass(frozen=True)
class PlacementAtEmployer:
    """One internship; `person` is what the employer may call whoever is placed."""

    pk: UUID
    url: str
    person: str
    employer: str
    workplace: str
    address: str
    kind: str
    state: str
    state_label: str
    starts_on: date
    ends_on: date
    ended_on: date | None
    hours_per_week: Any
    tasks: str
    supervisor: str
    coach: Contact
    decided_by: str
    insurance: str
    union: str


def placements_at_employer(internships: Iterable[Internship], *, on: date) -> list[PlacementAtEmployer]:
    """Return internships as their employer reads them on `on`; they were read with RELATED."""
    internships = list(internships)
    consents = {each.pk: consent for each in internships if (consent := _consent_of(each))}
    released = released_on(on, consents.values())
    return [_seen(each, _told(each, consents, released)) for each in internships]


def placement_at_employer(internship: Internship, *, on: date) -> PlacementAtEmployer:
    """Return one internship as its employer reads it on `on`."""
    return placements_at_employer([internship], on=on)[0]


def _consent_of(internship: Internship) -> Consent | None:
    return internship.proposal.consent if internship.proposal else None


def _told(
    internship: Internship, consents: Mapping[UUID, Consent], released: Mapping[UUID, Released]
) -> Released | None:
    consent = consents.get(internship.pk)
    return released.get(consent.pk) if consent else None


def _seen(internship: Internship, released: Released | None) -> PlacementAtEmployer:
    workplace = internship.workplace
    return PlacementAtEmployer(
        pk=internship.pk,
        url=internship.get_absolute_url(),
        person=name_for_employer(released, case=internship.proposal_id or internship.pk),
        employer=str(workplace.employer),
        workplace=str(workplace),
        address=", ".join(filter(None, (str(workplace), workplace.street, workplace.locality_name))),
        kind=internship.get_kind_display(),
        state=internship.state,
        state_label=internship.get_state_display(),
        starts_on=internship.starts_on,
        ends_on=internship.ends_on,
        ended_on=internship.ended_on,
        hours_per_week=internship.hours_per_week,
        tasks=internship.tasks,
        supervisor=", ".join(filter(None, (internship.supervisor_name, internship.supervisor_phone))),
        coach=contact_of(internship.coach),
        decided_by=internship.get_basis_display(),
        insurance=internship.get_insurance_display(),
        union=internship.get_union_outcome_display(),
    )


def thanks_to(employers: QuerySet[Employer]) -> dict[str, int]:
    """Return how many have completed an internship with `employers`, and how many got a job from one."""
    completed = Internship.objects.filter(workplace__employer__in=employers, state=InternshipState.COMPLETED)
    hired = Employment.objects.filter(employer__in=employers, internship__isnull=False)
    counted: dict[str, Any] = {"completed": _number_of(completed), "hired": _number_of(hired)}
    found: Any = employers.order_by().values(**counted).first()
    return found or dict.fromkeys(counted, 0)


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    one = rows.order_by().values(one=Value(1)).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(one), 0)


def check_ins(internship: Internship, *, on: date) -> list[CheckInOfEmployer]:
    """Return the follow-ups of an internship without what anybody else has said."""
    stands = {
        each: next_for_side(each, Persona.EMPLOYER, today=on)
        for each in internship.follow_ups.filter(cancelled_at=None)
    }
    return [
        CheckInOfEmployer(
            pk=each.pk, kind=each.get_kind_display(), due_on=each.due_on, title=step.title, tone=step.tone
        )
        for each, step in stands.items()
    ]


def due_check_ins(follow_ups: Iterable[FollowUp], *, on: date) -> list[DueCheckIn]:
    """Return the follow-ups that wait for the employer's answer, each with whom it is about."""
    follow_ups = list(follow_ups)
    placements = placements_at_employer([each.internship for each in follow_ups], on=on)
    return [
        DueCheckIn(
            kind=each.get_kind_display(),
            due_on=each.due_on,
            days_late=(on - each.due_on).days,
            url=reverse("internships:follow_up_answer", args=[each.pk]),
            person=placement.person,
            workplace=placement.workplace,
        )
        for each, placement in zip(follow_ups, placements, strict=True)
    ]


def due_evaluations(reader: User) -> list[DueEvaluation]:
    """Return the evaluations that wait for the employer's answer, without a word of whom they are about."""
    asked = (
        Evaluation.objects.visible_to(reader)
        .unanswered()
        .select_related("internship__workplace", "internship__opening")
    )
    return [
        DueEvaluation(
            url=reverse("internships:evaluation_answer", args=[each.pk]),
            workplace=str(each.internship.workplace),
            work=each.internship.opening.title,
            ended_on=each.internship.ended_on,
        )
        for each in asked.order_by("asked_at", "pk")
    ]


def due_replies(reader: User, *, on: date) -> list[DueReply]:
    """Return the jobs of which the employer is asked whether they go on, without a word of whose they are."""
    asked = RetentionCheck.objects.asked_of(reader, on=on).unanswered().select_related("employment")
    return [
        DueReply(
            url=reverse("internships:retention_reply", args=[each.pk]),
            work=each.employment.title,
            since=each.employment.starts_on,
        )
        for each in asked.exclude(replies__side=Persona.EMPLOYER).order_by("due_on", "pk")
    ]


def context_for(internship: Internship, reader: User, *, on: date) -> dict[str, Any]:
    """Return what the employer's page of an internship shows."""
    return {
        "placement": placement_at_employer(internship, on=on),
        "check_ins": check_ins(internship, on=on),
        "evaluations": evaluations_of(internship, reader, today=on),
        "jobs": [(job.title, job.starts_on) for job in internship.employments.all()],
        "pause": internship.pause,
        "steps": presenting.steps(internship),
        "timeline": presenting.timeline_of(internship, reader),
    }


def about_check_in(follow_up: FollowUp, reader: User, *, on: date) -> dict[str, Any]:
    """Return what the page of a follow-up says of its internship, to employer and participant alike."""
    internship = follow_up.internship
    is_employer = reader.persona == Persona.EMPLOYER
    return {
        "kind": follow_up.get_kind_display(),
        "is_closed": not follow_up.is_open,
        "asks_about_call": not is_employer and follow_up.may_want_call,
        "calls": not is_employer and follow_up.is_open and follow_up.call_wanted_at is not None,
        "coach": internship.coach,
        "call_url": reverse("internships:call_want", args=[follow_up.pk]),
        "opens_on": None if follow_up.is_open_to_sides_on(on) else follow_up.due_on,
        "person": placement_at_employer(internship, on=on).person if is_employer else "",
        **about_placement(internship),
    }


def about_placement(internship: Internship) -> dict[str, Any]:
    """Return where an internship is, for pages that say no more of it."""
    return {
        "placement_pk": internship.pk,
        "placement_url": internship.get_absolute_url(),
        "workplace": str(internship.workplace),
    }


@silence
def of_ended_placements() -> QuerySet[Any, Any]:
    """Silence the consents whose placement is over: the name is the employer's to read until the last day."""
    ended = Internship.objects.filter(proposal__consent__isnull=False, state__in=ENDED)
    return ended.order_by().values("proposal__consent")
