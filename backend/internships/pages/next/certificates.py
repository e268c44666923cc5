"""What comes next about the certificate of an internship that is over, for the coach and for the person."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from backend.core.ui.next import Action, Next
from backend.internships.certified import OVER
from backend.internships.models import Certificate, Internship


def next_about_certificate(
    internship: Internship, editions: Sequence[Certificate], *, may_decide: bool, is_own: bool
) -> Next | None:
    """Return what a reader does about the certificate; `editions` are those there are, the newest first.

    `may_decide`: as coach of the case; `is_own`: the reader is the person.
    """
    if internship.state not in OVER:
        return None
    if is_own:
        papers = Action(_("See my papers"), reverse("internships:my_papers"))
        return Next(_("You have a certificate"), actions=(papers,), tone="success") if editions else None
    if not may_decide:
        return None
    page = reverse("internships:certificate_issue", args=[internship.pk])
    if editions:
        look = Action(_("See what it says"), page, variant="secondary")
        return Next(_("The certificate is issued"), actions=(look,), tone="success")
    words = _("It says what the person has done, for the next application: no judgement and no reasons.")
    return Next(_("Issue a certificate"), words, (Action(_("See what it will say"), page),))
