"""Why a write about an employer, its members, workplaces or openings is refused."""

from django.utils.translation import gettext_lazy as _

from backend.core.writing.refusals import Refusal


class SearchRefusal(Refusal):
    """Why a search is not saved."""

    TOO_MANY = ("too_many_searches", _("You have %(most)s saved searches. Delete one first."))
    NO_PACE = ("search_without_mails", _("Choose how often you want to be told."))


class OrganisationRefusal(Refusal):
    """Why an organisation is not registered, left or approved."""

    NUMBER_FORMAT = (
        "organisation_number_format",
        _("An organisation number has ten digits, such as 556000-4615."),
    )
    NUMBER_CHECKSUM = (
        "organisation_number_checksum",
        _("The organisation number is not right: one of its digits must be mistyped."),
    )
    NUMBER_PERSONAL = (
        "organisation_number_personal",
        _("This is a personal identity number, which only a sole trader has. Choose Company."),
    )
    NUMBER_WITHOUT_REASON = "organisation_number_without_reason", _("Say why you need the number.")
    NUMBER_PUBLIC = (
        "organisation_number_public",
        _("This is the number of an authority, a municipality or a region. Choose Public body."),
    )
    LAST_ADMINISTRATOR = (
        "last_administrator",
        _("An organisation needs an administrator. Make somebody else one first."),
    )
    ALREADY_MEMBER = "already_member", _("Whoever has this address is a member already.")
    TOO_MANY_INVITATIONS = (
        "too_many_invitations",
        _("%(most)d invitations have been sent today. Send more tomorrow."),
    )
    INVITATION_OVER = (
        "invitation_over",
        _("The invitation is no longer valid. Ask whoever sent it to send it anew."),
    )
    OTHER_ADDRESS = (
        "invited_at_other_address",
        _("The invitation was sent to another address than the one you have signed in with."),
    )
    ACCOUNT_FOR_OTHER = (
        "account_for_other",
        _("The address belongs to an account of another kind. Ask to be invited at another address."),
    )
    REMINDED_TODAY = (
        "reminded_today",
        _("They have been told today. You can remind them again tomorrow."),
    )
    CHECK_IN_THE_WAY = "check_in_the_way", "%(obstacle)s"
    NOT_CALLED_BACK = (
        "not_called_back",
        _("Call the organisation on a public number and ask whether %(name)s speaks for it."),
    )


class MeasureRefusal(Refusal):
    """Why a measure is not taken or lifted."""

    BEGINS_IN_THE_PAST = (
        "measure_begins_in_the_past",
        _("A measure cannot begin before today: what has been done was allowed then."),
    )
    STANDS_ALREADY = (
        "measure_stands_already",
        _("The same measure, or a harsher one, stands over these days already."),
    )
    NO_REASON = "measure_lifted_without_reason", _("Say why the measure is lifted.")


class RedundancyRefusal(Refusal):
    """Why redundancies are not noted, corrected or taken back."""

    TO_COME = "redundancy_to_come", _("The day has not come yet. Note it when notice has been given.")
    NO_REASON = "redundancy_without_reason", _("Say what was wrong.")


class MergerRefusal(Refusal):
    """Why two employers are not made one."""

    ITSELF = "merger_with_itself", _("That is the same employer. Choose another one.")
    DONE = "merger_done", _("One of the two has been merged already.")
    OTHER_MUNICIPALITY = (
        "merger_across_municipalities",
        _("The two are in different municipalities. Each municipality has its own register."),
    )
    NOT_CALLED_BACK = (
        "merger_not_called_back",
        _("Call %(employer)s on a public number first and ask whether %(name)s speaks for it."),
    )


class OpeningRefusal(Refusal):
    """Why an opening is not written, published or filled."""

    WORKPLACE_OF_ANOTHER = "workplace_of_another", _("The workplace belongs to another employer.")
    EMPLOYER_PAUSED = (
        "employer_paused",
        _("The municipality has paused its work with the organisation. Contact the labour-market unit."),
    )
    NO_DESCRIPTION = "no_description", _("Say in plain words what the work is before you publish.")
    LAST_DAY_PASSED = "last_day_passed", _("The last day has passed. Change it before you publish.")
    ALL_TAKEN = "all_places_taken", _("All places are taken. State more places before you publish.")
    BACK_TOO_SOON_OR_LATE = (
        "back_too_soon_or_late",
        _("Choose a day from tomorrow on, within a year. Leave it empty if you do not know yet."),
    )
    BACK_AFTER_THE_END = "back_after_the_end", _("The opening's last day is before that day.")
    NOT_IN_THIS_STATE = "not_in_this_state", _("That cannot be done to it now. It is: %(state)s.")
    TOO_MANY_SKILLS = "too_many_skills", _("Name at most %(most)d skills.")
    NO_PLACE = "no_place", _("No place is left in this opening.")
    NONE_TAKEN = "none_taken", _("No place is taken in this opening.")


