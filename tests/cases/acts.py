"""Everything that anybody can do in a case, by name: through the services, as whoever may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.employers import services as of_employers
from backend.employers.enums import CheckKind
from backend.employers.jobs import look_after_openings
from backend.employers.models import Employer, Opening
from backend.internships import services as of_internships
from backend.internships.models import Employment, Internship
from backend.matching import services as of_matching
from backend.matching.jobs import remind_of_proposals
from backend.matching.models import Proposal
from backend.participants import services as of_participants
from backend.participants.models import Consent, Participant
from tests.internships.test_planning import TERMS

TOLD = (ValidationError, TransitionNotAllowed, ObjectDoesNotExist)
"""How a service says no: whoever acts is told, and nothing has changed."""


class NothingThere(ObjectDoesNotExist):
    """There is nothing to act on: it never was, or somebody else has just taken it away."""


@dataclass
class Case:
    """Some people, employers and openings, who may act for them, and what time it is."""

    coach: User
    member: User
    people: list[Participant]
    employers: list[Employer]
    openings: list[Opening]
    at: datetime
    rng: Random = field(default_factory=Random)

    def any_of(self, rows: Any) -> Any:
        """Return any row. Raises NothingThere where there is none."""
        found = sorted(rows, key=lambda row: str(row.pk))
        if not found:
            raise NothingThere
        return self.rng.choice(found)

    def proposal(self, *states: str) -> Any:
        """Return any proposal of these people, in one of `states` if there is one."""
        mine = Proposal.objects.filter(participant__in=self.people).select_related("participant__user")
        return self.any_of(mine.filter(state__in=states) or mine)

    def internship(self, *states: str) -> Any:
        """Return any internship of these people, in one of `states` if there is one."""
        mine = Internship.objects.filter(participant__in=self.people)
        return self.any_of(mine.filter(state__in=states) or mine)

    def person(self) -> Participant:
        """Return any of the people."""
        return self.rng.choice(self.people)

    def as_coach(self) -> dict[str, Any]:
        """Return who acts and when."""
        return {"by": self.coach, "at": self.at}


ITEMS: Mapping[str, Any] = {"item_keys": ["first_name"], "means": "by_phone"}


def draft(case: Case) -> object:
    pair = {"opening_id": case.rng.choice(case.openings).pk, "participant_id": case.person().pk}
    return of_matching.draft_proposal(**pair, **case.as_coach())


def send(case: Case) -> object:
    key = case.proposal("draft", "asked").pk
    return of_matching.send_proposal(proposal_id=key, message="", **ITEMS, **case.as_coach())


def propose_and_send(case: Case) -> object:
    pair = {"opening_id": case.rng.choice(case.openings).pk, "participant_id": case.person().pk}
    return of_matching.propose(intent="send", message="", **pair, **ITEMS, **case.as_coach())


def ask(case: Case) -> object:
    key = case.proposal("draft").pk
    return of_matching.ask_participant(
        proposal_id=key, item_keys=["first_name"], message="", **case.as_coach()
    )


def say_yes(case: Case) -> object:
    asked = case.proposal("asked")
    who = asked.participant.user
    return of_matching.answer_as_participant(proposal_id=asked.pk, agrees=True, by=who, at=case.at)


def say_no(case: Case) -> object:
    asked = case.proposal("asked")
    who = asked.participant.user
    return of_matching.answer_as_participant(proposal_id=asked.pk, agrees=False, by=who, at=case.at)


def accept(case: Case) -> object:
    key = case.proposal("sent", "interview").pk
    return of_matching.accept_proposal(proposal_id=key, by=case.member, at=case.at)


def interview(case: Case) -> object:
    return of_matching.ask_for_interview(proposal_id=case.proposal("sent").pk, by=case.member, at=case.at)


def decline(case: Case) -> object:
    key = case.proposal("sent", "interview").pk
    return of_matching.decline_proposal(proposal_id=key, reason="hours", by=case.member, at=case.at)


def withdraw(case: Case) -> object:
    key = case.proposal("draft", "asked", "sent", "interview", "accepted").pk
    return of_matching.withdraw_proposal(proposal_id=key, why="Det blev inte av", **case.as_coach())


def take_back_consent(case: Case) -> object:
    consents = Consent.objects.filter(participant__in=case.people).select_related("participant__user")
    consent = case.any_of(consents.filter(withdrawn_at=None) or consents)
    return of_participants.withdraw_consent(consent_id=consent.pk, by=consent.participant.user, at=case.at)


def renew_consent(case: Case) -> object:
    key = case.proposal("sent", "accepted", "placed").pk
    return of_matching.renew_consent(proposal_id=key, **ITEMS, **case.as_coach())


def terms(case: Case) -> dict[str, Any]:
    today = day_of(case.at)
    days = {"starts_on": today + timedelta(days=4), "ends_on": today + timedelta(days=60)}
    basis = {"basis_from": today, "basis_until": today + timedelta(days=365), "union_asked_on": today}
    return {**TERMS, **days, **basis}


def plan(case: Case) -> object:
    key = case.proposal("accepted").pk
    return of_internships.plan_internship(proposal_id=key, **terms(case), **case.as_coach())


def place(case: Case) -> object:
    """Plan an internship without a proposal, on one of an opening's places or on none."""
    opening = case.rng.choice(case.openings)
    way = case.rng.choice(
        [{"way_in": "own_place"}, {"way_in": "by_phone", "agreed_with": "Bo", "agreed_on": day_of(case.at)}]
    )
    where = {"workplace_id": opening.workplace_id, "opening_id": case.rng.choice([None, opening.pk])}
    return of_internships.plan_without_proposal(
        participant_id=case.person().pk, **where, **way, **ITEMS, **terms(case), **case.as_coach()
    )


