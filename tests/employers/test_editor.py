"""Writing an opening on its page: nothing typed is lost."""

import re
from datetime import time
from uuid import uuid4

import pytest
from django.urls import reverse

from backend.core.models import AuditEntry, UnsentForm
from backend.employers.capacity.offering import Day
from backend.employers.enums import OpeningState, Standing
from backend.employers.models import Capacity, Opening
from backend.employers.services import register_capacity
from backend.skills.enums import LabelKind
from backend.skills.models import CatalogueVersion, Label
from tests.arranging import refuse
from tests.factories import (
    ConceptFactory,
    EmployerFactory,
    OpeningFactory,
    SkillRequirementFactory,
    WorkplaceFactory,
    stand,
)
from tests.factories.base import NOW

CREATE = reverse("employers:opening_create")


@pytest.fixture
def workplace(cast, client):
    client.force_login(cast.employer_member)
    return WorkplaceFactory(employer=cast.bakery, name="Bageriet vid torget")


def typed(workplace, *, skills=(), languages=(), **changes):
    rows = {
        "skills-TOTAL_FORMS": len(skills),
        "skills-INITIAL_FORMS": 0,
        "languages-TOTAL_FORMS": len(languages),
        "languages-INITIAL_FORMS": 0,
    }
    for number, (text, essential) in enumerate(skills):
        rows[f"skills-{number}-text"] = text
        if essential:
            rows[f"skills-{number}-essential"] = "on"
    for number, (language, level) in enumerate(languages):
        rows |= {f"languages-{number}-language": language, f"languages-{number}-level": level}
    return {
        "kind": "internship",
        "intent": "may_hire",
        "title": "Bagare",
        "occupation": "bagare",
        "description": "Du bakar bröd och diskar.",
        "workplace": workplace.pk,
        "places": "2",
        "hours_min": "20",
        "hours_max": "30",
        "weekdays": ["1", "2"],
        "licences": ["B"],
        "adaptations": ["calm"],
        **rows,
        **changes,
    }


class TestSave:
    def test_keeps_everything(self, client, workplace):
        data = typed(
            workplace,
            skills=[("baka bröd", True), ("", False), ("sälja", False)],
            languages=[("sv", "B1"), ("", "")],
            starts_on="2030-04-01",
            ends_on="2030-06-30",
        )

        answer = client.post(CREATE, {**data, "save": "1"})

        opening = Opening.objects.get(title="Bagare")
        assert answer.headers["Location"] == opening.get_absolute_url()
        assert opening.state == OpeningState.DRAFT
        assert (opening.places, opening.hours_min, opening.hours_max) == (2, 20, 30)
        assert (opening.weekdays, opening.licences, opening.adaptations) == (["1", "2"], ["B"], ["calm"])
        assert opening.languages == {"sv": "B1"}
        assert [each.text for each in opening.requirements.all()] == ["baka bröd", "sälja"]

    def test_the_page_shows_it_again(self, client, workplace, cast):
        client.post(CREATE, {**typed(workplace, skills=[("baka bröd", True)], languages=[("sv", "B1")])})
        opening = Opening.objects.get(title="Bagare")

        page = client.get(reverse("employers:opening_edit", args=[opening.pk])).content.decode()

        for value in ('value="Bagare"', 'value="bagare"', 'value="baka bröd"', "Du bakar bröd och diskar."):
            assert value in page

    def test_a_row_that_was_emptied_is_gone(self, client, workplace, cast):
        SkillRequirementFactory(opening=cast.opening, text="baka")
        data = typed(cast.opening.workplace, skills=[("", True), ("sälja", False)])

        client.post(reverse("employers:opening_edit", args=[cast.opening.pk]), data)

        assert [each.text for each in cast.opening.requirements.all()] == ["sälja"]

    def test_a_job_is_meant_as_one(self, client, workplace):
        client.post(CREATE, typed(workplace, kind="job", intent="internship_only"))

        assert Opening.objects.get(title="Bagare").intent == "will_hire_if_fit"


