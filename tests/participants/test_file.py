"""A participant's file: who may open it, that each look is logged, and what a coach can do there."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User
from backend.core.models import AuditEntry, OutboxMessage, ReadEntry
from backend.participants.models import (
    Consent,
    OccupationExperience,
    OccupationWish,
    Participant,
    SkillEvidence,
)
from backend.skills.enums import ConceptKind, LabelKind, Resolution
from backend.skills.models import CatalogueVersion, Concept, Label
from tests.cast import Cast
from tests.factories import (
    AssignmentFactory,
    ConceptFactory,
    ConsentFactory,
    ParticipantFactory,
    SkillEvidenceFactory,
)
from tests.factories.accounts import AreaFactory
from tests.factories.base import NOW, TODAY
from tests.told import told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def frozen_time():
    with time_machine.travel(NOW, tick=False):
        yield


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


READING = reverse("skills:text_reading", args=["skill"])


def url(name: str, *args: object) -> str:
    return reverse(f"participants:{name}", args=args)


def without_token(page: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=|form_token" value=|X-CSRFToken": )"[\w:-]+"', "", page)


class TestOpeningAFile:
    PAGES = ("participant_detail", "read_list")
    DECIDING = (
        "participant_edit",
        "skill_add",
        "participant_invite",
        "participant_protect",
        "protection_lift",
    )

    @pytest.mark.parametrize("page", [*PAGES, *DECIDING])
    def test_each_look_is_logged(self, cast, page):
        Participant.objects.filter(pk=cast.pia.pk).update(email="pia@example.org")

        response = client_of(cast.coach).get(url(page, cast.pia.pk))

        assert response.status_code == 200
        look = ReadEntry.objects.get()
        assert (look.subject_id, look.by, look.at) == (cast.pia.pk, cast.coach, NOW)

    @pytest.mark.parametrize("page", [*PAGES, *DECIDING])
    def test_strangers_get_404_and_leave_no_trace(self, cast, page):
        for stranger in (cast.other_coach, cast.administrator, cast.employer_member, cast.participant_user):
            assert client_of(stranger).get(url(page, cast.pia.pk)).status_code == 404

        assert not ReadEntry.objects.exists()

    @pytest.mark.parametrize("page", DECIDING)
    def test_a_manager_reads_but_decides_nothing(self, cast, page):
        assert client_of(cast.manager).get(url("participant_detail", cast.pia.pk)).status_code == 200
        assert client_of(cast.manager).get(url(page, cast.pia.pk)).status_code == 404

    @pytest.mark.parametrize("page", [*PAGES, *DECIDING])
    def test_protected_identity_is_for_handlers_only(self, cast, page):
        colleague = AssignmentFactory(unit=cast.unit).user

        assert client_of(cast.coach).get(url(page, cast.skye.pk)).status_code in (200, 302)
        for other in (colleague, cast.manager, cast.other_coach, cast.administrator):
            assert client_of(other).get(url(page, cast.skye.pk)).status_code == 404

    def test_a_protected_file_and_no_file_look_the_same(self, cast):
        hidden, nothing = (
            client_of(cast.manager).get(url("participant_detail", key)).content.decode().replace(str(key), "")
            for key in (cast.skye.pk, cast.opening.pk)
        )

        assert without_token(hidden) == without_token(nothing)


class TestFilePage:
    def test_shows_what_is_known(self, cast):
        concept = ConceptFactory(name_sv="Städning")
        SkillEvidenceFactory(
            participant=cast.pia, text="stada", concept=concept, resolution=Resolution.ACCEPTED
        )
        ConsentFactory(participant=cast.pia, employer=cast.bakery)

        page = client_of(cast.coach).get(url("participant_detail", cast.pia.pk)).content.decode()

        for words in ("Pia", "59 dagar", "Städning", "stada", "Bageriet AB", "Cecilia"):
            assert words in page

    def test_asks_what_was_meant(self, cast):
        concept = ConceptFactory(name_sv="Städning")
        Label.objects.create(concept=concept, language="sv", text="Städning", kind=LabelKind.PREFERRED)
        CatalogueVersion.objects.create(scheme="test", imported_at=NOW, added=1, changed=0, retired=0)
        SkillEvidenceFactory(participant=cast.pia, text="städnin", concept=concept, resolution=Resolution.ASK)

        response = client_of(cast.coach).get(url("participant_detail", cast.pia.pk))

        assert response.context["next"].actions[0].url == "#kompetenser"
        [(_skill, candidates)] = response.context["skills"]
        assert candidates == [concept]

    def test_html_in_a_text_is_text(self, cast):
        SkillEvidenceFactory(participant=cast.pia, text="<script>alert(1)</script>")

        page = client_of(cast.coach).get(url("participant_detail", cast.pia.pk)).content.decode()

        assert "<script>alert" not in page

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_number_of_queries_is_constant(self, cast, django_assert_max_num_queries, rows):
        """Our own sections; the panels of higher apps are counted where they are made."""
        for _ in range(rows):
            SkillEvidenceFactory(participant=cast.pia)
            ConsentFactory(participant=cast.pia, employer=cast.bakery)
        client = client_of(cast.coach)

        from backend.core.ui import panels

        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(panels._panels, "participants.participant", [])
            with django_assert_max_num_queries(15):
                client.get(url("participant_detail", cast.pia.pk))


def rows_of(prefix: str, *rows: dict[str, object], initial: int = 0) -> dict[str, object]:
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def enrolment(cast: Cast, **changes: object) -> dict[str, object]:
    return {
        "first_name": "Nadia",
        "last_name": "Åberg",
        "coach": str(cast.coach.pk),
        "enrolled_on": "2026-03-01",
        "max_travel_km": 20,
        "hours_min": 10,
        "hours_max": 30,
        "place": "",
        "presentation": "",
        **rows_of("skills", {"text": "städa", "level": 3, "source": "self"}),
        **rows_of("experiences", {"text": "lokalvårdare", "how_long": "2 år", "last_year": "2019"}),
        **rows_of("wishes", {"text": "kock", "motivation": "Tycker om mat"}),
        **rows_of("languages", {"language": "ti", "level": "C2"}, {"language": "", "level": "A2"}),
        **changes,
    }


class TestEnrolment:
    def enrol(self, cast, **changes):
        return client_of(cast.coach).post(url("participant_create"), enrolment(cast, **changes))

    def test_writes_the_whole_file_at_once(self, cast):
        response = self.enrol(cast, licences=["B"], adaptations=["calm"])

        nadia = Participant.objects.get(first_name="Nadia")
        assert response.url == nadia.get_absolute_url()
        assert (nadia.licences, nadia.adaptations, nadia.languages) == (["B"], ["calm"], {"ti": "C2"})
        assert (nadia.unit, nadia.coach) == (cast.unit, cast.coach)
        assert [(skill.text, skill.level) for skill in nadia.skills.all()] == [("städa", 3)]
        experience, wish = nadia.experiences.get(), nadia.wishes.get()
        assert (experience.text, experience.months, experience.last_year) == ("lokalvårdare", 24, 2019)
        assert (wish.text, wish.motivation) == ("kock", "Tycker om mat")

    def test_an_answer_to_what_was_meant_is_kept(self, cast):
        concept = ConceptFactory(name_sv="Städning")
        Label.objects.create(concept=concept, language="sv", text="Städning", kind=LabelKind.PREFERRED)
        CatalogueVersion.objects.create(scheme="test", imported_at=NOW, added=1, changed=0, retired=0)
        row = {"text": "städnin", "level": 3, "source": "self", "concept": concept.pk}

        self.enrol(cast, **rows_of("skills", row))

        skill = SkillEvidence.objects.get()
        assert (skill.concept, skill.resolution) == (concept, Resolution.CONFIRMED)

    def test_an_answer_to_something_else_is_forgotten(self, cast):
        other = ConceptFactory(kind=ConceptKind.OCCUPATION)
        row = {"text": "städa", "level": 3, "source": "self", "concept": other.pk}

        self.enrol(cast, **rows_of("skills", row))

        assert SkillEvidence.objects.get().concept is None

    @pytest.mark.parametrize(
        "changes",
        [
            {"first_name": ""},
            {"first_name": "x" * 10_000},
            {"presentation": "😀" * 10_000},
            {"place": "Atlantis"},
            {"hours_min": 35},
            {"hours_max": 99},
            {"enrolled_on": "2026-03-13"},
            {"enrolled_on": "i går"},
            {"email": "inte en adress"},
            {"licences": ["spaceship"]},
            rows_of("skills", {"text": "x" * 10_000, "level": 2, "source": "self"}),
            rows_of("skills", {"text": "städa", "level": 77, "source": "self"}),
            rows_of("languages", {"language": "ti", "level": "A1"}, {"language": "ti", "level": "C1"}),
        ],
    )
    def test_a_refused_form_keeps_what_was_written_and_changes_nothing(self, cast, changes):
        before = Participant.objects.count()

        response = self.enrol(cast, **changes)

        assert response.status_code == 422
        assert "Åberg" in response.content.decode()
        assert "ds-error-summary" in response.content.decode()
        assert Participant.objects.count() == before
        assert not AuditEntry.objects.exists()

    def test_asks_why_when_the_first_day_is_far_back(self, cast):
        far_back = {"enrolled_on": "2024-03-01"}
        asked = self.enrol(cast, **far_back)
        self.enrol(cast, **far_back, why_earlier="Stod på en annan lista.")

        assert (asked.status_code, 'name="why_earlier"' in asked.content.decode()) == (422, True)
        assert Participant.objects.get(first_name="Nadia").enrolled_on.year == 2024

    def test_an_unknown_place_asks_and_never_guesses(self, cast):
        AreaFactory()

        response = self.enrol(cast, place="Eskilstunna")

        assert "Atlantis" not in response.content.decode()
        assert response.context["form"].errors["place"]
        assert not Participant.objects.filter(first_name="Nadia").exists()

    @pytest.mark.parametrize("text", ["\u202eعمر", "<b>Nadia</b>", "Zoë-Ångström"])
    def test_any_writing_is_kept_as_it_is(self, cast, text):
        self.enrol(cast, last_name=text)

        assert Participant.objects.filter(last_name=text).exists()

    def test_a_row_more_saves_nothing_and_scolds_nobody(self, cast):
        response = self.enrol(cast, first_name="", add_row="skills")

        assert response.status_code == 200
        assert "ds-error-summary" not in response.content.decode()
        assert "skills-1-text" in response.content.decode()
        assert "städa" in response.content.decode()
        assert not Participant.objects.filter(last_name="Åberg").exists()

    def test_only_coaches_enrol(self, cast):
        for user in (cast.manager, cast.administrator, cast.employer_member, cast.participant_user):
            assert client_of(user).post(url("participant_create"), enrolment(cast)).status_code == 404

    def test_nobody_is_given_to_a_coach_of_another_unit(self, cast):
        self.enrol(cast, coach=str(cast.other_coach.pk))

        assert not Participant.objects.filter(first_name="Nadia").exists()

    def test_a_coach_of_two_units_chooses(self, cast):
        AssignmentFactory(user=cast.coach, unit=cast.other_unit)
        page = f"{url('participant_create')}?unit={cast.other_unit.pk}"

        client_of(cast.coach).post(page, enrolment(cast))

        assert Participant.objects.get(first_name="Nadia").unit == cast.other_unit

    def test_asking_for_anothers_unit_gives_404(self, cast):
        page = f"{url('participant_create')}?unit={cast.other_unit.pk}"

        assert client_of(cast.coach).get(page).status_code == 404


class TestEditing:
    def test_changes_the_file(self, cast):
        data = enrolment(cast, first_name="Petra", **rows_of("languages", {"language": "sv", "level": "B2"}))

        response = client_of(cast.coach).post(url("participant_edit", cast.pia.pk), data)

        cast.pia.refresh_from_db()
        assert response.url == cast.pia.get_absolute_url()
        assert (cast.pia.first_name, cast.pia.languages) == ("Petra", {"sv": "B2"})

    def test_a_refused_form_changes_nothing(self, cast):
        client_of(cast.coach).post(
            url("participant_edit", cast.pia.pk), enrolment(cast, first_name="Petra", hours_max=99)
        )

        cast.pia.refresh_from_db()
        assert cast.pia.first_name == "Pia"

    def test_strangers_change_nothing(self, cast):
        for stranger in (cast.other_coach, cast.manager):
            page = client_of(stranger).post(url("participant_edit", cast.pia.pk), enrolment(cast))
            assert page.status_code == 404

        cast.pia.refresh_from_db()
        assert cast.pia.first_name == "Pia"


class TestSkills:
    def test_several_at_once(self, cast):
        rows = [{"text": text, "level": 2, "source": "coach"} for text in ("städa", "diska")]
        rows.append({"text": "", "level": "", "source": "self"})
        data = rows_of("skills", *rows) | rows_of("experiences", {"text": ""}) | rows_of("wishes")
        client_of(cast.coach).post(url("skill_add", cast.pia.pk), data)

        assert {(each.text, each.source) for each in cast.pia.skills.all()} == {
            ("städa", "coach"),
            ("diska", "coach"),
        }

    def test_what_is_there_already_is_told_and_nothing_is_lost(self, cast):
        SkillEvidenceFactory(participant=cast.pia, text="städa")
        data = rows_of("skills", {"text": "Städa", "level": 2, "source": "self"})
        data |= rows_of("experiences") | rows_of("wishes")

        response = client_of(cast.coach).post(url("skill_add", cast.pia.pk), data)

        assert response.status_code == 422
        assert 'value="Städa"' in response.content.decode()
        assert cast.pia.skills.count() == 1

    def test_settling_what_was_meant(self, cast):
        concept = ConceptFactory()
        skill = SkillEvidenceFactory(participant=cast.pia, resolution=Resolution.ASK)

        page = url("text_confirm", cast.pia.pk, "skill", skill.pk)
        client_of(cast.coach).post(page, {"concept": concept.pk})

        skill.refresh_from_db()
        assert (skill.concept, skill.resolution) == (concept, Resolution.CONFIRMED)

    @pytest.mark.parametrize("concept", ["999999", "x"])
    def test_an_answer_that_is_none_settles_nothing_wrongly(self, cast, concept):
        skill = SkillEvidenceFactory(participant=cast.pia, resolution=Resolution.ASK)

        client_of(cast.coach).post(url("text_confirm", cast.pia.pk, "skill", skill.pk), {"concept": concept})

        skill.refresh_from_db()
        assert skill.concept is None

    def test_the_level_is_said_anew(self, cast):
        skill = SkillEvidenceFactory(participant=cast.pia)
        page = url("text_edit", cast.pia.pk, "skill", skill.pk)
        assert client_of(cast.coach).get(page).status_code == 200

        client_of(cast.coach).post(page, {"level": 4, "source": "supervisor"})

        skill.refresh_from_db()
        assert (skill.level, skill.source) == (4, "supervisor")

    def test_a_level_that_is_none_changes_nothing(self, cast):
        skill = SkillEvidenceFactory(participant=cast.pia, level=2)

        client_of(cast.coach).post(
            url("text_edit", cast.pia.pk, "skill", skill.pk), {"level": 9, "source": "self"}
        )

        skill.refresh_from_db()
        assert skill.level == 2

    def test_where_and_how_long_is_said_anew(self, cast):
        past = OccupationExperience.objects.create(participant=cast.pia, text="Kock", months=6)
        client, page = client_of(cast.coach), url("text_edit", cast.pia.pk, "experience", past.pk)
        assert 'value="6 månader"' in client.get(page).content.decode()

        client.post(page, {"workplace": "Kafé  Linden", "how_long": "2015–2018", "last_year": ""})

        past.refresh_from_db()
        assert (past.workplace, past.months, past.last_year) == ("Kafé Linden", 36, 2018)

    def test_a_year_to_come_changes_nothing(self, cast):
        past = OccupationExperience.objects.create(participant=cast.pia, text="Kock", last_year=2019)
        page = url("text_edit", cast.pia.pk, "experience", past.pk)

        answer = client_of(cast.coach).post(page, {"workplace": "", "how_long": "", "last_year": "2098"})

        assert answer.status_code == 422
        assert 'value="2098"' in answer.content.decode()
        past.refresh_from_db()
        assert past.last_year == 2019

    def test_why_something_is_wanted_is_said_anew(self, cast):
        wish = OccupationWish.objects.create(participant=cast.pia, text="Kock")

        page = url("text_edit", cast.pia.pk, "wish", wish.pk)
        client_of(cast.coach).post(page, {"motivation": "Tycker om att laga mat"})

        wish.refresh_from_db()
        assert wish.motivation == "Tycker om att laga mat"

    def test_nobody_describes_a_row_of_another_file(self, cast):
        wish = OccupationWish.objects.create(participant=cast.pia, text="Kock")

        another = ParticipantFactory(unit=cast.unit, coach=cast.coach)

        page = url("text_edit", another.pk, "wish", wish.pk)
        assert client_of(cast.coach).post(page, {"motivation": "x"}).status_code == 404

    def test_settling_one_question_leads_to_the_next(self, cast):
        what = {"participant": cast.pia, "concept": ConceptFactory(), "resolution": Resolution.ASK}
        first, second = (SkillEvidenceFactory(text=text, **what) for text in ("aaa", "bbb"))
        client = client_of(cast.coach)
        confirm = {each.pk: url("text_confirm", cast.pia.pk, "skill", each.pk) for each in (first, second)}

        answer = client.post(confirm[first.pk], {"concept": ""})
        assert answer.url.endswith(f"#text-{second.pk}")
        assert f'id="text-{second.pk}"' in client.get(cast.pia.get_absolute_url()).content.decode()

        assert client.post(confirm[second.pk], {"concept": ""}).url.endswith("#kompetenser")

    def test_what_was_one_list_is_asked_about_and_moved_with_one_click(self, cast):
        wish = OccupationWish.objects.create(participant=cast.pia, text="Kock", is_unsorted=True)
        client = client_of(cast.coach)
        assert "Har Pia arbetat som detta?" in client.get(cast.pia.get_absolute_url()).content.decode()

        client.post(url("wish_to_experience", cast.pia.pk, wish.pk))

        assert [past.text for past in cast.pia.experiences.all()] == ["Kock"]
        assert not cast.pia.wishes.exists()
        assert "Har Pia arbetat" not in client.get(cast.pia.get_absolute_url()).content.decode()

    def test_or_kept_as_a_wish_and_never_asked_again(self, cast):
        wish = OccupationWish.objects.create(participant=cast.pia, text="Kock", is_unsorted=True)

        client_of(cast.coach).post(url("wish_keep", cast.pia.pk, wish.pk))

        wish.refresh_from_db()
        assert not wish.is_unsorted
        assert not cast.pia.experiences.exists()

    def test_removing_an_occupation(self, cast):
        wish = OccupationWish.objects.create(participant=cast.pia, text="Kock")

        client_of(cast.coach).post(url("text_remove", cast.pia.pk, "wish", wish.pk))

        assert not OccupationWish.objects.exists()

    @pytest.mark.parametrize(
        "changes",
        [{"how_long": "länge"}, {"last_year": "2999"}, {"last_year": "19"}, {"workplace": "x" * 999}],
    )
    def test_an_occupation_with_what_cannot_be_is_refused_and_kept(self, cast, changes):
        data = rows_of("experiences", {"text": "Kock", **changes}) | rows_of("skills") | rows_of("wishes")

        response = client_of(cast.coach).post(url("skill_add", cast.pia.pk), data)

        assert response.status_code == 422
        assert 'value="Kock"' in response.content.decode()
        assert not cast.pia.experiences.exists()

    @pytest.mark.parametrize("verb", ["text_confirm", "text_remove"])
    def test_strangers_get_404_and_nothing_changes(self, cast, verb):
        skill = SkillEvidenceFactory(participant=cast.pia, resolution=Resolution.ASK)

        for stranger in (cast.other_coach, cast.manager, cast.participant_user):
            page = client_of(stranger).post(url(verb, cast.pia.pk, "skill", skill.pk))
            assert page.status_code == 404

        skill.refresh_from_db()
        assert skill.resolution == Resolution.ASK

    @pytest.mark.parametrize(
        ("text", "says"),
        [("B-körkort", "Kryssa i det bland körkorten"), ("arabiska", "Skriv det bland språken")],
    )
    def test_tells_what_has_a_field_of_its_own(self, cast, text, says):
        page = client_of(cast.coach).get(
            reverse("skills:text_reading", args=["skill"]), {"skills-0-text": text}
        )

        assert says in page.content.decode()

    def test_a_text_is_read_while_it_is_written(self, cast):
        concept = ConceptFactory(name_sv="Städning")
        Label.objects.create(concept=concept, language="sv", text="Städning", kind=LabelKind.PREFERRED)
        CatalogueVersion.objects.create(scheme="test", imported_at=NOW, added=1, changed=0, retired=0)

        page = client_of(cast.coach).get(
            reverse("skills:text_reading", args=["skill"]), {"skills-0-text": "städning"}
        )

        assert "Städning" in page.content.decode()
        assert Concept.objects.count() == 1
        assert not ReadEntry.objects.exists()


class TestActions:
    def test_contact_today(self, cast):
        client_of(cast.coach).post(url("contact_record", cast.pia.pk), {"channel": "phone", "on": TODAY})

        cast.pia.refresh_from_db()
        assert cast.pia.last_contact_on == TODAY

    def test_a_pause_says_first_what_it_leads_to(self, cast):
        page = url("state_change", cast.pia.pk, "paused")
        assert client_of(cast.coach).get(page).context["effects"]

        client_of(cast.coach).post(page, {"why": "Föräldraledig"})

        cast.pia.refresh_from_db()
        assert cast.pia.state == "paused"

    @pytest.mark.parametrize("to", ["employed", "in_internship", "active", "nonsense"])
    def test_states_that_a_coach_cannot_choose_are_no_pages(self, cast, to):
        assert client_of(cast.coach).post(url("state_change", cast.pia.pk, to)).status_code == 404

    def test_an_invitation_is_sent_once_it_is_confirmed(self, cast):
        nadia = ParticipantFactory(unit=cast.unit, coach=cast.coach, email="nadia@example.org")
        page = url("participant_invite", nadia.pk)

        client_of(cast.coach).get(page)
        assert not OutboxMessage.objects.exists()

        client_of(cast.coach).post(page)
        assert [user.email for user in told()] == ["nadia@example.org"]

    def test_without_an_address_the_coach_is_told(self, cast):
        nadia = ParticipantFactory(unit=cast.unit, coach=cast.coach)

        response = client_of(cast.coach).post(url("participant_invite", nadia.pk), follow=True)

        assert "e-postadress" in response.content.decode()
        assert not OutboxMessage.objects.exists()

    def test_protecting_and_lifting(self, cast):
        client = client_of(cast.coach)
        client.post(url("participant_protect", cast.pia.pk), {"handlers": [str(cast.coach.pk)]})
        assert client_of(cast.manager).get(url("participant_detail", cast.pia.pk)).status_code == 404

        client.post(url("protection_lift", cast.pia.pk), {"why": "Beslut av Skatteverket"})
        assert client_of(cast.manager).get(url("participant_detail", cast.pia.pk)).status_code == 200

    @pytest.mark.parametrize("handlers", [[], ["manager"], ["other_coach"]])
    def test_handlers_that_do_not_fit_protect_nobody_by_half(self, cast, handlers):
        keys = [str(cast.roles()[name].pk) for name in handlers]

        response = client_of(cast.coach).post(url("participant_protect", cast.pia.pk), {"handlers": keys})

        assert response.status_code == 422
        assert "ds-error-summary" in response.content.decode()
        cast.pia.refresh_from_db()
        assert not cast.pia.is_protected

    def test_a_consent_is_taken_back_for_the_participant(self, cast):
        consent = ConsentFactory(participant=cast.pia, employer=cast.bakery, given_at=NOW - timedelta(days=1))
        page = url("consent_withdraw", cast.pia.pk, consent.pk)

        client_of(cast.coach).get(page)
        assert Consent.objects.get().withdrawn_at is None

        client_of(cast.coach).post(page)
        assert Consent.objects.get().withdrawn_at == NOW

    def test_anothers_consent_is_no_page(self, cast):
        consent = ConsentFactory(participant=cast.pelle, employer=cast.bakery)

        page = url("consent_withdraw", cast.pia.pk, consent.pk)
        assert client_of(cast.coach).post(page).status_code == 404
        assert Consent.objects.get().withdrawn_at is None
