"""What the audit log says of participants and consents, in words."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from backend.core import timeline
from backend.core.timeline import Told
from backend.participants.enums import ConsentEnd, ParticipantState
from backend.participants.models import Agency, AgencyContact, Consent, Participant

timeline.register(
    Participant,
    {
        "enrolled": Told(_("Enrolled"), to_person=_("You were enrolled")),
        "updated": Told(_("The data was changed"), to_person=_("Your data was changed")),
        "contact": Told(
            _("Coach and participant were in contact"), to_person=_("You and your job coach were in contact")
        ),
        "contact_removed": Told(
            _("A noted contact was taken back"), to_person=_("A contact that was noted was taken back")
        ),
        "handed_over": Told(
            _("The case was handed over to another job coach"), to_person=_("You got another job coach")
        ),
        "skill_added": _("A skill was added"),
        "skill_confirmed": _("It was settled what a skill means"),
        "skill_level_set": _("The level of a skill was changed"),
        "meaning_changed": _("It was said anew what something in the file means"),
        "skill_removed": _("A skill was removed"),
        "occupation_added": _("An occupation was added"),
        "occupation_described": _("What somebody has worked as or wants was described anew"),
        "occupation_confirmed": _("It was settled what an occupation means"),
        "occupation_removed": _("An occupation was removed"),
        "wish_was_experience": _("What stood as a wish was moved to what the person has worked as"),
        "wish_is_wish": _("It was settled that an occupation is a wish"),
        "invited": Told(_("Invited to sign in"), to_person=_("You were invited to sign in")),
        "account_cut_off": Told(
            _("The account at an old address was closed"),
            to_person=_("The account at your old address was closed"),
        ),
        "protected": _("The identity was protected"),
        "protection_lifted": _("The protection of the identity was lifted"),
        **{f"state_{state}": format_lazy(_("Now: {state}"), state=state.label) for state in ParticipantState},
    },
)
timeline.register(
    Agency,
    {
        "agency_registered": _("The agency was written down"),
        "agency_changed": _("What is said of the agency was changed"),
    },
)
timeline.register(
    AgencyContact,
    {
        "agency_contact_added": _("A contact person was written down"),
        "agency_contact_prolonged": _("A contact person has another last day"),
        "agency_contact_ended": _("A contact person works there no longer"),
    },
)
timeline.register(
    Consent,
    {
        "consent_given": Told(_("A consent was given"), to_person=_("You gave a consent")),
        "consent_withdrawn": _("A consent was taken back"),
        "consent_ended": _("A consent ended: what it was for is over"),
    },
    reasons={f"consent_{end}": end.label for end in ConsentEnd},
)