class TestAddRow:
    def test_works_without_javascript_and_saves_nothing(self, client, workplace, cast):
        data = typed(workplace, skills=[("baka", True), ("🥐" * 300, False)], title="", places="många")

        answer = client.post(CREATE, {**data, "add_row": "skills"})

        page = answer.content.decode()
        assert answer.status_code == 200
        assert 'name="skills-TOTAL_FORMS" value="3"' in page
        assert 'value="baka"' in page
        assert "🥐" * 300 in page
        assert 'value="många"' in page
        assert "ds-error-summary" not in page
        assert Opening.objects.get() == cast.opening

    def test_a_row_is_taken_away_by_its_button(self, client, workplace):
        data = typed(workplace, skills=[("baka", True), ("diska", False)])

        page = client.post(CREATE, {**data, "remove_row": "skills-0"}).content.decode()

        assert 'name="skills-TOTAL_FORMS" value="1"' in page
        assert 'value="diska"' in page
        assert 'value="baka"' not in page

    def test_adds_only_where_it_was_asked_for(self, client, workplace):
        data = typed(workplace, skills=[("baka", True)], languages=[("sv", "B1")])

        page = client.post(CREATE, {**data, "add_row": "languages"}).content.decode()

        assert 'name="skills-TOTAL_FORMS" value="1"' in page
        assert 'name="languages-TOTAL_FORMS" value="2"' in page


class TestPreview:
    def test_shows_what_is_typed_and_saves_nothing(self, client, workplace, cast):
        data = typed(workplace, skills=[("baka bröd", True)], languages=[("sv", "B1")], title="Konditor")

        answer = client.post(CREATE, {**data, "preview": "1"})

        assert answer.status_code == 200
        assert "<h2>Konditor</h2>" in answer.content.decode()
        assert Opening.objects.get() == cast.opening

    def test_refuses_a_period_that_is_over(self, client, workplace):
        data = typed(workplace, starts_on="2020-01-01", ends_on="2020-03-01")

        answer = client.post(CREATE, {**data, "preview": "1"})

        assert answer.status_code == 422
        assert "Sista dagen har passerat" in answer.content.decode()

    def test_the_button_says_that_a_new_employers_is_read_first(self, client, workplace, cast):
        assert "Skicka till granskning" not in client.get(CREATE).content.decode()

        stand(cast.bakery, Standing.NEW)

        assert "Skicka till granskning" in client.get(CREATE).content.decode()

    def test_what_is_needed_to_publish_is_not_called_optional(self, client, workplace):
        label = client.get(CREATE).content.decode().split('for="id_description"')[1].split("</label>")[0]

        assert "valfritt" not in label


class TestPublish:
    def test_saves_and_publishes(self, client, workplace):
        client.post(CREATE, {**typed(workplace), "publish": "1"})

        assert Opening.objects.get(title="Bagare").state == OpeningState.PUBLISHED

    def test_a_new_employers_waits(self, client, workplace, cast):
        stand(cast.bakery, Standing.NEW)

        client.post(CREATE, {**typed(workplace), "publish": "1"})

        assert Opening.objects.get(title="Bagare").state == OpeningState.AWAITING_APPROVAL

    @pytest.mark.parametrize("lacking", [{"description": ""}, {"ends_on": "2020-01-01"}])
    def test_what_is_refused_is_shown_again_beside_its_field(self, client, workplace, cast, lacking):
        answer = client.post(CREATE, {**typed(workplace), **lacking, "publish": "1"})

        page = answer.content.decode()
        assert answer.status_code == 422
        assert f'id="id_{next(iter(lacking))}_error"' in page
        assert 'value="Bagare"' in page
        assert Opening.objects.get() == cast.opening


def meanwhile(client, data, address=CREATE):
    """Send the form as the page does while it is being written, and follow as a browser does."""
    return client.post(address, data, follow=True, headers={"HX-Request": "true"})


