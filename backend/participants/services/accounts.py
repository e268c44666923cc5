"""The participant's own way in."""

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.participants.models import Participant
from backend.participants.notifications import tell_of_invitation
from backend.participants.refusals import InvitationRefusal
from backend.participants.services.locking import lock_case


@one_write
def invite_participant(*, participant_id: UUID, by: User, at: datetime) -> User:
    """Give a participant an account for the file's e-mail address and queue the invitation to sign in.

    Sign-in is by code. Inviting again, before the first visit, sends the mail again. Raises
    Participant.DoesNotExist for strangers, and Refused without an address or when the address
    belongs to another account.
    """
    participant = lock_case(participant_id=participant_id, by=by)
    if participant.user is None:
        participant.user = _account_for(participant)
        participant.save(update_fields=["user"])
    audit.record(participant, "invited", by=by, at=at)
    tell_of_invitation(participant, at=at)
    return participant.user


def cut_off_old_address(*, participant: Participant, by: User, at: datetime) -> bool:
    """Close the account of an address that the file has no more; tell whether there was one.

    Whoever reads mail at a mistyped address must not read the file: the account is taken from the file and
    closed, with its sessions and whatever it could sign in with. The caller holds the participant's row.
    """
    user = participant.user
    if user is None or user.email.casefold() == participant.email.casefold():
        return False
    participant.user = None
    participant.save(update_fields=["user"])
    user.is_active = False
    # Sessions are bound to the password: those of before are dead even if the account is opened again.
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=user).delete()
    audit.record(participant, "account_cut_off", by=by, at=at)
    return True


def _account_for(participant: Participant) -> User:
    if not participant.email:
        raise Refused(InvitationRefusal.NO_ADDRESS)
    at_address = User.objects.filter(email__iexact=participant.email)
    closed = at_address.filter(persona=Persona.PARTICIPANT, is_active=False)
    cut_off = closed.filter(participant__isnull=True).first()
    if cut_off is not None:
        cut_off.is_active = True
        cut_off.save(update_fields=["is_active"])
        return cut_off
    if at_address.exists():
        raise Refused(InvitationRefusal.ADDRESS_TAKEN)
    return _new_account(participant)


def _new_account(participant: Participant) -> User:
    person = {"name": str(participant), "phone": participant.phone, "persona": Persona.PARTICIPANT}
    try:
        with transaction.atomic():
            user = User.objects.create_user(participant.email, **person)
    except IntegrityError as error:  # somebody else was given it at this moment
        raise Refused(InvitationRefusal.ADDRESS_TAKEN) from error
    # The account has no password: only a code sent to the address opens it, which proves the address.
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
