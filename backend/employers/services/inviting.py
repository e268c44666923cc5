"""Asking colleagues in: one link to one address, which serves once and stops after some days."""

import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.crypto import salted_hmac

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.accounts.services import open_account_of_invited
from backend.core import rules
from backend.core.clock import day_of
from backend.core.models import AuditEntry
from backend.core.writing import audit
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.employers.enums import MEMBERSHIP_LIFECYCLE, InvitationState, MembershipRole, MembershipState
from backend.employers.mails import post_invitation
from backend.employers.models import ContactPerson, Employer, EmployerInvitation, EmployerMembership
from backend.employers.refusals import OrganisationRefusal

DAYS_VALID = "employer_invitation_days"
DAYS_KEPT = "employer_invitation_kept_days"
MOST_A_DAY: Final = 20
"""An account that anybody may open must not send mails to whomever it likes."""
MAILED: Final = ("invited", "invited_again")
_BYTES: Final = 24


def as_kept(token: str) -> str:
    """Return what is kept of the token of a link."""
    return salted_hmac("employers.invitation", token, algorithm="sha256").hexdigest()


@one_write
def invite_member(
    *, employer_id: UUID, email: str, role: MembershipRole | str, by: User, at: datetime
) -> EmployerInvitation:
    """Mail somebody a link by which they speak for the employer in a role.

    Whom an invitation waits for already gets a new one, and the link of before opens nothing. Raises
    Employer.DoesNotExist when `by` does not administer it, and Refused for a member or too many in a day.
    """
    employer = locked(Employer.objects.administered_by(by).filter(pk=employer_id)).get()
    address = email.strip().lower()
    if EmployerMembership.objects.active().filter(employer=employer, user__email__iexact=address).exists():
        raise Refused(OrganisationRefusal.ALREADY_MEMBER, about="email")
    _refuse_flood(employer, at=at)
    waiting = EmployerInvitation.objects.open().filter(employer=employer, email=address)
    waiting.update(withdrawn_at=at)
    invitation = EmployerInvitation(employer=employer, email=address, role=MembershipRole(role), by=by)
    _send(invitation, at=at)
    audit.record(invitation, "invited", by=by, at=at, to_state=invitation.role)
    return invitation


@one_write
def invite_again(*, invitation_id: UUID, by: User, at: datetime) -> EmployerInvitation:
    """Mail a new link in the place of one that is not used; the link of before opens nothing any more.

    Raises EmployerInvitation.DoesNotExist when `by` may not, TransitionNotAllowed when it was accepted or
    taken back, and Refused for too many in a day.
    """
    invitation = _waiting(invitation_id, by=by)
    _refuse_flood(invitation.employer, at=at)
    _send(invitation, at=at)
    audit.record(invitation, "invited_again", by=by, at=at)
    return invitation


@one_write
def withdraw_invitation(*, invitation_id: UUID, by: User, at: datetime) -> EmployerInvitation:
    """Take an invitation back: its link opens nothing. Raises as `invite_again` does, save for the day."""
    invitation = _waiting(invitation_id, by=by)
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    audit.record(invitation, "invitation_withdrawn", by=by, at=at)
    return invitation


def invitation_of(token: str) -> EmployerInvitation | None:
    """Return the invitation that a link was made for, whatever has become of it; None for no link of ours."""
    found = EmployerInvitation.objects.filter(digest=as_kept(token))
    return found.select_related("employer__municipality").first()


@one_write
def accept_invitation(
    *, token: str, by: User | None, at: datetime, name: str = "", phone: str = ""
) -> EmployerMembership:
    """Let whoever holds the link speak for the employer; without an account one is opened for the address.

    `by` is who has signed in, or None: holding the link proves the address, yet an account that is there
    already is opened only by signing in. Raises Refused when the link is no longer valid, for somebody who
    has signed in with another address, and for accounts that are not an employer's.
    """
    found = EmployerInvitation.objects.filter(digest=as_kept(token))
    invitation = locked(found, "employer").first()
    if invitation is None or invitation.state_at(at) != InvitationState.WAITING:
        raise Refused(OrganisationRefusal.INVITATION_OVER)
    user = _invited(invitation, by=by, name=name, phone=phone, at=at)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    audit.record(invitation, "invitation_accepted", by=user, at=at)
    return _let_in(invitation, user, at=at)


