"""What internships adds to the pages of people, proposals and employers."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from backend.accounts.access import signed_in
from backend.core.panels import Panel, register
from backend.employers.enums import OpeningKind
from backend.employers.models import Employer
from backend.internships.enums import InternshipState
from backend.internships.models import Employment, Internship
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.participants.models import Participant

NEWEST = 10


def participant_panel(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """Return a participant's internships and jobs."""
    reader = signed_in(request)
    mine = Internship.objects.visible_to(reader).filter(participant=participant)
    jobs = Employment.objects.visible_to(reader).filter(participant=participant)
    return {
        "internships": mine.select_related("workplace__employer").order_by("-starts_on", "pk"),
        "employments": jobs.prefetch_related("retention_checks").order_by("-starts_on", "pk"),
        "participant": participant,
        "may_record": Participant.objects.decidable_by(reader).filter(pk=participant.pk).exists(),
        "today": timezone.localdate(),
    }


def proposal_panel(request: HttpRequest, proposal: Proposal) -> dict[str, Any] | None:
    """Return the internship of an accepted proposal, or that it can be planned."""
    if proposal.state != ProposalState.ACCEPTED or proposal.opening.kind != OpeningKind.INTERNSHIP:
        return None
    reader = signed_in(request)
    return {
        "proposal": proposal,
        "internship": Internship.objects.visible_to(reader).filter(proposal=proposal).first(),
        "may_plan": Proposal.objects.handled_by(reader).filter(pk=proposal.pk).exists(),
    }


def employer_panel(request: HttpRequest, employer: Employer) -> dict[str, Any]:
    """Return an employer's internships as far as the reader may know of them, and what became of all."""
    reader = signed_in(request)
    every = Internship.objects.filter(workplace__employer=employer)
    mine = Internship.objects.visible_to(reader).filter(
        workplace__employer=employer, participant__is_protected=False
    )
    return {
        "internships": mine.select_related("participant").order_by("-starts_on", "pk")[:NEWEST],
        "completed": every.filter(state=InternshipState.COMPLETED).count(),
        "ended_early": every.filter(state=InternshipState.ENDED_EARLY).count(),
        "hired": Employment.objects.filter(employer=employer, internship__isnull=False).count(),
    }


register(Panel("participants.participant", 20, "internships/_participant_panel.html", participant_panel))
register(Panel("matching.proposal", 10, "internships/_proposal_panel.html", proposal_panel))
register(Panel("employers.employer", 20, "internships/_employer_panel.html", employer_panel))
