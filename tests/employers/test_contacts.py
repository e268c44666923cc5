"""The journal of an employer: written by staff, read by colleagues, and never by the employer."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client
from django.urls import reverse

from backend.accounts.enums import Role
from backend.accounts.models import Assignment, User
from backend.core.models import AuditEntry
from backend.employers.enums import OpeningState
from backend.employers.models import Employer, EmployerContact, Opening
from backend.employers.pages.liveliness import QUIET_FOR, dormant, with_unused_places
from backend.employers.services import record_employer_contact, remove_employer_contact
from backend.home.day.employers import agreed
from tests.cast import Cast
from tests.factories import AssignmentFactory, ProposalFactory, UserFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

WEEK = timedelta(days=7)


def noted(employer: Employer, by: User, *, on: date = TODAY, **more: Any) -> EmployerContact:
    return record_employer_contact(employer_id=employer.pk, on=on, by=by, at=NOW, **more)


@pytest.fixture
def colleague(cast: Cast) -> User:
    user: User = UserFactory(name="Karin", email="karin@exempelstad.example")
    AssignmentFactory(user=user, unit=cast.unit, municipality=cast.municipality, role=Role.COACH)
    return user


class TestRecordEmployerContact:
    def test_keeps_the_line_and_logs_it(self, cast: Cast) -> None:
        said = {"with_whom": " Alice ", "line": "Har plats i mars.", "channel": "meeting"}
        line = noted(cast.bakery, cast.coach, **said)

        line.refresh_from_db()
        assert (line.with_whom, line.line, line.recorded_by) == ("Alice", "Har plats i mars.", cast.coach)
        assert AuditEntry.objects.filter(subject_id=cast.bakery.pk, action="contact_noted").count() == 1

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"on": TODAY + timedelta(days=1)}, "contact_to_come"),
            ({"next_step": "Ring"}, "half_a_next_step"),
            ({"next_on": TODAY}, "half_a_next_step"),
            ({"next_step": "Ring", "next_on": TODAY - WEEK}, "next_before_contact"),
        ],
    )
    def test_is_refused(self, cast: Cast, said: dict[str, Any], code: str) -> None:
        with refused_for(code):
            noted(cast.bakery, cast.coach, **said)
        assert not EmployerContact.objects.exists()

    @pytest.mark.parametrize("who", ["employer_member", "participant_user"])
    def test_is_for_staff_of_the_municipality(self, cast: Cast, who: str) -> None:
        with pytest.raises(ObjectDoesNotExist):
            noted(cast.bakery, getattr(cast, who))

    def test_a_colleague_reads_it_and_the_employer_does_not(self, cast: Cast, colleague: User) -> None:
        line = noted(cast.bakery, cast.coach)

        assert list(EmployerContact.objects.visible_to(colleague)) == [line]
        assert not EmployerContact.objects.visible_to(cast.employer_member)

    def test_is_taken_back(self, cast: Cast, colleague: User) -> None:
        line = noted(cast.bakery, cast.coach)
        with pytest.raises(ObjectDoesNotExist):
            remove_employer_contact(contact_id=line.pk, by=cast.employer_member, at=NOW)

        remove_employer_contact(contact_id=line.pk, by=colleague, at=NOW)
        assert not EmployerContact.objects.exists()


class TestTheNextStep:
    def rows(self, coach: User) -> list[tuple[str, str]]:
        return [(str(each.reason), each.title) for each in agreed(coach, today=TODAY)]

    def test_stands_in_the_day_of_who_agreed_on_it_when_its_day_has_come(
        self, cast: Cast, colleague: User
    ) -> None:
        noted(cast.bakery, cast.coach, on=TODAY - WEEK, next_step="Hör om mars", next_on=TODAY)
        noted(cast.joinery, cast.coach, next_step="Besök", next_on=TODAY + WEEK)

        assert self.rows(cast.coach) == [("Hör om mars", "Bageriet AB")]
        assert self.rows(colleague) == []

    def test_is_over_with_any_new_contact(self, cast: Cast, colleague: User) -> None:
        noted(cast.bakery, cast.coach, on=TODAY - WEEK, next_step="Hör om mars", next_on=TODAY)
        noted(cast.bakery, colleague)

        assert self.rows(cast.coach) == []

    def test_is_a_colleagues_once_its_writer_has_left(self, cast: Cast, colleague: User) -> None:
        noted(cast.bakery, cast.coach, on=TODAY - WEEK, next_step="Hör om mars", next_on=TODAY)
        Assignment.objects.filter(user=cast.coach).update(ended_on=TODAY)

        assert self.rows(colleague) == [("Hör om mars", "Bageriet AB")]


class TestTheListOfEmployers:
    @pytest.fixture
    def old(self, cast: Cast) -> Employer:
        Employer.objects.update(created_at=NOW - timedelta(days=400))
        Opening.objects.update(fresh_at=NOW - timedelta(days=300))
        return cast.bakery

    def those_dormant(self) -> set[str]:
        return {each.name for each in dormant(Employer.objects.all(), today=TODAY)}

    def test_tells_which_are_dormant(self, old: Employer) -> None:
        assert old.name in self.those_dormant()

    def test_a_contact_wakes_one(self, cast: Cast, old: Employer) -> None:
        noted(old, cast.coach, on=TODAY - QUIET_FOR)
        assert old.name not in self.those_dormant()

    def test_an_answer_wakes_one(self, cast: Cast, old: Employer) -> None:
        ProposalFactory(opening=cast.opening, participant=cast.pia, proposed_by=cast.coach, decided_at=NOW)
        assert old.name not in self.those_dormant()

    def test_one_that_is_new_is_not_dormant(self, cast: Cast, old: Employer) -> None:
        Employer.objects.filter(pk=old.pk).update(created_at=NOW)
        assert old.name not in self.those_dormant()

    def test_tells_which_have_places_that_nobody_has(self, cast: Cast) -> None:
        assert [each.name for each in with_unused_places(Employer.objects.all(), today=TODAY)] == [
            "Bageriet AB"
        ]
        Opening.objects.update(state=OpeningState.CLOSED)
        assert not with_unused_places(Employer.objects.all(), today=TODAY)

    def test_tells_how_much_is_answered(self, cast: Cast, client: Client) -> None:
        sent: dict[str, Any] = {"opening": cast.opening, "proposed_by": cast.coach, "state": "sent"}
        ProposalFactory(participant=cast.pia, sent_at=NOW - timedelta(days=20), decided_at=NOW, **sent)
        ProposalFactory(participant=cast.pelle, sent_at=NOW - timedelta(days=8), **sent)
        ProposalFactory(participant=cast.skye, sent_at=NOW - timedelta(days=2), **sent)
        with time_machine.travel(NOW, tick=False):
            client.force_login(cast.coach)
            page = client.get(reverse("employers:employer_list"), {"activity": "unused"}).content.decode()
        assert "50 %" in page
        assert "Snickeriet" not in page.split("<table")[1]


def test_the_page_of_an_employer_says_who_knows_it(cast: Cast, colleague: User, client: Client) -> None:
    for by in (cast.coach, cast.coach, colleague):
        noted(cast.bakery, by, line="Ringde.")
    with time_machine.travel(NOW, tick=False):
        client.force_login(colleague)
        page = client.get(reverse("employers:employer_detail", args=[cast.bakery.pk])).content.decode()
    known = page.split("Känner arbetsgivaren:")[1].split("</p>")[0]
    assert known.index("Cecilia (2 kontakter") < known.index("Karin (1 kontakt,")
