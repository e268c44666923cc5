"""The menu, at most six entries a role."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona, Role
from backend.accounts.models import User
from backend.core.ui.addresses import address

Entry = tuple[Promise, str]

PEOPLE, PARTICIPANTS = "participants:participant_list", _("Participants")
OPENINGS: Entry = (_("Openings"), "employers:opening_list")
HOME: Entry = (_("Home"), "home:my_home")
PUBLIC: Sequence[Entry] = (OPENINGS,)
BY_PERSONA: dict[str, Sequence[Entry]] = {
    Persona.EMPLOYER: (
        HOME,
        (_("My openings"), "employers:my_openings"),
        (_("Internships"), "internships:internship_list"),
        (_("Attendance"), "activities:roll_call"),
        (_("Organisation"), "employers:my_organisation"),
    ),
    Persona.AGENCY: ((_("What you are sent"), "cooperation:my_packages"),),
    Persona.PARTICIPANT: (
        HOME,
        (_("Proposals"), "matching:my_proposals"),
        (_("My internship"), "internships:my_internships"),
        (_("My attendance"), "activities:my_attendance"),
        (_("My papers"), "internships:my_papers"),
        (_("My data"), "participants:my_data"),
    ),
}
BY_ROLE: dict[str, Sequence[Entry]] = {
    Role.COACH: (
        (_("My day"), "home:my_home"),
        (_("My people"), PEOPLE),
        (_("Proposals"), "matching:proposal_list"),
        OPENINGS,
        (_("Internships"), "internships:internship_list"),
        (_("Employers"), "employers:employer_list"),
    ),
    Role.MANAGER: (
        (_("Overview"), "reports:overview"),
        (PARTICIPANTS, PEOPLE),
        (_("Case reviews"), "cooperation:review_list"),
        OPENINGS,
        (_("Internships"), "internships:internship_list"),
        (_("Employers"), "employers:employer_list"),
    ),
    Role.ADMINISTRATOR: (
        HOME,
        (_("Staff"), "staff:person_list"),
        (_("Units"), "staff:unit_list"),
        OPENINGS,
        (_("Employers"), "employers:employer_list"),
    ),
}


@dataclass(frozen=True)
class MenuItem:
    label: Promise
    url: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the menu with the present page marked, what it calls people, and whether all is searched."""
    user = getattr(request, "user", None)
    entries = menu_of(cast("User", user)) if user is not None and user.is_authenticated else PUBLIC
    items = [
        MenuItem(label, (url := address(name)), _is_current(request.path, url)) for label, name in entries
    ]
    is_staff = user is not None and user.is_authenticated and user.persona == Persona.STAFF
    people = next((label for label, name in entries if name == PEOPLE), PARTICIPANTS)
    return {"navigation": items, "people_entry": people, "searches_everything": is_staff}


def menu_of(user: User) -> Sequence[Entry]:
    """Return the menu entries of `user`; a coach who also manages has the coach's menu."""
    if user.persona != Persona.STAFF:
        return BY_PERSONA[user.persona]
    return next((entries for role, entries in BY_ROLE.items() if user.has_role(Role(role))), PUBLIC)


def _is_current(path: str, url: str) -> bool:
    return path == url if url.count("/") <= 1 else path.startswith(url)
