"""A placement as its employer reads it: small frozen objects from which no way leads to the person's file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.templatetags.ui import period
from backend.employers.models import Employer
from backend.internships.enums import ENDED, InternshipState
from backend.internships.models import (
    Agreement,
    Employment,
    Evaluation,
    FollowUp,
    Internship,
    RetentionCheck,
)
from backend.internships.notifications import page_of_agreement
from backend.internships.pages import presenting
from backend.internships.pages.evaluating import evaluations_of
from backend.internships.pages.next import next_for_side
from backend.matching.pages.for_employers import Contact, contact_of
from backend.participants.models import Consent
from backend.participants.telling.told import Released, name_for_employer, released_on, silence

RELATED = ("workplace__employer", "participant__coach", "proposal__consent", "consent")
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
class Asked:
    """One question that waits for the employer's answer; `about` says what of, `person` only where told."""

    title: str
    about: str
    url: str
    workplace: str = ""
    day: str = ""
    days_late: int | None = None


@dataclass(frozen=True)
class AskedPart:
    """The questions of one kind under their heading, with the words of the button to each."""

    key: str
    heading: str
    answer: str
    asked: list[Asked]


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
    tasks_constructed: str
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
    return internship.standing_consent


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
        tasks_constructed=internship.tasks_constructed,
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


def asked_of_employer(
    reader: User, follow_ups: Iterable[FollowUp], internships: Iterable[Internship], *, on: date
) -> list[AskedPart]:
    """Return what the employer is asked on `on` and has not answered; no part is empty.

    `follow_ups` are those that are due, read with RELATED_TO_FOLLOW_UP; `internships` those that go on, read
    with `agreement_waits_for` the reader as `agreement_waits`.
    """
    parts = [
        AskedPart("to-sign", _("Read and sign"), _("Read and sign"), _agreements_asked(internships)),
        AskedPart("due", _("Tell how it goes"), _("Tell how it goes"), _check_ins_asked(follow_ups, on=on)),
        AskedPart(
            "to-evaluate", _("Thank you – how was it?"), _("Tell how it was"), _evaluations_asked(reader)
        ),
        AskedPart("jobs-asked", _("Does the job go on?"), _("Answer"), _replies_asked(reader, on=on)),
    ]
    return [part for part in parts if part.asked]


def agreement_waits_for(reader: User) -> Exists:
    """Return what tells of an internship whether its agreement waits for `reader` to sign it."""
    return Exists(Agreement.objects.unsigned_by(reader).filter(internship=OuterRef("pk")))


def _agreements_asked(internships: Iterable[Internship]) -> list[Asked]:
    """Return the agreements that wait for the employer's signature, without a word of whom they are about."""
    return [
        Asked(
            url=page_of_agreement(each),
            title=_("Agreement about an internship at %(place)s") % {"place": each.workplace},
            about=f"{each.workplace}, {period(each.starts_on, each.ends_on)}",
            day=period(each.starts_on, each.ends_on),
        )
        for each in internships
        if each.agreement_waits  # type: ignore[attr-defined]
    ]


def _check_ins_asked(follow_ups: Iterable[FollowUp], *, on: date) -> list[Asked]:
    follow_ups = list(follow_ups)
    placements = placements_at_employer([each.internship for each in follow_ups], on=on)
    return [
        Asked(
            title=f"{each.get_kind_display()} · {capfirst(placement.person)}",
            about=f"{each.get_kind_display()}, {placement.person}",
            url=reverse("internships:follow_up_answer", args=[each.pk]),
            workplace=placement.workplace,
            day=date_format(each.due_on, "j F Y"),
            days_late=(on - each.due_on).days,
        )
        for each, placement in zip(follow_ups, placements, strict=True)
    ]


def _evaluations_asked(reader: User) -> list[Asked]:
    """Return the evaluations that wait, without a word of whom they are about."""
    asked = Evaluation.objects.visible_to(reader).unanswered()
    asked = asked.select_related("internship__workplace", "internship__opening")
    return [
        Asked(
            title=each.internship.title,
            about=f"{each.internship.title}, {each.internship.workplace}",
            url=reverse("internships:evaluation_answer", args=[each.pk]),
            workplace=str(each.internship.workplace),
            day=_("ended on %(day)s") % {"day": date_format(each.internship.ended_on, "j F Y")},
        )
        for each in asked.order_by("asked_at", "pk")
    ]


def _replies_asked(reader: User, *, on: date) -> list[Asked]:
    """Return the jobs of which is asked whether they go on, without a word of whose they are."""
    mine = RetentionCheck.objects.asked_of(reader, on=on).waiting_for(Persona.EMPLOYER, on=on)
    return [
        Asked(
            title=each.employment.title,
            about=each.employment.title,
            url=reverse("internships:retention_reply", args=[each.pk]),
            day=_("began on %(day)s") % {"day": date_format(each.employment.starts_on, "j F Y")},
        )
        for each in mine.select_related("employment").order_by("due_on", "pk")
    ]


def context_for(internship: Internship, reader: User, *, on: date) -> dict[str, Any]:
    """Return what the employer's page of an internship shows."""
    return {
        "placement": placement_at_employer(internship, on=on),
        "check_ins": check_ins(internship, on=on),
        "evaluations": evaluations_of(internship, reader, today=on),
        "jobs": [(job.title, job.starts_on) for job in internship.employments.all()],
        "pause": internship.pause,
        "plan": presenting.plan_of(internship),
        "contact": presenting.contact_for_employer(internship, on=on),
        "steps": presenting.steps(internship),
        "timeline": presenting.timeline_of(internship, reader),
    }


def about_check_in(follow_up: FollowUp, reader: User, *, on: date) -> dict[str, Any]:
    """Return what the page of a follow-up says of its internship, to employer and participant alike."""
    internship = follow_up.internship
    is_employer = reader.persona == Persona.EMPLOYER
    wanted_at = follow_up.employer_call_wanted_at if is_employer else follow_up.call_wanted_at
    return {
        "kind": follow_up.get_kind_display(),
        "is_closed": not follow_up.is_open,
        "asks_about_call": not is_employer and follow_up.may_want_call,
        "calls": follow_up.is_open and wanted_at is not None,
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
    stands_on = Coalesce("proposal__consent", "consent")
    ended = Internship.objects.filter(state__in=ENDED).annotate(stands_on=stands_on)
    return ended.exclude(stands_on=None).order_by().values("stands_on")
