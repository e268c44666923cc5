"""Case reviews: planned, people put on, held, noted, closed; an agency reads of nobody without a package."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from http import HTTPStatus
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client

from backend.accounts.enums import Role
from backend.cooperation.agenda import grounds
from backend.cooperation.enums import CaseReviewState
from backend.cooperation.models import CaseReview, PackageRead, ReviewAction, ReviewCase, ReviewSeat
from backend.cooperation.services import (
    call_off_review,
    close_review,
    finish_action,
    hold_review,
    note_outcome,
    plan_review,
    put_on_agenda,
    take_off_agenda,
)
from backend.core import outbox
from backend.core.documents import is_as_kept
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.home.day.my_day import day_of_coach
from backend.participants.models import AgencyContact
from backend.participants.services import protect_participant, withdraw_consent
from tests.cast import Cast
from tests.factories import (
    AssignmentFactory,
    CaseReviewFactory,
    PackageFactory,
    ParticipantFactory,
    ReviewActionFactory,
    ReviewCaseFactory,
    ReviewSeatFactory,
    UserFactory,
)
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

TOMORROW = TODAY + timedelta(days=1)
MOST_QUERIES = 16


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def contact_of(user: Any) -> AgencyContact:
    return AgencyContact.objects.get(user=user)


def plan(cast: Cast, **changes: Any) -> CaseReview:
    fields = {
        "unit_id": cast.unit.pk,
        "day": TODAY,
        "clock": time(13),
        "place": "Rum 3",
        "seats": [(cast.agency.pk, contact_of(cast.guest).pk), (cast.other_agency.pk, None)],
        "by": cast.coach,
        "at": NOW,
    }
    return plan_review(**{**fields, **changes})


def put(cast: Cast, review: CaseReview, **changes: Any) -> ReviewCase:
    fields = {"review_id": review.pk, "participant_id": cast.pia.pk, "by": cast.coach, "at": NOW}
    return put_on_agenda(**{**fields, **changes})


def note(cast: Cast, case: ReviewCase, **changes: Any) -> ReviewCase:
    fields = {
        "case_id": case.pk,
        "decision": "Praktik prövas i höst",
        "what": "",
        "staff_id": None,
        "contact_id": None,
        "by_day": None,
        "by": cast.coach,
        "at": NOW,
    }
    return note_outcome(**{**fields, **changes})


def held(cast: Cast) -> ReviewCase:
    """Return Pia's case at a review that is held; the guest's agency reads of her."""
    PackageFactory(participant=cast.pia, contact=contact_of(cast.guest))
    review = plan(cast)
    case = put(cast, review)
    hold_review(review_id=review.pk, by=cast.coach, at=NOW)
    case.refresh_from_db()
    return case


def get(user: Any, path: str) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(path)


def seat_page(user: Any, review: CaseReview, part: str = "") -> Any:
    seat = ReviewSeat.objects.get(review=review, contact__user=user)
    return get(user, f"/till-oss/genomgang/{seat.pk}/{part}")


class TestPlanning:
    def test_asks_the_guest_without_naming_anybody(self, cast: Cast) -> None:
        put(cast, plan(cast, day=TODAY + timedelta(days=9)))
        outbox.deliver_due(at=NOW + timedelta(days=1), limit=10)

        [sent] = mail.outbox
        assert sent.to == [cast.guest.email]
        assert str(cast.pia) not in f"{sent.subject} {sent.body}"

    def test_is_for_a_day_to_come(self, cast: Cast) -> None:
        with refused_for("case_review_day_passed"):
            plan(cast, day=TODAY - timedelta(days=1))

    def test_is_not_for_an_hour_that_clocks_skip(self, cast: Cast) -> None:
        with refused_for("case_review_no_such_time"):
            plan(cast, day=TODAY.replace(month=3, day=29), clock=time(2, 30))

    def test_needs_an_agency(self, cast: Cast) -> None:
        with refused_for("case_review_no_agency"):
            plan(cast, seats=[])

    def test_each_agency_comes_once(self, cast: Cast) -> None:
        with refused_for("case_review_agency_twice"):
            plan(cast, seats=[(cast.agency.pk, None), (cast.agency.pk, contact_of(cast.guest).pk)])
        review = plan(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            ReviewSeatFactory(review=review, contact=None, agency=cast.agency)

    def test_who_comes_reads_on_that_day(self, cast: Cast) -> None:
        with refused_for("package_no_reader"):
            plan(cast, seats=[(cast.agency.pk, contact_of(cast.other_guest).pk)])

    def test_is_not_for_the_unit_of_others(self, cast: Cast) -> None:
        with pytest.raises(type(cast.unit).DoesNotExist):
            plan(cast, by=cast.manager)

    def test_called_off_the_guest_is_told(self, cast: Cast) -> None:
        review = plan(cast)
        call_off_review(review_id=review.pk, by=cast.coach, at=NOW)
        outbox.deliver_due(at=NOW + timedelta(days=1), limit=10)

        assert [each.to for each in mail.outbox] == [[cast.guest.email]]
        with pytest.raises(TransitionNotAllowed):
            hold_review(review_id=review.pk, by=cast.coach, at=NOW)


class TestTheAgenda:
    def test_holds_each_person_once(self, cast: Cast) -> None:
        review = plan(cast)
        put(cast, review)
        with refused_for("case_review_on_agenda"):
            put(cast, review)

    def test_holds_no_protected_identity(self, cast: Cast) -> None:
        with refused_for("case_review_protected"):
            put(cast, plan(cast), participant_id=cast.skye.pk)

    def test_holds_nobody_of_another_unit(self, cast: Cast) -> None:
        AssignmentFactory(
            user=cast.coach, unit=cast.other_unit, municipality=cast.municipality, role=Role.COACH
        )
        with pytest.raises(type(cast.pia).DoesNotExist):
            put(cast, plan(cast), participant_id=cast.pelle.pk)

    def test_holds_nobody_whose_case_has_ended(self, cast: Cast) -> None:
        gone = ParticipantFactory(unit=cast.unit, coach=cast.coach, state="ended")
        with refused_for("case_review_case_ended"):
            put(cast, plan(cast), participant_id=gone.pk)

    def test_has_an_end(self, cast: Cast) -> None:
        review = plan(cast)
        ReviewCaseFactory.create_batch(40, review=review, participant__unit=cast.unit)
        with refused_for("case_review_full"):
            put(cast, review)

    def test_stands_when_the_review_is_over(self, cast: Cast) -> None:
        review = plan(cast)
        call_off_review(review_id=review.pk, by=cast.coach, at=NOW)
        with refused_for("case_review_over"):
            put(cast, review)

    def test_who_is_noted_about_stays(self, cast: Cast) -> None:
        case = note(cast, held(cast))
        with refused_for("case_review_noted"):
            take_off_agenda(case_id=case.pk, by=cast.coach, at=NOW)

    def test_who_is_not_noted_about_is_taken_off(self, cast: Cast) -> None:
        case = put(cast, plan(cast))
        take_off_agenda(case_id=case.pk, by=cast.coach, at=NOW)
        assert not ReviewCase.objects.exists()


class TestHolding:
    def test_begins_on_its_day(self, cast: Cast) -> None:
        review = plan(cast, day=TOMORROW)
        with refused_for("case_review_not_yet"):
            hold_review(review_id=review.pk, by=cast.coach, at=NOW)

    def test_nothing_is_noted_before(self, cast: Cast) -> None:
        with refused_for("case_review_not_held"):
            note(cast, put(cast, plan(cast)))

    def test_something_must_be_noted(self, cast: Cast) -> None:
        with refused_for("case_review_nothing_noted"):
            note(cast, held(cast), decision=" ")

    @pytest.mark.parametrize("lacking", ["day", "owner"])
    def test_an_action_is_whole(self, cast: Cast, lacking: str) -> None:
        given = {"staff_id": cast.coach.pk, "by_day": TOMORROW}
        given["by_day" if lacking == "day" else "staff_id"] = None
        with refused_for("case_review_action_unfinished"):
            note(cast, held(cast), what="Ringer", **given)

    def test_an_action_is_for_a_day_to_come(self, cast: Cast) -> None:
        with refused_for("case_review_action_day"):
            note(cast, held(cast), what="Ringer", staff_id=cast.coach.pk, by_day=TODAY - timedelta(days=1))

    @pytest.mark.parametrize("who", ["other_guest", "other_coach"])
    def test_who_may_not_read_is_not_responsible(self, cast: Cast, who: str) -> None:
        user = getattr(cast, who)
        of_staff = who == "other_coach"
        owner = {"staff_id": user.pk} if of_staff else {"contact_id": contact_of(user).pk}
        with refused_for("case_review_owner_elsewhere"):
            note(cast, held(cast), what="Ringer", by_day=TOMORROW, **owner)


class TestClosing:
    def test_keeps_the_minutes(self, cast: Cast) -> None:
        case = note(cast, held(cast))
        review = close_review(review_id=case.review_id, by=cast.coach, at=NOW)

        assert review.state == CaseReviewState.CLOSED
        assert review.minutes is not None
        assert is_as_kept(review.minutes, sha256_then=review.minutes.sha256)
        answer = get(cast.manager, f"/genomgangar/{review.pk}/protokoll/")
        assert answer.content.startswith(b"%PDF")

    def test_is_done_once(self, cast: Cast) -> None:
        case = held(cast)
        close_review(review_id=case.review_id, by=cast.coach, at=NOW)
        with pytest.raises(TransitionNotAllowed):
            close_review(review_id=case.review_id, by=cast.coach, at=NOW)
        with refused_for("case_review_not_held"):
            note(cast, case)

    def test_minutes_with_somebody_protected_since_are_not_given_out(self, cast: Cast) -> None:
        case = held(cast)
        close_review(review_id=case.review_id, by=cast.coach, at=NOW)
        protect_participant(participant_id=cast.pia.pk, handlers=[cast.coach], by=cast.coach, at=NOW)

        path = f"/genomgangar/{case.review_id}/protokoll/"
        assert get(cast.coach, path).status_code == HTTPStatus.NOT_FOUND
        assert str(cast.pia) not in get(cast.coach, f"/genomgangar/{case.review_id}/").text


class TestTheGuest:
    def test_reads_of_who_has_agreed_and_leaves_a_row(self, cast: Cast) -> None:
        case = note(cast, held(cast))
        answer = seat_page(cast.guest, case.review)

        assert "Inför ärendegenomgången" in answer.text
        assert "Praktik prövas i höst" in answer.text
        assert PackageRead.objects.filter(package__participant=cast.pia).count() == 1

    def test_reads_of_nobody_once_it_is_taken_back(self, cast: Cast) -> None:
        case = note(cast, held(cast))
        [package] = cast.pia.packages.all()
        withdraw_consent(consent_id=package.consent_id, by=cast.participant_user, at=NOW)

        assert "Praktik prövas i höst" not in seat_page(cast.guest, case.review).text
        assert not grounds([cast.pia.pk], [cast.agency.pk], on=TODAY)

    def test_who_does_not_sit_there_finds_nothing(self, cast: Cast) -> None:
        case = held(cast)
        seat = ReviewSeat.objects.get(review=case.review, agency=cast.agency)
        path = f"/till-oss/genomgang/{seat.pk}/"
        assert get(cast.other_guest, path).status_code == HTTPStatus.NOT_FOUND

    def test_says_that_it_is_done(self, cast: Cast) -> None:
        note(cast, held(cast), what="Bokar ett möte", contact_id=contact_of(cast.guest).pk, by_day=TOMORROW)
        action = ReviewAction.objects.get()
        assert "Bokar ett möte" in get(cast.guest, "/till-oss/").text
        for hours in (0, 5):
            finish_action(action_id=action.pk, by=cast.guest, at=NOW + timedelta(hours=hours))

        action.refresh_from_db()
        assert (action.done_at, action.done_by) == (NOW, cast.guest)
        assert "Bokar ett möte" not in get(cast.guest, "/till-oss/").text

    def test_does_nothing_for_who_has_taken_it_back(self, cast: Cast) -> None:
        note(cast, held(cast), what="Bokar ett möte", contact_id=contact_of(cast.guest).pk, by_day=TOMORROW)
        [package] = cast.pia.packages.all()
        withdraw_consent(consent_id=package.consent_id, by=cast.participant_user, at=NOW)

        assert "Bokar ett möte" not in get(cast.guest, "/till-oss/").text
        with pytest.raises(ReviewAction.DoesNotExist):
            finish_action(action_id=ReviewAction.objects.get().pk, by=cast.guest, at=NOW)

    def test_gets_a_mail_without_names_when_it_is_late(self, cast: Cast) -> None:
        note(cast, held(cast), what="Bokar ett möte", contact_id=contact_of(cast.guest).pk, by_day=TOMORROW)
        outbox.deliver_due(at=NOW + timedelta(days=1), limit=10)
        mail.outbox.clear()
        outbox.deliver_due(at=NOW + timedelta(days=4), limit=10)

        [sent] = mail.outbox
        assert sent.to == [cast.guest.email]
        assert str(cast.pia) not in f"{sent.subject} {sent.body}"
        assert "Bokar" not in sent.body


class TestFollowUp:
    def test_what_is_open_is_shown_first_at_the_next_review(self, cast: Cast) -> None:
        note(cast, held(cast), what="Ringer skolan", staff_id=cast.coach.pk, by_day=TOMORROW)
        again = put(cast, plan(cast, day=TODAY + timedelta(days=30)))

        answer = get(cast.coach, again.get_absolute_url())
        assert [each.what for each in answer.context["carried"]] == ["Ringer skolan"]

    def test_what_is_late_reaches_the_day_of_its_owner(self, cast: Cast) -> None:
        mate = UserFactory()
        AssignmentFactory(user=mate, unit=cast.unit, municipality=cast.municipality, role=Role.COACH)
        action = ReviewActionFactory(case=held(cast), staff=mate)

        assert day_of_coach(mate, today=TODAY).about("review", action.pk)
        assert not day_of_coach(cast.coach, today=TODAY).about("review", action.pk)
        assert not day_of_coach(mate, today=TODAY - timedelta(days=1)).about("review", action.pk)

    def test_of_an_owner_who_has_left_it_reaches_the_coach_of_the_case(self, cast: Cast) -> None:
        action = ReviewActionFactory(case=held(cast), staff=UserFactory())
        row = day_of_coach(cast.coach, today=TODAY).about("review", action.pk)
        assert row is not None
        assert row.also

    def test_of_a_guest_who_still_reads_it_stays_with_the_guest(self, cast: Cast) -> None:
        action = ReviewActionFactory(case=held(cast), staff=None, contact=contact_of(cast.guest))
        assert not day_of_coach(cast.coach, today=TODAY).about("review", action.pk)
        [package] = cast.pia.packages.all()
        withdraw_consent(consent_id=package.consent_id, by=cast.participant_user, at=NOW)
        assert day_of_coach(cast.coach, today=TODAY).about("review", action.pk)

    def test_of_an_agency_without_a_guest_it_reaches_the_coach(self, cast: Cast) -> None:
        on_paper = AgencyContact.objects.create(agency=cast.agency, name="Rut", last_day=TOMORROW)
        action = ReviewActionFactory(case=held(cast), staff=None, contact=on_paper)
        assert day_of_coach(cast.coach, today=TODAY).about("review", action.pk)


class TestThePages:
    @pytest.mark.parametrize("count", [1, 12])
    def test_take_the_same_queries_for_any_number(
        self, cast: Cast, count: int, django_assert_max_num_queries: Any
    ) -> None:
        review = CaseReviewFactory(unit=cast.unit, planned_by=cast.coach, state=CaseReviewState.HELD)
        reader = contact_of(cast.guest)
        seat = ReviewSeatFactory(review=review, contact=reader)
        for _each in range(count):
            person = ParticipantFactory(unit=cast.unit, coach=cast.coach)
            PackageFactory(participant=person, contact=reader)
            case = ReviewCaseFactory(review=review, participant=person)
            ReviewActionFactory(case=case, staff=None, contact=reader)
        paths = {
            cast.coach: ["/genomgangar/", f"/genomgangar/{review.pk}/", case.get_absolute_url()],
            cast.guest: ["/till-oss/", f"/till-oss/genomgang/{seat.pk}/"],
        }
        for user, theirs in paths.items():
            client = Client()
            client.force_login(user)
            for path in theirs:
                with django_assert_max_num_queries(MOST_QUERIES):
                    assert client.get(path).status_code == HTTPStatus.OK


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_close_at_once_one_does(cast: Cast) -> None:
    case, together = held(cast), Barrier(2)

    def close(_each: int) -> str:
        together.wait(timeout=30)
        try:
            close_review(review_id=case.review_id, by=cast.coach, at=NOW)
        except TransitionNotAllowed:
            return "late"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(close, range(2))) == ["done", "late"]
