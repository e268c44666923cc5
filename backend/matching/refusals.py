"""Why a write about proposals is refused."""

from django.utils.translation import gettext_lazy as _

from backend.core.writing.refusals import Refusal


class ProposalRefusal(Refusal):
    OPENING_NOT_OPEN = "opening_not_open", _("The opening is not open for proposals.")
    EMPLOYER_NOT_IN_GOOD_STANDING = (
        "employer_not_in_good_standing",
        _("The municipality does not place anybody with this employer at the moment."),
    )
    NOT_WAITING = "not_waiting", _("The participant is not waiting for a place.")
    PROTECTED = "protected", _("Nobody with protected identity is proposed through the system.")
