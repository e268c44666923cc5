"""Invitations on a page: what has become of each, and what the link in a mail offers to whoever opens it."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.ui.next import Action
from backend.employers.enums import InvitationState, MembershipRole
from backend.employers.models import ContactPerson, Employer, EmployerInvitation, EmployerMembership, Reader

SHOWN_FOR = timedelta(days=30)
"""How long an invitation that has ended is still shown."""
MARKS = {
    InvitationState.WAITING: "info",
    InvitationState.EXPIRED: "warning",
    InvitationState.ACCEPTED: "success",
    InvitationState.WITHDRAWN: "neutral",
}


class WayIn(StrEnum):
    """What the page behind the link offers."""

    OVER = "over"
    SIGN_IN = "sign_in"
    NEWCOMER = "newcomer"
    ACCEPT = "accept"
    OTHER_ADDRESS = "other_address"
    OTHER_KIND = "other_kind"

    @property
    def may_accept(self) -> bool:
        """Whether a yes can be given here and now."""
        return self in (WayIn.NEWCOMER, WayIn.ACCEPT)


def way_in(invitation: EmployerInvitation, reader: Reader, *, at: datetime) -> WayIn:
    """Return what somebody who has opened the link can do.

    Whether the address has an account, and of which kind, is told to nobody but who holds the link.
    """
    if invitation.state_at(at) != InvitationState.WAITING:
        return WayIn.OVER
    if not isinstance(reader, User):
        has_account = User.objects.filter(email__iexact=invitation.email).exists()
        return WayIn.SIGN_IN if has_account else WayIn.NEWCOMER
    if reader.email.lower() != invitation.email:
        return WayIn.OTHER_ADDRESS
    return WayIn.ACCEPT if reader.persona == Persona.EMPLOYER else WayIn.OTHER_KIND


def proposed(employer: Employer) -> dict[str, Any]:
    """Return what is filled in from the start; what nobody administers is handed over to whom staff ring."""
    if EmployerMembership.objects.filter(employer=employer).administrators().exists():
        return {}
    person = ContactPerson.objects.filter(employer=employer).first()
    return {"role": MembershipRole.ADMINISTRATOR, "email": person.email if person else ""}


class Invited(NamedTuple):
    """One invitation in the list of an employer's own: its state in words, and what can be done about it."""

    invitation: EmployerInvitation
    state: str
    mark: str
    actions: tuple[Action, ...]


def invited(employer: Employer, *, at: datetime) -> list[Invited]:
    """Return the invitations that wait, and those that have ended lately; for who administers it."""
    rows = []
    for each in employer.invitations.all():
        state, is_open = each.state_at(at), not (each.accepted_at or each.withdrawn_at)
        if is_open or each.sent_at > at - SHOWN_FOR:
            actions = _actions(each) if is_open else ()
            rows.append(Invited(each, str(state.label), MARKS[state], actions))
    return rows


def _actions(invitation: EmployerInvitation) -> tuple[Action, ...]:
    again, back = (
        reverse(f"employers:invitation_{verb}", args=[invitation.pk]) for verb in ("resend", "withdraw")
    )
    return (
        Action(_("Send anew"), again, posts=True),
        Action(_("Take the invitation back"), back, posts=True),
    )