class TestWhileItIsWritten:
    def test_a_draft_is_there_from_its_first_title_and_the_page_becomes_its_own(self, client, workplace):
        answer = meanwhile(client, typed(workplace, draft=str(uuid4())))

        opening = Opening.objects.get(title="Bagare")
        assert opening.state == OpeningState.DRAFT
        assert answer.headers["HX-Replace-Url"] == reverse("employers:opening_edit", args=[opening.pk])
        assert "Sparat kl." in answer.content.decode()
        assert "<html" not in answer.content.decode()

    def test_the_same_page_changes_the_same_draft(self, client, workplace):
        draft = str(uuid4())
        for title in ("Bag", "Bagare"):
            meanwhile(client, typed(workplace, draft=draft, title=title))

        opening = Opening.objects.get(workplace=workplace)
        assert (str(opening.pk), opening.title) == (draft, "Bagare")

    def test_the_button_publishes_the_draft_that_was_begun(self, client, workplace):
        data = typed(workplace, draft=str(uuid4()))
        meanwhile(client, data)

        client.post(CREATE, {**data, "publish": "1"})

        assert Opening.objects.get(workplace=workplace).state == OpeningState.PUBLISHED

    def test_what_did_not_change_leaves_no_line(self, client, workplace):
        data = typed(workplace, skills=[("baka", True)], draft=str(uuid4()))
        for _pause in range(3):
            meanwhile(client, data)

        opening = Opening.objects.get(title="Bagare")
        assert [each.action for each in AuditEntry.objects.about(opening)] == ["created"]

    def test_what_was_taken_back_is_saved_too(self, client, workplace):
        draft, token, said = str(uuid4()), "t", ""
        for title in ("Bagare", "Kock", "Bagare"):
            answer = meanwhile(
                client, typed(workplace, draft=draft, title=title, form_token=token, saved=said)
            )
            said = re.search(r'name="saved" value="([^"]+)"', answer.content.decode())[1]

        assert Opening.objects.get(pk=draft).title == "Bagare"

    def test_the_closed_groups_say_what_was_saved(self, client, workplace):
        page = meanwhile(
            client, typed(workplace, languages=[("sv", "A2")], draft=str(uuid4()))
        ).content.decode()

        assert "20–30 timmar i veckan" in page
        assert "Svenska: A2" in page

    def test_nothing_is_saved_before_there_is_a_title(self, client, workplace, cast):
        answer = meanwhile(client, typed(workplace, title=" ", draft=str(uuid4())))

        assert answer.status_code == 204
        assert Opening.objects.get() == cast.opening

    def test_says_what_keeps_it_from_being_saved(self, client, workplace, cast):
        answer = meanwhile(client, typed(workplace, hours_max="10", draft=str(uuid4())))

        assert answer.status_code == 422
        assert "Inte sparat än" in answer.content.decode()
        assert "timmar i veckan" in answer.content.decode()
        assert Opening.objects.get() == cast.opening

    def test_what_others_read_waits_for_the_button(self, client, workplace, cast):
        address = reverse("employers:opening_edit", args=[cast.opening.pk])

        answer = meanwhile(client, typed(cast.opening.workplace, title="Halvfärdig"), address)

        assert answer.status_code == 204
        cast.opening.refresh_from_db()
        assert cast.opening.title != "Halvfärdig"
        assert "hx-post" not in client.get(address).content.decode()

    @pytest.mark.parametrize("key", ["x", "", "null\x00byte"])
    def test_a_tampered_key_is_no_error_of_ours(self, client, workplace, key):
        client.post(CREATE, typed(workplace, draft=key))

        assert Opening.objects.filter(title="Bagare").count() == 1

    def test_a_key_of_somebody_elses_opening_is_a_new_one(self, client, workplace, cast):
        theirs = OpeningFactory(workplace=WorkplaceFactory(employer=cast.joinery), title="Snickare")

        meanwhile(client, typed(workplace, draft=str(theirs.pk)))

        theirs.refresh_from_db()
        assert theirs.title == "Snickare"
        assert Opening.objects.filter(title="Bagare").count() == 1

    def test_answers_that_the_page_never_showed_are_not_taken_back(self, client, workplace):
        """The first time there was a choice of workplaces, so none of their answers stood on the page."""
        refuse(workplace, "seated")
        draft = str(uuid4())
        for title in ("Bagare", "Bagare i Årby"):
            meanwhile(client, typed(workplace, draft=draft, answers_of="", title=title))

        workplace.refresh_from_db()
        assert workplace.adaptations_refused == ["seated"]

    def test_what_is_typed_when_the_session_has_ended_is_kept(self, client, workplace, cast):
        page = client.get(CREATE).content.decode()
        token = re.search(r'name="form_token" value="([^"]+)"', page)[1]
        client.logout()

        headers = {"HX-Request": "true", "HX-Current-URL": f"https://testserver{CREATE}"}
        client.post(CREATE, typed(workplace, draft=str(uuid4()), form_token=token), headers=headers)

        assert UnsentForm.objects.get().owner == cast.employer_member


