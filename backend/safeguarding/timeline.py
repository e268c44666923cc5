"""What the audit log says of reviews, in words."""

from django.utils.translation import gettext_lazy as _

from backend.core import timeline
from backend.core.timeline import Told
from backend.safeguarding.models import Review

timeline.register(
    Review,
    {
        "review_opened": Told(_("A review was opened"), to_staff_alone=True),
        "review_proposed": Told(_("A signal proposed a review"), to_staff_alone=True),
        "evidence_added": Told(_("Something was added to what the review rests on"), to_staff_alone=True),
        "signal_noticed": Told(_("A signal was added, or its figures grew"), to_staff_alone=True),
        "state_open": Told(_("The review was taken up"), to_staff_alone=True),
        "state_reply_asked": _("The employer was asked to reply"),
        "state_replied": _("The employer replied"),
        "state_unanswered": _("The time to reply has passed"),
        "state_decided": _("It was decided"),
        "state_dismissed": _("The review was dismissed"),
        "state_appealed": _("The employer asked for another decision"),
        "appeal_upheld": _("The decision stands after it was asked about"),
        "appeal_granted": _("The decision was changed after it was asked about"),
        "state_closed": _("The review was closed"),
    },
)