class CapacityRefusal(Refusal):
    """Why lasting places, or what is different of them on some days, are not written."""

    NO_DAYS = "capacity_without_days", _("Choose at least one weekday.")
    DAY_TWICE = "capacity_day_twice", _("%(day)s stands there twice.")
    DAY_ENDS_FIRST = "capacity_day_ends_first", _("The day must end after it begins: %(day)s.")
    TOO_MANY_PLACES = (
        "capacity_too_many_places",
        _(
            "%(supervisors)s supervisors can take %(most)s people at once, and %(places)s places are stated. "
            "State fewer places or more supervisors."
        ),
    )
    PLACES_TAKEN = (
        "capacity_places_taken",
        _("%(taken)s places are taken, so there cannot be fewer. They become free when the placements end."),
    )
    DAY_TAKEN = (
        "capacity_day_taken",
        _("%(day)s: %(people)s people are there, until %(until)s. Talk to the job coach about other days."),
    )
    EXCEPTION_PAST = "capacity_exception_past", _("Those days have been. State days that are to come.")
    EXCEPTION_TWICE = "capacity_exception_twice", _("This is stated already.")
    EXCEPTION_WITHDRAWN = "capacity_exception_withdrawn", _("It has been taken back already.")


class ArrangingRefusal(Refusal):
    """Why an answer about a workplace is not kept."""

    UNKNOWN_ADAPTATION = "unknown_adaptation", _("That is nothing that can be asked of a workplace here.")
    UNKNOWN_FACT = "unknown_work_fact", _("That is no fact about a workplace here.")


class ReplyRefusal(Refusal):
    """Why a canned reply is not kept."""

    PERSONAL = (
        "reply_personal",
        _("“%(found)s” looks like it belongs to one person. A reply that is kept goes to many."),
    )
    TITLE_TWICE = "reply_title_twice", _("You have a reply with that name already.")
    TOO_MANY = "reply_too_many", _("You have %(most)d replies already. Remove one first.")


class ExchangeRefusal(Refusal):
    """Why something from elsewhere is not made an opening here."""

    NO_AD = "ad_is_none", _("This is no ad: it has no headline and no id.")
    AD_FIELD = "ad_field", _("“%(field)s” cannot be read.")
    AD_REMOVED = "ad_removed", _("The ad has been taken away at its source.")
    AD_PASSED = "ad_last_day_passed", _("The last day to apply, %(day)s, has passed.")
    AD_WHOSE = (
        "ad_of_another",
        _("The ad is of an organisation for which you may not write here: %(number)s."),
    )
    AD_WHERE = "ad_place", _("We cannot tell where “%(place)s” is. Add the workplace first.")
    EMPTY = "import_empty", _("Nothing is in it that can be imported.")
    TOO_MANY = "import_too_many", _("At most %(most)d can be imported at once; here are %(count)d.")


class SheetRefusal(Refusal):
    """Why a file of rows is not read, or a cell of it."""

    TOO_LARGE = "sheet_too_large", _("The file is larger than %(most)d MB. Divide it.")
    TOO_MANY = "sheet_too_many_rows", _("The file has more than %(most)d rows. Divide it.")
    TOO_WIDE = "sheet_too_many_columns", _("The file has more than %(most)d columns.")
    BOMB = "sheet_unpacks_to_too_much", _("The file grows far too large when it is opened. Save it anew.")
    OLD_EXCEL = "sheet_of_old_excel", _("This is an old Excel file (.xls). Save it as .xlsx or as CSV.")
    UNREADABLE = "sheet_unreadable", _("The file cannot be read. Save it as .xlsx or as CSV.")
    NOTHING = "sheet_empty", _("Nothing stands in the file.")
    NO_DAY = "cell_no_day", _("“%(text)s” is no day. Write it like 2026-03-12.")
    NO_NUMBER = "cell_no_number", _("“%(text)s” is not a number that fits here.")
    NO_CHOICE = "cell_no_choice", _("“%(text)s” is none of these: %(choices)s.")
    NO_LEVEL = "cell_no_level", _("Write a level after the language, like “svenska B1”: %(text)s.")
    NO_WORKPLACE = "row_no_workplace", _("Which workplace? Write one of these: %(choices)s.")
    ANOTHER = "row_of_another", _("The row is of another organisation: %(text)s.")
    LACKS = "row_lacks", _("Nothing stands under “%(column)s”.")
    NO_TITLE_COLUMN = "columns_lack", _("Say which column holds “%(column)s”.")
    TWICE = "columns_twice", _("Two columns cannot both hold “%(column)s”.")
