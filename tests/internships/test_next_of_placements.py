"""What comes next about internships, concerns and jobs: what is offered is what the services would do."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import translation

from backend.internships import services
from backend.internships.enums import OPEN_INTERNSHIPS, InternshipState, RetentionAnswer
from backend.internships.models import Concern, Internship, ManagerDecision
from backend.internships.pages.next import (
    changes_of,
    may_be_corrected,
    next_about_check,
    next_about_concern,
    next_for_job,
    next_for_staff,
)
from backend.matching.services import renew_consent
from backend.participants.models import Consent, Participant
from tests.factories import EmploymentFactory, InternshipFactory, OpeningFactory, ProposalFactory, stand
from tests.factories.base import NOW, TODAY
from tests.offers import goes_through

STATES = list(InternshipState)
OPEN = set(OPEN_INTERNSHIPS)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def as_it_should_be(internship):
    """Change nothing."""


def to_come(internship):
    if internship.state == InternshipState.PLANNED:
        Internship.objects.filter(pk=internship.pk).update(starts_on=TODAY + DAY)


def without_consent(internship):
    Consent.objects.filter(pk=internship.proposal.consent_id).update(valid_until=TODAY - DAY)


def at_a_paused_employer(internship):
    stand(internship.workplace.employer, "paused")


def with_a_job(internship):
    Participant.objects.filter(pk=internship.participant_id).update(state="employed")


def objected(internship, *decisions):
    Internship.objects.filter(pk=internship.pk).update(union_outcome="objection")
    for days, allows in enumerate(decisions):
        at = NOW - DAY * (9 - days)
        what = {"allows": allows, "reason": "Skäl.", "decided_by": internship.planned_by, "decided_at": at}
        ManagerDecision.objects.create(internship=internship, **what)


SITUATIONS = {
    "as it should be": as_it_should_be,
    "to come": to_come,
    "without consent": without_consent,
    "at a paused employer": at_a_paused_employer,
    "with a job": with_a_job,
    "objected": objected,
    "objected, decided against": lambda it: objected(it, True, False),
    "objected, decided for": lambda it: objected(it, False, True),
}
READERS = {"coach": True, "manager": False, "other_coach": False}


def placed(cast, state):
    opening = OpeningFactory(workplace=cast.opening.workplace, places_taken=1)
    proposal = ProposalFactory(
        opening=opening,
        participant=cast.pia,
        state={
            "completed": "finished",
            "ended_early": "finished",
            "cancelled": "accepted",
            "no_show": "finished",
        }.get(state, "placed"),
    )
    days = {"starts_on": TODAY, "ends_on": TODAY + 60 * DAY, "union_asked_on": TODAY - DAY}
    if state in (InternshipState.COMPLETED, InternshipState.ENDED_EARLY):
        days |= {"ended_on": TODAY}
    if state == InternshipState.ENDED_EARLY:
        days |= {"ended_by_side": "employer", "end_reason": "tasks"}
    facts = {"proposal": proposal, "opening": opening, "participant": cast.pia, "state": state}
    return InternshipFactory(**facts, **days)


def read(internship):
    related = ("participant", "workplace__employer", "proposal__consent")
    return Internship.objects.select_related(*related).get(pk=internship.pk)


NEW_TERMS = {
    "valid_from": TODAY + DAY,
    "hours_per_week": 30,
    "new_content": "",
    "basis_by": "Arbetsförmedlingen",
    "decision_reference": "AF-2",
    "basis_from": TODAY,
    "basis_until": TODAY + 180 * DAY,
    "union_outcome": "no_union",
    "why": "Mer tid.",
}


def writes_about(internship, by):
    """Every write about an internship, by the name of the page that does it."""
    key = {"internship_id": internship.pk, "by": by}
    last = {"ended_on": TODAY}
    why = {"side": "employer", "reason": "tasks"}
    start = partial(services.start_internship, started_on=max(TODAY, internship.starts_on), **key)
    return {
        "internships:internship_start": start,
        "internships:internship_cancel": partial(services.cancel_internship, why="Sjuk chef.", **key),
        "internships:internship_no_show": partial(services.record_no_show, side="employer", **key),
        "internships:internship_pause": partial(
            services.pause_internship, from_on=TODAY, back_on=TODAY + 7 * DAY, reason="closed", **key
        ),
        "internships:internship_return": partial(
            services.change_return, back_on=TODAY + 9 * DAY, why="Längre.", **key
        ),
        "internships:internship_resume": partial(services.resume_internship, resumed_on=TODAY, **key),
        "internships:internship_extend": partial(
            services.extend_internship,
            **{**NEW_TERMS, "tasks": "Nya uppgifter.", "ends_on": internship.ends_on + DAY},
            **key,
        ),
        "internships:internship_complete": partial(services.complete_internship, **last, **key),
        "internships:internship_end": partial(services.end_internship_early, **last, **why, **key),
        "internships:objection_decide": partial(services.decide_objection, allows=True, reason="Ja.", **key),
        "internships:internship_convert": partial(
            services.record_employment,
            participant_id=internship.participant_id,
            internship_id=internship.pk,
            form="ordinary",
            title="Bagare",
            percent=100,
            starts_on=TODAY,
            by=by,
        ),
    }


@pytest.mark.django_db
class TestPlacement:
    def step(self, internship, reader):
        newest = internship.decisions.order_by("-decided_at").first()
        return next_for_staff(
            internship,
            may_decide=Internship.objects.decidable_by(reader).filter(pk=internship.pk).exists(),
            may_manage=Internship.objects.managed_by(reader).filter(pk=internship.pk).exists(),
            has_job=False,
            today=TODAY,
            decided=newest.allows if newest else None,
        )

    @pytest.mark.parametrize("reader", READERS)
    @pytest.mark.parametrize("situation", SITUATIONS)
    @pytest.mark.parametrize("state", STATES)
    def test_offers_what_the_services_do(self, cast, state, situation, reader):
        SITUATIONS[situation](placed(cast, state))
        internship, by = read(Internship.objects.get()), getattr(cast, reader)
        step = self.step(internship, by)

        offered = {action.url for action in step.actions} if step else set()

        for name, write in writes_about(internship, by).items():
            assert (reverse(name, args=[internship.pk]) in offered) == goes_through(write), name

    @pytest.mark.parametrize("state", STATES)
    def test_a_consent_that_has_ended_is_made_anew_where_that_can_be_done(self, cast, state):
        without_consent(placed(cast, state))
        internship = read(Internship.objects.get())
        renew = reverse("matching:consent_renew", args=[internship.proposal_id])
        what = {"proposal_id": internship.proposal_id, "item_keys": ["hours"], "means": "by_phone"}

        step = self.step(internship, cast.coach)

        offered = bool(step) and renew in {action.url for action in step.actions}
        assert offered == (state in OPEN)
        assert not offered or goes_through(partial(renew_consent, by=cast.coach, **what))

    @pytest.mark.parametrize("state", STATES)
    def test_waits_for_the_coach_when_something_is_in_question(self, cast, state):
        without_consent(placed(cast, state))

        step = self.step(read(Internship.objects.get()), cast.coach)

        assert (bool(step) and step.do == "Decide") == (state in OPEN)

    def test_does_not_wait_for_the_coach_while_the_manager_decides(self, cast):
        objected(placed(cast, "planned"))
        internship = read(Internship.objects.get())

        assert self.step(internship, cast.coach).do == ""
        assert self.step(internship, cast.manager).do == "Decide"

    @pytest.mark.parametrize(("days", "do"), [(15, ""), (14, "What comes after?"), (-1, "What comes after?")])
    def test_an_end_that_comes_near_is_thought_of(self, cast, days, do):
        internship = placed(cast, "ongoing")
        Internship.objects.update(starts_on=TODAY - 30 * DAY, ends_on=TODAY + days * DAY)

        assert self.step(read(internship), cast.coach).do == do

    @pytest.mark.parametrize("state", [InternshipState.COMPLETED, InternshipState.ENDED_EARLY])
    def test_a_job_that_is_recorded_ends_it(self, state):
        internship = Internship(state=state)
        may = {"may_decide": True, "may_manage": False}

        assert next_for_staff(internship, **may, has_job=True, today=TODAY) is None

    def test_who_is_matched_by_no_list_is_found_no_place(self, cast):
        internship = placed(cast, "completed")
        Participant.objects.update(state="ended")

        step = self.step(read(internship), cast.coach)

        assert [action.label for action in step.actions] == ["It became a job"]

    @pytest.mark.parametrize("reader", READERS)
    @pytest.mark.parametrize("state", STATES)
    def test_terms_are_changed_where_the_service_changes_them(self, cast, state, reader):
        internship, by = placed(cast, state), getattr(cast, reader)
        may_decide = Internship.objects.decidable_by(by).exists()
        change = {"tasks": "Baka.", "why": "Fel ord.", "internship_id": internship.pk, "by": by}

        done = goes_through(partial(services.correct_terms, **change))

        assert may_be_corrected(internship, may_decide=may_decide) == done


@pytest.mark.django_db
class TestConcern:
    @pytest.mark.parametrize("is_handled", [False, True])
    @pytest.mark.parametrize("reader", ["coach", "manager", "other_coach"])
    def test_offers_what_the_services_do(self, cast, reader, is_handled):
        by, about = getattr(cast, reader), placed(cast, "ongoing")
        concern = Concern.objects.create(
            internship=about, raised_by=cast.participant_user, raised_at=NOW, text="Fel."
        )
        if is_handled:
            services.handle_concern(concern_id=concern.pk, outcome="Löst.", by=cast.coach, at=NOW)
            concern.refresh_from_db()
        key = {"concern_id": concern.pk, "by": by}
        writes = {
            "internships:concern_handle": partial(services.handle_concern, outcome="Löst.", **key),
            "internships:concern_decide": partial(services.decide_concern, allows=True, reason="Ja.", **key),
        }

        step = next_about_concern(
            concern,
            may_decide=Internship.objects.decidable_by(by).exists(),
            may_manage=Internship.objects.managed_by(by).exists(),
        )

        offered = {action.url for action in step.actions} if step else set()
        for name, write in writes.items():
            assert (reverse(name, args=[concern.pk]) in offered) == goes_through(write), name
        assert (step is not None and step.waits_for_reader) == bool(offered)


@pytest.mark.django_db
class TestJob:
    def job(self, cast, *, starts=-40, ends=None, answer="", cancelled=None):
        days = {"starts_on": TODAY + starts * DAY, "ends_on": ends and TODAY + ends * DAY}
        Participant.objects.update(state="employed", enrolled_on=TODAY - 90 * DAY)
        job = EmploymentFactory(participant=cast.pia, **days)
        said = {"answered_by": cast.coach, "answered_at": NOW} if answer else {}
        due = TODAY + (starts + 30) * DAY
        job.retention_checks.create(months=1, due_on=due, answer=answer, cancelled_at=cancelled, **said)
        return job

    @pytest.mark.parametrize("may_decide", [True, False])
    @pytest.mark.parametrize(("starts", "ends"), [(-40, None), (-40, -1), (10, None)])
    def test_is_changed_as_the_services_change_it(self, cast, starts, ends, may_decide):
        job = self.job(cast, starts=starts, ends=ends)
        key = {"employment_id": job.pk, "by": cast.coach if may_decide else cast.other_coach}
        writes = {
            "end": partial(services.end_employment, ends_on=TODAY, reason="shortage", **key),
            "correct": partial(services.correct_employment, why="Fel.", title="Kock", **key),
            "strike": partial(services.strike_employment, why="Fel.", **key),
        }

        offered = {action.url for action in changes_of(job, may_decide=may_decide, today=TODAY)}

        for verb, write in writes.items():
            page = reverse(f"internships:employment_{verb}", args=[job.pk])
            assert (page in offered) == goes_through(write), verb

    @pytest.mark.parametrize("may_decide", [True, False])
    @pytest.mark.parametrize("cancelled", [None, NOW])
    @pytest.mark.parametrize("answer", ["", *RetentionAnswer])
    @pytest.mark.parametrize("starts", [-40, -5])
    def test_is_asked_about_when_the_service_takes_an_answer(
        self, cast, starts, answer, cancelled, may_decide
    ):
        job = self.job(cast, starts=starts, answer=answer, cancelled=cancelled)
        check, by = job.retention_checks.get(), cast.coach if may_decide else cast.other_coach
        facts = {"answer": "unknown", "said_by": "Chefen", "why": "Fel.", "check_id": check.pk, "by": by}

        step = next_about_check(check, job, may_decide=may_decide, today=TODAY)

        page = reverse("internships:retention_answer", args=[check.pk])
        offered = {action.url for action in step.actions} if step else set()
        assert (page in offered) == goes_through(partial(services.answer_retention, **facts))

    @pytest.mark.parametrize(
        ("answer", "ends", "do"),
        [
            ("", None, "Fill in the answer"),
            ("no", None, "Write the last day"),
            ("no", -20, ""),
            ("yes", None, ""),
        ],
    )
    def test_waits_for_an_answer_and_then_for_the_last_day(self, cast, answer, ends, do):
        job = self.job(cast, answer=answer, ends=ends)

        step = next_for_job(job, job.retention_checks.all(), may_decide=True, today=TODAY)

        assert (step.do if step else "") == do
