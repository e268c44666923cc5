"""Whether who speaks for an employer is who they say: the organisation is called on a public number."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from backend.accounts.models import User
from backend.core.writing import audit
from backend.core.writing.transactions import locked, one_write
from backend.employers.enums import MEMBERSHIP_LIFECYCLE, CallBackOutcome, MembershipState
from backend.employers.models import CallBack, Employer, EmployerMembership
from backend.employers.services.inviting import withdraw_invitations_by


@one_write
def record_call_back(
    *, membership_id: UUID, number: str, found_at: str, outcome: CallBackOutcome | str, by: User, at: datetime
) -> CallBack:
    """Note a call to a public number of the employer, and what it said of a member.

    Whom nobody there knows is a member no longer, be it the only one: the next to name the organisation
    asks to join, and is let in by staff. Raises EmployerMembership.DoesNotExist when `by` does not decide
    on the employer.
    """
    theirs = Employer.objects.decidable_by(by).values("pk")
    membership = locked(EmployerMembership.objects.filter(employer__in=theirs, pk=membership_id)).get()
    call = CallBack(membership=membership, number=number, found_at=found_at, outcome=outcome, by=by, at=at)
    call.full_clean()
    call.save()
    audit.record(membership, "called_back", by=by, at=at, changes={"outcome": str(outcome)})
    if outcome != CallBackOutcome.NOT_REACHED:
        membership.confirmed_at = at if outcome == CallBackOutcome.CONFIRMED else None
        membership.save(update_fields=["confirmed_at"])
    if outcome == CallBackOutcome.UNKNOWN and membership.state != MembershipState.ENDED:
        MEMBERSHIP_LIFECYCLE.move(membership, to=MembershipState.ENDED, by=by, at=at)
        withdraw_invitations_by(membership, at=at)
    return call


def to_call_back(members: Iterable[EmployerMembership]) -> EmployerMembership | None:
    """Return the administrator to ask about before the employer is approved; None when one is confirmed.

    One who is confirmed answers for the others. An employer that nobody administers needs no call.
    """
    administrators = [each for each in members if each.administers]
    if not administrators or any(each.confirmed_at for each in administrators):
        return None
    return administrators[0]
