"""Openings and lasting places out of files: read, understood, tried, imported."""

import codecs
import json
import zipfile
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from backend.core.writing.refusals import Refused
from backend.employers.enums import OpeningKind, OpeningState
from backend.employers.exchange.bringing_in import count
from backend.employers.exchange.sheets import values
from backend.employers.exchange.sheets.columns import columns_of, guess, heading_row
from backend.employers.exchange.sheets.importing import choose_columns, hand_in_sheet, import_sheet
from backend.employers.exchange.sheets.kept import CAPACITY, OPENINGS, forget_sheets, opened
from backend.employers.exchange.sheets.reading import LARGEST, read_upload
from backend.employers.exchange.sheets.writing import cells_of, headings
from backend.employers.models import Capacity, HandedInSheet, ImportedAd, Opening
from backend.employers.services import RequirementDraft, save_opening
from backend.skills.enums import Licence
from tests.employers.exchange.ads import ad
from tests.factories import MembershipFactory, OpeningFactory, WorkplaceFactory
from tests.factories.base import NOW
from tests.refusals import refused_for

HAND_IN = reverse("employers:sheet_hand_in")
CSV = "Rubrik;Praktik eller jobb;Antal;Från;Timmar;Veckodagar;Krav;Språk\n"
GOOD = "Bagare;Praktik;2;2026-09-01;37,5;mån–fre;baka bröd, räkna;svenska B1\n"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False), translation.override("sv"):
        yield


def upload(content, name="fil.csv"):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def excel(fill):
    octets = BytesIO()
    with Workbook(octets) as book:
        fill(book, book.add_worksheet())
    return upload(octets.getvalue(), "fil.xlsx")


def cells(content):
    return [
        list(line.cells)
        for line in read_upload(upload(content) if isinstance(content, str | bytes) else content)
    ]


class TestReading:
    @pytest.mark.parametrize("separator", [";", ",", "\t"])
    @pytest.mark.parametrize(
        "encode",
        [
            str.encode,
            lambda text: text.encode("utf-8-sig"),
            lambda text: text.encode("cp1252"),
            lambda text: text.encode("utf-16"),
            lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        ],
    )
    def test_separators_and_encodings(self, separator, encode):
        text = f"Rubrik{separator}Antal\r\nKöksbiträde{separator}2\r\n{separator}\r\n"

        assert cells(encode(text)) == [["Rubrik", "Antal"], ["Köksbiträde", "2"]]

    def test_lines_inside_quotes(self):
        assert cells('Rubrik;Arbetet\nBagare;"Rad 1\nRad ""2"""\n')[1] == ["Bagare", 'Rad 1\nRad "2"']

    def test_empty_rows_keep_the_numbers_of_the_file(self):
        assert [line.number for line in read_upload(upload("a;b\n;\n\nc;d\n;\n"))] == [1, 4]

    def test_the_cells_of_excel(self):
        def fill(book, sheet):
            sheet.write_row(0, 0, ["Text", "Tal", "Dag", "Formel"])
            sheet.write(1, 0, "Åsa")
            sheet.write(1, 1, 37.5)
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            sheet.write_datetime(1, 2, datetime(2026, 9, 1), day)  # noqa: DTZ001 - Excel knows no zones
            sheet.write_formula(1, 3, "=1+1", None, 2)

        assert cells(excel(fill))[1] == ["Åsa", 37.5, date(2026, 9, 1), 2.0]

    def test_what_is_merged_downwards_stands_in_each_row(self):
        def fill(book, sheet):
            sheet.merge_range(0, 0, 0, 1, "Våra platser")
            sheet.write_row(1, 0, ["Arbetsplats", "Rubrik"])
            sheet.merge_range(2, 0, 3, 0, "Storgatan")
            sheet.write(2, 1, "Bagare")
            sheet.write(3, 1, "Kock")

        assert cells(excel(fill)) == [
            ["Våra platser", ""],
            ["Arbetsplats", "Rubrik"],
            ["Storgatan", "Bagare"],
            ["Storgatan", "Kock"],
        ]

    def test_the_first_sheet_that_holds_anything(self):
        def fill(book, sheet):
            book.add_worksheet().write(3, 2, "Rubrik")

        assert [line.number for line in read_upload(excel(fill))] == [4]


