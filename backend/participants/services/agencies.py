"""Partner agencies and those who work there, written down by staff."""

from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from backend.accounts.enums import Persona
from backend.accounts.models import Municipality, User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.participants.enums import AgencyKind
from backend.participants.models import Agency, AgencyContact
from backend.participants.refusals import AgencyRefusal

LONGEST_GUEST = timedelta(days=366)


@one_write
def register_agency(*, municipality_id: UUID, kind: AgencyKind, name: str, by: User, at: datetime) -> Agency:
    """Write down an agency that the municipality works with.

    Raises Municipality.DoesNotExist for who does not work there, and ValidationError for a name that is
    in the list.
    """
    theirs = Municipality.objects.filter(pk__in=by.municipality_ids())
    agency = Agency(municipality=theirs.get(pk=municipality_id), kind=kind, name=name)
    agency.full_clean(exclude=["sort_key"])
    agency.save(force_insert=True)
    audit.record(agency, "agency_registered", by=by, at=at)
    return agency


@one_write
def change_agency(*, agency_id: UUID, kind: AgencyKind, name: str, by: User, at: datetime) -> Agency:
    """Say anew what an agency is called and what it is. Raises Agency.DoesNotExist, and ValidationError."""
    agency = locked(Agency.objects.visible_to(by).filter(pk=agency_id)).get()
    agency.kind, agency.name = kind, name
    agency.full_clean(exclude=["sort_key"])
    agency.save()
    audit.record(agency, "agency_changed", by=by, at=at)
    return agency


@one_write
def add_agency_contact(
    *, agency_id: UUID, name: str, email: str, last_day: date, by: User, at: datetime
) -> AgencyContact:
    """Write down somebody who works at an agency; with an address, an account that opens until `last_day`.

    Nothing is mailed: that is done when there is something to read. The account has no password, only a code
    that is mailed opens it, and then a second factor. Raises Agency.DoesNotExist for strangers, Refused for
    an address of an account of another kind or a last day that is past or more than a year away, and
    ValidationError for an address that is in the list.
    """
    agency = locked(Agency.objects.visible_to(by).filter(pk=agency_id)).get()
    _refuse_bad_day(last_day, at=at)
    user = _account_for(email, name=name) if email else None
    contact = AgencyContact(agency=agency, user=user, name=name, email=email, last_day=last_day)
    contact.full_clean()
    contact.save(force_insert=True)
    audit.record(contact, "agency_contact_added", by=by, at=at)
    return contact


@one_write
def prolong_agency_contact(*, contact_id: UUID, last_day: date, by: User, at: datetime) -> AgencyContact:
    """Let somebody at an agency read until another day. Raises AgencyContact.DoesNotExist, and Refused."""
    contact = _standing(contact_id, by=by)
    _refuse_bad_day(last_day, at=at)
    contact.last_day = last_day
    contact.save(update_fields=["last_day"])
    audit.record(contact, "agency_contact_prolonged", by=by, at=at)
    return contact


@one_write
def end_agency_contact(*, contact_id: UUID, by: User, at: datetime) -> AgencyContact:
    """Let somebody at an agency read nothing more; what was read stays in the log.

    Raises AgencyContact.DoesNotExist for strangers, and where it has ended already.
    """
    contact = _standing(contact_id, by=by)
    contact.ended_at = at
    contact.save(update_fields=["ended_at"])
    audit.record(contact, "agency_contact_ended", by=by, at=at)
    return contact


def _standing(contact_id: UUID, *, by: User) -> AgencyContact:
    theirs = AgencyContact.objects.visible_to(by).filter(ended_at=None)
    return locked(theirs.filter(pk=contact_id), "agency").get()


def _refuse_bad_day(last_day: date, *, at: datetime) -> None:
    today = day_of(at)
    if not today <= last_day <= today + LONGEST_GUEST:
        raise Refused(AgencyRefusal.BAD_LAST_DAY, about="last_day")


def _account_for(email: str, *, name: str) -> User:
    known = User.objects.filter(email__iexact=email).first()
    if known is not None:
        if known.persona != Persona.AGENCY:
            raise Refused(AgencyRefusal.ADDRESS_TAKEN, about="email")
        return known
    if EmailAddress.objects.filter(email__iexact=email).exists():
        raise Refused(AgencyRefusal.ADDRESS_TAKEN, about="email")
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, name=name, persona=Persona.AGENCY)
    except IntegrityError as error:  # somebody else was given it at this moment
        raise Refused(AgencyRefusal.ADDRESS_TAKEN, about="email") from error
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
