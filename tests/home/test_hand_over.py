"""Whoever leaves, what was open is on somebody's day: nothing waits for nobody."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from backend.accounts.enums import Role
from backend.accounts.models import Assignment, User
from backend.core import outbox
from backend.core.models import AuditEntry, ReadEntry
from backend.home.cases.open_cases import to_hand_over, units_without_anybody
from backend.home.day.my_day import coach_day, manager_day
from backend.internships.enums import InternshipState
from backend.internships.models import Concern, RetentionCheck
from backend.internships.services import handle_concern, raise_concern
from backend.matching.enums import ProposalState
from backend.participants.models import Participant
from backend.participants.responsible import who_acts
from backend.participants.services import hand_over
from tests.factories import (
    AssignmentFactory,
    EmploymentFactory,
    FollowUpFactory,
    InternshipFactory,
    ParticipantFactory,
    ProposalFactory,
)
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

pytestmark = pytest.mark.django_db
PAGE = reverse("home:hand_over")


@pytest.fixture
def concern(cast):
    internship = InternshipFactory(
        opening=cast.opening,
        participant=cast.pia,
        state=InternshipState.ONGOING,
        starts_on=TODAY - timedelta(days=30),
        started_on=TODAY - timedelta(days=30),
        ends_on=TODAY,
    )
    return raise_concern(internship_id=internship.pk, text="Fel.", by=cast.participant_user, at=NOW)


@pytest.fixture
def matters(cast, concern):
    """One of each thing that can be open in Pia's case."""
    FollowUpFactory(internship=concern.internship, due_on=TODAY - timedelta(days=1))
    ProposalFactory(opening=cast.opening, participant=cast.pia, state=ProposalState.DRAFT)
    job = EmploymentFactory(participant=cast.pia)
    RetentionCheck.objects.create(employment=job, months=1, due_on=TODAY - timedelta(days=1))
    return {"Concern raised", "First week", "A draft", "Does Pia still have the job? (1 mo.)", "Ends soon"}


