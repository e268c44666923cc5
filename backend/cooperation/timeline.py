"""What the audit log says of packages, earlier efforts and case reviews, in words."""

from django.utils.translation import gettext_lazy as _

from backend.cooperation.models import CaseReview, Intervention, Package, ReviewCase
from backend.core import timeline

timeline.register(
    Package,
    {
        "package_sent": _("A package was made for an agency"),
        "package_read_on_paper": _("It was handed over on paper"),
        "package_acknowledged": _("The agency has acknowledged it"),
    },
)
timeline.register(
    Intervention,
    {
        "intervention_recorded": _("An earlier effort was written down"),
        "intervention_changed": _("An earlier effort was corrected"),
        "intervention_removed": _("An earlier effort was removed"),
    },
)
timeline.register(
    CaseReview,
    {
        "case_review_planned": _("A case review was planned"),
        "case_review_held": _("The case review was begun"),
        "case_review_called_off": _("The case review was called off"),
        "case_review_closed": _("The minutes were closed"),
    },
)
timeline.register(
    ReviewCase,
    {
        "case_review_put_on": _("Put on the agenda of a case review"),
        "case_review_taken_off": _("Taken off the agenda"),
        "case_review_decided": _("A decision was noted"),
        "case_review_action_agreed": _("An action was agreed"),
        "case_review_action_done": _("An action was done"),
    },
)
