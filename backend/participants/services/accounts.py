"""The participant's own way in."""

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.participants.models import Participant
from backend.participants.notifications import tell_of_invitation
from backend.participants.refusals import InvitationRefusal
from backend.participants.services.locking import lock_case


@transaction.atomic
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


def _account_for(participant: Participant) -> User:
    if not participant.email:
        raise Refused(InvitationRefusal.NO_ADDRESS)
    if User.objects.filter(email__iexact=participant.email).exists():
        raise Refused(InvitationRefusal.ADDRESS_TAKEN)
    user = User.objects.create_user(
        participant.email, name=str(participant), phone=participant.phone, persona=Persona.PARTICIPANT
    )
    # The account has no password: only a code sent to the address opens it, which proves the address.
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