def renew_consent_of_placement(case: Case) -> object:
    mine = Internship.objects.filter(participant__in=case.people)
    key = case.any_of(mine.filter(proposal=None) or mine).pk
    return of_internships.renew_placement_consent(internship_id=key, **ITEMS, **case.as_coach())


def start(case: Case) -> object:
    planned = case.internship("planned")
    return of_internships.start_internship(
        internship_id=planned.pk, started_on=planned.starts_on, **case.as_coach()
    )


def complete(case: Case) -> object:
    key = case.internship("ongoing", "paused").pk
    return of_internships.complete_internship(internship_id=key, ended_on=day_of(case.at), **case.as_coach())


def end_early(case: Case) -> object:
    why = {"side": "participant", "reason": "tasks", "ended_on": day_of(case.at)}
    key = case.internship("ongoing", "paused").pk
    return of_internships.end_internship_early(internship_id=key, **why, **case.as_coach())


def call_off(case: Case) -> object:
    key = case.internship("planned").pk
    return of_internships.cancel_internship(internship_id=key, why="Flyttas", **case.as_coach())


def extend(case: Case) -> object:
    internship, today = case.internship("ongoing"), day_of(case.at)
    first, last = internship.ends_on + timedelta(days=1), internship.ends_on + timedelta(days=14)
    terms = {"hours_per_week": internship.hours_per_week, "tasks": "Nya uppgifter.", "new_content": ""}
    basis = {"basis_by": "AF", "decision_reference": "AF-2", "basis_from": today, "basis_until": last}
    days = {"valid_from": first, "ends_on": last, "union_outcome": "no_union", "why": "Mer tid."}
    return of_internships.extend_internship(
        internship_id=internship.pk, **days, **terms, **basis, **case.as_coach()
    )


def no_show(case: Case) -> object:
    key = case.internship("planned").pk
    return of_internships.record_no_show(internship_id=key, side="participant", **case.as_coach())


def pause(case: Case) -> object:
    key, today = case.internship("ongoing").pk, day_of(case.at)
    days = {"from_on": today, "back_on": today + timedelta(days=7), "reason": "closed"}
    return of_internships.pause_internship(internship_id=key, **days, **case.as_coach())


def resume(case: Case) -> object:
    key = case.internship("paused").pk
    return of_internships.resume_internship(internship_id=key, resumed_on=day_of(case.at), **case.as_coach())


def hire(case: Case) -> object:
    job = {"form": "ordinary", "title": "Bagare", "percent": 100, "starts_on": day_of(case.at)}
    who = case.person().pk
    name = f"Bolaget {case.rng.random()}"
    return of_internships.record_employment(participant_id=who, employer_name=name, **job, **case.as_coach())


def hire_as_accepted(case: Case) -> object:
    mine = Proposal.objects.filter(participant__in=case.people, state="accepted")
    accepted = case.any_of(mine.filter(opening__kind="job") or mine)
    job = {"form": "ordinary", "title": "Bagare", "percent": 100, "starts_on": day_of(case.at)}
    return of_internships.record_employment(
        participant_id=accepted.participant_id,
        proposal_id=accepted.pk,
        employer_name=f"Bolaget {case.rng.random()}",
        **job,
        **case.as_coach(),
    )