@one_write
def forget_invitations(*, at: datetime) -> int:
    """Delete what came to nothing: the addresses of people who never answered, or were not to; tell how many.

    They are kept for as long as the dated rule says, so that whoever invited sees what became of it.
    """
    before = at - timedelta(days=int(rules.value_on(DAYS_KEPT, day_of(at))))
    unused = EmployerInvitation.objects.filter(accepted_at=None, expires_at__lt=before)
    gone, _each = unused.delete()
    return gone


def withdraw_invitations_by(membership: EmployerMembership, *, at: datetime) -> None:
    """Take back what somebody has sent in the employer's name who speaks for it no more."""
    sent = EmployerInvitation.objects.open().filter(employer=membership.employer_id, by=membership.user_id)
    sent.update(withdrawn_at=at)


def _waiting(key: UUID, *, by: User) -> EmployerInvitation:
    """Lock and return an invitation that nobody has answered or taken back."""
    invitation = locked(EmployerInvitation.objects.decidable_by(by).filter(pk=key), "employer").get()
    if invitation.accepted_at or invitation.withdrawn_at:
        ended = InvitationState.ACCEPTED if invitation.accepted_at else InvitationState.WITHDRAWN
        raise TransitionNotAllowed(current=ended, wanted=InvitationState.WAITING)
    return invitation


def _send(invitation: EmployerInvitation, *, at: datetime) -> None:
    """Keep the invitation under a new token, and mail that."""
    token = secrets.token_urlsafe(_BYTES)
    days = timedelta(days=int(rules.value_on(DAYS_VALID, day_of(at))))
    invitation.digest, invitation.sent_at, invitation.expires_at = as_kept(token), at, at + days
    invitation.full_clean()
    invitation.save()
    post_invitation(invitation, token=token, at=at)


def _refuse_flood(employer: Employer, *, at: datetime) -> None:
    theirs = EmployerInvitation.objects.filter(employer=employer).values("pk")
    mails = AuditEntry.objects.filter(
        subject_type=EmployerInvitation._meta.label_lower, subject_id__in=theirs
    )
    if mails.filter(action__in=MAILED, at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused(OrganisationRefusal.TOO_MANY_INVITATIONS, most=MOST_A_DAY)


def _invited(invitation: EmployerInvitation, *, by: User | None, name: str, phone: str, at: datetime) -> User:
    """Return whose the invitation is: who has signed in, or a new account for the address."""
    if by is None:
        return open_account_of_invited(email=invitation.email, name=name, phone=phone, at=at)
    if by.email.lower() != invitation.email:
        raise Refused(OrganisationRefusal.OTHER_ADDRESS)
    if by.persona != Persona.EMPLOYER:
        raise Refused(OrganisationRefusal.ACCOUNT_FOR_OTHER)
    return by


def _let_in(invitation: EmployerInvitation, user: User, *, at: datetime) -> EmployerMembership:
    """Make `user` an active member in the role; who is one already keeps the role that may do more."""
    theirs = EmployerMembership.objects.filter(employer=invitation.employer_id, user=user)
    membership = locked(theirs).first()
    if membership is None:
        membership = EmployerMembership.objects.create(
            employer=invitation.employer, user=user, role=invitation.role, state_changed_at=at, created_at=at
        )
        audit.record(membership, "joined", by=user, at=at, to_state=MembershipState.ACTIVE)
    elif membership.state != MembershipState.ACTIVE:
        to, role = MembershipState.ACTIVE, invitation.role
        MEMBERSHIP_LIFECYCLE.move(membership, to=to, by=user, at=at, role=role, action="joined")
    _hand_over(membership, by=user, at=at)
    return membership


def _hand_over(membership: EmployerMembership, *, by: User, at: datetime) -> None:
    """Let an employer that staff have registered look after itself: whom to ring is now a member's to say."""
    if membership.role != MembershipRole.ADMINISTRATOR:
        return
    gone, _each = ContactPerson.objects.filter(employer=membership.employer_id).delete()
    if gone:
        audit.record(membership.employer, "handed_over", by=by, at=at)
