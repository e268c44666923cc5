"""Why a write about a participant is refused."""

from django.utils.translation import gettext_lazy as _

from backend.core.writing.refusals import Refusal


class FileRefusal(Refusal):
    """Why a file is not opened, changed or moved along."""

    NOT_A_NAME = "not_a_name", _("Write the name with letters, without pictures.")
    ENROLLED_TO_COME = "enrolled_to_come", _("Nobody can be enrolled on a day to come.")
    NO_REASON_FOR_FAR_BACK = (
        "no_reason_for_far_back",
        _("That is more than %(days)s days ago, and waiting is counted from it. Say why, or mend the day."),
    )
    CHANGED_MEANWHILE = (
        "file_changed_meanwhile",
        _(
            "The file was changed after you opened this page: %(fields)s. Open it beside this page, "
            "put right what you have written, and save again."
        ),
    )
    SAME_PERSON = (
        "same_person",
        _(
            "Somebody of that name with the same e-mail address or telephone number is here already. "
            "Is it the same person?"
        ),
    )
    COACH_OF_OTHER_UNIT = "coach_of_other_unit", _("The job coach must work in the unit.")
    COACH_NOT_HANDLER = "coach_not_handler", _("The job coach must be one of the named handlers.")
    NO_REASON_TO_STOP = "no_reason_to_stop", _("State why.")


class InvitationRefusal(Refusal):
    """Why nobody is invited to sign in."""

    NO_ADDRESS = "no_email_address", _("Write the participant's e-mail address first.")
    ADDRESS_TAKEN = (
        "email_address_taken",
        _("Another account uses the e-mail address. Ask for one of the person's own."),
    )


class ConsentRefusal(Refusal):
    """Why a consent is not recorded or taken back."""

    ALREADY_WITHDRAWN = (
        "consent_already_withdrawn",
        _("The consent was already taken back. Nothing was changed by your click."),
    )
    NOTHING = "nothing_released", _("Choose at least one thing that may be told.")
    BAD_PERIOD = "consent_period", _("A consent holds from today and for at most one year.")
    OTHER_MUNICIPALITY = (
        "employer_of_other_municipality",
        _("The receiver belongs to another municipality."),
    )
    FILE_CHANGED = "file_changed", _("The file has changed. Look through what may be told once more.")


class WordsRefusal(Refusal):
    """Why something that a person can or wants is not written down."""

    EMPTY = "nothing_written", _("Write something.")
    TOO_LONG = "text_too_long", _("At most %(n)s characters: one thing a row.")
    THERE_ALREADY = "text_there_already", _("“%(text)s” is in the list already.")
    LIST_FULL = "list_full", _("The list is full. Remove something first.")
    YEAR_TO_COME = "year_to_come", _("Nobody has worked in a year to come.")
    NOT_WORK = (
        "wish_is_not_work",
        _("A wish is about work: an occupation or a skill. What the person has stands in the file."),
    )


class AgencyRefusal(Refusal):
    """Why an agency, or somebody who works there, is not written down."""

    ADDRESS_TAKEN = (
        "agency_address_taken",
        _("An account of another kind uses this address. Ask for one at the agency."),
    )
    BAD_LAST_DAY = "agency_last_day", _("A guest is let in from today and for at most one year.")


class ProtectionRefusal(Refusal):
    """Why an identity is not protected, or its protection not lifted."""

    NOT_PROTECTED = "not_protected", _("The identity is not protected.")
    NO_REASON = "no_reason_to_lift", _("State why.")
    NO_HANDLER = "no_handler", _("Name at least one handler.")
    LOCKED_OUT = (
        "locked_out",
        _("You and the participant's job coach must be among the handlers."),
    )
    HANDLER_OF_OTHER_UNIT = "handler_of_other_unit", _("A handler must work in the participant's unit.")
