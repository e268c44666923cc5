"""Why a write about an account or a role is refused."""

from django.utils.translation import gettext_lazy as _

from backend.core.writing.refusals import Refusal


class AccountRefusal(Refusal):
    """Why an account is not opened, changed or closed, and a role not given."""

    ADDRESS_TAKEN = "account_address_taken", _("Another account has this e-mail address.")
    ADDRESS_OF_FILE = (
        "address_of_file",
        _("A participant's address is changed in their file, by their job coach."),
    )
    OWN_ACCOUNT = "own_account", _("You cannot do this with your own account. Ask another operator.")
    NOT_STAFF = (
        "not_staff",
        _("Only the municipality's own staff have roles."),
    )
    CLOSED = "account_closed", _("The account is closed. Open it again first.")
    ROLE_HELD = "role_held", _("The user already has this role in the unit.")
    LANGUAGE_UNKNOWN = "account_language_unknown", _("Choose one of the languages on the page.")


class StaffRefusal(Refusal):
    """Why an administrator cannot invite somebody, give or end a role, or close a unit."""

    CODE_NOT_VALID = (
        "invitation_not_valid",
        _("The code does not fit, has been used or is too old. Ask whoever invited you to send a new one."),
    )
    NOT_WAITING = "invitation_not_waiting", _("The invitation does not wait for an answer any more.")
    NO_UNIT = "role_needs_unit", _("Choose the unit: job coaches and managers belong to one.")
    UNIT_CLOSED = "unit_closed", _("The unit is closed. Choose another.")
    LAST_ADMINISTRATOR = (
        "last_administrator",
        _("The municipality must have an administrator. Give the role to somebody else first."),
    )
    CASES_LEFT = (
        "cases_left",
        _("Then nobody could act in %(n)s open cases. Give the unit a manager, or hand them over first."),
    )
    DAY_PASSED = "last_day_passed", _("The last day can be today or later.")
    UNIT_HAS_STAFF = "unit_has_staff", _("Somebody works in the unit still. End those roles first.")
    UNIT_HAS_CASES = "unit_has_cases", _("The unit has %(n)s open cases. They must have ended first.")


class JobRefusal(Refusal):
    """The job goes on, or has run since it was looked at."""

    IS_RUNNING = "job_is_running", _("The job is running already. Look again in a while.")
    HAS_RUN = "job_has_run", _("The job has run since you opened the page. Look at what it did first.")


class MessageRefusal(Refusal):
    """Why what somebody chooses about messages is not taken."""

    CANNOT_BE_OFF = "message_cannot_be_off", _("One of these is always mailed: it is urgent, or needed.")
    NO_SMS = "sms_not_set_up", _("This installation sends no SMS.")
    NOT_MOBILE = "not_a_mobile", _("Write a Swedish mobile number, for example 070-123 45 67.")
    TOO_MANY_CODES = "too_many_phone_codes", _("You have asked for several codes. Try again tomorrow.")
    CODE_WRONG = (
        "phone_code_wrong",
        _("The code does not fit or is too old. Type it again, or ask for a new one."),
    )
    NO_SUCH_PACE = "message_pace_unknown", _("Choose one of the times on the page.")


class OwnWordsRefusal(Refusal):
    """Why words of a municipality's own cannot stand in a mail."""

    EMPTY = (
        "own_words_empty",
        _("Nothing is written here. To use the programme's words, choose Back to the programme's words."),
    )
    TOO_LONG = "own_words_too_long", _("This is too long. Use at most %(most)s characters.")
    NOT_ONE_LINE = (
        "own_words_not_one_line",
        _("There is a line break in this, or a sign that is not seen. Take it out."),
    )
    UNKNOWN_PLACEHOLDER = (
        "own_words_unknown_placeholder",
        _("“%(found)s” stands for nothing in this mail. Braces can only hold what is named under the field."),
    )
    PERSONAL = (
        "own_words_personal",
        _("“%(found)s” looks like somebody's number or e-mail address. The mail goes to many: take it out."),
    )
    WEB_ADDRESS = (
        "own_words_web_address",
        _("“%(found)s” is a web address. The mail has its own link, and no other: take it out."),
    )
    NOT_RENDERED = (
        "own_words_not_rendered",
        _("No mail can be made of these words. Write them in another way."),
    )


class JournalRefusal(Refusal):
    """Why a line of a journal is not written."""

    CONTACT_TO_COME = "contact_to_come", _("Contact cannot be noted before it has happened.")
    HALF_A_NEXT_STEP = (
        "half_a_next_step",
        _("Write both what is next and the day for it, or leave both empty."),
    )
    NEXT_BEFORE_CONTACT = (
        "next_before_contact",
        _("The next step comes after the contact. Choose a later day."),
    )
