"""Fills an empty database with the demo municipality."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid5

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from backend.accounts.enums import Persona
from backend.accounts.models import Municipality, User
from backend.core import outbox
from backend.core.enums import MessageState
from backend.core.models import Delivery, OutboxMessage
from backend.demo.attendance import tell_attendance
from backend.demo.cooperation import meet_about_some
from backend.demo.efforts import write_down_efforts
from backend.demo.looking_after import look_into_some
from backend.demo.models import DemoFounding
from backend.demo.plans import place_without_proposals
from backend.demo.safety import is_demos_own
from backend.demo.story import Story
from backend.demo.to_do import ASKED, employer_to_try, leave_something_to_do
from backend.demo.world import (
    DOMAIN,
    NAME,
    PASSWORD,
    account,
    found_municipality,
    moment,
    open_workshops,
    sign_ins,
)
from backend.participants.models import Participant
from backend.participants.services import protect_participant
from backend.skills.models import Concept

YEARS = timedelta(days=728)


class Command(BaseCommand):
    help = "Create the demo municipality with two years of history, unless it is there already."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the size, the seed and the day that the demo calls today."""
        parser.add_argument("--people", type=int, default=400)
        parser.add_argument("--openings", type=int, default=150)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--today", type=date.fromisoformat, default=None)

    def handle(
        self, *args: Any, people: int, openings: int, seed: int, today: date | None, **options: Any
    ) -> None:
        """Build everything in one transaction, so that a half-made demo is never left behind.

        Raises CommandError where DEMO is off, and in a database with people that the demo did not make up.
        """
        self._refuse_real_people()
        call_command("load_gazetteer", verbosity=0)
        if not Concept.objects.exists():
            call_command("import_catalogue", "starter", verbosity=0)
        if Municipality.objects.filter(name=NAME).exists():
            self.stdout.write("The demo data is there already.")
        else:
            with transaction.atomic():
                DemoFounding.objects.create(at=timezone.now())
                self._build(people, openings, seed, today or timezone.localdate())
        self._print_sign_ins()

    def _refuse_real_people(self) -> None:
        if not settings.DEMO:
            raise CommandError("Made-up people with a known password are for the demo only: set DEMO=1.")
        if User.objects.exists() and not is_demos_own():
            raise CommandError("There are people in this database that the demo did not make up.")

    def _build(self, people: int, openings: int, seed: int, today: date) -> None:
        first_day = today - YEARS - timedelta(days=today.weekday())
        world = found_municipality(seed=seed, first_day=first_day)
        open_workshops(world)
        story = Story(world, today, people_in_all=people, openings_in_all=openings)
        for number, monday in enumerate(story.tell()):
            if number % 13 == 0:
                self.stdout.write(f"  {monday:%Y-%m}: {len(world.people)} participants")
                self.stdout.flush()
        self._let_participants_in(today)
        tell_attendance(today=today, rng=world.rng)
        leave_something_to_do(today=today)
        place_without_proposals(today=today)
        look_into_some(world, today=today)
        write_down_efforts(today=today)
        meet_about_some(today=today)
        self._mark_old_messages()

    def _let_participants_in(self, today: date) -> None:
        """Give two participants an account, and one a protected identity."""
        people = Participant.objects.filter(proposals__isnull=False).distinct().order_by("enrolled_on", "pk")
        for number, participant in enumerate(people.filter(state="in_internship")[:2], start=1):
            user = account(f"deltagare{number}@praktik.example", str(participant), Persona.PARTICIPANT)
            Participant.objects.filter(pk=participant.pk).update(user=user, email=user.email)
        hidden = Participant.objects.filter(proposals__isnull=True).order_by("enrolled_on", "pk").first()
        if hidden:
            coach = hidden.coach
            at = moment(today)
            protect_participant(participant_id=hidden.pk, handlers=[coach], by=coach, at=at)

    def _mark_old_messages(self) -> None:
        """Mark as sent what two years would have sent: nobody wants 5,000 mails at the start."""
        old = OutboxMessage.objects.filter(
            state=MessageState.QUEUED, due_at__lt=timezone.now() - timedelta(days=3)
        )
        self._let_some_be_read(old.filter(due_at__gt=timezone.now() - timedelta(days=60)))
        old.update(state=MessageState.SENT, sent_at=F("due_at"))

    def _let_some_be_read(self, messages: QuerySet[OutboxMessage]) -> None:
        """Let those whom two months would have told find it in the app."""
        Delivery.objects.bulk_create(
            Delivery(
                id=uuid5(message.pk, str(user.pk)),
                message=message,
                recipient=user,
                path=path or message.path,
                created_at=message.due_at,
                sent_at=message.due_at,
                read_at=message.due_at,
            )
            for message in messages.order_by("pk")
            for user, path in outbox.kinds[message.kind].receivers_of(message)
        )

    def _print_sign_ins(self) -> None:
        users = [
            ("Job coach", f"coach1a@{DOMAIN}"),
            ("Job coach, other unit", f"coach2a@{DOMAIN}"),
            ("Unit manager", f"chef1@{DOMAIN}"),
            ("Administrator", f"admin@{DOMAIN}"),
            ("Employer", employer_to_try()),
            ("Social enterprise", "arbetsgivare4@praktik.example"),
            ("Participant", "deltagare1@praktik.example"),
            ("Participant, asked", ASKED),
        ]
        present = set(User.objects.values_list("email", flat=True))
        self.stdout.write(f"\nSign in with the password {PASSWORD} as:")
        self.stdout.write(sign_ins([(label, email) for label, email in users if email in present]))
        self.stdout.write("Staff are then asked for a second factor: the page has filled in the code.")
