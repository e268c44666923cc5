"""What the audit log says of internships and jobs, in words."""

from django.utils.translation import gettext_lazy as _

from backend.core import timeline
from backend.core.timeline import Told
from backend.internships.models import (
    Agreement,
    Certificate,
    Concern,
    Employment,
    Evaluation,
    FollowUp,
    Internship,
    RetentionCheck,
    UnionConsultation,
)

timeline.register(
    Internship,
    {
        "internship_planned": _("Planned"),
        "follow_ups_scheduled": _("The follow-ups were scheduled"),
        "state_ongoing": _("Started"),
        "state_completed": _("Completed"),
        "state_ended_early": _("Ended early"),
        "state_cancelled": _("Called off"),
        "internship_extended": _("Extended"),
        "gates_noticed": Told(_("Something arose that the manager decides about"), to_staff_alone=True),
        "extension_wanted": Told(_("An extension waits for the manager's decision"), to_staff_alone=True),
        "extension_decided": Told(_("The manager decided about an extension"), to_staff_alone=True),
        "state_no_show": _("Nobody came"),
        "state_paused": _("A break began"),
        "return_changed": _("The day of the return was changed"),
        "internship_resumed": _("Went on again after a pause"),
        "terms_changed": _("The terms were changed"),
        "consent_renewed": _("A new consent was written down"),
        "emergency_contact_written": Told(
            _("Whom to ring in an emergency was written down"), to_staff_alone=True
        ),
        "objection_decided": Told(_("The manager decided about the placement"), to_staff_alone=True),
    },
    reasons={
        "internship_started": _("An internship started"),
        "internship_ended": _("An internship ended"),
        "employment_recorded": _("A paid job was recorded"),
        "employment_ended": _("A paid job ended"),
        "employment_corrected": _("A paid job was corrected"),
        "employment_struck": _("A paid job was struck: it was recorded by mistake"),
    },
)
timeline.register(
    Agreement,
    {
        "agreement_drawn_up": _("The agreement was drawn up"),
        "agreement_changed": _("The agreement was drawn up anew, with other terms"),
        "signed_by_employer": Told(
            _("The agreement was signed for the employer"),
            to_employer=_("The agreement was signed for your organisation"),
        ),
        "signed_by_participant": Told(
            _("The participant signed the agreement"), to_person=_("You signed the agreement")
        ),
        "signed_by_municipality": _("The agreement was signed for the municipality"),
        "signing_code_sent": Told(_("A code for signing the agreement was sent"), to_staff_alone=True),
        "agreement_settled": _("All three have signed the agreement"),
    },
)
timeline.register(
    Certificate,
    {
        "certificate_issued": Told(_("The certificate was issued"), to_person=_("You got a certificate")),
        "certificate_issued_anew": Told(
            _("The certificate was issued anew"), to_person=_("You got a new edition of your certificate")
        ),
    },
)
timeline.register(
    FollowUp,
    {
        "employer_answered": Told(
            _("The employer told how it goes"), to_employer=_("Your organisation answered the follow-up")
        ),
        "participant_answered": Told(
            _("The participant told how it goes"), to_person=_("You answered the follow-up")
        ),
        "call_wanted": Told(_("The participant asked the job coach to call"), to_staff_alone=True),
        "employer_call_wanted": Told(
            _("The employer asked the job coach to call"),
            to_employer=_("Your organisation asked the job coach to call"),
        ),
        "follow_up_closed": _("A follow-up was closed"),
        "follow_up_added": _("An extra follow-up was planned"),
        "follow_up_noted": Told(_("The summary of a follow-up was begun"), to_staff_alone=True),
        "follow_up_corrected": Told(_("The answers of a follow-up were corrected"), to_staff_alone=True),
    },
)
# Who raises a concern stays between them and the coach.
timeline.register(
    Concern,
    {
        "concern_raised": Told(_("Somebody said that something is wrong"), to_staff_alone=True),
        "concern_linked": Told(_("It was found out which employer a concern is about"), to_staff_alone=True),
        "concern_handled": Told(_("A concern was handled"), to_staff_alone=True),
        "concern_decided": Told(
            _("The manager decided about placements beside the concern"), to_staff_alone=True
        ),
    },
)
timeline.register(
    Employment,
    {
        "employment_recorded": _("It became a job"),
        "employment_ended": _("The job ended"),
        "employment_corrected": _("The job was corrected"),
        "employment_struck": _("The job was struck: it was recorded by mistake"),
    },
)
timeline.register(
    Evaluation,
    {
        "employer_evaluated": Told(
            _("The employer told how it was"), to_employer=_("Your organisation told how it was")
        ),
        "participant_evaluated": Told(
            _("The participant told how it was"), to_person=_("You told how it was")
        ),
        "evaluation_looked_at": Told(_("The job coach went through an evaluation"), to_staff_alone=True),
        "evaluation_left": Told(_("An evaluation is asked for no more: no answer"), to_staff_alone=True),
        "offered_again": Told(
            _("The employer offered places anew"), to_employer=_("Your organisation offered places anew")
        ),
    },
)
timeline.register(
    RetentionCheck,
    {
        "retention_answered": _("It was asked whether the job lasts"),
        "employer_replied": Told(_("The employer said whether the job lasts"), to_staff_alone=True),
        "participant_replied": Told(
            _("The participant said whether the job lasts"), to_person=_("You said whether the job lasts")
        ),
    },
)
timeline.register(
    UnionConsultation,
    {
        "union_asked": Told(_("A union was asked about the workplace"), to_staff_alone=True),
        "union_answered": Told(_("The union answered"), to_staff_alone=True),
        "union_did_not_answer": Told(_("The union did not answer in its time"), to_staff_alone=True),
    },
)
