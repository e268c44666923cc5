"""What a participant sees of their own: what is told to whom, who has looked, what is written."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User
from backend.core.models import ReadEntry
from backend.core.writing.audit import record_reads
from backend.participants.enums import ReleasedKind
from backend.participants.models import (
    Consent,
    OccupationExperience,
    OccupationWish,
    Participant,
    ReleasedItem,
)
from tests.cast import Cast
from tests.factories import ConsentFactory, SkillEvidenceFactory
from tests.factories.base import NOW
from tests.told import told

pytestmark = pytest.mark.django_db
MY_DATA = reverse("participants:my_data")
MY_READS = reverse("participants:my_reads")
MY_FILE = reverse("participants:my_file")


@pytest.fixture(autouse=True)
def frozen_time():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def consent(cast):
    consent = ConsentFactory(participant=cast.pia, employer=cast.bakery, given_at=NOW - timedelta(days=1))
    ReleasedItem.objects.create(consent=consent, kind=ReleasedKind.SKILL, text="Baka bröd")
    return consent


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(cast: Cast, url: str) -> str:
    response = client_of(cast.participant_user).get(url)
    assert response.status_code == 200
    return response.content.decode()


class TestMyData:
    def test_says_to_whom_something_is_told(self, cast, consent):
        assert "Bageriet AB" in page(cast, MY_DATA)
        assert "Baka bröd" in page(cast, reverse("participants:my_consent", args=[consent.pk]))

    def test_says_so_when_nothing_is_told(self, cast):
        assert "Ingen arbetsgivare och ingen samverkanspart får veta något om dig" in page(cast, MY_DATA)

    def test_asks_before_it_stops_and_has_one_decision_a_page(self, cast, consent):
        url = reverse("participants:my_consent_withdraw", args=[consent.pk])

        asked = page(cast, url)

        main = asked[asked.index("<main") : asked.index("</main>")]
        assert main.count("<button") == 1
        assert Consent.objects.get().withdrawn_at is None

    def test_stops_telling(self, cast, consent):
        url = reverse("participants:my_consent_withdraw", args=[consent.pk])

        response = client_of(cast.participant_user).post(url, follow=True)

        assert Consent.objects.get().withdrawn_at == NOW
        assert "Bageriet AB" in response.content.decode()
        assert told(kind="consent_withdrawn") == {cast.coach}

    def test_a_second_click_is_told_and_changes_nothing(self, cast, consent):
        Consent.objects.update(withdrawn_at=NOW - timedelta(hours=1))

        response = client_of(cast.participant_user).post(
            reverse("participants:my_consent_withdraw", args=[consent.pk]), follow=True
        )

        assert "redan återkallat" in response.content.decode()
        assert Consent.objects.get().withdrawn_at == NOW - timedelta(hours=1)

    def test_anothers_consent_is_no_page(self, cast, consent):
        for name in ("my_consent", "my_consent_withdraw"):
            url = reverse(f"participants:{name}", args=[consent.pk])
            assert client_of(cast.other_participant_user).get(url).status_code == 404
            assert client_of(cast.other_participant_user).post(url).status_code in (404, 405)

        assert Consent.objects.get().withdrawn_at is None

    @pytest.mark.parametrize("url", [MY_DATA, MY_READS, MY_FILE])
    @pytest.mark.parametrize("role", ["coach", "manager", "administrator", "employer_member"])
    def test_is_for_participants_only(self, cast, url, role):
        assert client_of(cast.roles()[role]).get(url).status_code == 404

    @pytest.mark.parametrize("url", [MY_DATA, MY_READS, MY_FILE])
    def test_reading_ones_own_is_no_look(self, cast, url):
        page(cast, url)

        assert not ReadEntry.objects.exists()


def looked_at(participant, *, by, at, page):
    record_reads(Participant, {participant.pk: page}, by=by, at=at)


class TestWhoHasLooked:
    def test_is_told_by_name_role_and_what_it_was(self, cast):
        client_of(cast.coach).get(reverse("participants:participant_detail", args=[cast.pia.pk]))

        looked = page(cast, MY_READS)

        for words in ("Cecilia", "Jobbcoach", "Öppnade din sida", "12 mars 2026"):
            assert words.replace(" ", "\N{NO-BREAK SPACE}", 1) in looked or words in looked

    def test_repeated_looks_of_a_day_are_one_row(self, cast):
        for minute in range(3):
            at = NOW + timedelta(minutes=minute)
            looked_at(cast.pia, by=cast.coach, at=at, page="participants.file")

        assert "3 gånger" in page(cast, MY_READS)

    def test_a_page_that_has_no_words_is_told_of_all_the_same(self, cast):
        looked_at(cast.pia, by=cast.manager, at=NOW, page="somewhere.new")

        assert "Tittade på dina uppgifter" in page(cast, MY_READS)

    def test_says_nothing_of_others(self, cast):
        looked_at(cast.pelle, by=cast.other_coach, at=NOW, page="participants.file")

        assert "Omar" not in page(cast, MY_READS)

    @pytest.mark.parametrize("people", [1, 3])
    def test_the_number_of_queries_is_constant(self, cast, django_assert_max_num_queries, people):
        for user in [cast.coach, cast.manager, cast.administrator][:people]:
            looked_at(cast.pia, by=user, at=NOW, page="participants.file")
            looked_at(cast.pia, by=user, at=NOW, page="participants.list")
        client = client_of(cast.participant_user)

        with django_assert_max_num_queries(10):
            client.get(MY_READS)

    def test_lists_that_the_name_stood_in_are_told_apart_in_one_line_a_reader(self, cast):
        for minute in range(40):
            looked_at(cast.pia, by=cast.coach, at=NOW + timedelta(minutes=minute), page="home.my_day")
        looked_at(cast.pia, by=cast.manager, at=NOW, page="participants.file")

        looked = page(cast, MY_READS)

        before, _, after = looked.partition("Sedd i listor")
        assert "Maria" in before
        assert "Cecilia" not in before
        assert "40 gånger" in after

    def test_a_command_of_the_house_is_told_without_a_name(self, cast):
        looked_at(cast.pia, by=None, at=NOW, page="matching.command")

        assert "Den som sköter driften av Praktikbron" in page(cast, MY_READS)


class TestMyFile:
    def test_shows_what_is_written(self, cast):
        SkillEvidenceFactory(participant=cast.pia, text="sköta katter")
        OccupationExperience.objects.create(participant=cast.pia, text="veterinär", last_year=2019)
        OccupationWish.objects.create(participant=cast.pia, text="hundvakt", motivation="Tycker om djur")

        written = page(cast, MY_FILE)

        done, _, wanted = written.partition("Du vill arbeta som")
        assert "veterinär" in done
        assert "senast 2019" in done
        assert "hundvakt" in wanted
        assert "Tycker om djur" in wanted
        for words in ("sköta katter", "Cecilia", "Eskilstuna"):
            assert words in written

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_number_of_queries_is_constant(self, cast, django_assert_max_num_queries, rows):
        for _ in range(rows):
            SkillEvidenceFactory(participant=cast.pia)
        client = client_of(cast.participant_user)

        with django_assert_max_num_queries(7):
            client.get(MY_FILE)