def job(case: Case) -> Any:
    """Return any job of these people, one that came of a proposal if there is one."""
    mine = Employment.objects.filter(participant__in=case.people)
    return case.any_of(mine.filter(proposal__isnull=False) or mine)


def end_job(case: Case) -> object:
    key, day = job(case).pk, day_of(case.at)
    return of_internships.end_employment(employment_id=key, ends_on=day, reason="shortage", **case.as_coach())


def take_back_end_of_job(case: Case) -> object:
    words = {"ends_on": None, "end_reason": "", "why": "Fel person"}
    return of_internships.correct_employment(employment_id=job(case).pk, **words, **case.as_coach())


def strike_job(case: Case) -> object:
    return of_internships.strike_employment(employment_id=job(case).pk, why="Fel", **case.as_coach())


def move_to(state: str) -> Callable[[Case], object]:
    def move(case: Case) -> object:
        return of_participants.change_state(
            participant_id=case.person().pk, to=state, why="Så är det", **case.as_coach()
        )

    return move


def protect(case: Case) -> object:
    return of_participants.protect_participant(
        participant_id=case.person().pk, handlers=[case.coach], **case.as_coach()
    )


def lift_protection(case: Case) -> object:
    return of_participants.lift_protection(participant_id=case.person().pk, why="Beslut", **case.as_coach())


def close(case: Case) -> object:
    key = case.rng.choice(case.openings).pk
    return of_employers.close_opening(opening_id=key, by=case.member, at=case.at)


def publish(case: Case) -> object:
    key = case.rng.choice(case.openings).pk
    return of_employers.publish_opening(opening_id=key, by=case.member, at=case.at)


def pause_opening(case: Case) -> object:
    key, days = case.rng.choice(case.openings).pk, case.rng.choice([None, 1, 5, 40])
    back_on = None if days is None else day_of(case.at) + timedelta(days=days)
    return of_employers.pause_opening(opening_id=key, back_on=back_on, by=case.member, at=case.at)


def resume_opening(case: Case) -> object:
    key = case.rng.choice(case.openings).pk
    return of_employers.resume_opening(opening_id=key, by=case.member, at=case.at)


def pause_employer(case: Case) -> object:
    facts = {"kinds": ["tax_debt"], "outcome": "refuse", "evidence": "Skatteverket"}
    return of_employers.record_checks(employer=case.rng.choice(case.employers), **facts, **case.as_coach())


def approve_employer(case: Case) -> object:
    employer = case.rng.choice(case.employers)
    facts = {"kinds": list(CheckKind), "outcome": "clear", "evidence": "Skatteverket"}
    of_employers.record_checks(employer=employer, **facts, **case.as_coach())
    return of_employers.approve_employer(employer_id=employer.pk, **case.as_coach())


def let_time_pass(case: Case) -> object:
    """Some days go by, and the jobs of the night run – or have not run yet."""
    case.at += timedelta(days=case.rng.choice([1, 4, 4, 5, 20]))
    if case.rng.random() < 0.7:
        look_after_openings(case.at)
        remind_of_proposals(case.at)
    return None


IN_A_CASE: dict[str, Callable[[Case], object]] = {
    "draft": draft,
    "send": send,
    "propose and send": propose_and_send,
    "ask": ask,
    "say yes": say_yes,
    "say no": say_no,
    "accept": accept,
    "interview": interview,
    "decline": decline,
    "withdraw": withdraw,
    "take back consent": take_back_consent,
    "renew consent": renew_consent,
    "plan": plan,
    "place": place,
    "renew consent of placement": renew_consent_of_placement,
    "start": start,
    "complete": complete,
    "end early": end_early,
    "call off": call_off,
    "no show": no_show,
    "extend": extend,
    "pause internship": pause,
    "resume internship": resume,
    "hire": hire,
    "hire as accepted": hire_as_accepted,
    "end job": end_job,
    "take back end of job": take_back_end_of_job,
    "strike job": strike_job,
    "pause": move_to("paused"),
    "end": move_to("ended"),
    "look for a place": move_to("active"),
    "protect": protect,
    "lift protection": lift_protection,
    "close": close,
    "publish": publish,
    "pause opening": pause_opening,
    "resume opening": resume_opening,
    "pause employer": pause_employer,
    "approve employer": approve_employer,
}
ANYTHING = IN_A_CASE | {"enrol again": move_to("enrolled"), "let time pass": let_time_pass}