class TestRefusedFiles:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "sheet_empty"),
            (b";;\n;;\n", "sheet_empty"),
            (b"a" * (LARGEST + 1), "sheet_too_large"),
            (b"a;b\n" * 502, "sheet_too_many_rows"),
            (b";".join([b"a"] * 61), "sheet_too_many_columns"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 512, "sheet_of_old_excel"),
            (b"PK\x03\x04" + b"x" * 512, "sheet_unreadable"),
            (b"%PDF-1.7\x00\x00", "sheet_unreadable"),
        ],
    )
    def test_say_what_to_do(self, content, code):
        with refused_for(code):
            read_upload(upload(content))

    def test_a_bomb_is_not_opened(self):
        octets = BytesIO()
        with zipfile.ZipFile(octets, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/worksheets/sheet1.xml", b"0" * (60 * 1024 * 1024))
        assert len(octets.getvalue()) < LARGEST
        with refused_for("sheet_unpacks_to_too_much"):
            read_upload(upload(octets.getvalue(), "fil.xlsx"))

    def test_entities_are_not_expanded(self):
        source, octets = BytesIO(), BytesIO()
        with Workbook(source) as book:
            book.add_worksheet().write(0, 0, "Rubrik")
        with zipfile.ZipFile(source) as whole, zipfile.ZipFile(octets, "w") as packed:
            for part in whole.namelist():
                text = whole.read(part).replace(
                    b"<sst", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst'
                )
                packed.writestr(part, text.replace(b"Rubrik", b"&a;"))
        try:
            found = cells(upload(octets.getvalue(), "fil.xlsx"))
        except Refused:
            found = []
        assert "root" not in str(found)

    @given(st.binary(max_size=300))
    def test_whatever_is_sent_it_is_read_or_refused(self, octets):
        for content in (octets, b"PK\x03\x04" + octets):
            with suppress(Refused):
                assert read_upload(upload(content))


class TestValues:
    @pytest.mark.parametrize(
        "written",
        [
            "2026-03-12",
            "20260312",
            "2026/03/12",
            "12/3 2026",
            "12.3.2026",
            "12 mars 2026",
            "den 12 mars 2026",
            "12 March 2026",
            "2026-03-12 00:00:00",
            "46093",
            46093.0,
            date(2026, 3, 12),
        ],
    )
    def test_days(self, written):
        assert values.day(written) == date(2026, 3, 12)

    @pytest.mark.parametrize("written", ["i morgon", "2026-02-30", "12", 3.5, "13/13 2026", True])
    def test_what_is_no_day(self, written):
        with refused_for("cell_no_day"):
            values.day(written)

    @pytest.mark.parametrize(
        ("written", "number"), [("37,5", "37.5"), ("1 000", "1000"), (20.0, "20"), ("30 h", "30")]
    )
    def test_numbers(self, written, number):
        assert values.number(written) == Decimal(number)

    @pytest.mark.parametrize("written", ["många", "1e400", "nan", "", True])
    def test_what_is_no_number(self, written):
        with refused_for("cell_no_number"):
            values.number(written)

    @pytest.mark.parametrize(
        ("written", "days"),
        [
            ("mån–fre", "12345"),
            ("tis, tors", "24"),
            ("måndag och onsdag", "13"),
            ("1,2,3", "123"),
            ("Mon-Wed", "123"),
        ],
    )
    def test_weekdays(self, written, days):
        assert values.weekdays(written) == list(days)

    def test_choices_by_code_in_swedish_and_in_english(self):
        assert values.choices_of("B, truckkort, Hot work certificate", Licence) == [
            "B",
            "forklift",
            "hot_work",
        ]

    def test_languages_need_a_level(self):
        assert values.languages("svenska B1, Arabic C2") == {"sv": "B1", "ar": "C2"}
        with refused_for("cell_no_level"):
            values.languages("svenska")


class TestColumns:
    @pytest.mark.parametrize("language", ["sv", "en"])
    @pytest.mark.parametrize("is_capacity", [True, False])
    def test_our_own_headings_are_all_understood(self, language, is_capacity):
        columns = columns_of(is_capacity=is_capacity)
        with translation.override(language):
            headings = [str(each.heading) for each in columns]
        assert list(guess(headings, columns).values()) == [each.name for each in columns]

    def test_headings_of_ones_own(self):
        found = guess(
            ["TITEL", "Startdatun", "Timmar/vecka", "Kundnr", "Antal platser"], columns_of(is_capacity=False)
        )

        assert found == {0: "title", 1: "starts_on", 2: "hours_max", 4: "places"}

    def test_need_not_stand_on_the_first_row(self):
        lines = read_upload(upload(f"Våra platser 2026;;\n\n{CSV}{GOOD}"))

        assert heading_row(lines, columns_of(is_capacity=False)) == 1


@pytest.fixture
def workplace(cast):
    return cast.opening.workplace


def imported(cast, content, what=OPENINGS, *, by=None, confirm=True):
    by = by or cast.employer_member
    file = upload(content) if isinstance(content, str | bytes) else content
    sheet = hand_in_sheet(employer=cast.bakery.pk, what=what, file=file, by=by, at=NOW)
    sheet = choose_columns(sheet_id=sheet.pk, chosen=opened(sheet).columns, by=by, at=NOW)
    tried = opened(sheet)
    if not confirm:
        return tried
    done = opened(import_sheet(sheet_id=sheet.pk, by=by, at=NOW))
    said = [(each.number, each.outcome, list(each.words)) for each in tried.results]
    assert [(each.number, each.outcome, list(each.words)) for each in done.results] == said
    return done


class TestImport:
    def test_a_row_becomes_a_draft(self, cast, workplace):
        done = imported(cast, CSV + GOOD)
        made = Opening.objects.get(pk=done.results[0].opening)

        assert (made.state, made.kind, made.title, made.places) == (
            OpeningState.DRAFT,
            "internship",
            "Bagare",
            2,
        )
        assert (made.starts_on, made.hours_min, made.hours_max) == (
            date(2026, 9, 1),
            Decimal("37.5"),
            Decimal("37.5"),
        )
        assert (made.weekdays, made.languages, made.workplace) == (list("12345"), {"sv": "B1"}, workplace)
        assert [(each.text, each.essential) for each in made.requirements.all()] == [
            ("baka bröd", True),
            ("räkna", True),
        ]

    def test_the_good_rows_go_in_and_the_bad_are_told_of(self, cast, workplace):
        bad = [
            ";Praktik;2;;;;;",
            "Kock;fika;2;;;;;",
            "Kock;Jobb;många;i morgon;;;;",
            "Kock;Jobb;201;;;;;",
            "Kock;Jobb;1;;50;;;",
            f"{'x' * 121};Jobb;1;;;;;",
        ]
        done = imported(cast, CSV + GOOD + "\n".join(bad) + "\n" + GOOD)

        assert count(done.results) == {"new": 2, "there": 0, "refused": 6}
        assert [each.number for each in done.results] == list(range(2, 10))
        assert "Rubrik" in done.results[1].words[0]
        assert "fika" in done.results[2].words[0]
        assert len(done.results[3].words) == 2
        assert [each.words[0].partition(":")[0] for each in done.results[4:7]] == [
            "Platser",
            "Högst timmar i veckan",
            "Rubrik",
        ]
        assert Opening.objects.filter(title="Bagare").count() == 2

    def test_nothing_is_written_before_the_last_step(self, cast, workplace):
        before = Opening.objects.count()
        tried = imported(cast, CSV + GOOD, confirm=False)

        assert count(tried.results)["new"] == 1
        assert Opening.objects.count() == before

    def test_is_written_once(self, cast, workplace):
        imported(cast, CSV + GOOD)
        sheet = HandedInSheet.objects.get()
        import_sheet(sheet_id=sheet.pk, by=cast.employer_member, at=NOW)

        assert Opening.objects.filter(title="Bagare").count() == 1

    def test_lasting_places(self, cast, workplace):
        done = imported(
            cast, "Rubrik;Typ av praktik;Antal;Handledare\nBageriet;arbetsträning;3;Sara\n", CAPACITY
        )
        capacity = Capacity.objects.get()

        assert count(done.results)["new"] == 1
        assert (capacity.placement_kind, capacity.places) == ("arbetstraning", 3)
        assert capacity.opening.kind == OpeningKind.INTERNSHIP

    def test_the_workplace_is_named_where_there_are_several(self, cast, workplace):
        other = WorkplaceFactory(employer=cast.bakery, name="Filialen i hamnen")
        done = imported(
            cast, "Rubrik;Praktik eller jobb;Arbetsplats\nA;Jobb;filialen i hamnen\nB;Jobb;\nC;Jobb;Månen\n"
        )

        assert count(done.results) == {"new": 1, "there": 0, "refused": 2}
        assert Opening.objects.get(title="A").workplace == other

    def test_a_workplace_of_another_is_none(self, cast, workplace):
        WorkplaceFactory(employer=cast.joinery, name="Snickeriet")
        WorkplaceFactory(employer=cast.bakery, name="Filialen")
        done = imported(cast, "Rubrik;Praktik eller jobb;Arbetsplats\nA;Jobb;Snickeriet\n")

        assert count(done.results)["refused"] == 1

    def test_columns_must_say_what_is_needed_and_once(self, cast, workplace):
        sheet = hand_in_sheet(
            employer=cast.bakery.pk, what=OPENINGS, file=upload(CSV + GOOD), by=cast.employer_member, at=NOW
        )
        for chosen, code in (({}, "columns_lack"), ({0: "title", 1: "kind", 2: "title"}, "columns_twice")):
            with refused_for(code):
                choose_columns(sheet_id=sheet.pk, chosen=chosen, by=cast.employer_member, at=NOW)


class TestWhoMay:
    def test_staff_for_the_employers_of_their_municipality(self, cast, workplace):
        assert count(imported(cast, CSV + GOOD, by=cast.coach).results)["new"] == 1

    def test_nobody_for_anothers(self, cast, workplace):
        for user in (cast.other_employer, cast.participant_user):
            with pytest.raises(cast.bakery.DoesNotExist):
                hand_in_sheet(employer=cast.bakery.pk, what=OPENINGS, file=upload(CSV), by=user, at=NOW)

    def test_a_supervisor_does_not(self, cast, workplace):
        supervisor = MembershipFactory(employer=cast.bakery, role="supervisor").user
        with pytest.raises(cast.bakery.DoesNotExist):
            hand_in_sheet(employer=cast.bakery.pk, what=OPENINGS, file=upload(CSV), by=supervisor, at=NOW)

    @pytest.mark.parametrize("role", ["other_employer", "coach", "participant", "anonymous"])
    @pytest.mark.parametrize("name", ["sheet_rows", "sheet_columns"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_a_file_is_its_owners_alone(self, client, cast, workplace, role, name, method):
        sheet = hand_in_sheet(
            employer=cast.bakery.pk, what=OPENINGS, file=upload(CSV + GOOD), by=cast.employer_member, at=NOW
        )
        if user := cast.roles()[role]:
            client.force_login(user)
        answer = getattr(client, method)(reverse(f"employers:{name}", args=[sheet.pk]))

        assert answer.status_code == (404 if user else 302)

    def test_is_kept_sealed_and_a_day(self, cast, workplace):
        imported(cast, CSV + GOOD, confirm=False)
        sheet = HandedInSheet.objects.get()

        assert "Bagare" not in sheet.content
        assert not HandedInSheet.objects.of(cast.employer_member, at=NOW + timedelta(days=1)).exists()
        assert forget_sheets(NOW + timedelta(days=1)) == "forgot 1"


def full_opening(cast, workplace):
    """Return a published opening with something in every column of a file."""
    opening = save_opening(
        fields={
            "workplace": workplace,
            "kind": OpeningKind.INTERNSHIP,
            "intent": "will_hire_if_fit",
            "title": "=Kock & bagare",
            "description": "Rad ett.\n\n=Rad två; tre",
            "places": 3,
            "starts_on": date(2026, 9, 1),
            "ends_on": date(2026, 12, 1),
            "hours_min": Decimal(20),
            "hours_max": Decimal("37.5"),
            "weekdays": ["1", "3"],
            "languages": {"sv": "B1", "kmr": "C2", "bs": "A1"},
            "licences": ["B", "hot_work"],
            "adaptations": ["calm", "no_lifting"],
            "supervisor_name": "Sara",
        },
        occupation="kock",
        requirements=[RequirementDraft("svetsning, TIG", essential=True), RequirementDraft("räkna")],
        by=cast.employer_member,
        at=NOW,
    )
    Opening.objects.filter(pk=opening.pk).update(state=OpeningState.PUBLISHED, published_at=NOW)
    return Opening.objects.get(pk=opening.pk)


def as_written(opening):
    names = (
        "kind",
        "intent",
        "title",
        "description",
        "places",
        "starts_on",
        "ends_on",
        "hours_min",
        "hours_max",
    )
    more = ("weekdays", "languages", "licences", "adaptations", "supervisor_name", "workplace")
    asked_for = [(each.text, each.essential) for each in opening.requirements.all()]
    return [*(getattr(opening, name) for name in (*names, *more)), opening.occupation.text, asked_for]


class TestHowItIs:
    def test_is_read_for_the_opening_and_written_again(self, cast, workplace):
        heading = "Rubrik;Praktik eller jobb;Innebär;Innebär inte\n"
        imported(cast, heading + "Bagare;Praktik;tunga lyft, buller;arbete på natten\n")

        made = Opening.objects.get(title="Bagare")
        assert (made.facts_present, made.facts_absent) == (["lifting", "noise"], ["nights"])
        said = dict(zip(headings(), cells_of(made), strict=True))
        assert (said["Innebär"], said["Innebär inte"]) == ("Tunga lyft; Buller", "Arbete på natten")

    def test_a_word_that_is_no_fact_leaves_the_row_out(self, cast, workplace):
        done = imported(cast, "Rubrik;Praktik eller jobb;Innebär\nBagare;Praktik;bastu\n")

        assert count(done.results)["refused"] == 1


class TestPages:
    def hand_in(self, client, cast, content, what=OPENINGS):
        file = upload(content) if isinstance(content, str | bytes) else content
        return client.post(HAND_IN, {"employer": cast.bakery.pk, "what": what, "file": file}, follow=True)

    def test_all_the_way(self, client, cast, workplace):
        client.force_login(cast.employer_member)
        page = self.hand_in(client, cast, CSV + GOOD + "Kock;fika;;;;;;\n")
        [(columns, _status)] = page.redirect_chain[-1:]
        form = page.context["form"]
        page = client.post(columns, {name: form[name].value() for name in form.fields}, follow=True)
        words = page.content.decode()
        assert "Inget är sparat än." in words
        assert "”fika” är inget av det här" in words
        assert " · " not in words.split("fika")[1].split("</tr>")[0]
        assert not Opening.objects.filter(title="Bagare").exists()

        [(rows, _status)] = page.redirect_chain[-1:]
        page = client.post(rows, follow=True)

        assert "Utkasten är sparade." in page.content.decode()
        assert Opening.objects.get(title="Bagare").get_absolute_url() in page.content.decode()

    def test_a_file_that_cannot_be_read_is_said_on_the_page(self, client, cast, workplace):
        client.force_login(cast.employer_member)
        answer = self.hand_in(client, cast, b"%PDF\x00")

        assert answer.status_code == 422
        assert "Filen går inte att läsa" in answer.content.decode()

    def test_the_empty_file_can_be_filled_in_and_imported(self, client, cast, workplace):
        client.force_login(cast.employer_member)
        for what in (OPENINGS, CAPACITY):
            template = client.get(reverse("employers:sheet_template", args=[what]))
            done = imported(cast, upload(template.content, "fil.xlsx"), what)

            assert count(done.results)["new"] == 1

    def test_what_was_exported_can_be_imported(self, client, cast, workplace):
        """What is here is not made twice, what is another's is left out, the rest says the same."""
        OpeningFactory(workplace__employer=cast.joinery, title="Snickare")
        full = full_opening(cast, workplace)
        client.force_login(cast.coach)
        exported = client.get(reverse("employers:opening_export")).content
        first = imported(cast, exported, by=cast.coach)
        assert count(first.results) == {"new": 0, "there": 2, "refused": 1}
        before = as_written(full)
        full.delete()
        done = imported(cast, exported, by=cast.coach)

        assert count(done.results) == {"new": 1, "there": 1, "refused": 1}
        assert as_written(Opening.objects.get(title="=Kock & bagare")) == before
        [another] = [each for each in done.results if each.outcome == "refused"]
        assert "Snickeriet AB" in another.words[0]

    def test_no_formula_is_in_what_is_exported(self, client, cast, workplace):
        full_opening(cast, workplace)
        client.force_login(cast.coach)
        for address in (
            reverse("employers:opening_export"),
            reverse("employers:sheet_template", args=[OPENINGS]),
        ):
            with zipfile.ZipFile(BytesIO(client.get(address).content)) as packed:
                sheet = packed.read("xl/worksheets/sheet1.xml")
            assert b"<f>" not in sheet

    def test_ads_too(self, client, gazetteer, cast, workplace):
        client.force_login(cast.employer_member)
        content = json.dumps({"hits": [ad(1, cast.bakery.organisationsnummer), {"id": "2"}]})
        page = self.hand_in(client, cast, content, "ads")
        assert page.context["counts"] == {"new": 1, "there": 0, "refused": 1}
        [(rows, _status)] = page.redirect_chain[-1:]
        client.post(rows)

        assert ImportedAd.objects.count() == 1
