"""What the audit log says of proposals and of what coaches answer the matcher, in words."""

from django.utils.translation import gettext_lazy as _

from backend.core import timeline
from backend.core.timeline import Told
from backend.matching.enums import CancelReason, WithdrawalReason
from backend.matching.models import AllocationChoice, Judgement, Proposal, Visit
from backend.participants.models import Participant

timeline.register(
    Proposal,
    {
        "proposal_drafted": Told(_("A draft was made"), to_staff_alone=True),
        "draft_saved": Told(_("The draft was changed"), to_staff_alone=True),
        "state_asked": Told(_("The participant was asked"), to_person=_("You were asked")),
        "state_sent": _("Sent to the employer"),
        "state_interview": _("The employer wants to meet first"),
        "state_accepted": _("The employer said yes"),
        "consent_renewed": _("A new consent was written down"),
        "called_off": _("What was planned or recorded was taken back; the yes still holds"),
        "resumed": _("The end was written by mistake: the job goes on"),
        "state_declined": _("The employer said no"),
        "state_placed": _("The internship was planned, or the job recorded"),
        "state_finished": _("The placement ended"),
        "state_withdrawn": _("The proposal was withdrawn"),
    },
    reasons={
        **{reason.value: reason.label for reason in WithdrawalReason},
        "no_answer": _("No answer came"),
        "no_place": _("No place was left"),
        "too_long": _("It took too long"),
        "first_proposed": _("Proposed for the first time"),
    },
)
timeline.register(
    Participant,
    {
        "got_place": _("A place was planned, or a job found"),
        "place_called_off": _("A planned place was called off, or a job struck"),
    },
)
timeline.register(
    AllocationChoice,
    {
        "pair_chosen": Told(_("A pair was kept or refused on the board"), to_staff_alone=True),
        "choice_forgotten": Told(_("A pair was left to the matcher again"), to_staff_alone=True),
    },
)
timeline.register(
    Judgement, {"judged": Told(_("A job coach said whether the row deserved its place"), to_staff_alone=True)}
)
timeline.register(
    Visit,
    {
        "times_offered": _("Times to meet were proposed"),
        "times_changed": _("Other times to meet were proposed"),
        "visit_moved": _("The meeting was moved: other times were proposed"),
        "state_booked": _("A time to meet was chosen"),
        "state_held": _("They have met"),
        "state_missed": _("The meeting did not happen"),
        "state_cancelled": _("The meeting was cancelled"),
    },
    reasons={reason.value: reason.label for reason in CancelReason},
)
