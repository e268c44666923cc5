"""The matrix for those who stand in none of its columns: its rules tell what each may open.

An address that names a row of Exempelstad is closed to every outsider, unless everybody may read it; one
that names none opens what is the reader's own, as for the role that comes closest.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.employers.enums import MembershipRole
from backend.participants.services import protect_participant
from tests.factories import (
    AssignmentFactory,
    EmployerFactory,
    MembershipFactory,
    MunicipalityFactory,
    ParticipantFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.base import NOW
from tests.permissions.canary import Undone, ask
from tests.permissions.matrix import MATRIX, SIGNED_IN
from tests.permissions.test_matrix import INSIDE, NOT_FOUND, REFUSED_BY_API
from tests.permissions.world import Everything

NOBODY_IN_PARTICULAR = ""
# What is named is nobody's: the same for whoever has the role, in every municipality.
SHARED = (
    "employers:sheet_template",
    "internships:thanks_page",
    "skills:concept_detail",
    "skills:override_set",
    "skills:text_reading",
    "job_runs:job_detail",
    "job_runs:job_start",
    "job_runs:job_try",
)
# Staff who have no role, or no more, find an empty list there.
EMPTY = {"internships:internship_list", "api:proposal-list"}
# An account that speaks for nobody is asked to register, whatever it asks for.
ASKED_TO_REGISTER, TO_REGISTER = "/organisation/ny/", 0
# Open to the only employer of a municipality without being named.
OF_THE_ONLY_EMPLOYER = {"employers:workplace_create"}

# What an administrator or contact of an employer does, and a supervisor does not.
DECIDES = {
    "api:agreement-open-by-code",
    "api:agreement-sign",
    "api:agreement-sign-by-code",
    "api:agreement-signing-code",
    "api:capacity-add-exception",
    "api:capacity-withdraw",
    "api:employer-invitation-detail",
    "api:employer-invitation-resend",
    "api:employer-invitation-withdraw",
    "api:membership-detail",
    "api:membership-leave",
    "api:opening-close",
    "api:opening-pause",
    "api:opening-publish",
    "api:opening-refresh",
    "api:opening-resume",
    "api:proposal-accept",
    "api:proposal-decline",
    "api:proposal-interview",
    "api:replies",
    "api:reply_change",
    "api:reply_remove",
    "api:review-appeal",
    "api:review-detail",
    "api:review-reply",
    "api:visit-cancel",
    "api:visit-choose",
    "api:visit-move",
    "api:visit_offer",
    "api:workplace-adaptations",
    "api:workplace-facts",
    "internships:agreement_sign",
    "matching:visit_cancel",
    "matching:visit_choose",
    "matching:visit_move",
    "matching:visit_offer",
    "employers:capacity_create",
    "employers:facts_edit",
    "employers:reply_list",
    "employers:reply_add",
    "employers:reply_edit",
    "employers:reply_remove",
    "employers:invitation_create",
    "employers:invitation_resend",
    "employers:invitation_withdraw",
    "employers:capacity_edit",
    "employers:exception_add",
    "employers:exception_withdraw",
    "employers:membership_approve",
    "employers:membership_end",
    "employers:membership_role",
    "employers:opening_close",
    "employers:opening_copy",
    "employers:opening_create",
    "employers:opening_edit",
    "employers:opening_pause",
    "employers:opening_publish",
    "employers:opening_refresh",
    "employers:opening_resume",
    "employers:sheet_hand_in",
    "employers:sheet_template",
    "employers:requirement_settle",
    "employers:usual_skills",
    "employers:workplace_create",
    "employers:workplace_edit",
    "employers:adaptation_answer",
    "matching:accept",
    "matching:answer_in_words",
    "matching:decline",
    "matching:interview",
    "safeguarding:own_review",
    "safeguarding:review_appeal",
    "safeguarding:review_reply",
}


@dataclass(frozen=True)
class Outsider:
    """Somebody of no column, and whose column comes closest where no row is named."""

    user: User
    like: str


def outsiders(everything: Everything) -> dict[str, Outsider]:
    cast = everything.cast
    there = UnitFactory(municipality=MunicipalityFactory(name="Annanstad"))
    elsewhere = MembershipFactory(employer=EmployerFactory(municipality=there.municipality)).user
    participant = UserFactory(persona="participant")
    ParticipantFactory(unit=there, user=participant)
    administrator = {"unit": None, "municipality": there.municipality, "role": Role.ADMINISTRATOR}
    return {
        "coach elsewhere": Outsider(AssignmentFactory(unit=there, role=Role.COACH).user, "coach"),
        "manager elsewhere": Outsider(AssignmentFactory(unit=there, role=Role.MANAGER).user, "manager"),
        "administrator elsewhere": Outsider(AssignmentFactory(**administrator).user, "administrator"),
        "employer elsewhere": Outsider(elsewhere, "other_employer"),
        "participant elsewhere": Outsider(participant, "other_participant"),
        "coach who has left": Outsider(
            AssignmentFactory(unit=cast.unit, ended_on=NOW.date()).user, NOBODY_IN_PARTICULAR
        ),
        "superuser": Outsider(UserFactory(is_staff=True, is_superuser=True), NOBODY_IN_PARTICULAR),
        **{
            f"{state} member": Outsider(
                MembershipFactory(employer=cast.bakery, state=state).user, "other_employer"
            )
            for state in ("requested", "ended")
        },
    }


# Messages that did not get there, and jobs: whoever runs the site sees to those too.
OF_OPERATORS = ("undelivered:", "job_runs:")


def is_open(name: str, outsider: Outsider, everything: Everything) -> bool:
    """Tell by rule whether the address is open to somebody who is not of here."""
    door = MATRIX[name]
    if "anonymous" in door.open_to:
        return True
    if outsider.user.is_superuser and name.startswith(OF_OPERATORS):
        return True
    if door.names(everything) and name not in SHARED:
        return False
    if outsider.like:
        return outsider.like in door.open_to
    return name in EMPTY or door.open_to >= SIGNED_IN


def answers(name: str, user: User, everything: Everything, method: str) -> int:
    with Undone():
        response = ask(name, user, everything, method)
    return TO_REGISTER if response.get("Location") == ASKED_TO_REGISTER else int(response.status_code)


def refusals(name: str) -> set[int]:
    return REFUSED_BY_API if name.startswith("api:") else NOT_FOUND


WHO = [
    "coach elsewhere",
    "manager elsewhere",
    "administrator elsewhere",
    "employer elsewhere",
    "participant elsewhere",
    "coach who has left",
    "superuser",
    "requested member",
    "ended member",
]


@pytest.mark.parametrize("who", WHO)
def test_an_outsider_opens_what_is_their_own_or_everybodys(everything: Everything, who: str) -> None:
    outsider = outsiders(everything)[who]
    wrong = {}
    for name, door in MATRIX.items():
        status = answers(name, outsider.user, everything, door.method)
        may = is_open(name, outsider, everything)
        if status == TO_REGISTER or (name in OF_THE_ONLY_EMPLOYER and status in INSIDE):
            continue
        if status not in (INSIDE if may else refusals(name)):
            wrong[name] = (status, "open" if may else "closed")
    assert wrong == {}


def test_a_supervisor_opens_what_a_member_does_but_decides_nothing_for_the_employer(
    everything: Everything,
) -> None:
    role = {"role": MembershipRole.SUPERVISOR}
    supervisor: Any = MembershipFactory(employer=everything.cast.bakery, **role).user
    closed = {
        name
        for name, door in MATRIX.items()
        if "employer_member" in door.open_to
        and answers(name, supervisor, everything, door.method) in refusals(name)
    }
    assert closed == DECIDES


def test_a_protected_case_is_open_to_its_handler_and_the_person_alone(everything: Everything) -> None:
    cast = everything.cast
    protect_participant(participant_id=cast.pia.pk, handlers=[cast.coach], by=cast.coach, at=NOW)
    of_pia = [
        name
        for name, door in MATRIX.items()
        if "coach" in door.open_to and cast.pia.pk in door.names(everything).values()
    ]
    assert len(of_pia) > 8
    for name in of_pia:
        for role in ("manager", "other_coach", "employer_member", "administrator"):
            user = cast.roles()[role]
            assert user is not None
            assert answers(name, user, everything, MATRIX[name].method) in refusals(name), (name, role)


@pytest.mark.parametrize("role", sorted(SIGNED_IN))
def test_whoever_may_not_send_may_not_ask_either(everything: Everything, role: str) -> None:
    """A GET of an address that is for sending: no such page, or none by that method."""
    user = everything.cast.roles()[role]
    assert user is not None
    sending = [name for name, door in MATRIX.items() if door.method == "post" and role not in door.open_to]
    seen = {name: answers(name, user, everything, "get") for name in sending}

    assert len(sending) > 5
    assert {name: status for name, status in seen.items() if status not in (403, 404, 405)} == {}
