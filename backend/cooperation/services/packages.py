"""Packages: made by a coach on the person's yes, read by a guest or on paper, acknowledged."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from backend.accounts.models import User
from backend.cooperation import notifications
from backend.cooperation.enums import ReadHow
from backend.cooperation.models import Package, PackageRead
from backend.cooperation.refusals import PackageRefusal
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.participants.models import Agency, AgencyContact, Participant
from backend.participants.refusals import ConsentRefusal
from backend.participants.services import Releasable, lock_case, record_consent, releasable_items
from backend.participants.telling.told import released_on


@one_write
def send_package(
    *,
    participant_id: UUID,
    agency_id: UUID,
    contact_id: UUID | None,
    item_keys: Sequence[str],
    purpose: str,
    means: str,
    valid_until: date,
    by: User,
    at: datetime,
) -> Package:
    """Record the person's yes to `item_keys` for one agency, and let its contact read them until a day.

    Without a contact it is handed over on paper. Raises Participant.DoesNotExist or Agency.DoesNotExist for
    strangers, and Refused for a protected identity, no purpose, somebody who reads no longer, and what a
    consent is refused for.
    """
    participant = lock_case(participant_id=participant_id, by=by)
    if not participant.is_findable:
        raise Refused(PackageRefusal.PROTECTED)
    if not purpose.strip():
        raise Refused(PackageRefusal.NO_PURPOSE, about="purpose")
    agency = Agency.objects.visible_to(by).get(pk=agency_id)
    consent = record_consent(
        participant=participant,
        receiver=agency,
        items=_chosen(participant, item_keys),
        purpose=purpose.strip(),
        means=means,
        valid_until=valid_until,
        by=by,
        at=at,
    )
    contact = _reader(agency, contact_id, on=day_of(at)) if contact_id else None
    package = Package.objects.create(
        participant=participant, consent=consent, contact=contact, sent_by=by, sent_at=at
    )
    audit.record(package, "package_sent", by=by, at=at)
    if contact is not None:
        notifications.tell_of_package(package, at=at)
    return package


@one_write
def note_reading(*, package_id: UUID, how: ReadHow, by: User, at: datetime) -> PackageRead:
    """Write down that a guest read a package, in which way.

    Raises Package.DoesNotExist for who was not sent it, and Refused when it may not be read any more.
    """
    package = _readable(package_id, by=by, at=at)
    return PackageRead.objects.create(package=package, how=how, by=by, at=at)


@one_write
def acknowledge_package(*, package_id: UUID, by: User, at: datetime) -> Package:
    """Let a guest say that the agency has what it was sent; the first time counts.

    Raises Package.DoesNotExist for who was not sent it, and Refused when it may not be read any more.
    """
    package = _readable(package_id, by=by, at=at)
    if package.acknowledged_at is None:
        package.acknowledged_at = at
        package.save(update_fields=["acknowledged_at"])
        audit.record(package, "package_acknowledged", by=by, at=at)
    return package


@one_write
def note_handed_over(*, package_id: UUID, by: User, at: datetime) -> Package:
    """Note by hand that a package was handed over on paper.

    Raises Package.DoesNotExist for strangers, and Refused for one that is read in Praktikbron or is over.
    """
    package = locked(Package.objects.decidable_by(by).filter(pk=package_id), "consent").get()
    if package.contact_id is not None:
        raise Refused(PackageRefusal.NOT_ON_PAPER)
    _refuse_over(package, at=at)
    PackageRead.objects.create(package=package, how=ReadHow.PAPER, by=by, at=at)
    audit.record(package, "package_read_on_paper", by=by, at=at)
    return package


def _readable(package_id: UUID, *, by: User, at: datetime) -> Package:
    theirs = Package.objects.sent_to(by, on=day_of(at)).filter(pk=package_id)
    package = locked(theirs, "consent").get()
    _refuse_over(package, at=at)
    return package


def _refuse_over(package: Package, *, at: datetime) -> None:
    if package.consent_id not in released_on(day_of(at), [package.consent]):
        raise Refused(PackageRefusal.OVER)


def _reader(agency: Agency, contact_id: UUID, *, on: date) -> AgencyContact:
    contact = agency.contacts.on(on).filter(pk=contact_id, user__isnull=False).first()
    if contact is None:
        raise Refused(PackageRefusal.NO_READER, about="receiver")
    return contact


def _chosen(participant: Participant, keys: Sequence[str]) -> list[Releasable]:
    items = {each.key: each for each in releasable_items(participant, to_agency=True)}
    if not set(keys) <= items.keys():
        raise Refused(ConsentRefusal.FILE_CHANGED)
    return [each for key, each in items.items() if key in set(keys)]
