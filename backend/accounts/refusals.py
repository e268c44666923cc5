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
