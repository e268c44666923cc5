"""A union is asked about a workplace: it answers, or its time runs out; what is planned says the same."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from backend.core.models import AuditEntry
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.employers.models import Workplace
from backend.internships.jobs import follow_unions
from backend.internships.models import UnionConsultation
from backend.internships.pages.consulted import known_of_union
from backend.internships.services import ask_union, record_union_answer
from tests.cast import Cast
from tests.factories.base import NOW, TODAY
from tests.internships.test_placing import place
from tests.refusals import refused_for

DAY = timedelta(days=1)
LAST = TODAY + 7 * DAY
pytestmark = pytest.mark.django_db


def ask(cast: Cast, **changes: Any) -> UnionConsultation:
    facts = {"workplace_id": cast.opening.workplace_id, "union_name": "Livs", "work": "Baka bröd"}
    return ask_union(**({**facts, "answer_by": LAST, "by": cast.coach, "at": NOW} | changes))


def answer(asked: UnionConsultation, cast: Cast, **changes: Any) -> UnionConsultation:
    facts = {"outcome": "objection", "answered_by": "Lisa Lind", "answered_on": TODAY}
    return record_union_answer(
        **({"consultation_id": asked.pk, **facts, "by": cast.coach, "at": NOW} | changes)
    )


class TestAsking:
    def test_says_when_by_whom_and_until_when(self, cast: Cast) -> None:
        asked = ask(cast)

        assert (asked.asked_on, asked.asked_by, asked.answer_by, asked.outcome) == (
            TODAY,
            cast.coach,
            LAST,
            "",
        )
        assert AuditEntry.objects.about(asked).get().action == "union_asked"

    def test_gives_time_to_answer(self, cast: Cast) -> None:
        with refused_for("union_answer_too_soon"):
            ask(cast, answer_by=LAST - DAY)

    def test_is_not_done_twice_while_one_waits(self, cast: Cast) -> None:
        asked = ask(cast)
        with refused_for("union_asked_already"):
            ask(cast, union_name="LIVS", work="baka bröd")
        answer(asked, cast)

        assert ask(cast).pk != asked.pk

    def test_is_for_the_staff_of_the_municipality(self, cast: Cast) -> None:
        with pytest.raises(Workplace.DoesNotExist):
            ask(cast, by=cast.employer_member)


class TestAnswering:
    def test_says_what_who_and_when(self, cast: Cast) -> None:
        told = answer(ask(cast), cast, words="Ingen handledare på helgen.")

        assert (told.outcome, told.answered_by, told.answered_on) == ("objection", "Lisa Lind", TODAY)
        assert (told.recorded_by, told.recorded_at) == (cast.coach, NOW)

    def test_is_done_once(self, cast: Cast) -> None:
        asked = ask(cast)
        answer(asked, cast)
        with pytest.raises(TransitionNotAllowed):
            answer(asked, cast, outcome="no_objection")

    def test_has_somebody_who_answered_on_a_day_that_has_come(self, cast: Cast) -> None:
        asked = ask(cast)
        with refused_for("answered_by"):
            answer(asked, cast, answered_by=" ")
        with refused_for("union_answer_to_come"):
            answer(asked, cast, answered_on=TODAY + DAY)

    def test_may_come_late(self, cast: Cast) -> None:
        asked = ask(cast)
        follow_unions(NOW + 8 * DAY)

        assert answer(asked, cast, answered_on=TODAY + 8 * DAY, at=NOW + 8 * DAY).outcome == "objection"

    def test_the_database_takes_no_half_answers(self, cast: Cast) -> None:
        asked = UnionConsultation.objects.filter(pk=ask(cast).pk)
        for half in ({"outcome": "objection"}, {"answered_by": "Lisa"}, {"answer_by": TODAY - DAY}):
            with pytest.raises(IntegrityError), transaction.atomic():
                asked.update(**half)


def test_a_union_that_does_not_answer_in_its_time(cast: Cast) -> None:
    asked = ask(cast)

    assert follow_unions(NOW + 7 * DAY) == "noted 0"
    assert follow_unions(NOW + 8 * DAY) == "noted 1"

    asked.refresh_from_db()
    assert (asked.outcome, asked.recorded_by) == ("no_answer", None)
    assert follow_unions(NOW + 9 * DAY) == "noted 0"


class TestPlanning:
    def test_begins_with_what_is_known(self, cast: Cast) -> None:
        workplace = cast.opening.workplace
        assert known_of_union(workplace, cast.coach, today=TODAY) == {}
        asked = ask(cast)
        first = {"union_name": "Livs", "union_asked_on": TODAY}
        assert known_of_union(workplace, cast.coach, today=TODAY) == first

        answer(asked, cast)

        assert known_of_union(workplace, cast.coach, today=TODAY) == first | {"union_outcome": "objection"}
        assert known_of_union(workplace, cast.coach, today=TODAY + 90 * DAY) == {}
        assert known_of_union(workplace, cast.employer_member, today=TODAY) == {}

    def test_does_not_hide_an_objection(self, cast: Cast) -> None:
        answer(ask(cast), cast)
        with refused_for("union_said_otherwise"):
            place(cast, union_asked_on=TODAY, union_outcome="no_objection")

        assert place(cast, union_asked_on=TODAY, union_outcome="objection").state == "planned"

    def test_does_not_call_it_silence_while_there_is_time(self, cast: Cast) -> None:
        ask(cast)
        with refused_for("union_has_time_left"):
            place(cast, union_asked_on=TODAY, union_outcome="no_answer")
