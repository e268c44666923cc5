"""What there is at an employer when a measure is taken, and what becomes of each; counts alone."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.employers.enums import PUBLIC_STATES
from backend.employers.models import Employer, Opening
from backend.internships.enums import UNDER_WAY, InternshipState
from backend.internships.models import Internship
from backend.matching.models import Proposal


def pending_at(employer: Employer, *, today: date) -> list[str]:
    """Return, in sentences, what waits or goes on at an employer and what a pause or a stop does with it."""
    here = {"workplace__employer": employer}
    openings = Opening.objects.filter(state__in=PUBLIC_STATES, **here).count()
    proposals = Proposal.objects.open().filter(opening__workplace__employer=employer).count()
    internships = Internship.objects.filter(**here).order_by()
    planned = internships.filter(state=InternshipState.PLANNED).count()
    going_on = internships.filter(state__in=UNDER_WAY).count()
    said = [
        (
            openings,
            ngettext(
                "%(n)d opening is out of sight meanwhile.",
                "%(n)d openings are out of sight meanwhile.",
                openings,
            ),
        ),
        (
            proposals,
            ngettext(
                "%(n)d proposal waits: no yes can be given, and its job coach is told.",
                "%(n)d proposals wait: no yes can be given, and their job coaches are told.",
                proposals,
            ),
        ),
        (
            planned,
            ngettext(
                "%(n)d planned internship cannot start; its job coach is asked what becomes of it.",
                "%(n)d planned internships cannot start; their job coaches are asked what becomes of them.",
                planned,
            ),
        ),
        (
            going_on,
            ngettext(
                "%(n)d internship goes on and is not extended; its job coach is asked about it.",
                "%(n)d internships go on and are not extended; their job coaches are asked about each.",
                going_on,
            ),
        ),
    ]
    return [words % {"n": number} for number, words in said if number] or [
        _("Nothing waits or goes on here.")
    ]
