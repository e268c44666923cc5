"""A year of placements with the clock turned day by day and the worker killed now and then.

What the municipality must be able to trust is counted afterwards: every follow-up that is due exists once,
every message got there once or is shown as failed, nobody is reminded of what is settled, no job is left
running. Everything is written by the services that people use, at the hour at which they would.
"""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import connections
from django.db.models import F

from backend.accounts.enums import Persona, Role
from backend.accounts.models import User
from backend.core import outbox
from backend.core.enums import MessageState
from backend.core.models import OutboxMessage
from backend.core.running import schedule
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import codes_of
from backend.demo.evaluations import Placement, say_how_it_was
from backend.demo.trades import LOOKS_EXPLOITATIVE
from backend.demo.world import (
    Person,
    Workshop,
    World,
    account,
    check_employer,
    enrol,
    moment,
    offer_capacity,
)
from backend.employers.models import Opening
from backend.employers.services import obstacles
from backend.internships import services
from backend.internships.enums import AnswerWay, Mood
from backend.internships.models import FollowUp, Internship, RetentionCheck
from backend.matching.services import accept_proposal, propose
from backend.participants.models import Participant

ROUND: Final = 10_000
LEASE_OVER: Final = timedelta(minutes=20)
TOLD: Final = (ValidationError, TransitionNotAllowed, ObjectDoesNotExist)
NOT_ALLOWED: Final = "Chefen sa nej."
PATIENCE: Final = timedelta(days=6)
"""After so long the coach calls about what nobody has answered."""


