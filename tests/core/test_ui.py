"""Tags and filters of the design system: the words and numbers that people read."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import translation

from backend.core.templatetags import ui
from backend.core.templatetags.form_groups import field_groups
from backend.core.ui.widgets import Combobox, DatePicker


@pytest.fixture(autouse=True)
def in_swedish():
    with translation.override("sv"):
        yield


def read(text):
    """Make no-break spaces visible as ordinary ones."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def rendered(source, **context):
    return Template(source).render(Context(context))


class TestDates:
    def test_a_day_is_written_out(self):
        assert read(ui.day(date(2026, 3, 12))) == "12 mars 2026"

    def test_a_moment_is_in_local_time(self):
        assert read(ui.moment(datetime(2026, 3, 12, 13, 5, tzinfo=UTC))) == "12 mars 2026 kl. 14.05"

    def test_a_moment_late_in_the_evening_belongs_to_the_local_day(self):
        assert read(ui.day(datetime(2026, 3, 12, 23, 30, tzinfo=UTC))) == "13 mars 2026"

    @pytest.mark.parametrize(
        ("start", "end", "words"),
        [
            (date(2026, 3, 12), date(2026, 6, 4), "12 mars–4 juni 2026"),
            (date(2025, 12, 1), date(2026, 1, 31), "1 december 2025–31 januari 2026"),
            (date(2026, 3, 12), None, "från 12 mars 2026"),
            (None, date(2026, 3, 12), "till 12 mars 2026"),
            (None, None, "–"),
        ],
    )
    def test_a_period_says_each_year_once(self, start, end, words):
        assert read(ui.period(start, end)) == words

    @pytest.mark.parametrize(
        ("then", "words"),
        [
            (date(2026, 3, 12), "i dag"),
            (date(2026, 3, 11), "i går"),
            (date(2026, 3, 7), "för 5 dagar sedan"),
            (date(2025, 11, 20), "för 3 månader sedan"),
            (date(2025, 3, 11), "för 1 år sedan"),
            (date(2024, 10, 1), "för 1 år och 5 månader sedan"),
            (date(2026, 3, 13), "i morgon"),
            (date(2026, 3, 15), "om 3 dagar"),
            (None, "–"),
        ],
    )
    @time_machine.travel("2026-03-12 10:00+01:00", tick=False)
    def test_how_long_ago(self, then, words):
        assert read(ui.days_ago(then)) == words

    def test_who_began_to_wait_today_has_not_waited_no_days(self):
        assert [read(ui.has_waited(n)) for n in (0, 1)] == ["väntar sedan i dag", "har väntat 1 dag"]

    def test_waiting_is_counted_in_days(self):
        assert [read(ui.days_waited(n)) for n in (1, 1250, None)] == ["1 dag", "1 250 dagar", "–"]

    @time_machine.travel("2026-03-12 10:00+01:00", tick=False)
    def test_waiting_can_be_told_from_its_first_day(self):
        assert read(ui.days_waited(date(2026, 3, 2))) == "10 dagar"


class TestNumbers:
    def test_thousands_are_parted_by_a_thin_space_that_never_breaks(self):
        assert ui.number(1250) == "1\u202f250"

    def test_a_share_is_rounded_not_cut(self):
        assert read(ui.percent(0.918)) == "92 %"
        assert read(ui.percent(0.4167, 1)) == "41,7 %"

    def test_short_distances_have_a_decimal(self):
        assert [read(ui.km(x)) for x in (3.42, 12.7, 0)] == ["3,4 km", "13 km", "0,0 km"]

    def test_an_unknown_distance_says_so(self):
        assert ui.km(None) == "avstånd okänt"

    def test_no_number_is_a_dash(self):
        assert ui.number(None) == ui.percent(None) == ui.day(None) == "–"


class TestMarks:
    marks = (
        {"text": "Servering", "mark": "missing", "essential": True},
        {"text": "Kassa", "mark": "near", "essential": True, "via": "butik"},
        {"text": "Bakning", "mark": "met", "essential": False},
        {"text": "Hygien", "mark": "met", "essential": True},
    )

    def test_essential_ones_come_met_first_and_missing_last(self):
        assert [mark["text"] for mark in ui.essential(self.marks)] == ["Hygien", "Kassa", "Servering"]
        assert [mark["text"] for mark in ui.desirable(self.marks)] == ["Bakning"]

    def test_what_an_employer_was_not_told_is_not_called_missing(self):
        """The same mark says another thing where it was drawn before for a coach."""
        missing = self.marks[:1]
        page = '{% include "components/_requirement_marks.html" %}'
        assert "Saknas:" in rendered(page, marks=missing, is_told=False)
        assert "Saknas:" not in rendered(page, marks=missing, is_told=True)
        assert "inte berättat" in rendered(page, marks=missing, is_told=True)

    def test_words_say_what_the_signs_say(self):
        html = rendered('{% include "components/_requirement_marks.html" %}', marks=self.marks, is_told=False)

        assert (
            html.index("Krav")
            < html.index("Uppfyllt:")
            < html.index("Nästan uppfyllt:")
            < html.index("Saknas:")
        )
        assert "genom butik" in html
        assert html == rendered(
            '{% include "components/_requirement_marks.html" %}', marks=self.marks, is_told=False
        )
        assert html.index("Saknas:") < html.index("Merit")


