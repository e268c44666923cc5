"""The journal of a case: one line for each contact, which can be taken back."""

from datetime import date, datetime
from uuid import UUID

from backend.accounts.journal.lines import ContactChannel, check_line
from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.transactions import one_write
from backend.participants.models import Contact, Participant
from backend.participants.services.locking import lock_case


@one_write
def record_contact(
    *,
    participant_id: UUID,
    on: date,
    channel: str = ContactChannel.PHONE,
    line: str = "",
    next_step: str = "",
    next_on: date | None = None,
    by: User,
    at: datetime,
) -> Contact:
    """Note that coach and participant were in contact `on` a day, and what comes next, if that is agreed.

    The latest day noted is the file's last contact. Raises Participant.DoesNotExist for strangers, and
    Refused for a day to come, and for a next step without a day or one before the contact.
    """
    participant = lock_case(participant_id=participant_id, by=by)
    check_line(on=on, next_step=next_step, next_on=next_on, today=day_of(at))
    contact = Contact(
        participant=participant,
        channel=channel,
        happened_on=on,
        line=line.strip(),
        next_step=next_step.strip(),
        next_on=next_on,
        recorded_by=by,
        recorded_at=at,
        replaced_on=participant.last_contact_on,
    )
    contact.full_clean()
    contact.save(force_insert=True)
    _set_last_contact(participant, max(on, participant.last_contact_on or on))
    audit.record(participant, "contact", by=by, at=at)
    return contact


@one_write
def remove_contact(*, contact_id: UUID, by: User, at: datetime) -> Participant:
    """Take back a contact that was noted by mistake; the last contact is what it would be without it.

    Raises Contact.DoesNotExist for strangers.
    """
    noted = Contact.objects.filter(participant__in=Participant.objects.decidable_by(by))
    participant = lock_case(
        participant_id=noted.values_list("participant_id", flat=True).get(pk=contact_id), by=by
    )
    contact = noted.get(pk=contact_id)
    others = participant.contacts.exclude(pk=contact.pk)
    others.filter(recorded_at__gte=contact.recorded_at, replaced_on=contact.happened_on).update(
        replaced_on=contact.replaced_on
    )
    left = [contact.replaced_on, *others.order_by("pk").values_list("happened_on", flat=True)]
    contact.delete()
    _set_last_contact(participant, max((day for day in left if day), default=None))
    audit.record(participant, "contact_removed", by=by, at=at)
    return participant


def _set_last_contact(participant: Participant, day: date | None) -> None:
    if participant.last_contact_on != day:
        participant.last_contact_on = day
        participant.save(update_fields=["last_contact_on"])
