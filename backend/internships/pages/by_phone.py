"""A follow-up as a coach goes through it by telephone: one card for each side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.ui.lists import way_back as list_as_left
from backend.employers.enums import MembershipRole, MembershipState
from backend.employers.models import ContactPerson, EmployerMembership
from backend.internships.models import Answer, FollowUp, Internship
from backend.internships.pages.forms import ByPhoneForm
from backend.internships.pages.next import Said, said_by
from backend.internships.services import stamps_of
from backend.participants.file.contacts import FROM_MY_DAY

FROM_LIST = "lista"
CAME_FROM = {FROM_MY_DAY: "home:my_home", FROM_LIST: "internships:follow_up_list"}
SHOWN_CONTACTS = 2


@dataclass(frozen=True)
class Side:
    """One of the two who are rung: the name, the numbers, what was said and by whom it was written."""

    code: str
    who: str
    name: str
    phones: list[tuple[str, str]]
    said: Said | None
    written_by: User | None
    seen: str
    mood: BoundField
    more: list[BoundField]

    @property
    def is_being_changed(self) -> bool:
        """Whether the form holds something else than the answer that stands, or is refused here."""
        typed = Answer(*(field.value() or "" for field in (self.mood, *self.more)))
        stands = self.said.answer if self.said else Answer()
        return any(field.errors for field in (self.mood, *self.more)) or typed != stands

    @property
    def has_more(self) -> bool:
        """Whether the form holds more than how it goes."""
        return any(field.value() for field in self.more)


def sides(follow_up: FollowUp, form: ByPhoneForm) -> list[Side]:
    """Return the employer and the participant of a follow-up, in this order."""
    placement, seen = follow_up.internship, stamps_of(follow_up)
    person = placement.participant
    own = [(str(person), person.phone)] if person.phone else []
    parts: tuple[tuple[str, str, str, list[tuple[str, str]]], ...] = (
        (Persona.EMPLOYER, _("The employer"), str(placement.workplace), list(_employers_phones(placement))),
        (Persona.PARTICIPANT, _("The participant"), str(person), own),
    )
    return [
        Side(
            code,
            who,
            name,
            phones,
            said=said_by(follow_up, code),
            written_by=getattr(follow_up, f"{code}_answered_by"),
            seen=seen[code],
            mood=form[f"{code}_mood"],
            more=[form[f"{code}_{part}"] for part in Answer._fields if part != "mood"],
        )
        for code, who, name, phones in parts
    ]


def _employers_phones(placement: Internship) -> Iterator[tuple[str, str]]:
    """Yield whom to ring at the workplace: the supervisor of the placement first, then who speaks for it."""
    if placement.supervisor_phone:
        yield placement.supervisor_name, placement.supervisor_phone
    members = EmployerMembership.objects.filter(
        employer=placement.workplace.employer_id, state=MembershipState.ACTIVE, user__is_active=True
    ).exclude(user__phone="")
    theirs: Any = members.exclude(role=MembershipRole.SUPERVISOR).select_related("user")
    for member in theirs.order_by("created_at", "pk")[:SHOWN_CONTACTS]:
        if member.user.phone != placement.supervisor_phone:
            yield str(member.user), member.user.phone
    for person in ContactPerson.objects.filter(employer=placement.workplace.employer_id).exclude(phone=""):
        yield person.name, person.phone


def way_back(request: HttpRequest, follow_up: FollowUp) -> str:
    """Return the page that the coach came from: My day or the list, else the internship's own."""
    came_from = CAME_FROM.get(request.GET.get("fran", ""))
    return list_as_left(request, came_from) if came_from else follow_up.internship.get_absolute_url()