class TestSteps:
    def test_where_things_stand_is_said_in_words_too(self):
        steps = [{"label": "Föreslagen", "state": "done"}, {"label": "Praktik", "state": "current"}]

        html = rendered('{% include "components/_steps.html" with label="Steg" %}', steps=steps)

        assert 'aria-current="step"' in html
        assert "Steg 2 av 2: <strong>Praktik</strong>" in " ".join(html.split())

    def test_a_finished_thing_stands_on_its_last_step(self):
        assert (
            ui.current_step([{"label": "A", "state": "done"}, {"label": "B", "state": "done"}])["label"]
            == "B"
        )


class TestPages:
    def test_far_pages_are_left_out(self):
        page = Paginator(range(1250), 25).get_page(7)

        assert ui.page_numbers(page) == [1, None, 6, 7, 8, None, 50]

    def test_a_second_click_on_a_heading_turns_the_order(self):
        assert ui.sort_next("", "name") == {"aria": "none", "value": "name"}
        assert ui.sort_next("name", "name") == {"aria": "ascending", "value": "-name"}
        assert ui.sort_next("-name", "name") == {"aria": "descending", "value": "name"}


class PlaceForm(forms.Form):
    """A small form with one field of each layout."""

    title = forms.CharField(label="Rubrik", help_text="Kort.")
    starts_on = forms.DateField(label="Börjar", required=False, widget=DatePicker)
    kind = forms.ChoiceField(label="Slag?", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agrees = forms.BooleanField(label="Ja")
    note = forms.CharField(label="Övrigt", required=False, widget=forms.Textarea)
    groups = (("Vad", ["title", "kind"]), ("Tomt", ["gone"]))


class TestForms:
    def test_fields_come_in_the_groups_that_the_form_names_and_the_rest_last(self):
        groups = field_groups(PlaceForm())

        assert [(g["legend"], [f.name for f in g["fields"]]) for g in groups] == [
            ("Vad", ["title", "kind"]),
            ("", ["starts_on", "agrees", "note"]),
        ]

    def test_help_and_error_are_tied_to_the_input(self):
        html = rendered('{% include "components/_form_fields.html" %}', form=PlaceForm({}))

        assert 'aria-describedby="id_title_helptext id_title_error"' in html
        assert 'id="id_title_helptext"' in html
        assert 'id="id_title_error"' in html
        assert 'aria-invalid="true"' in html

    def test_optional_fields_say_so(self):
        html = rendered('{% include "components/_field.html" %}', field=PlaceForm()["starts_on"])

        assert "(valfritt)" in html

    def test_a_group_of_choices_has_a_legend_and_a_label_each(self):
        html = rendered('{% include "components/_field.html" %}', field=PlaceForm()["kind"])

        assert "<legend>Slag?</legend>" in html
        assert html.count("<label") == 2

    def test_the_summary_links_each_error_to_its_field(self):
        links = ui.error_links(PlaceForm({}))

        assert [link["href"] for link in links] == ["#id_title", "#id_kind_0", "#id_agrees"]
        assert links[1]["text"] == "Välj ett alternativ under ”Slag”."

    def test_a_date_is_given_to_the_browser_as_it_wants_it(self):
        html = rendered(
            "{% widget field %}", field=PlaceForm(initial={"starts_on": date(2026, 3, 12)})["starts_on"]
        )

        assert 'type="date"' in html
        assert 'value="2026-03-12"' in html

    def test_an_inputs_own_classes_are_kept(self):
        class Wide(forms.Form):
            """One field with a class."""

            name = forms.CharField(widget=forms.TextInput({"class": "wide"}))

        assert 'class="ds-input wide"' in rendered("{% widget field %}", field=Wide()["name"])

    def test_a_combobox_is_a_text_field_that_knows_where_suggestions_are(self):
        class Typed(forms.Form):
            """One field with suggestions."""

            name = forms.CharField(widget=Combobox("core:gallery_suggestions"))

        html = rendered("{% widget field %}", field=Typed()["name"])

        assert 'type="text"' in html
        assert 'data-suggestions="/utveckling/komponenter/forslag/"' in html


class TestTones:
    def test_an_unknown_state_is_neutral(self):
        assert ui.state_tone("unheard of") == "neutral"

    @pytest.mark.parametrize(
        ("tags", "tone"), [("error", "danger"), ("extra success", "success"), ("", "info")]
    )
    def test_messages_have_the_tone_of_their_level(self, tags, tone):
        assert ui.message_tone(tags) == tone
