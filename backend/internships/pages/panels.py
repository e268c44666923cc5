"""What internships adds to the pages of people, proposals and employers."""

from datetime import date
from typing import Any

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.accounts.access import signed_in
from backend.accounts.enums import Persona, Role
from backend.accounts.models import User
from backend.core.ui.panels import Panel, register
from backend.employers.enums import OpeningKind
from backend.employers.models import Employer
from backend.employers.pages import columns
from backend.employers.pages.liveliness import sign_of_life
from backend.internships.enums import BEGAN, NEVER_BEGAN, OPEN_INTERNSHIPS, UNDER_WAY, InternshipState
from backend.internships.known_concerns import has_unhandled_concern
from backend.internships.models import Employment, FollowUp, Internship
from backend.internships.pages.access_log import IN_LISTS
from backend.internships.pages.papers import papers_of, with_papers
from backend.internships.pages.thanks import thanks_to
from backend.matching.enums import HOLDS_PLACE, ProposalState
from backend.matching.models import Proposal
from backend.participants.access_log import shown
from backend.participants.models import Participant

NEWEST = 10


def participant_panel(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """Return a participant's internships and jobs."""
    reader = signed_in(request)
    jobs = Employment.objects.visible_to(reader).filter(participant=participant)
    return {
        "internships": _internships_of(participant, reader),
        "employments": jobs.prefetch_related("retention_checks").order_by("-starts_on", "pk"),
        "participant": participant,
        "is_staff": reader.persona == Persona.STAFF,
        "may_record": participant.unit_id in reader.unit_ids(Role.COACH),
        "may_place": _may_place(participant, reader),
        "today": timezone.localdate(),
    }


def _may_place(participant: Participant, reader: User) -> bool:
    """Tell whether planning without a proposal is offered: to coaches, of whoever waits for a place."""
    is_coach = reader.persona == Persona.STAFF and participant.unit_id in reader.unit_ids(Role.COACH)
    is_placed = any(each.state in OPEN_INTERNSHIPS for each in _internships_of(participant, reader))
    return is_coach and participant.is_matchable and participant.is_findable and not is_placed


def booked_panel(request: HttpRequest, participant: Participant) -> dict[str, Any] | None:
    """Return where the participant is placed or will be, and the next day that is booked about it."""
    reader = signed_in(request)
    open_ones = [each for each in _internships_of(participant, reader) if each.state in OPEN_INTERNSHIPS]
    placement = min(open_ones, key=_now_before_later, default=None)
    if placement is None:
        return None
    follow_ups = FollowUp.objects.visible_to(reader).filter(internship=placement).still_open()
    return {"placement": placement, "follow_up": follow_ups.order_by("due_on", "pk").first()}


def _internships_of(participant: Any, reader: User) -> list[Internship]:
    """Return what `reader` may know of a participant's internships, read once for all sections of a page."""
    visible = Internship.objects.visible_to(reader).select_related("workplace__employer")
    seen = Prefetch("internships", visible.order_by("-starts_on", "pk"), to_attr="internships_seen")
    prefetch_related_objects([participant], seen)
    found: list[Internship] = participant.internships_seen
    return found


def _now_before_later(internship: Internship) -> tuple[bool, date]:
    return internship.state not in UNDER_WAY, internship.starts_on


def papers_panel(request: HttpRequest, participant: Participant) -> dict[str, Any] | None:
    """Return to staff the papers of a participant's internships, as the participant has them."""
    reader = signed_in(request)
    if reader.persona != Persona.STAFF:
        return None
    internships = _internships_of(participant, reader)
    prefetch_related_objects(internships, *with_papers())
    papers = papers_of(internships, reader, on=timezone.localdate())
    return {"papers": papers} if papers else None


def proposal_panel(request: HttpRequest, proposal: Proposal) -> dict[str, Any] | None:
    """Return the internship that came of a proposal, or that it can be planned."""
    may_have_one = (*HOLDS_PLACE, ProposalState.FINISHED)
    if proposal.state not in may_have_one or proposal.opening.kind != OpeningKind.INTERNSHIP:
        return None
    reader = signed_in(request)
    return {
        "proposal": proposal,
        "internship": _latest(proposal, reader),
    }


def _latest(proposal: Proposal, reader: User) -> Internship | None:
    """Return the internship of the proposal; an earlier one that was called off only if there is no other."""
    theirs = Internship.objects.visible_to(reader).filter(proposal=proposal)
    return theirs.order_by("-created_at", "pk").first()


def employer_panel(request: HttpRequest, employer: Employer) -> dict[str, Any]:
    """Return an employer's internships as far as the reader may know of them, and what became of all."""
    reader = signed_in(request)
    mine = Internship.objects.listed_for(reader).filter(workplace__employer=employer)
    newest = list(mine.select_related("participant").order_by("-starts_on", "pk")[:NEWEST])
    shown(request, (each.participant_id for each in newest), page=IN_LISTS)
    return {"internships": newest, "employer": employer, "may_place": reader.has_role(Role.COACH)}


def employer_band(_request: HttpRequest, employer: Any) -> dict[str, Any]:
    """Return what came of an employer's internships, an open concern, and when they last answered."""
    heard = (employer.answered_at, employer.decided_at)
    return {
        "began": employer.began,
        "ended_early": employer.ended_early,
        "hired": employer.hired,
        "has_concern": employer.has_concern,
        "thanked_at": employer.thanked_at,
        "last_heard": max((at for at in heard if at), default=None),
    }


def _known_of_employer(_request: HttpRequest) -> dict[str, Any]:
    """Return what the band tells of an employer, as expressions of its row."""
    answers = FollowUp.objects.filter(internship__workplace__employer=OuterRef("pk"))
    decided = Proposal.objects.filter(opening__workplace__employer=OuterRef("pk"))
    here, ended_early = "workplace__employer", Internship.objects.filter(state=InternshipState.ENDED_EARLY)
    return {
        "began": internships_at_employer(),
        "ended_early": _count_at_employer(ended_early, here),
        "hired": _count_at_employer(Employment.objects.filter(internship__isnull=False), "employer"),
        "has_concern": has_unhandled_concern(OuterRef("pk")),
        "answered_at": _latest_of(answers, "employer_answered_at"),
        "decided_at": _latest_of(decided, "decided_at"),
        "thanked_at": _latest_of(thanks_to(OuterRef("pk")), "sent_at"),
    }


def _latest_of(rows: QuerySet[Any], moment: str) -> Subquery:
    newest = rows.filter(**{f"{moment}__isnull": False}).order_by(f"-{moment}", "pk")
    return Subquery(newest.values(moment)[:1])


def _count_at_employer(rows: QuerySet[Any], employer: str) -> Coalesce:
    """Return the number of `rows` at the employer of each row of a list."""
    counted = rows.order_by().filter(**{employer: OuterRef("pk")}).values(employer).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def internships_at_employer() -> Coalesce:
    """Return how many internships have begun at an employer."""
    return _count_at_employer(Internship.objects.filter(state__in=BEGAN), "workplace__employer")


def jobs_at_employer() -> Coalesce:
    """Return how many internships led to a job at the same employer."""
    return _count_at_employer(Employment.objects.filter(internship__isnull=False), "employer")


register(Panel("participants.participant", 20, "internships/_participant_panel.html", participant_panel))
register(Panel("participants.participant", 25, "internships/_papers_panel.html", papers_panel))
register(Panel("participants.booked", 10, "internships/_booked.html", booked_panel))
register(Panel("matching.proposal", 10, "internships/_proposal_panel.html", proposal_panel))
register(Panel("employers.employer", 20, "internships/_employer_panel.html", employer_panel))
register(Panel("employers.band", 10, "internships/_employer_band.html", employer_band, _known_of_employer))


@sign_of_life
def _going_on(since: date) -> Exists:
    theirs = Internship.objects.filter(workplace__employer=OuterRef("pk")).exclude(state__in=NEVER_BEGAN)
    return Exists(theirs.filter(ends_on__gte=since).order_by())


columns.register(columns.Column("internships_begun", _("Internships"), internships_at_employer))
columns.register(columns.Column("became_jobs", _("Jobs"), jobs_at_employer))