class TestGroups:
    def test_say_what_stands_in_them_and_stay_closed(self, client, workplace):
        page = client.get(CREATE).content.decode()

        assert "10–40 timmar i veckan" in page
        assert '<details class="later" open' not in page

    @pytest.mark.parametrize(
        ("wrong", "group"),
        [({"places": "0"}, "when"), ({"licences": ["x"]}, "needs"), ({"intent": "x"}, "after")],
    )
    def test_one_with_something_to_mend_stands_open(self, client, workplace, wrong, group):
        groups = client.post(CREATE, typed(workplace, **wrong)).context["groups"]

        assert [key for key, each in groups.items() if each.is_open] == [group]

    def test_both_answers_to_one_thing_are_asked_about(self, client, workplace, cast):
        answer = client.post(
            CREATE, {**typed(workplace), "adaptations": [], "adaptations-calm": ["yes", "no"]}
        )

        assert answer.status_code == 422
        assert "Båda är ikryssade" in answer.content.decode()
        assert Opening.objects.get() == cast.opening


class TestReadings:
    @pytest.fixture
    def concept(self, db):
        concept = ConceptFactory(name_sv="Bakning")
        Label.objects.create(concept=concept, language="sv", text="Bakning", kind=LabelKind.PREFERRED)
        CatalogueVersion.objects.create(scheme="test", imported_at=NOW, added=1, changed=0, retired=0)
        return concept

    def test_each_skill_says_how_it_was_understood(self, client, workplace, concept):
        page = client.post(CREATE, {**typed(workplace, skills=[("bakning", True)]), "add_row": "skills"})

        [row] = [each for each in page.context["editor"].skills if each.written]
        assert row.reading.is_recognised
        assert "Byt betydelse" in page.content.decode()

    @pytest.mark.parametrize(("answer", "resolution"), [("chosen", "confirmed"), ("0", "none")])
    def test_what_the_writer_meant_is_kept(self, client, workplace, concept, answer, resolution):
        meant = str(concept.pk) if answer == "chosen" else answer
        data = typed(workplace, skills=[("bakning", True)], draft=str(uuid4()))
        client.post(CREATE, data)

        client.post(CREATE, {**data, "skills-0-concept": meant})

        row = Opening.objects.get(title="Bagare").requirements.get()
        assert row.resolution == resolution
        assert row.concept == (concept if answer == "chosen" else None)


class TestBadInput:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("title", "x" * 10_000),
            ("title", ""),
            ("title", "null\x00byte"),
            ("description", "å" * 10_000),
            ("places", "0"),
            ("places", "-1"),
            ("places", "99999999999999999999"),
            ("places", "två"),
            ("hours_max", "10"),
            ("starts_on", "i morgon"),
            ("kind", "pirates"),
            ("workplace", "x"),
            ("workplace", "00000000-0000-0000-0000-000000000000"),
            ("adaptations", ["magic"]),
            ("licences", ["rocket"]),
        ],
    )
    def test_is_told_beside_its_field_and_the_rest_stays(self, client, workplace, cast, field, value):
        answer = client.post(CREATE, {**typed(workplace, skills=[("baka", True)]), field: value, "save": "1"})

        page = answer.content.decode()
        assert answer.status_code == 422
        assert f'id="id_{field}_error"' in page
        assert 'value="baka"' in page
        assert Opening.objects.get() == cast.opening

    def test_an_end_before_the_start_is_told_at_the_end(self, client, workplace, cast):
        data = typed(workplace, starts_on="2030-06-01", ends_on="2030-05-31")

        page = client.post(CREATE, data).content.decode()

        assert 'id="id_ends_on_error"' in page
        assert 'value="2030-05-31"' in page
        assert Opening.objects.get() == cast.opening

    def test_a_skill_that_is_too_long_stays_in_its_row(self, client, workplace, cast):
        answer = client.post(CREATE, typed(workplace, skills=[("x" * 10_000, False)]))

        assert answer.status_code == 422
        assert "x" * 10_000 in answer.content.decode()

    @pytest.mark.parametrize("row", [("sv", ""), ("", "B1"), ("xx", "B1")])
    def test_half_a_language_is_asked_about(self, client, workplace, cast, row):
        answer = client.post(CREATE, typed(workplace, languages=[row]))

        assert answer.status_code == 422
        assert Opening.objects.get() == cast.opening

    @pytest.mark.parametrize("title", ["Bagare 🥐", "خباز", "\u202eBagare\u202c"])
    def test_every_script_is_a_title(self, client, workplace, title):
        client.post(CREATE, {**typed(workplace, skills=[(title, True)]), "title": title})

        opening = Opening.objects.get(title=title)
        assert opening.requirements.get().text == title

    @pytest.mark.parametrize("broken", [{"skills-TOTAL_FORMS": "x"}, {"skills-TOTAL_FORMS": "100000"}])
    def test_a_tampered_form_is_no_error_of_ours(self, client, workplace, cast, broken):
        answer = client.post(CREATE, {**typed(workplace), **broken})

        assert answer.status_code in (200, 302, 422)

    def test_another_employers_workplace_is_not_to_choose(self, client, workplace, cast):
        elsewhere = WorkplaceFactory(employer=cast.joinery)

        answer = client.post(CREATE, typed(elsewhere))

        assert answer.status_code == 422
        assert Opening.objects.get() == cast.opening

    def test_a_stranger_finds_no_such_page(self, client, cast):
        client.force_login(cast.other_employer)

        assert client.get(reverse("employers:opening_edit", args=[cast.opening.pk])).status_code == 404


