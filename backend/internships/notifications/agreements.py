"""Messages about agreements that are to be signed."""

from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core import outbox
from backend.core.clock import day_of
from backend.core.models import OutboxMessage
from backend.core.outbox import sign_in
from backend.internships.dates import working_days_after
from backend.internships.enums import OPEN_INTERNSHIPS, Party
from backend.internships.models import Agreement, Internship
from backend.internships.notifications.audiences import CONTACTS, PERSON, morning_of, place_of
from backend.participants.audiences import contacts, person

REMINDERS, REMIND_AFTER = 3, 3
"""Who has not signed is reminded so often, with so many working days between."""
PARTIES = {CONTACTS.name: Party.EMPLOYER, PERSON.name: Party.PARTICIPANT}


def _has_not_signed(message: OutboxMessage) -> bool:
    asked = Agreement.objects.current().filter(pk=message.subject_id, internship__state__in=OPEN_INTERNSHIPS)
    return asked.exclude(signatures__party=PARTIES[message.audience]).exists()


AGREEMENT_ASKED = outbox.register(
    outbox.MessageKind(
        "agreement_asked",
        _("Read and sign the agreement"),
        _has_not_signed,
        audiences=(
            contacts(via="workplaces__internships__agreements", about="internships__agreements"),
            person(via="internships__agreements"),
        ),
        words=place_of,
        offers=("place",),
        is_urgent=True,
    )
)


def ask_to_sign(agreement: Agreement, *, at: datetime) -> None:
    """Queue that an agreement is to be signed, and the reminders to who has not."""
    path = page_of_agreement(agreement.internship)
    outbox.enqueue(AGREEMENT_ASKED, about=agreement, step="asked", path=path, at=at)
    remind_to_sign(agreement, at=at)


def remind_to_sign(agreement: Agreement, *, at: datetime) -> None:
    """Queue the reminders to who has not signed, which are held against the signatures when sent."""
    path = page_of_agreement(agreement.internship)
    for n in range(1, REMINDERS + 1):
        due_at = morning_of(working_days_after(day_of(at), n * REMIND_AFTER))
        outbox.enqueue(
            AGREEMENT_ASKED, about=agreement, step=f"reminder {n}", path=path, at=at, due_at=due_at
        )


def post_signing_code(user: User, *, code: str, at: datetime, valid_for: timedelta) -> None:
    """Queue the mail with a code for signing: sealed while it waits, as all codes are, and gone when sent."""
    with translation.override(user.language):
        words = {"code": code, "minutes": valid_for // timedelta(minutes=1)}
        body = render_to_string("emails/signing_code.txt", words).strip() + "\n"
        mail = EmailMultiAlternatives(gettext("Your code"), body, to=[user.email])
    sign_in.post(mail, at=at, valid_for=valid_for)


def page_of_agreement(internship: Internship) -> str:
    """Return the page on which the agreement of an internship is read and signed."""
    return reverse("internships:agreement_detail", args=[internship.pk])