@dataclass
class Year:
    """The municipality on its way through the days."""

    world: World
    first_day: date
    days: int
    wanted: int
    kill_share: float
    placements: list[Placement] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)

    def live(self) -> Iterator[date]:
        """Go through the days; yield each when it is over."""
        self._open()
        starts = self._starts()
        for number in range(self.days):
            day = self.first_day + timedelta(days=number)
            self._work(moment(day, hour=8))
            for _one in range(starts[day]):
                self._place(day)
            self._answer(day)
            self._end(day)
            self._ask_about_jobs(day)
            self._work(moment(day, hour=17))
            yield day

    def _starts(self) -> Counter[date]:
        """Return how many placements begin on each day: on working days, and none so late that none ends."""
        last = max(self.days - 30, 1)
        drawn = (self.world.rng.randrange(last) for _one in range(self.wanted))
        days = (self.first_day + timedelta(days=number) for number in drawn)
        return Counter(day - timedelta(days=max(day.weekday() - 4, 0)) for day in days)

    def _open(self) -> None:
        for workshop in self.world.workshops:
            for _more in range(6):
                offer_capacity(self.world, workshop, self.first_day)

    def _place(self, day: date) -> None:
        """Enrol somebody, propose, accept, plan and start; what a safeguard refuses is counted."""
        rng = self.world.rng
        unit = rng.choice(list(self.world.coaches))
        person = enrol(self.world, unit, day)
        if rng.random() < 0.6:
            self._let_sign_in(person)
        workshop = rng.choice([each for each in self.world.workshops if each.openings])
        try:
            self._go_through(person, workshop, day)
        except TOLD as refusal:
            self.counted[f"not placed: {_in_short(refusal)}"] += 1

    def _let_sign_in(self, person: Person) -> None:
        self.counted["participants with an account"] += 1
        email = f"person{self.counted['participants with an account']}@praktik.example"
        user = account(email, self.world.fake.name(), Persona.PARTICIPANT)
        Participant.objects.filter(pk=person.participant.pk).update(user=user)
        person.participant.refresh_from_db()

    def _go_through(self, person: Person, workshop: Workshop, day: date) -> None:
        coach, at, rng = person.participant.coach, moment(day, hour=9), self.world.rng
        opening = self._open_at(workshop, day)
        proposal = propose(
            intent="send",
            opening_id=opening.pk,
            participant_id=person.participant.pk,
            item_keys=["first_name"],
            means="by_phone",
            message="",
            by=coach,
            at=at,
        )
        accept_proposal(proposal_id=proposal.pk, by=workshop.contact, at=at)
        if obstacles(employer=workshop.employer, on=day):
            check_employer(workshop.employer, coach, day)
        internship = services.plan_internship(
            proposal_id=proposal.pk, by=coach, at=at, **self._terms(opening.capacity, day)
        )
        if not self._decide(internship, at):
            services.cancel_internship(internship_id=internship.pk, why=NOT_ALLOWED, by=coach, at=at)
            return
        internship = services.start_internship(internship_id=internship.pk, started_on=day, by=coach, at=at)
        goes_well = rng.random() < (0.25 if workshop.employer.name == LOOKS_EXPLOITATIVE else 0.8)
        weeks = rng.choice([1, 2, 4, 6])
        ends_on = internship.ends_on if goes_well else min(day + timedelta(weeks=weeks), internship.ends_on)
        self.placements.append(Placement(internship, person, workshop, ends_on, goes_well))
        self.counted["internships started"] += 1

    def _open_at(self, workshop: Workshop, day: date) -> Opening:
        """Return one of the workshop's openings with a place free; it offers more when there is none."""
        mine = Opening.objects.published(day).filter(pk__in=[each.pk for each in workshop.openings])
        free = list(mine.filter(places_taken__lt=F("places")).select_related("capacity").order_by("pk"))
        return self.world.rng.choice(free) if free else offer_capacity(self.world, workshop, day)

    def _decide(self, internship: Internship, at: datetime) -> bool:
        """Let the manager decide where a gate is in the way; return whether it may go on."""
        if not Internship.objects.awaiting_manager().filter(pk=internship.pk).exists():
            return True
        allows = self.world.rng.random() < 0.8
        manager = User.objects.filter(
            assignments__role=Role.MANAGER, assignments__unit=internship.participant.unit_id
        ).earliest("pk")
        services.decide_objection(
            internship_id=internship.pk, allows=allows, reason="Prövat.", by=manager, at=at
        )
        self.counted[f"manager decided: {'yes' if allows else 'no'}"] += 1
        return allows

    def _terms(self, capacity: Any, day: date) -> dict[str, Any]:
        weeks = self.world.rng.choice([3, 6, 8, 12, 16, 24])
        return {
            "kind": capacity.placement_kind,
            "starts_on": day,
            "ends_on": day + timedelta(weeks=weeks) - timedelta(days=3),
            "hours_per_week": min(self.world.rng.choice([20, 25, 30, 40]), capacity.hours_max),
            "tasks": "Sådant som görs på arbetsplatsen, med handledare.",
            "supervisor_name": self.world.fake.first_name(),
            "basis": "arbetsformedlingen",
            "basis_by": "Arbetsförmedlingen i Exempelstad",
            "decision_reference": f"AF-{self.world.rng.randrange(100000, 999999)}",
            "basis_from": day,
            "basis_until": day + timedelta(weeks=26),
            "insurance": "state",
            "union_name": "Facklig part på orten",
            "union_asked_on": day - timedelta(days=7),
            "union_outcome": "no_objection",
        }

    def _answer(self, day: date) -> None:
        """Let some answer by the link and some in the app; after some days the coach calls and closes."""
        going = {each.internship.pk: each for each in self.placements}
        due = FollowUp.objects.still_open().filter(due_on__lte=day, internship__in=going)
        for follow_up in due.order_by("due_on", "pk"):
            placement, rng = going[follow_up.internship_id], self.world.rng
            sides = (
                (Persona.EMPLOYER, placement.workshop.contact, placement.workshop.answers / 3),
                (Persona.PARTICIPANT, placement.person.participant.user, 0.2),
            )
            for side, who, share in sides:
                if who is not None and not follow_up.said(side)[0] and rng.random() < share:
                    self._say(follow_up, side, placement, by=who, day=day)
            if day >= follow_up.due_on + PATIENCE:
                self._call(follow_up, placement, day)

    def _say(self, follow_up: FollowUp, side: str, placement: Placement, *, by: User, day: date) -> None:
        mood = self.world.rng.choice(
            [Mood.GOOD, Mood.SO_SO] if placement.goes_well else [Mood.SO_SO, Mood.BAD]
        )
        way = self.world.rng.choice([AnswerWay.LINK, AnswerWay.LINK, AnswerWay.APP])
        services.answer_follow_up(
            follow_up_id=follow_up.pk, side=side, mood=mood, way=way, by=by, at=moment(day, hour=11)
        )
        self.counted[f"follow-ups answered: {way}"] += 1

    def _call(self, follow_up: FollowUp, placement: Placement, day: date) -> None:
        coach, at = placement.coach, moment(day, hour=14)
        follow_up.refresh_from_db()
        for side in services.SIDES:
            if not follow_up.said(side)[0]:
                services.answer_follow_up(
                    follow_up_id=follow_up.pk, side=side, mood=Mood.SO_SO, by=coach, at=at
                )
                self.counted["follow-ups answered: phone"] += 1
        services.close_follow_up(follow_up_id=follow_up.pk, coach_note="Samtal med båda.", by=coach, at=at)

    def _end(self, day: date) -> None:
        for placement in [each for each in self.placements if each.ends_on <= day]:
            self.placements.remove(placement)
            self._finish(placement, day)

    def _finish(self, placement: Placement, day: date) -> None:
        rng, key, coach, at = self.world.rng, placement.internship.pk, placement.coach, moment(day, hour=15)
        ended: dict[str, Any] = {"internship_id": key, "ended_on": placement.ends_on, "by": coach, "at": at}
        if placement.goes_well:
            services.complete_internship(**ended)
        else:
            services.end_internship_early(side="participant", reason="tasks", **ended)
        self.counted["internships completed" if placement.goes_well else "internships ended early"] += 1
        for follow_up in placement.internship.follow_ups.still_open().order_by("due_on", "pk"):
            self._call(follow_up, placement, day)
        say_how_it_was(placement, rng, day, is_new=rng.random() < 0.2)
        if placement.goes_well and rng.random() < 0.4:
            self._hire(placement, day)

    def _hire(self, placement: Placement, day: date) -> None:
        services.record_employment(
            participant_id=placement.person.participant.pk,
            internship_id=placement.internship.pk,
            form="ordinary",
            title=placement.internship.title,
            percent=100,
            starts_on=day,
            by=placement.coach,
            at=moment(day, hour=16),
        )
        self.counted["jobs"] += 1

    def _ask_about_jobs(self, day: date) -> None:
        rng = self.world.rng
        due = RetentionCheck.objects.unanswered().filter(due_on__lte=day, employment__struck_at=None)
        related = ("employment__participant__coach", "employment__participant__user")
        for check in due.select_related(*related).order_by("due_on", "pk"):
            person, at = check.employment.participant, moment(day, hour=13)
            answer = "yes" if rng.random() < 0.9 else "no"
            if person.user is not None and rng.random() < 0.3:
                services.reply_about_job(
                    check_id=check.pk, answer=answer, way=AnswerWay.LINK, by=person.user, at=at
                )
            elif day >= check.due_on + PATIENCE:
                services.answer_retention(
                    check_id=check.pk, answer=answer, said_by="Telefon", by=person.coach, at=at
                )
            self._write_end(check, day)

    def _write_end(self, check: RetentionCheck, day: date) -> None:
        check.refresh_from_db()
        if check.answer == "no":
            services.end_employment(
                employment_id=check.employment_id,
                ends_on=check.due_on - timedelta(days=1),
                reason="shortage",
                by=check.employment.participant.coach,
                at=moment(day, hour=16),
            )
            self.counted["jobs lost"] += 1

    def _work(self, at: datetime) -> None:
        """Be the worker; now and then one is killed in the midst of it, and the next takes over later."""
        if self.kill_share and self.world.rng.random() < self.kill_share:
            _killed(at, after=self.world.rng.uniform(0.005, 0.25))
            self.counted["workers killed"] += 1
            left = OutboxMessage.objects.filter(state=MessageState.SENDING).count()
            self.counted["messages taken over"] += left
            at += LEASE_OVER
        outbox.deliver_due(at=at, limit=ROUND)
        schedule.run_due(at=at)


def _in_short(refusal: Exception) -> str:
    """Return why a service said no, by its codes where it has them."""
    if isinstance(refusal, ValidationError):
        return " ".join(sorted(codes_of(refusal)))
    return type(refusal).__name__


def _killed(at: datetime, *, after: float) -> None:
    """Let another process deliver and run jobs, and kill it (SIGKILL) after so many seconds."""
    connections.close_all()  # the child must not have this process's connection
    child = os.fork()
    if child == 0:
        try:
            outbox.deliver_due(at=at, limit=ROUND)
            schedule.run_due(at=at)
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