class TestWhoWrites:
    def test_whoever_has_no_workplace_is_led_to_add_one(self, client, cast):
        client.force_login(cast.other_employer)

        assert client.get(CREATE).headers["Location"] == reverse("employers:workplace_create")

    def test_staff_are_led_to_add_one_to_the_employer_that_the_address_names(self, client, cast):
        client.force_login(cast.coach)

        answer = client.get(f"{CREATE}?employer={cast.joinery.pk}", follow=True)

        assert answer.status_code == 200
        assert cast.joinery.name in answer.content.decode()

    def test_staff_write_for_the_employer_that_the_address_names(self, client, cast, workplace):
        client.force_login(cast.coach)

        page = client.get(f"{CREATE}?employer={cast.bakery.pk}").content.decode()

        assert "Bageriet vid torget" in page

    @pytest.mark.parametrize("employer", ["x", "00000000-0000-0000-0000-000000000000"])
    def test_an_address_that_names_nobody_breaks_nothing(self, client, cast, employer):
        EmployerFactory(municipality=cast.municipality)
        client.force_login(cast.coach)

        for name in ("opening_create", "workplace_create"):
            answer = client.get(reverse(f"employers:{name}"), {"employer": employer}, follow=True)
            assert answer.status_code == 404


class TestCapacity:
    @pytest.fixture
    def lasting(self, cast, workplace):
        fields = {
            "workplace": workplace,
            "title": "Sortera",
            "description": "Du sorterar.",
            "placement_kind": "arbetstraning",
        }
        return register_capacity(fields=fields, by=cast.employer_member, at=NOW).opening

    def data(self, workplace, **changes):
        more = {"placement_kind": "arbetstraning", "supervisors": "2", "support": "Handledare hela dagen."}
        return typed(workplace, skills=[("sortera", False)], **more, **changes)

    def test_its_words_are_written_as_those_of_any_opening(self, client, workplace, lasting):
        address = reverse("employers:opening_edit", args=[lasting.pk])

        client.post(address, self.data(workplace, places="5"))

        capacity = Capacity.objects.get()
        assert (capacity.places, capacity.opening.places, capacity.opening.pk) == (5, 5, lasting.pk)
        assert (capacity.supervisors, capacity.opening.requirements.get().text) == (2, "sortera")

    def test_a_week_of_its_own_is_changed_where_it_was_said(self, client, workplace, cast, lasting):
        days = [Day.between("2", time(9), time(12))]
        register_capacity(fields={}, days=days, capacity=lasting.capacity, by=cast.employer_member, at=NOW)
        address = reverse("employers:opening_edit", args=[lasting.pk])
        assert not {"weekdays", "hours_min", "hours_max"} & client.get(address).context["form"].fields.keys()

        client.post(address, self.data(workplace, weekdays=["5"], hours_max="40"))

        opening = Opening.objects.get(pk=lasting.pk)
        assert (opening.weekdays, opening.hours_max, opening.title) == (["2"], 3, "Bagare")

    @pytest.mark.parametrize("wrong", [{"supervisors": "0"}, {"placement_kind": "x"}, {"places": "0"}])
    def test_a_refused_one_changes_nothing(self, client, workplace, lasting, wrong):
        address = reverse("employers:opening_edit", args=[lasting.pk])

        answer = client.post(address, {**self.data(workplace), **wrong})

        assert answer.status_code == 422
        assert f'id="id_{next(iter(wrong))}_error"' in answer.content.decode()
        assert Capacity.objects.get().supervisors == 1
