"""What the audit log says of accounts and roles, in words."""

from django.utils.translation import gettext_lazy as _

from backend.accounts.models import Assignment, Municipality, Unit, User
from backend.core import timeline
from backend.core.models import JobRun, OutboxMessage

timeline.register(
    User,
    {
        "account_opened": _("The account was opened"),
        "account_changed": _("Details of the account were changed"),
        "address_changed": _("The account got another e-mail address"),
        "account_closed": _("The account was closed"),
        "account_reopened": _("The account was opened again"),
        "made_operator": _("The account may use the administration"),
        "operator_ended": _("The account may no longer use the administration"),
        "second_factor_added": _("A second factor was added"),
        "second_factor_removed": _("A second factor was taken away"),
        "recovery_codes_made": _("New recovery codes were made"),
        "password_changed": _("The password was changed"),
        "language_chosen": _("Another language was chosen"),
        "sms_chosen": _("SMS was chosen for reminders and short questions"),
        "sms_stopped": _("SMS was turned off"),
        "messages_chosen": _("It was chosen what is mailed, and how often"),
        "staff_invited": _("An invitation was sent"),
        "invitation_accepted": _("The invitation was accepted"),
        "invitation_withdrawn": _("The invitation was withdrawn"),
    },
)
timeline.register(
    Municipality,
    {
        "contact_set": timeline.Told(_("Contact details were set"), to_staff_alone=True),
        "quiet_hours_set": timeline.Told(_("Quiet hours were set"), to_staff_alone=True),
        "own_words_written": timeline.Told(
            _("A mail got words of the municipality's own"), to_staff_alone=True
        ),
        "own_words_ended": timeline.Told(_("A mail got the programme's words again"), to_staff_alone=True),
    },
)
timeline.register(
    Assignment,
    {
        "role_given": _("A role was given"),
        "role_ended": _("A role ended"),
        "last_day_set": _("A last day was set for a role"),
    },
)
timeline.register(
    Unit,
    {
        "unit_opened": _("The unit was added"),
        "unit_renamed": _("The unit got another name"),
        "unit_closed": _("The unit was closed"),
    },
)
timeline.register(
    OutboxMessage,
    {
        "sent_again": timeline.Told(_("The message was sent again"), to_staff_alone=True),
        "set_aside": timeline.Told(_("The message was set aside"), to_staff_alone=True),
    },
)
timeline.register(
    JobRun,
    {
        "job_run": timeline.Told(_("A scheduled job was run by hand"), to_staff_alone=True),
        "job_tried": timeline.Told(
            _("A scheduled job was tried without changing anything"), to_staff_alone=True
        ),
    },
)
