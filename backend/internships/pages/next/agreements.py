"""What comes next about an agreement, for each of the three who sign it."""

from collections.abc import Collection
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from backend.core.ui.next import Action, Next
from backend.internships.enums import OPEN_INTERNSHIPS, InternshipState, Party
from backend.internships.models import Agreement, Internship
from backend.internships.safeguards.signed import Unsigned, source_of, unsigned_of, words_of

SOON = timedelta(days=7)
"""So long before the first day a coach is told of who has not signed."""


def next_for_party(agreement: Agreement, party: str, signed: Collection[str], *, may_sign: bool) -> Next:
    """Return where an agreement stands for one of the parties; `signed` are those that have.

    `may_sign`: the reader signs for the party; a supervisor only reads.
    """
    missing = [each for each in Party if each not in signed]
    if not missing:
        return Next(_("All three have signed"), tone="success")
    waits = _("Not signed yet: %(who)s.") % {"who": words_of(missing)}
    if agreement.internship.state not in OPEN_INTERNSHIPS:
        return Next(_("Not signed by all three"), waits, tone="neutral")
    if party in signed:
        return Next(_("You have signed"), waits, tone="success")
    if not may_sign:
        return Next(_("Waits for signatures"), waits, tone="neutral")
    sign = Action(
        _("I have read it and sign"),
        reverse("internships:agreement_sign", args=[agreement.pk]),
        posts=True,
        icon="check",
    )
    return Next(_("Read and sign"), _text_for(party), (sign,))


def _text_for(party: str) -> str:
    if party == Party.MUNICIPALITY:
        return _("You sign for the municipality. If something is not right, change the terms first.")
    return _("If something is not right, call the job coach before you sign.")


def next_for_coach_about(internship: Internship, missing: Collection[Party], *, today: date) -> Next | None:
    """Return what the coach does about who has not signed: sign, or see to the others before it begins."""
    if not missing or internship.state not in OPEN_INTERNSHIPS:
        return None
    page = Action(_("Open the agreement"), reverse("internships:agreement_detail", args=[internship.pk]))
    reason = _("Unsigned: %(who)s") % {"who": words_of(missing)}
    if Party.MUNICIPALITY in missing:
        return Next(
            _("The agreement"), actions=(page,), reason=reason, do=_("Sign the agreement"), mark="info"
        )
    begins = internship.starts_on - today <= SOON or internship.state == InternshipState.ONGOING
    if not begins:
        return None
    return Next(
        _("The agreement"), actions=(page,), reason=reason, do=_("See who has signed"), mark="warning"
    )


def warning_before(verb: str, internship: Internship) -> tuple[str, ...]:
    """Return what is said before `verb` is done to an internship: at its start, who has not signed."""
    unsigned = unsigned_of(internship) if verb == "start" else None
    return words_before_start(internship, unsigned) if unsigned else ()


def words_before_start(internship: Internship, unsigned: Unsigned) -> tuple[str, str]:
    """Return who has not signed, and what that means for the start."""
    missing = _("Not signed yet: %(who)s.") % {"who": unsigned.who}
    if unsigned.refuses:
        by_rule = _("It starts when all three have signed. Rule: %(source)s.")
        return missing, by_rule % {"source": source_of(internship)}
    return missing, _("It may start all the same. Ask them to sign, or hand in the agreement on paper.")
