"""Loading the starter tables and importing complete files."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from backend.places import services
from backend.places.enums import Source
from backend.places.files import BrokenFile
from backend.places.models import Locality, MunicipalityArea, Postcode
from backend.places.services import import_places, load_gazetteer

MUNICIPALITIES = "municipality_code,municipality_name,municipality_name_short,county_code\n"
POSTCODES = "postal_code,locality,municipality_code,municipality_name\n"


def place(label="Tumba strand", latitude=59.37, longitude=16.5, code="0484"):
    return {"label": label, "latitud": latitude, "longitud": longitude, "kommunkod": code, "type": "place"}


@pytest.fixture
def directory(tmp_path):
    return tmp_path


def write_places(directory, *places):
    (directory / services.PLACES).write_text(json.dumps(list(places)), encoding="utf-8")


def write_postcodes(directory, *lines):
    text = POSTCODES + "".join(f"{line}\n" for line in lines)
    (directory / services.POSTCODES).write_text(text, encoding="utf-8")


def write_municipalities(directory, *lines):
    text = MUNICIPALITIES + "".join(f"{line}\n" for line in lines)
    (directory / services.MUNICIPALITIES).write_text(text, encoding="utf-8")


def everything():
    return [list(table.objects.order_by("pk").values()) for table in (MunicipalityArea, Locality, Postcode)]


def counts(report):
    return report.added, report.changed, report.unchanged, len(report.skipped)


@pytest.mark.django_db
class TestLoadGazetteer:
    def test_gives_a_fresh_installation_every_municipality(self):
        load_gazetteer()
        assert MunicipalityArea.objects.count() == 290
        assert MunicipalityArea.objects.values("county_code").distinct().count() == 21
        assert not MunicipalityArea.objects.filter(localities=None).exists()

    def test_centres_a_municipality_where_its_people_are(self):
        load_gazetteer()
        kiruna = MunicipalityArea.objects.get(name="Kiruna")
        assert kiruna.point == Locality.objects.get(name="Kiruna").point

    def test_skips_nothing_of_the_committed_tables(self):
        assert [report.skipped for report in load_gazetteer()] == [[], [], []]

    def test_again_changes_nothing(self):
        load_gazetteer()
        before = everything()
        assert [counts(report)[:2] for report in load_gazetteer()] == [(0, 0)] * 3
        assert everything() == before

    def test_leaves_imported_places_alone(self):
        load_gazetteer()
        Locality.objects.filter(name="Torshälla").update(latitude=59.42, source=Source.IMPORT)
        load_gazetteer()
        assert Locality.objects.get(name="Torshälla").latitude == 59.42

    def test_mends_its_own(self):
        load_gazetteer()
        Locality.objects.filter(name="Torshälla").update(latitude=59.0)
        assert counts(load_gazetteer()[1])[:2] == (0, 1)
        assert Locality.objects.get(name="Torshälla").latitude == 59.41667

    def test_sorts_in_swedish(self):
        load_gazetteer()
        names = list(MunicipalityArea.objects.values_list("name", flat=True))
        assert names[-3:] == ["Östra Göinge", "Överkalix", "Övertorneå"]
        assert names.index("Årjäng") < names.index("Älmhult")


@pytest.mark.usefixtures("gazetteer")
class TestImportPlaces:
    def test_adds_places_and_postcodes(self, directory):
        write_places(directory, place("Nybyn"))
        write_postcodes(directory, "99999,Nybyn,0484,Eskilstuna kommun")
        places, postcodes = import_places(directory=directory)
        assert counts(places) == (1, 0, 0, 0)
        assert counts(postcodes) == (1, 0, 0, 0)
        assert Locality.objects.get(name="Nybyn").source == Source.IMPORT
        assert Postcode.objects.get(code="99999").latitude is None

    def test_again_changes_nothing(self, directory):
        write_places(directory, place("Nybyn"), place("Torshälla", 59.42, 16.47))
        write_postcodes(directory, "63220,Eskilstuna,0484,Eskilstuna kommun")
        import_places(directory=directory)
        before = everything()
        assert [counts(report)[:2] for report in import_places(directory=directory)] == [(0, 0)] * 2
        assert everything() == before

    def test_moves_a_known_place_and_keeps_its_population(self, directory):
        write_places(directory, place("Torshälla", 59.42, 16.47))
        (report,) = import_places(directory=directory)
        moved = Locality.objects.get(name="Torshälla")
        assert counts(report) == (0, 1, 0, 0)
        assert (moved.latitude, moved.population) == (59.42, 8928)

    def test_takes_coordinates_of_postcodes_where_the_file_has_them(self, directory):
        text = (
            "postal_code,locality,municipality_code,latitude,longitude\n632 20,Eskilstuna,0484,59.37,16.51\n"
        )
        (directory / services.POSTCODES).write_text(text, encoding="utf-8-sig")
        import_places(directory=directory)
        assert Postcode.objects.get(code="63220").latitude == 59.37

    def test_renames_a_municipality_and_adds_none(self, directory):
        write_municipalities(directory, "0484,Nya Eskilstuna kommun,Nya Eskilstuna,04", "9999,Xkommun,X,99")
        (report,) = import_places(directory=directory)
        assert counts(report) == (0, 1, 0, 1)
        assert MunicipalityArea.objects.get(code="0484").name == "Nya Eskilstuna"

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            (place("Nybyn", 0.0, 0.0), "Nybyn has no coordinates"),
            (place("Nybyn", 16.5, 59.3), "Nybyn: 16.5, 59.3 is not in Sweden"),
            (place("Nybyn", "norr", 16), "Nybyn: 'norr', '16' are not coordinates"),
            (place("Nybyn", "nan", 16), "Nybyn: nan, 16 is not in Sweden"),
            (place("Nybyn", code="9999"), "there is no municipality '9999'"),
            (place("Nybyn", 67.8, 20.2), "Nybyn in 0484 would lie 955 km from where it is known to be"),
            (
                place("Torshälla", 59.9, 16.5),
                "Torshälla in 0484 would lie 54 km from where it is known to be",
            ),
            (place("  "), "'' is not a name"),
            (place("å" * 101), f"'{'å' * 40}' is not a name"),
        ],
    )
    def test_skips_a_place_it_cannot_use_and_says_why(self, directory, row, reason):
        before = everything()
        write_places(directory, row)
        (report,) = import_places(directory=directory)
        assert counts(report) == (0, 0, 0, 1)
        assert str(report.skipped[0]) == f"platser.json, row 1: {reason}"
        assert everything() == before

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ("6322,Eskilstuna,0484,", "'6322' is not a postcode"),
            ("6322O,Eskilstuna,0484,", "'6322O' is not a postcode"),
            ("63220,Eskilstuna,9999,", "there is no municipality '9999'"),
            ("63220,,0484,", "'' is not a name"),
        ],
    )
    def test_skips_a_postcode_it_cannot_use_and_says_why(self, directory, row, reason):
        before = everything()
        write_postcodes(directory, row)
        (report,) = import_places(directory=directory)
        assert str(report.skipped[0]) == f"postal_to_municipality.csv, row 1: {reason}"
        assert everything() == before

    def test_uses_the_first_of_two_rows_for_one_place(self, directory):
        write_postcodes(directory, "99999,Nybyn,0484,", "99999,Gammelbyn,0484,")
        (report,) = import_places(directory=directory)
        assert str(report.skipped[0]) == "postal_to_municipality.csv, row 2: 999 99 Gammelbyn is listed twice"
        assert Postcode.objects.get(code="99999").locality_name == "Nybyn"


@pytest.mark.usefixtures("gazetteer")
class TestBrokenFile:
    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "has no column postal_code, locality, municipality_code"),
            (POSTCODES.encode(), "has no rows"),
            (b"a,b\n1,2\n", "has no column postal_code, locality, municipality_code"),
            (POSTCODES.encode() + b"99999,Nybyn\n", "row 1: it has not as many fields as the heading"),
            (
                POSTCODES.encode() + b"99999,Nybyn,0484,x,y\n",
                "row 1: it has not as many fields as the heading",
            ),
            (POSTCODES.encode() + "99999,Ö,0484,\n".encode("latin-1"), "cannot be read"),
            (POSTCODES.encode() + b'99999,"Nybyn,0484,\n', "cannot be read"),
            (b"\x00\x01\x02", "has no column"),
        ],
    )
    def test_imports_nothing_of_any_file(self, directory, content, message):
        before = everything()
        write_places(directory, place("Nybyn"))
        (directory / services.POSTCODES).write_bytes(content)
        with pytest.raises(BrokenFile, match=message):
            import_places(directory=directory)
        assert everything() == before

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("", "cannot be read"),
            ('[{"label": "Nybyn"', "cannot be read"),
            ("[" * 100_000, "cannot be read"),
            ("{}", "is not a list"),
            ("[]", "has no rows"),
            ("[1]", "row 1: it has no label"),
            ('[{"label": "Nybyn", "kommunkod": "0484"}]', "row 1: it has no latitud, longitud"),
            (json.dumps([place(None)]), "row 1: it has no label"),
        ],
    )
    def test_of_places_is_refused(self, directory, content, message):
        before = everything()
        (directory / services.PLACES).write_text(content, encoding="utf-8")
        with pytest.raises(BrokenFile, match=message):
            import_places(directory=directory)
        assert everything() == before

    def test_directory_without_any_is_refused(self, directory):
        with pytest.raises(BrokenFile, match="has none of"):
            import_places(directory=directory)


@pytest.mark.usefixtures("gazetteer")
class TestCommands:
    def test_load_gazetteer_tells_what_it_did(self, capsys):
        call_command("load_gazetteer")
        assert "municipalities: 0 added, 0 changed, 290 unchanged, 0 skipped" in capsys.readouterr().out

    def test_import_places_tells_what_it_did_and_left_out(self, capsys, directory):
        write_places(directory, place("Nybyn"), *[place(f"By {n}", 0.0, 0.0) for n in range(25)])
        call_command("import_places", str(directory))
        out = capsys.readouterr().out
        assert "1 added, 0 changed, 0 unchanged, 25 skipped" in out
        assert "skipped platser.json, row 2: By 0 has no coordinates" in out
        assert "and 5 more; --all-skipped prints them" in out

    def test_import_places_prints_every_skipped_row_when_asked(self, capsys, directory):
        write_places(directory, *[place(f"By {n}", 0.0, 0.0) for n in range(25)])
        call_command("import_places", str(directory), "--all-skipped")
        assert "By 24 has no coordinates" in capsys.readouterr().out

    def test_import_places_explains_a_broken_file(self, directory):
        (directory / services.PLACES).write_text("{", encoding="utf-8")
        with pytest.raises(CommandError, match="Nothing was imported"):
            call_command("import_places", str(directory))

    def test_import_places_explains_a_directory_that_is_not_there(self):
        with pytest.raises(CommandError, match="is not a directory"):
            call_command("import_places", str(Path("nowhere")))
