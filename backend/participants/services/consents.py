"""The participant's yes: item by item, to one receiver, for one purpose, until a day or until taken back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers.models import Employer
from backend.participants.enums import ConsentEnd, ConsentMeans, ReleasedKind
from backend.participants.events import CONSENT_ENDED
from backend.participants.models import Agency, Consent, Participant, ReleasedItem
from backend.participants.notifications import tell_coach_of_withdrawal
from backend.participants.refusals import ConsentRefusal
from backend.participants.services.locking import lock_as_voice
from backend.participants.telling.releasable import Releasable, releasable_items

LONGEST_CONSENT = timedelta(days=366)


@one_write
def record_consent(
    *,
    participant: Participant,
    receiver: Employer | Agency,
    items: Sequence[Releasable],
    purpose: str,
    means: str,
    valid_until: date,
    by: User,
    at: datetime,
) -> Consent:
    """Record that `participant` allows `items` to be told to `receiver`, in exactly the words they carry.

    `by` is the participant's coach, or the participant (then `means` is IN_APP). Raises
    Participant.DoesNotExist for strangers, and Refused for no items, items that the file does not
    hold, a receiver elsewhere, or a day that is past or more than a year away.
    """
    participant = lock_as_voice(participant_id=participant.pk, by=by)
    _refuse_unusable(participant, receiver=receiver, items=items, at=at, valid_until=valid_until)
    consent = Consent(
        participant=participant,
        employer=receiver if isinstance(receiver, Employer) else None,
        agency=receiver if isinstance(receiver, Agency) else None,
        purpose=purpose,
        given_at=at,
        means=ConsentMeans.IN_APP if by.persona == Persona.PARTICIPANT else means,
        recorded_by=by,
        valid_until=valid_until,
    )
    consent.full_clean()
    consent.save(force_insert=True)
    ReleasedItem.objects.bulk_create(
        ReleasedItem(
            consent=consent, kind=item.kind, text=item.text, concept_id=item.concept_id, position=position
        )
        for position, item in enumerate(items)
    )
    audit.record(
        consent, "consent_given", by=by, at=at, changes={"kinds": sorted({item.kind for item in items})}
    )
    return consent


@one_write
def withdraw_consent(*, consent_id: UUID, by: User, at: datetime) -> Consent:
    """Take a consent back, as the participant or as the coach on their behalf; the event tells the rest.

    When the participant did it, the coach gets a message. Raises Consent.DoesNotExist for strangers and
    Refused when it was taken back already.
    """
    theirs = Consent.objects.filter(participant__in=Participant.objects.spoken_for_by(by))
    lock_as_voice(participant_id=theirs.values_list("participant", flat=True).get(pk=consent_id), by=by)
    consent = theirs.with_receiver().select_related("participant__coach").get(pk=consent_id)
    if not close_consent(consent=consent, why=ConsentEnd.WITHDRAWN, by=by, at=at):
        raise Refused(ConsentRefusal.ALREADY_WITHDRAWN)
    if by.pk == consent.participant.user_id:
        tell_coach_of_withdrawal(consent, at=at)
    return consent


def close_consent(*, consent: Consent, why: ConsentEnd, by: User | None, at: datetime) -> bool:
    """End `consent` now and tell the receivers of the event; False when it had ended already.

    `why` says whether it was taken back or what it was for is over. It never ends before it was given, by
    whatever clock: an end is not refused because two servers' clocks differ.
    """
    ends_at = max(at, consent.given_at)
    standing = Consent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True)
    if not standing.update(withdrawn_at=ends_at, end_reason=why):
        return False
    consent.withdrawn_at, consent.end_reason = ends_at, why
    if consent.is_taken_back:
        audit.record(consent, "consent_withdrawn", by=by, at=at)
    else:
        audit.record(consent, "consent_ended", by=by, at=at, why=f"consent_{why}")
    CONSENT_ENDED.emit(consent, by=by, at=at)
    return True


def _refuse_unusable(
    participant: Participant,
    *,
    receiver: Employer | Agency,
    items: Sequence[Releasable],
    at: datetime,
    valid_until: date,
) -> None:
    today = day_of(at)
    if not items:
        raise Refused(ConsentRefusal.NOTHING)
    if not today <= valid_until <= today + LONGEST_CONSENT:
        raise Refused(ConsentRefusal.BAD_PERIOD)
    if receiver.municipality_id != participant.unit.municipality_id:
        raise Refused(ConsentRefusal.OTHER_MUNICIPALITY)
    releasable = releasable_items(participant, to_agency=isinstance(receiver, Agency))
    held = {(item.kind, item.text) for item in releasable}
    # The coach's words are written for the occasion; everything else must stand in the file.
    told = {(item.kind, item.text) for item in items if item.kind != ReleasedKind.PRESENTATION}
    if not told <= held or len({(item.kind, item.text) for item in items}) < len(items):
        raise Refused(ConsentRefusal.FILE_CHANGED)
