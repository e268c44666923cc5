"""Sections about proposals on the pages of openings, persons and employers, and a column of the caseload."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.accounts.access import signed_in
from backend.accounts.enums import Persona, Role
from backend.core.templatetags.ui import days_waited
from backend.core.ui.panels import Panel, register
from backend.employers.models import Employer, Opening
from backend.employers.pages import columns as employer_columns
from backend.employers.pages.liveliness import sign_of_life
from backend.matching.access_log import IN_LISTS
from backend.matching.calendar import RELATED, title_of
from backend.matching.enums import AWAITING_EMPLOYER, ProposalState
from backend.matching.models import Proposal, ProposalQuerySet, Visit
from backend.matching.pages.for_employers import ANSWER_WITHIN, listed_to_employer
from backend.participants.access_log import shown
from backend.participants.listing import columns
from backend.participants.models import Participant

LATEST = 10
FROM_CANDIDATES = "kandidat-till"
"""What an address says of whoever came from the candidates of an opening: its key."""


def _of_opening(request: HttpRequest, opening: Any) -> dict[str, Any] | None:
    """For coaches of the municipality the way to candidates; for the employer what was sent to them.

    The opening was read `with_rights` of the reader.
    """
    if not request.user.is_authenticated or signed_in(request).persona == Persona.PARTICIPANT:
        return None
    user = signed_in(request)
    is_coach = user.has_role(Role.COACH) and opening.may_decide
    is_open = opening.is_listed
    found = _latest(Proposal.objects.listed_for(user).filter(opening=opening))
    _note(request, found)
    if not is_coach and not found:
        return None
    rows: Sequence[Any] = found
    if user.persona == Persona.EMPLOYER:
        rows, named = listed_to_employer(found, on=timezone.localdate())
        shown(request, named, page=IN_LISTS)
    return {
        "opening": opening,
        "proposals": rows,
        "may_rank": is_coach and is_open,
        "reader": user.persona,
    }


def _of_participant(request: HttpRequest, participant: Participant) -> dict[str, Any] | None:
    user = signed_in(request)
    may_match = participant.is_matchable and participant.is_findable
    is_coach = user.has_role(Role.COACH) and participant.unit_id in user.unit_ids(Role.COACH)
    return {
        "participant": participant,
        "proposals": _latest(Proposal.objects.visible_to(user).filter(participant=participant)),
        "may_match": may_match and is_coach,
        "reader": user.persona,
    }


def _booked(request: HttpRequest, participant: Participant) -> dict[str, Any] | None:
    """Return the meeting that is booked next."""
    to_come = Visit.objects.visible_to(signed_in(request)).of_person(participant).booked()
    visit = to_come.filter(ends_at__gte=timezone.now()).select_related(*RELATED).order_by("starts_at").first()
    return {"visit": visit, "title": title_of(visit)} if visit else None


def _way_to_participant(request: HttpRequest, participant: Participant) -> dict[str, Any] | None:
    """Return the opening whose candidates the reader came from, when the address says so."""
    key = request.GET.get(FROM_CANDIDATES, "")
    if not key:
        return None
    openings = Opening.objects.decidable_by(signed_in(request)).select_related("workplace__employer")
    opening = openings.filter(pk__in=_keys(key)).first()
    return {"opening": opening, "participant": participant} if opening else None


def _keys(text: str) -> list[UUID]:
    """Return the key written in an address; none when that is no key."""
    try:
        return [UUID(text)]
    except ValueError:
        return []


def _of_employer(request: HttpRequest, employer: Employer) -> dict[str, Any] | None:
    user = signed_in(request)
    found = _latest(Proposal.objects.listed_for(user).filter(opening__workplace__employer=employer))
    _note(request, found)
    return {"proposals": found, "reader": user.persona}


def _note(request: HttpRequest, proposals: Iterable[Proposal]) -> None:
    """Note whom the section names, which it does to staff alone."""
    if signed_in(request).persona == Persona.STAFF:
        shown(request, (each.participant_id for each in proposals), page=IN_LISTS)


def _of_what_is_stopped(request: HttpRequest, openings: Sequence[Opening]) -> dict[str, Any] | None:
    """Return how many proposals the employer knows of wait there, and how many meetings are booked."""
    known = Proposal.objects.visible_to(signed_in(request)).awaiting_employer()
    there = known.filter(opening__in=[each.pk for each in openings])
    booked = Visit.objects.booked().filter(proposal__in=there, ends_at__gte=timezone.now())
    found = {"waiting": there.count(), "met": booked.count()}
    return found if any(found.values()) else None


def _latest(proposals: ProposalQuerySet) -> list[Proposal]:
    related = ("participant__coach", "opening__workplace__employer", "consent")
    return list(proposals.select_related(*related).order_by("-state_changed_at", "pk")[:LATEST])


def open_proposals(participants: Sequence[Participant]) -> Mapping[UUID, Any]:
    """Return how many open proposals each of `participants` has."""
    is_open = Proposal.objects.open().filter(participant__in=[each.pk for each in participants])
    counted = is_open.order_by().values("participant").annotate(count=Count("pk"))
    return dict(counted.values_list("participant", "count"))


def time_to_answer() -> Subquery:
    """Return how long an employer takes for an answer, the mean of all answers; None before the first."""
    taken = ExpressionWrapper(F("decided_at") - F("sent_at"), output_field=DurationField())
    answered = Proposal.objects.filter(
        opening__workplace__employer=OuterRef("pk"), sent_at__isnull=False, decided_at__isnull=False
    )
    by_employer = answered.order_by().values("opening__workplace__employer")
    return Subquery(by_employer.annotate(taken=Avg(taken)).values("taken"))


def share_answered() -> Subquery:
    """Return the percentage of proposals that an employer has answered; None before the first.

    What was answered counts, and what lay unanswered for as long as an employer is asked to take at most.
    """
    asked = Proposal.objects.filter(opening__workplace__employer=OuterRef("pk"), sent_at__isnull=False)
    waits = Q(state__in=AWAITING_EMPLOYER, sent_at__lte=timezone.now() - ANSWER_WITHIN)
    given_up = Q(state=ProposalState.WITHDRAWN, state_changed_at__gte=F("sent_at") + ANSWER_WITHIN)
    sent = asked.filter(Q(decided_at__isnull=False) | waits | given_up)
    by_employer = sent.order_by().values("opening__workplace__employer")
    share = Count("decided_at") * 100 / Count("pk")
    return Subquery(by_employer.annotate(share=share).values("share"))


@sign_of_life
def _answered(since: date) -> Exists:
    theirs = Proposal.objects.filter(opening__workplace__employer=OuterRef("pk"))
    return Exists(theirs.filter(decided_at__date__gte=since).order_by())


def _in_days(taken: timedelta | None) -> str:
    return days_waited(max(taken.days, 0)) if taken is not None else "–"


register(Panel("employers.opening", 10, "matching/_panel_opening.html", _of_opening))
register(Panel("employers.stopping", 10, "matching/_panel_stopping.html", _of_what_is_stopped))
register(Panel("participants.booked", 5, "matching/_booked.html", _booked))
register(Panel("participants.crumbs", 10, "matching/_crumbs.html", _way_to_participant))
register(Panel("participants.participant", 10, "matching/_panel_participant.html", _of_participant))
register(Panel("employers.employer", 20, "matching/_panel_employer.html", _of_employer))
columns.register(columns.Column(_("Open proposals"), open_proposals))
employer_columns.register(
    employer_columns.Column(
        "share_answered",
        _("Answered"),
        share_answered,
        words=lambda share: "–" if share is None else f"{share} %",
    )
)
employer_columns.register(
    employer_columns.Column("time_to_answer", _("Time to answer"), time_to_answer, words=_in_days)
)
