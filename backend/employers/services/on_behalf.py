"""Registering an employer that staff have spoken with, before anybody there has an account."""

from dataclasses import dataclass
from datetime import datetime

from backend.accounts.models import Municipality, User
from backend.core.writing import audit
from backend.core.writing.transactions import one_write
from backend.employers.enums import EmployerKind
from backend.employers.models import ContactPerson, Employer
from backend.employers.models.numbers import columns_of, lookup_of
from backend.employers.organisationsnummer import clean_organisationsnummer, ensure_kind_fits
from backend.employers.services.workplaces import add_workplace
from backend.places.found import Place


@dataclass(frozen=True)
class ContactDetails:
    """Whom to ring at an employer."""

    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class RegisteredFor:
    """What came of it; `is_new` is False when the organisation was registered before, and nothing changed."""

    employer: Employer
    is_new: bool


@one_write
def register_for_employer(
    *,
    municipality: Municipality,
    organisationsnummer: str,
    name: str,
    kind: EmployerKind | str,
    contact: ContactDetails,
    workplace_name: str,
    place: Place,
    by: User,
    at: datetime,
    street: str = "",
    employees: int | None = None,
    website: str = "",
) -> RegisteredFor:
    """Register an employer with a workplace and whom to ring there, as staff, who write for it from now on.

    One that is registered already is returned as it stands. Raises Municipality.DoesNotExist when `by` does
    not work there, Refused for a number that is no organisation's or a kind that it cannot have, and
    ValidationError when nobody there could be reached.
    """
    own = Municipality.objects.filter(pk__in=by.municipality_ids()).get(pk=municipality.pk)
    number = clean_organisationsnummer(organisationsnummer)
    fits = ensure_kind_fits(number, kind)
    facts = {"name": name, "kind": fits, "employees": employees, "website": website, "created_at": at}
    found, is_new = Employer.with_merged.get_or_create(
        municipality=own, **lookup_of(number), defaults={**columns_of(number), **facts}
    )
    employer = found.current
    if not is_new:
        return RegisteredFor(employer, is_new=False)
    person = ContactPerson(
        employer=employer,
        name=contact.name,
        email=contact.email.lower(),
        phone=contact.phone,
        recorded_by=by,
        recorded_at=at,
    )
    person.full_clean()
    person.save()
    audit.record(employer, "registered_by_phone", by=by, at=at)
    add_workplace(employer=employer, name=workplace_name, place=place, street=street, by=by, at=at)
    return RegisteredFor(employer, is_new=True)
