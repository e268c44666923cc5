"""A package as its agency reads it: a small frozen object, from which no way leads to the person's file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.cooperation.models import Package
from backend.core.ui.addresses import address
from backend.participants.enums import ReleasedKind
from backend.participants.telling.told import Released, ToldItem, released_on

SCHEMA = "praktikbron.package/1"


@dataclass(frozen=True)
class Sender:
    """Whom the agency may ask: a colleague at the municipality."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True)
class PackageToAgency:
    """What an agency reads of a package; without `items` and purpose once it may not be read any more."""

    pk: UUID
    url: str
    agency: str
    unit: str
    sent_at: datetime
    valid_until: date
    sender: Sender
    is_readable: bool
    is_taken_back: bool
    acknowledged_at: datetime | None
    purpose: str = ""
    items: tuple[ToldItem, ...] = ()


def to_agency(packages: Iterable[Package], *, on: date) -> list[PackageToAgency]:
    """Return packages as their agency reads them on a day, in one query more."""
    packages = list(packages)
    told = released_on(on, [each.consent for each in packages])
    return [_seen(each, told.get(each.consent_id)) for each in packages]


def as_data(package: PackageToAgency) -> dict[str, Any]:
    """Return a package for programs, as docs/formats/package.schema.json says."""
    return {
        "format": SCHEMA,
        "id": str(package.pk),
        "agency": package.agency,
        "from": {"unit": package.unit, "name": package.sender.name, "email": package.sender.email},
        "purpose": package.purpose,
        "sent_at": package.sent_at.isoformat(),
        "valid_until": package.valid_until.isoformat(),
        "items": [{"kind": each.kind, "text": each.text} for each in package.items],
    }


def title_of(package: PackageToAgency) -> str:
    """Return under which name the person was released; nothing where none was."""
    names = [each.text for each in package.items if each.kind == ReleasedKind.FULL_NAME]
    return next(iter(names), next((e.text for e in package.items if e.kind == ReleasedKind.FIRST_NAME), ""))


def _seen(package: Package, told: Released | None) -> PackageToAgency:
    consent, sender = package.consent, package.sent_by
    return PackageToAgency(
        pk=package.pk,
        url=address("cooperation:package_read", package.pk),
        agency=str(package.agency),
        unit=str(package.participant.unit),
        sent_at=package.sent_at,
        valid_until=consent.valid_until,
        sender=Sender(str(sender), sender.phone, sender.email),
        is_readable=told is not None,
        is_taken_back=consent.withdrawn_at is not None,
        acknowledged_at=package.acknowledged_at,
        purpose=consent.purpose if told is not None else "",
        items=told.items if told is not None else (),
    )
