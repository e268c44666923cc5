"""Two years of the demo municipality, week by week: proposals, internships, jobs, and what went wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from backend.accounts.enums import Persona
from backend.accounts.models import Unit, User
from backend.demo.contacts import keep_journals
from backend.demo.evaluations import Placement, say_how_it_was
from backend.demo.plans import prepared
from backend.demo.trades import LOOKS_EXPLOITATIVE, Trade
from backend.demo.turns import Turns
from backend.demo.world import Person, Workshop, World, check_employer, enrol, moment, offer, offer_capacity
from backend.employers.enums import EmployerKind, ExceptionKind, OpeningKind
from backend.employers.models import Capacity, Opening
from backend.employers.services import add_exception, close_opening, obstacles, pause_opening, refresh_opening
from backend.internships.enums import EndReason, FollowUpKind, JobEndReason, Mood, RetentionAnswer, Side
from backend.internships.models import RetentionCheck
from backend.internships.services import (
    answer_follow_up,
    answer_retention,
    close_follow_up,
    complete_internship,
    end_employment,
    end_internship_early,
    handle_concern,
    plan_internship,
    raise_concern,
    record_employment,
    start_internship,
)
from backend.matching.enums import DeclineReason
from backend.matching.models import Proposal
from backend.matching.services import (
    accept_proposal,
    ask_for_interview,
    decline_proposal,
    draft_proposal,
    send_proposal,
    withdraw_proposal,
)
from backend.participants.enums import ParticipantState
from backend.participants.services import change_state, record_contact, releasable_items

WEEK = timedelta(days=7)
WORKING_WEEK = timedelta(days=4)
STALE = timedelta(days=75)
# Chances a week; together they make about nine in ten new jobs begin with an internship.
PROPOSED = 0.09
JOB_BY_ONESELF = 0.0012
JOB_AFTER = {"completed": 0.45, "ended_early": 0.12}


@dataclass
class Story:
    """The world on its way through the weeks."""

    world: World
    today: date
    people_in_all: int
    openings_in_all: int
    sent: list[tuple[Proposal, Person, Workshop, date]] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    turns: Turns = field(default_factory=Turns)

    def tell(self) -> Iterator[date]:
        """Live through every week from the first day until today, and yield each Monday."""
        weeks = (self.today - self.world.first_day) // WEEK + 1
        for number in range(weeks):
            monday = self.world.first_day + number * WEEK
            self._enrol(number, weeks, monday)
            self._offer(number, weeks, monday)
            self._end(monday)
            self._answer(monday)
            self._propose(monday)
            self._find_jobs_alone(monday)
            yield monday
        self._ask_about_jobs()
        self._keep_fresh()
        self._say_what_is_different()
        self._pause_one()
        keep_journals(self.world, today=self.today)

    def _say_what_is_different(self) -> None:
        """Let the first lasting places be closed some weeks from now, and be open in the mornings before."""
        capacity = Capacity.objects.order_by("opening__created_at", "pk").first()
        if capacity is None:
            return
        monday = self.today - timedelta(days=self.today.weekday())
        by, at = capacity.opening.created_by, moment(self.today)
        mornings: dict[str, Any] = {
            "first_on": monday + 2 * WEEK,
            "last_on": monday + 2 * WEEK + WORKING_WEEK,
        }
        mornings |= {"starts_at": time(8), "ends_at": time(12)}
        closed: dict[str, Any] = {"first_on": monday + 4 * WEEK, "last_on": monday + 5 * WEEK + WORKING_WEEK}
        for kind, days in ((ExceptionKind.HOURS, mornings), (ExceptionKind.CLOSED, closed)):
            add_exception(capacity_id=capacity.pk, kind=kind, by=by, at=at, **days)

    def _enrol(self, number: int, weeks: int, monday: date) -> None:
        units: list[Unit] = list(self.world.coaches)
        while len(self.world.people) < self.people_in_all * (number + 1) // weeks:
            unit = self.world.rng.choices(units, weights=[5, 3, 2])[0]
            self.world.people.append(enrol(self.world, unit, monday))

    def _offer(self, number: int, weeks: int, monday: date) -> None:
        rng = self.world.rng
        count = sum(len(each.openings) for each in self.world.workshops)
        due = self.openings_in_all * (number + 1) // weeks
        present = [each for each in self.world.workshops if each.employer.created_at < moment(monday)]
        for _each in range(due - count if present else 0):
            workshop = min(rng.sample(present, k=min(3, len(present))), key=lambda each: len(each.openings))
            is_standing = workshop.employer.kind in (EmployerKind.SOCIAL_ENTERPRISE, EmployerKind.ASSOCIATION)
            if is_standing and not workshop.openings:
                offer_capacity(self.world, workshop, monday)
            else:
                kind = OpeningKind.JOB if rng.random() < 0.2 else OpeningKind.INTERNSHIP
                offer(self.world, workshop, monday, kind=kind)
        self._offer_again(number, present, monday)

    def _offer_again(self, number: int, present: list[Workshop], monday: date) -> None:
        """Let the workplace that looks exploitative ask for new interns for the same task, over and over."""
        for workshop in present:
            if workshop.employer.name == LOOKS_EXPLOITATIVE and number % 6 == 0:
                offer(self.world, workshop, monday, kind=OpeningKind.INTERNSHIP)

    def _waiting(self) -> list[Person]:
        busy = {proposal.participant_id for proposal, *_rest in self.sent}
        waiting = (ParticipantState.ENROLLED, ParticipantState.ACTIVE)
        return [
            each
            for each in self.world.people
            if each.participant.state in waiting and each.participant.pk not in busy
        ]

    def _propose(self, monday: date) -> None:
        open_places = self._open_places()
        for person in self._waiting():
            choices = [
                (workshop, opening)
                for workshop, opening in open_places.get(person.trade.occupations, [])
                if opening.pk not in person.been_proposed
            ]
            if choices and self.world.rng.random() < PROPOSED:
                workshop, opening = self.world.rng.choice(choices)
                self._send(person, workshop, opening, monday)

    def _open_places(self) -> dict[tuple[str, ...], list[tuple[Workshop, Opening]]]:
        found: dict[tuple[str, ...], list[tuple[Workshop, Opening]]] = {}
        current = {each.pk: each for each in Opening.objects.listed()}
        for workshop in self.world.workshops:
            for opening in workshop.openings:
                is_internship = opening.pk in current and current[opening.pk].kind == OpeningKind.INTERNSHIP
                if is_internship and self.turns.may_come(workshop, opening.pk, self.placements):
                    found.setdefault(workshop.trade.occupations, []).append((workshop, opening))
        return found

    def _send(self, person: Person, workshop: Workshop, opening: Opening, monday: date) -> None:
        coach, at = person.participant.coach, moment(monday, hour=13)
        person.been_proposed.add(opening.pk)
        record_contact(participant_id=person.participant.pk, on=monday, by=coach, at=at)
        draft = draft_proposal(opening_id=opening.pk, participant_id=person.participant.pk, by=coach, at=at)
        keys = [item.key for item in releasable_items(person.participant)]
        proposal = send_proposal(
            proposal_id=draft.pk,
            item_keys=keys,
            means=self.world.rng.choice(["in_person", "by_phone"]),
            message="En person som gärna vill prova på arbetet. Ring mig om du undrar något.",
            by=coach,
            at=at,
        )
        self.sent.append((proposal, person, workshop, monday))

    def _answer(self, monday: date) -> None:
        waiting, self.sent = self.sent, []
        for proposal, person, workshop, sent_on in waiting:
            if self.world.rng.random() < workshop.answers / 2:
                self._decide(proposal, person, workshop, monday)
            elif monday - sent_on > 8 * WEEK:
                coach, at = person.participant.coach, moment(monday)
                withdraw_proposal(proposal_id=proposal.pk, why="no_answer", by=coach, at=at)
            else:
                self.sent.append((proposal, person, workshop, sent_on))

    def _decide(self, proposal: Proposal, person: Person, workshop: Workshop, monday: date) -> None:
        rng, at = self.world.rng, moment(monday + timedelta(days=1))
        by, key = workshop.contact, proposal.pk
        chance = rng.random()
        try:
            if chance < 0.2:
                reason = rng.choice([each for each in DeclineReason if each != DeclineReason.OTHER])
                decline_proposal(proposal_id=key, reason=reason, by=by, at=at)
                return
            if chance < 0.4 and proposal.state == "sent":
                ask_for_interview(proposal_id=key, by=by, at=at)
            accept_proposal(proposal_id=key, by=by, at=at)
        except ValidationError:  # the last place went to somebody else
            withdraw_proposal(proposal_id=key, why="no_place", by=person.participant.coach, at=at)
            return
        # The newest answers are left for whoever tries the demo.
        if self.today - monday > 2 * WEEK:
            self._begin(proposal, person, workshop, monday)

    def _begin(self, proposal: Proposal, person: Person, workshop: Workshop, monday: date) -> None:
        rng, coach = self.world.rng, person.participant.coach
        starts_on, at = monday + WEEK, moment(monday + timedelta(days=3))
        if not self.turns.may_come(workshop, proposal.opening_id, self.placements):
            withdraw_proposal(proposal_id=proposal.pk, why="no_place", by=coach, at=at)
            return
        terms: dict[str, Any] = {
            "kind": "arbetspraktik",
            "starts_on": starts_on,
            "ends_on": starts_on + rng.choice([8, 10, 12, 16]) * WEEK - timedelta(days=3),
            "hours_per_week": min(rng.choice([20, 25, 30, 40]), proposal.opening.hours_max),
            "tasks": workshop.trade.description,
            "supervisor_name": self.world.fake.first_name(),
            "basis": "arbetsformedlingen",
            "basis_by": "Arbetsförmedlingen i Exempelstad",
            "decision_reference": f"AF-{rng.randrange(100000, 999999)}",
            "basis_from": starts_on,
            "basis_until": starts_on + 26 * WEEK,
            "insurance": "state",
            "union_name": "Facklig part på orten",
            "union_asked_on": monday,
            "union_outcome": rng.choice(["no_objection", "no_objection", "no_answer"]),
            **prepared(len(self.placements), workshop.trade),
        }
        if obstacles(employer=workshop.employer, on=starts_on):
            check_employer(workshop.employer, coach, monday)
        try:
            with transaction.atomic():
                internship = plan_internship(proposal_id=proposal.pk, by=coach, at=at, **terms)
                internship = start_internship(
                    internship_id=internship.pk,
                    started_on=starts_on,
                    by=coach,
                    at=moment(starts_on, hour=9),
                )
        except ValidationError:  # a safeguard refuses: too long, a concern, an overlap
            withdraw_proposal(proposal_id=proposal.pk, why="too_long", by=coach, at=at)
            return
        person.participant.refresh_from_db()
        is_bad_place = workshop.employer.name == LOOKS_EXPLOITATIVE
        goes_well = rng.random() < (0.25 if is_bad_place else 0.82)
        ends_on = internship.ends_on if goes_well else starts_on + rng.choice([1, 2, 4, 6]) * WEEK
        self.placements.append(Placement(internship, person, workshop, ends_on, goes_well))
        self.turns.take(proposal.opening_id, starts_on)

    def _end(self, monday: date) -> None:
        for placement in self.placements:
            self._follow_up(placement, monday)
        for placement in [each for each in self.placements if each.ends_on < monday]:
            self.placements.remove(placement)
            self._finish(placement, monday)

    def _follow_up(self, placement: Placement, monday: date) -> None:
        rng, coach = self.world.rng, placement.person.participant.coach
        moods = [Mood.GOOD, Mood.GOOD, Mood.SO_SO] if placement.goes_well else [Mood.SO_SO, Mood.BAD]
        due = placement.internship.follow_ups.still_open().filter(due_on__lt=monday)
        for follow_up in due.exclude(kind=FollowUpKind.END).order_by("due_on"):
            if rng.random() < placement.workshop.answers:
                by, at = placement.workshop.contact, moment(monday)
                side, mood = Persona.EMPLOYER, rng.choice(moods)
                answer_follow_up(follow_up_id=follow_up.pk, side=side, mood=mood, by=by, at=at)
            if rng.random() < 0.8:
                note, at = "Samtal med båda. Se svaren.", moment(monday, hour=15)
                close_follow_up(follow_up_id=follow_up.pk, coach_note=note, by=coach, at=at)

    def _finish(self, placement: Placement, monday: date) -> None:
        rng, coach, key = self.world.rng, placement.person.participant.coach, placement.internship.pk
        at, ended_on = moment(monday), placement.ends_on
        if placement.goes_well:
            complete_internship(internship_id=key, ended_on=ended_on, by=coach, at=at)
        else:
            side, reason = self._what_went_wrong(placement, monday)
            end_internship_early(
                internship_id=key, ended_on=ended_on, side=side, reason=reason, by=coach, at=at
            )
        self._evaluate(placement, monday)
        placement.person.participant.refresh_from_db()
        usual = JOB_AFTER["completed" if placement.goes_well else "ended_early"]
        chance = self.turns.chance(usual, placement)
        is_bad_place = placement.workshop.employer.name == LOOKS_EXPLOITATIVE
        if not is_bad_place and rng.random() < chance:
            self._hire(placement.person, monday, placement=placement)

    def _evaluate(self, placement: Placement, monday: date) -> None:
        coach, at = placement.person.participant.coach, moment(monday, hour=15)
        say_how_it_was(placement, self.world.rng, monday, is_new=self.today - monday <= 2 * WEEK)
        left = placement.internship.follow_ups.still_open()
        for follow_up in left.order_by("due_on") if self.world.rng.random() < 0.93 else ():
            note = "Avslutande samtal med båda."
            close_follow_up(follow_up_id=follow_up.pk, coach_note=note, by=coach, at=at)

    def _what_went_wrong(self, placement: Placement, monday: date) -> tuple[str, str]:
        if placement.workshop.employer.name != LOOKS_EXPLOITATIVE:
            side = self.world.rng.choice([Side.PARTICIPANT, Side.EMPLOYER, Side.OTHER])
            return side, self.world.rng.choice([EndReason.TASKS, EndReason.ABSENCE, EndReason.SUPERVISION])
        text = "Arbetar ensam utan handledare och mer än de timmar som är avtalade."
        coach, at = placement.person.participant.coach, moment(monday)
        concern = raise_concern(internship_id=placement.internship.pk, text=text, by=coach, at=at)
        # The newest are left for whoever tries the demo: nobody is placed there until they are handled.
        if self.today - monday > 6 * WEEK:
            outcome = "Samtal med arbetsgivaren. Handledare utsedd, timmarna genomgångna."
            handle_concern(concern_id=concern.pk, outcome=outcome, by=coach, at=at)
        return Side.PARTICIPANT, EndReason.CONDITIONS

    def _hire(self, person: Person, monday: date, *, placement: Placement | None = None) -> None:
        rng, trade = self.world.rng, person.trade
        same = placement.internship if placement is not None and rng.random() < 0.8 else None
        if same:
            self.turns.hire(same.opening_id, monday)
        record_employment(
            participant_id=person.participant.pk,
            internship_id=same.pk if same else None,
            employer_id=None if same else self._other_employer(trade),
            form=rng.choices(["ordinary", "nystartsjobb", "lonebidrag", "municipal"], weights=[5, 3, 2, 1])[
                0
            ],
            title=rng.choice(trade.occupations),
            percent=rng.choice([50, 75, 100, 100]),
            starts_on=monday + timedelta(days=rng.choice([0, 7, 14]))
            if monday + 2 * WEEK < self.today
            else monday,
            by=person.participant.coach,
            at=moment(monday, hour=16),
        )
        person.participant.refresh_from_db()

    def _other_employer(self, trade: Trade) -> UUID:
        offers = [each.employer.pk for each in self.world.workshops if each.trade == trade]
        return self.world.rng.choice(offers)

    def _find_jobs_alone(self, monday: date) -> None:
        for person in self._waiting():
            chance = self.world.rng.random()
            if chance < JOB_BY_ONESELF:
                self._hire(person, monday)
            elif chance > 1 - JOB_BY_ONESELF:
                participant, coach = person.participant, person.participant.coach
                to, why, at = ParticipantState.ENDED, "Flyttat från kommunen", moment(monday)
                person.participant = change_state(
                    participant_id=participant.pk, to=to, why=why, by=coach, at=at
                )

    def _ask_about_jobs(self) -> None:
        due = RetentionCheck.objects.unanswered().filter(due_on__lte=self.today)
        related = ("employment__participant__coach",)
        ended: set[UUID] = set()
        for check in due.select_related(*related).order_by("due_on", "pk"):
            if check.employment_id not in ended and self.world.rng.random() < 0.85:
                coach = check.employment.participant.coach
                answer = self.world.rng.choices(list(RetentionAnswer), weights=[8, 2, 1])[0]
                at = moment(min(check.due_on + WEEK, self.today))
                answer_retention(check_id=check.pk, answer=answer, said_by="Deltagaren", by=coach, at=at)
                if answer == RetentionAnswer.NO:
                    ended.add(check.employment_id)
                    self._lose(check, coach)

    def _lose(self, check: RetentionCheck, coach: User) -> None:
        """Let most jobs that did not last be ended; the newest wait for whoever tries the demo."""
        if self.today - check.due_on > 4 * WEEK:
            reason = self.world.rng.choice([JobEndReason.FIXED_TERM, JobEndReason.SHORTAGE])
            day, at = check.due_on - timedelta(days=3), moment(check.due_on + WEEK, hour=14)
            end_employment(employment_id=check.employment_id, ends_on=day, reason=reason, by=coach, at=at)

    def _pause_one(self) -> None:
        """Let the first employer with several openings take nobody new into one for three weeks."""
        for workshop in self.world.workshops:
            theirs = Opening.objects.listed().filter(pk__in=[each.pk for each in workshop.openings])
            found = list(theirs.filter(proposals=None, ends_on=None).order_by("created_at", "pk"))
            if theirs.count() > 1 and found:
                back_on, at = self.today + 3 * WEEK, moment(self.today)
                pause_opening(opening_id=found[0].pk, back_on=back_on, by=workshop.contact, at=at)
                return

    def _keep_fresh(self) -> None:
        """Let half of the old openings be closed and the rest be said to still hold."""
        for workshop in self.world.workshops:
            old = [each for each in workshop.openings if self.today - each.fresh_at.date() > STALE]
            for opening in Opening.objects.filter(pk__in=[each.pk for each in old]).order_by(
                "created_at", "pk"
            ):
                at = moment(self.today - timedelta(days=self.world.rng.randrange(1, 60)))
                if opening.is_listed and (opening.capacity_id or self.world.rng.random() < 0.5):
                    refresh_opening(opening_id=opening.pk, by=workshop.contact, at=at)
                elif opening.is_public:
                    close_opening(opening_id=opening.pk, by=workshop.contact, at=at)
