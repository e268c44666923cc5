"""Who reads messages about internships, from where, and on what morning."""

from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from backend.accounts.enums import Persona
from backend.core import outbox
from backend.core.models import OutboxMessage
from backend.internships.models import Internship
from backend.participants.audiences import coach, contacts, person

MORNING = time(8, 0)
CONTACTS = contacts(via="workplaces__internships", about="internships")
COACH = coach(via="internships")
PERSON = person(via="internships")
SIDE_OF = {CONTACTS.name: Persona.EMPLOYER, PERSON.name: Persona.PARTICIPANT}
"""Which of the two sides an audience is, whose answer a message waits for."""


def is_in(*states: str) -> outbox.Recheck:
    """Return what tells whether the internship of a message is in one of `states`."""
    return lambda message: Internship.objects.filter(pk=message.subject_id, state__in=states).exists()


def place_of(message: OutboxMessage) -> dict[str, str]:
    """Return where the internship is that a message, or its agreement, is about."""
    about = Q(pk=message.subject_id) | Q(agreements=message.subject_id)
    found = Internship.objects.filter(about).select_related("workplace__employer").first()
    return {"place": str(found.workplace) if found else ""}


def morning_of(day: date) -> datetime:
    """Return eight o'clock local time on `day`."""
    return timezone.make_aware(datetime.combine(day, MORNING))
