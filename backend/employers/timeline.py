"""What the audit log says of employers and openings, in words."""

from django.utils.translation import gettext_lazy as _

from backend.core import timeline
from backend.core.timeline import Told
from backend.employers.models import (
    Capacity,
    Employer,
    EmployerInvitation,
    EmployerMembership,
    Opening,
    Workplace,
)

timeline.register(
    Employer,
    {
        "registered": _("The employer was registered"),
        "registered_by_phone": _("The employer was registered by staff, who had spoken with it"),
        "facts_changed": _("What is known of the employer was changed"),
        "criteria_attested": _("It was attested that it is a social enterprise"),
        "handed_over": _("The employer looks after itself from now on"),
        "merged_in": _("Another employer that was the same was merged into this one"),
        "merged_away": _("The employer was merged into another one that was the same"),
        "looks_like_another": Told(_("The name could be taken for that of another"), to_staff_alone=True),
        "kept_apart": Told(
            _("It was noted that an employer that looks alike is another one"), to_staff_alone=True
        ),
        "number_shown": Told(_("A sole trader's number was shown to somebody"), to_staff_alone=True),
        "checked": _("Checks were recorded"),
        "reply_written": _("A canned reply was written"),
        "reply_removed": _("A canned reply was removed"),
        "contact_noted": Told(_("A contact was noted"), to_staff_alone=True),
        "contact_taken_back": Told(_("A noted contact was taken back"), to_staff_alone=True),
        "redundancies_noted": Told(_("Redundancies were noted"), to_staff_alone=True),
        "redundancies_corrected": Told(_("Redundancies that were noted were corrected"), to_staff_alone=True),
        "redundancies_taken_back": Told(
            _("Redundancies that were noted were taken back"), to_staff_alone=True
        ),
        "standing_good": _("Approved: people can be placed here"),
        "measure_advice": Told(_("Advice was given"), shares_why=True),
        "measure_pause": Told(_("New placements were paused"), shares_why=True),
        "measure_stop": Told(_("The work together was stopped"), shares_why=True),
        "measure_begun": _("A measure began by its day"),
        "measure_lifted": Told(_("A measure was lifted"), shares_why=True),
        "measure_over": _("A measure ended by its day"),
    },
)
timeline.register(
    EmployerMembership,
    {
        "joined": _("A member joined"),
        "requested": _("Somebody asked to become a member"),
        "state_requested": _("Somebody asked to become a member again"),
        "state_active": _("A member was approved"),
        "state_ended": _("A membership ended"),
        "left": _("A member left"),
        "reminded": _("They were reminded that somebody waits to be let in"),
        "request_withdrawn": _("The request to join was taken back"),
        "role_changed": _("A member got another role"),
        "merged_away": _("A membership was merged into that of the same person"),
        "called_back": Told(_("The organisation was called about a member"), to_staff_alone=True),
    },
)
timeline.register(
    EmployerInvitation,
    {
        "invited": _("Somebody was invited to become a member"),
        "invited_again": _("An invitation was sent anew"),
        "invitation_withdrawn": _("An invitation was taken back"),
        "invitation_accepted": _("An invitation was accepted"),
    },
)
timeline.register(
    Workplace,
    {
        "workplace_added": _("A workplace was added"),
        "workplace_changed": _("A workplace was changed"),
        "workplace_merged": _("Another entry of the same workplace was merged into this one"),
        "adaptations_answered": _("It was said what can be arranged at a workplace"),
        "work_facts_answered": _("It was said how it is at a workplace"),
    },
)
timeline.register(
    Capacity,
    {
        "capacity_registered": _("Lasting places were registered"),
        "capacity_changed": _("Lasting places were changed"),
        "capacity_excepted": _("It was stated when lasting places are different"),
        "capacity_exception_withdrawn": _("What was different of lasting places was taken back"),
    },
)
timeline.register(
    Opening,
    {
        "created": _("Written"),
        "changed": _("Changed"),
        "requirement_settled": _("It was settled what a requirement means"),
        "state_awaiting_approval": _("Sent for approval"),
        "state_published": _("Published"),
        "approved": _("Approved and published"),
        "returned": Told(_("Given back for a change"), shares_why=True),
        "refreshed": _("Confirmed: it still holds"),
        "place_taken": _("A place was taken"),
        "place_released": _("A place became free"),
        "state_filled": _("All places taken"),
        "state_closed": _("Closed"),
        "state_paused": _("Paused"),
        "sent_to_be_read_again": _("Changed, and sent to be read again"),
        "resumed": _("On the list again"),
        "state_expired": _("Time has run out"),
        "closed_as_stale": _("Time has run out: nobody had confirmed it for a long time"),
        "closed_as_over": _("Time has run out: its last day had passed"),
    },
)