def close_account(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def end_assignments(user):
    Assignment.objects.filter(user=user).update(ended_on=TODAY)


def move_to_the_other_unit(user):
    Assignment.objects.filter(user=user).update(unit=Participant.objects.get(first_name="Pelle").unit)


CLOSINGS = [close_account, end_assignments, move_to_the_other_unit]


def fresh(user):
    """The user without what the last request remembered."""
    return User.objects.get(pk=user.pk)


def reasons(todos):
    return {str(words) for todo in todos for words in (todo.reason, *todo.also)}


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


class TestTheNewCoach:
    def test_has_everything_on_their_day_and_the_old_one_nothing(self, cast, matters):
        new = AssignmentFactory(unit=cast.unit).user
        assert matters <= reasons(coach_day(fresh(cast.coach), today=TODAY))

        hand_over(participant_ids=[cast.pia.pk], coach=new, by=cast.coach, at=NOW)

        assert matters <= reasons(coach_day(fresh(new), today=TODAY))
        assert not matters & reasons(coach_day(fresh(cast.coach), today=TODAY))

    @pytest.mark.parametrize("who", ["other_coach", "administrator", "employer_member", "participant_user"])
    def test_is_not_named_by_a_stranger(self, cast, who):
        new = AssignmentFactory(unit=cast.unit).user

        with pytest.raises(Participant.DoesNotExist):
            hand_over(participant_ids=[cast.pia.pk], coach=new, by=getattr(cast, who), at=NOW)

        cast.pia.refresh_from_db()
        assert cast.pia.coach == cast.coach

    def test_works_in_the_unit_or_no_case_moves(self, cast):
        bo = ParticipantFactory(unit=cast.unit, coach=cast.coach)

        with refused_for("coach_of_other_unit"):
            hand_over(participant_ids=[bo.pk, cast.pia.pk], coach=cast.other_coach, by=cast.manager, at=NOW)

        assert set(Participant.objects.filter(coach=cast.coach)) == {bo, cast.pia, cast.skye}
        assert not AuditEntry.objects.filter(action="handed_over").exists()

    def test_of_a_protected_identity_is_a_handler(self, cast):
        new = AssignmentFactory(unit=cast.unit).user

        with refused_for("coach_not_handler"):
            hand_over(participant_ids=[cast.skye.pk], coach=new, by=cast.coach, at=NOW)

        cast.skye.refresh_from_db()
        assert cast.skye.coach == cast.coach


@pytest.mark.parametrize("close", CLOSINGS)
class TestWhenTheCoachIsGone:
    def test_the_cases_are_on_the_managers_day(self, cast, matters, close):
        close(cast.coach)

        assert list(to_hand_over(fresh(cast.manager))) == [cast.pia]
        days = reasons(manager_day(fresh(cast.manager), today=TODAY))
        assert {"Cases without a job coach", "A concern that is not handled"} <= days
        assert who_acts(cast.pia) == [cast.manager]

    def test_what_is_left_in_an_ended_case_is_too(self, cast, concern, close):
        Participant.objects.filter(pk=cast.pia.pk).update(state="ended")
        close(cast.coach)

        assert list(to_hand_over(fresh(cast.manager))) == [cast.pia]

    def test_an_ended_case_with_nothing_left_is_on_nobodys(self, cast, close):
        Participant.objects.filter(pk=cast.pia.pk).update(state="ended")
        close(cast.coach)

        assert list(to_hand_over(fresh(cast.manager))) == []

    def test_without_a_manager_the_administrator_is_told_of_the_unit(self, cast, concern, close, client):
        close(cast.coach)
        close(cast.manager)

        assert who_acts(cast.pia) == [cast.administrator]
        [unit] = units_without_anybody(fresh(cast.administrator))
        assert unit == cast.unit
        client.force_login(cast.administrator)
        page = client.get(reverse("home:my_home")).content.decode()
        assert "Arbetsmarknad" in page
        assert "Pia" not in page

    def test_a_protected_identity_is_not_shown_to_a_manager_who_is_no_handler(self, cast, close):
        close(cast.coach)

        assert cast.skye not in to_hand_over(fresh(cast.manager))
        assert who_acts(cast.skye) == [cast.administrator]
        assert [(unit, unit.cases) for unit in units_without_anybody(fresh(cast.administrator))] == [
            (cast.unit, 1)
        ]

    def test_another_handler_has_a_protected_identity_on_their_day(self, cast, close):
        handler = AssignmentFactory(unit=cast.unit).user
        cast.skye.handlers.add(handler)
        close(cast.coach)

        assert who_acts(cast.skye) == [handler]
        assert "Cases without a job coach" in reasons(coach_day(fresh(handler), today=TODAY))

    def test_a_concern_reaches_who_can_act_and_they_can(self, cast, concern, close):
        close(cast.coach)

        outbox.deliver_due(at=NOW)

        [letter] = [each for each in mail.outbox if each.to == [cast.manager.email]]
        assert reverse("home:my_home") in letter.body
        handle_concern(concern_id=concern.pk, outcome="Talat med alla.", by=fresh(cast.manager), at=NOW)
        assert Concern.objects.get().handled_by == cast.manager

    def test_a_message_that_waited_months_reaches_the_coach_of_that_day(self, cast, concern, close):
        new = AssignmentFactory(unit=cast.unit).user
        close(cast.coach)
        hand_over(participant_ids=[cast.pia.pk], coach=new, by=fresh(cast.manager), at=NOW)

        outbox.deliver_due(at=NOW + timedelta(days=100))

        assert new.email in {address for letter in mail.outbox for address in letter.to}
        assert cast.coach.email not in {address for letter in mail.outbox for address in letter.to}


class TestThePage:
    def test_hands_over_what_is_ticked_and_logs_who_was_seen(self, cast, client):
        new = AssignmentFactory(unit=cast.unit).user
        bo = ParticipantFactory(first_name="Bo", unit=cast.unit, coach=cast.coach)
        close_account(cast.coach)
        client.force_login(cast.manager)

        page = client.get(PAGE)
        answer = client.post(PAGE, {"cases": [cast.pia.pk], "coach": new.pk})

        assert "Pia Exempel" in page.content.decode()
        assert "Bo Exempel" in page.content.decode()
        assert ReadEntry.objects.filter(by=cast.manager, page="participants.hand_over").count() == 2
        assert answer.url == reverse("home:my_home")
        assert Participant.objects.get(pk=cast.pia.pk).coach == new
        assert Participant.objects.get(pk=bo.pk).coach == cast.coach
        entry = AuditEntry.objects.get(action="handed_over")
        assert entry.changes == {"coach": [str(cast.coach.pk), str(new.pk)]}

    def test_lets_a_manager_plan_for_somebody_who_is_to_leave(self, cast, client):
        new = AssignmentFactory(unit=cast.unit).user
        client.force_login(cast.manager)

        assert "Pia" not in client.get(PAGE).content.decode()
        address = f"{PAGE}?coach={cast.coach.pk}"
        assert "Pia" in client.get(address).content.decode()
        client.post(address, {"cases": [cast.pia.pk], "coach": new.pk})

        assert Participant.objects.get(pk=cast.pia.pk).coach == new

    def test_shows_a_coach_nobody_elses_cases(self, cast, client):
        client.force_login(cast.other_coach)

        assert "Pia" not in client.get(f"{PAGE}?coach={cast.coach.pk}").content.decode()

    def test_a_forged_case_is_refused_and_nothing_moves(self, cast, client):
        new = AssignmentFactory(unit=cast.unit, role=Role.COACH).user
        client.force_login(cast.manager)

        answer = client.post(PAGE, {"cases": [cast.pelle.pk], "coach": new.pk})

        assert answer.status_code == 422
        assert Participant.objects.get(pk=cast.pelle.pk).coach == cast.other_coach

    def test_takes_as_many_queries_for_one_as_for_many(self, cast, client, django_assert_max_num_queries):
        close_account(cast.coach)
        client.force_login(cast.manager)
        for _number in range(12):
            ParticipantFactory(unit=cast.unit, coach=cast.coach)

        # The first look writes down in the session when it was.
        client.get(PAGE)
        with django_assert_max_num_queries(10):
            client.get(PAGE)
