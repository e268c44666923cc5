"""What the demo's footer offers to try, by who reads it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona, Role
from backend.accounts.models import User

Guide = Sequence[tuple[Promise, str]]

TO_TRY: dict[str, Guide] = {
    "anonymous": (
        (_("Search among the openings, near a place"), "employers:opening_list"),
        (_("Sign in as a participant with a question: deltagare3@praktik.example"), "account_login"),
        (_("Sign in as a job coach: coach1a@exempelstad.example"), "account_login"),
        (_("Sign in as a manager: chef1@exempelstad.example"), "account_login"),
    ),
    "participant": (
        (_("Answer what waits for you"), "home:my_home"),
        (_("See what is told about you, and take it back"), "participants:my_data"),
        (_("Tell how your internship goes"), "internships:my_internships"),
    ),
    "agency": ((_("Read what you were sent, and a case review"), "cooperation:my_packages"),),
    "employer": (
        (_("Answer a proposal"), "matching:proposal_list"),
        (_("Write an opening in a few minutes"), "employers:opening_create"),
        (_("Tell how an internship goes"), "internships:internship_list"),
    ),
    "coach": (
        (_("Empty your day, from the top"), "home:my_home"),
        (_("Find places for who has waited longest"), "participants:participant_list"),
        (_("Share out this week's places"), "matching:board"),
        (_("Enrol somebody by writing freely"), "participants:participant_create"),
    ),
    "manager": (
        (_("Read what waits for you"), "home:my_home"),
        (_("See how many who get a job had an internship first"), "reports:overview"),
        (_("See who is shown and proposed, and who is not"), "matching:exposure"),
        (_("See which employers answer, and what became of it"), "employers:employer_list"),
    ),
    "administrator": (
        (_("Mail a new code to whoever was invited and has not come"), "staff:person_list"),
        (_("Say how the municipality is reached"), "contacts:contact_list"),
        (_("See which messages did not arrive"), "undelivered:message_list"),
        (_("Put right what two skills have to do with each other"), "skills:concept_list"),
    ),
}


def to_try(request: HttpRequest) -> dict[str, Any]:
    """Return three or four things for the reader to try, each with its address; nothing outside the demo."""
    if not settings.DEMO:
        return {"to_try": ()}
    return {"to_try": [(words, reverse(name)) for words, name in TO_TRY[_role_of(request)]]}


def _role_of(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return "anonymous"
    if user.persona != Persona.STAFF:
        return str(user.persona)
    if user.has_role(Role.COACH):
        return "coach"
    return "manager" if user.has_role(Role.MANAGER) else "administrator"
