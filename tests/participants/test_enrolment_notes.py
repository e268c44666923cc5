"""Enrolling from a free text: it becomes rows to confirm, and the text itself is not kept."""

import pytest
from django.urls import reverse

from backend.participants.file.notes import hear
from backend.participants.models import Participant
from backend.skills.enums import ConceptKind, LabelKind
from backend.skills.understanding import index
from tests.skills.conftest import make_concept, make_version

PAGE = reverse("participants:participant_create")
NOTES = (
    "Jobbat som kock i 6 år, lite excel, b-körkort, arabiska flytande o svenska sfi C. "
    "Vill bli undersköterska. Noggrann. ADHD"
)


@pytest.fixture
def catalogue(db):
    """A catalogue of what the notes tell."""
    make_concept(ConceptKind.SKILL, ("Kalkylblad", "Spreadsheets"), {"excel": LabelKind.ALTERNATIVE})
    make_concept(ConceptKind.OCCUPATION, ("Kock", "Cook"), {"kokerska": LabelKind.ALTERNATIVE})
    make_concept(ConceptKind.OCCUPATION, ("Undersköterska", "Assistant nurse"), {})
    make_version()
    index.forget()
    yield
    index.forget()


def form_of(**changed):
    rows = {
        f"{prefix}-{name}": number
        for prefix in ("skills", "experiences", "wishes", "languages")
        for name, number in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"))
    }
    first = {"first_name": "Ömer", "last_name": "Åkesson", "enrolled_on": "2026-11-20", "max_travel_km": "30"}
    return {**rows, **first, "hours_min": "10", "hours_max": "40", **changed}


class TestHear:
    def test_puts_each_thing_where_it_belongs(self, catalogue):
        heard = hear(NOTES)

        assert heard.rows == {
            "skills": [{"text": "excel", "level": "1", "source": "self"}],
            "experiences": [{"text": "kock", "how_long": "6 år"}],
            "wishes": [{"text": "undersköterska"}],
            "languages": [{"language": "ar", "level": "C1"}, {"language": "sv", "level": "A2"}],
        }
        assert heard.licences == ["B"]
        assert heard.left == ["Noggrann"]

    def test_passes_over_what_is_private_and_does_not_repeat_it(self, catalogue):
        heard = hear(NOTES)

        assert heard.is_private
        assert "ADHD" not in str(heard)
        assert not hear("kock, arabiska").is_private

    def test_is_honest_about_what_it_cannot_read(self, catalogue):
        assert hear("kock، متخصص في الفلك").unread == ["متخصص في الفلك"]

    def test_asks_no_level_that_was_not_told(self, catalogue):
        assert hear("dari").rows["languages"] == [{"language": "prs", "level": ""}]

    def test_does_not_tick_a_licence_that_may_be_several(self, catalogue):
        heard = hear("körkort")

        assert (heard.licences, heard.left) == ([], ["körkort"])


class TestPage:
    @pytest.fixture(autouse=True)
    def coach(self, cast, client, catalogue):
        client.force_login(cast.coach)
        return cast.coach

    def test_begins_with_the_name_and_one_large_field(self, client):
        page = client.get(PAGE).content.decode()

        assert (
            page.index('name="last_name"') < page.index('name="notes"') < page.index('name="skills-0-text"')
        )

    def test_shows_the_rows_to_confirm_and_enrols_nobody_yet(self, client, coach):
        answer = client.post(PAGE, form_of(coach=coach.pk, notes=NOTES, read="1"))

        page = answer.content.decode()
        assert answer.status_code == 200
        assert 'value="kock"' in page
        assert 'value="excel"' in page
        assert "Kalkylblad" in page  # what it is recognised as stands under it
        assert not Participant.objects.filter(last_name="Åkesson").exists()

    def test_reads_an_unread_text_before_it_enrols(self, client, coach):
        answer = client.post(PAGE, form_of(coach=coach.pk, notes=NOTES))

        assert 'value="kock"' in answer.content.decode()
        assert not Participant.objects.filter(last_name="Åkesson").exists()

    def test_enrols_with_the_confirmed_rows_and_keeps_no_text(self, client, coach):
        read = client.post(PAGE, form_of(coach=coach.pk, notes=NOTES, read="1"))
        page = read.context["page"]
        sent = form_of(coach=coach.pk, notes=NOTES, read_before=page.read_before, licences=["B"])
        for prefix, rows in page.rows.items():
            sent[f"{prefix}-TOTAL_FORMS"] = str(len(rows.forms))
            for row in rows.forms:
                sent |= {row.add_prefix(name): row[name].value() or "" for name in row.fields}
        sent["skills-0-text"] = ""  # was wrong

        answer = client.post(PAGE, sent)

        assert answer.status_code == 302, answer.context["page"].form.errors
        person = Participant.objects.get(last_name="Åkesson")
        assert [each.text for each in person.experiences.all()] == ["kock"]
        assert person.experiences.get().months == 72
        assert not person.skills.exists()
        assert person.languages == {"ar": "C1", "sv": "A2"}
        assert person.licences == ["B"]
        assert "ADHD" not in str(vars(person))

    def test_reading_twice_adds_nothing_twice(self, client, coach):
        first = {"skills-TOTAL_FORMS": "1", "skills-0-text": "Excel", "skills-0-level": "2"}
        answer = client.post(PAGE, form_of(coach=coach.pk, notes="excel", read="1", **first))

        rows = answer.context["page"].rows["skills"]
        assert [row["text"].value() for row in rows.forms] == ["Excel", None]


class TestGroupsThatFold:
    def groups(self, answer):
        page = answer.context["page"]
        return {each.key: each for each in (*page.row_groups, *page.field_groups)}

    @pytest.fixture
    def coach(self, client, cast):
        client.force_login(cast.coach)
        return client

    def test_all_are_closed_on_an_empty_page(self, coach):
        groups = self.groups(coach.get(PAGE))

        assert len(groups) == 8
        assert not [key for key, each in groups.items() if each.is_open]

    def test_each_says_what_stands_in_it(self, coach):
        rows = {"skills-TOTAL_FORMS": "2", "skills-0-text": "diska", "skills-1-text": "städa"}
        typed = form_of(**rows, licences=["B"], hours_max="30", add_row="wishes")

        said = {key: each.said for key, each in self.groups(coach.post(PAGE, typed)).items()}

        assert said["skills"] == "2: diska, städa"
        assert "30" in said["fields-2"]
        assert "Körkort B" in said["fields-3"]

    def test_what_was_read_stands_open_and_the_rest_stays_closed(self, coach, catalogue):
        groups = self.groups(coach.post(PAGE, form_of(notes="Jobbat som kock i 6 år, b-körkort", read="1")))

        assert {key for key, each in groups.items() if each.is_open} == {"experiences", "fields-3"}

    def test_one_with_something_to_mend_stands_open(self, coach):
        groups = self.groups(coach.post(PAGE, form_of(hours_max="900")))

        assert groups["fields-2"].is_open
        assert not groups["skills"].is_open
