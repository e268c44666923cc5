"""The caseload: who stands in it, in which order, how it is narrowed, and as an Excel file."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User
from backend.core.models import ReadEntry
from backend.participants.models import Participant
from backend.skills.enums import Resolution
from tests.factories import AssignmentFactory, ConceptFactory, ParticipantFactory, SkillEvidenceFactory
from tests.factories.base import NOW, TODAY

pytestmark = pytest.mark.django_db
LIST = reverse("participants:participant_list")


@pytest.fixture(autouse=True)
def frozen_time():
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def names(user: User, **query: str) -> list[str]:
    response = signed_in(user).get(LIST, query)
    assert response.status_code == 200
    return [participant.first_name for participant, _added in response.context["rows"]]


def enrolled(cast, first_name: str, *, days: int, **fields) -> Participant:
    since = TODAY - timedelta(days=days)
    fields = {"unit": cast.unit, "coach": cast.coach, "enrolled_on": since, "waiting_since": since} | fields
    return ParticipantFactory(first_name=first_name, **fields)


class TestOrder:
    def test_longest_waiting_first_and_who_works_last(self, cast):
        enrolled(cast, "Anna", days=10)
        enrolled(cast, "Bo", days=300)
        enrolled(cast, "Disa", days=900, state="in_internship")

        assert names(cast.coach) == ["Bo", "Pia", "Anna", "Disa"]

    def test_by_name_in_swedish_order(self, cast):
        enrolled(cast, "Åsa", days=1, last_name="Ö", sort_key="zâ")
        enrolled(cast, "Olle", days=1, last_name="A", sort_key="a")

        assert names(cast.coach, sort="name") == ["Olle", "Pia", "Åsa"]

    def test_an_unknown_order_is_the_usual_one(self, cast):
        assert names(cast.coach, sort="'; drop table") == ["Pia"]


class TestWhoIsListed:
    def test_a_coach_sees_their_own_and_on_request_the_units(self, cast):
        colleague = AssignmentFactory(unit=cast.unit, user__name="Karin").user
        enrolled(cast, "Kalle", days=5, coach=colleague)

        assert names(cast.coach) == ["Pia"]
        assert names(cast.coach, coach="all") == ["Pia", "Kalle"]
        assert names(cast.coach, coach=str(colleague.pk)) == ["Kalle"]

    def test_a_manager_sees_the_units(self, cast):
        assert names(cast.manager) == ["Pia"]

    def test_another_unit_is_never_seen(self, cast):
        assert names(cast.other_coach, coach="all") == ["Pelle"]

    def test_who_has_ended_only_on_request(self, cast):
        enrolled(cast, "Eva", days=400, state="ended")

        assert names(cast.coach) == ["Pia"]
        assert names(cast.coach, state="ended") == ["Eva"]

    @pytest.mark.parametrize("role", ["participant", "employer_member", "administrator"])
    def test_others_are_told_that_there_is_no_such_page(self, cast, role):
        assert signed_in(cast.roles()[role]).get(LIST).status_code == 404

    def test_the_empty_list_shows_the_next_step(self, cast):
        Participant.objects.filter(pk=cast.pia.pk).update(state="ended")

        response = signed_in(cast.coach).get(LIST)

        assert reverse("participants:participant_create") in response.content.decode()


class TestProtectedIdentity:
    @pytest.mark.parametrize("query", [{}, {"coach": "all"}, {"q": "Skye"}, {"state": "active"}])
    def test_stands_in_no_list_and_no_count(self, cast, query):
        for user in (cast.coach, cast.manager, cast.other_coach):
            response = signed_in(user).get(LIST, query)
            assert "Skye" not in response.content.decode().replace('value="Skye"', "").replace("q=Skye", "")
            assert cast.skye not in [row for row, _added in response.context["rows"]]
            assert response.context["page"].paginator.count == len(response.context["rows"])

    def test_stands_in_no_export(self, cast):
        exported = signed_in(cast.coach).get(reverse("participants:participant_export"), {"coach": "all"})

        assert "Skye" not in texts(exported.content)
        assert "Pia" in texts(exported.content)

    def test_only_the_handler_has_a_page_of_their_own_for_it(self, cast):
        page = reverse("participants:protected_list")

        assert "Skye" in signed_in(cast.coach).get(page).content.decode()
        assert "Skye" not in signed_in(cast.manager).get(page).content.decode()
        assert "Skye" not in signed_in(cast.other_coach).get(page).content.decode()
        assert signed_in(cast.participant_user).get(page).status_code == 404

    def test_nobody_else_is_told_that_there_is_such_a_page(self, cast):
        link = reverse("participants:protected_list")

        assert link in signed_in(cast.coach).get(LIST).content.decode()
        assert link not in signed_in(cast.manager).get(LIST).content.decode()

    def test_the_look_is_logged(self, cast):
        signed_in(cast.coach).get(reverse("participants:protected_list"))

        assert ReadEntry.objects.get().subject_id == cast.skye.pk


class TestFilters:
    def test_by_any_word_of_the_name_or_the_reference(self, cast):
        anna = enrolled(cast, "Ängla", days=5, last_name="Östlund")

        for query in ("ängla", "ÖSTLUND", "östlund Ängla", anna.reference.lower()):
            assert names(cast.coach, q=query) == ["Ängla"]

    def test_by_a_skill_as_written_or_as_understood(self, cast):
        baking = ConceptFactory(name_sv="Bakning")
        as_written = enrolled(cast, "Anna", days=3)
        as_understood = enrolled(cast, "Bo", days=2)
        SkillEvidenceFactory(participant=as_written, text="bakning och sånt")
        SkillEvidenceFactory(
            participant=as_understood, text="göra limpor", concept=baking, resolution=Resolution.CONFIRMED
        )

        assert names(cast.coach, skill="bakning") == ["Anna", "Bo"]

    def test_two_skills_that_fit_list_a_person_once(self, cast):
        for text in ("städa", "städa trappor"):
            SkillEvidenceFactory(participant=cast.pia, text=text)

        assert names(cast.coach, skill="städa") == ["Pia"]

    @pytest.mark.parametrize(
        "query",
        [{"coach": "nobody"}, {"state": "flying"}, {"q": "x" * 10_000}, {"unit": "1"}, {"skill": "😀"}],
    )
    def test_what_makes_no_sense_is_no_error(self, cast, query):
        assert signed_in(cast.coach).get(LIST, query).status_code == 200


def texts(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as archive:
        return archive.read("xl/sharedStrings.xml").decode()


class TestExport:
    URL = reverse("participants:participant_export")

    def test_gives_what_is_filtered(self, cast):
        enrolled(cast, "Anna", days=5)

        exported = texts(signed_in(cast.coach).get(self.URL, {"q": "anna"}).content)

        assert "Anna" in exported
        assert "Pia" not in exported

    def test_a_formula_stays_text(self, cast):
        enrolled(cast, "=HYPERLINK(1)", days=5)

        with ZipFile(BytesIO(signed_in(cast.coach).get(self.URL).content)) as archive:
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")

    def test_counts_as_a_look_at_each_person(self, cast):
        anna = enrolled(cast, "Anna", days=5)

        signed_in(cast.coach).get(self.URL)

        looks = ReadEntry.objects.filter(page="participants.export", by=cast.coach)
        assert {look.subject_id for look in looks} == {anna.pk, cast.pia.pk}

    def test_carries_no_contact_details(self, cast):
        Participant.objects.filter(pk=cast.pia.pk).update(phone="070-123", email="pia@hemma.example")

        exported = texts(signed_in(cast.coach).get(self.URL).content)

        assert "070-123" not in exported
        assert "hemma" not in exported


class TestSpeed:
    @pytest.mark.parametrize("people", [1, 3])
    def test_the_number_of_queries_is_constant(self, cast, django_assert_max_num_queries, people):
        for number in range(people):
            SkillEvidenceFactory(participant=enrolled(cast, f"Anna {number}", days=number))
        client = signed_in(cast.coach)
        client.get(LIST, {"coach": "all"})  # the way back to it is kept, once

        with django_assert_max_num_queries(10):
            client.get(LIST, {"coach": "all"})

    def test_the_page_has_25_rows(self, cast):
        for number in range(30):
            enrolled(cast, f"Anna {number}", days=number)

        assert len(names(cast.coach)) == 25
        assert len(names(cast.coach, page="2")) == 6
        assert date(2026, 3, 12) == TODAY
