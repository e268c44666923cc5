"""Why a write about the catalogue is refused."""

from django.utils.translation import gettext_lazy as _

from backend.core.writing.refusals import Refusal


class OverrideRefusal(Refusal):
    """Why a relation is not set, or not taken back, by hand."""

    NO_REASON = "no_reason_for_override", _("Say why.")
