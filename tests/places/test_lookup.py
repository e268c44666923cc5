"""Finding the place that somebody wrote."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.places.enums import Precision, Source
from backend.places.found import Ambiguous, Answer, Place, Unknown
from backend.places.lookup import find_place
from backend.places.models import Locality, Postcode
from backend.places.suggest import suggest_places

pytestmark = pytest.mark.usefixtures("gazetteer")


def found(answer: Answer) -> Place:
    assert isinstance(answer, Place), answer
    return answer


def alternatives(answer: Answer) -> set[str]:
    assert isinstance(answer, Ambiguous), answer
    return {place.written_out for place in answer.alternatives}


def suggestions(answer: Answer) -> list[str]:
    assert isinstance(answer, Unknown), answer
    return [place.written_out for place in answer.suggestions]


class TestPostcode:
    @pytest.mark.parametrize(
        "text",
        [
            "632 20",
            "63220",
            "  632  20 ",
            "632\u00a020",
            "SE-632 20",
            "S-63220",
            "632 20 Eskilstuna",
            "63220 ESKILSTUNA",
            "Eskilstuna 632 20",
            "Storgatan 12, 632 20 Eskilstuna",
            "Storgatan 12 B, 632 20",
        ],
    )
    def test_is_found_however_it_is_written(self, text: str) -> None:
        place = found(find_place(text))
        assert (place.written_out, place.municipality_code) == ("632 20 Eskilstuna", "0484")

    def test_without_coordinates_is_where_its_locality_is(self) -> None:
        place, town = found(find_place("644 30")), found(find_place("Torshälla"))
        assert (place.point, place.precision) == (town.point, Precision.LOCALITY)

    def test_without_coordinates_or_locality_is_where_its_municipality_is(self) -> None:
        Postcode.objects.filter(code="63220").update(locality_name="Okänd", match_key="okand")
        place, municipality = found(find_place("632 20")), found(find_place("Eskilstuna kommun"))
        assert (place.point, place.precision) == (municipality.point, Precision.MUNICIPALITY)

    def test_with_coordinates_is_exact(self) -> None:
        Postcode.objects.filter(code="63220").update(latitude=59.4, longitude=16.6)
        place = found(find_place("632 20"))
        assert (place.point, place.precision) == ((59.4, 16.6), Precision.POSTCODE)

    def test_that_contradicts_the_name_is_asked_about(self) -> None:
        assert alternatives(find_place("632 20 Lund")) == {"632 20 Eskilstuna", "Lund, Lunds kommun"}

    def test_wins_over_another_name_in_its_municipality(self) -> None:
        assert found(find_place("632 20 Torshälla")).written_out == "632 20 Eskilstuna"

    def test_that_is_unknown_leaves_the_name(self) -> None:
        place = found(find_place("111 22 Torshälla"))
        assert (place.locality_name, place.precision) == ("Torshälla", Precision.LOCALITY)

    def test_that_is_unknown_offers_the_towns_around_it(self) -> None:
        assert suggestions(find_place("644 99")) == ["Torshälla, Eskilstuna kommun"]

    @pytest.mark.parametrize("text", ["111 22", "6322", "632 200", "12345678"])
    def test_that_is_unknown_or_wrong_is_not_guessed(self, text: str) -> None:
        assert suggestions(find_place(text)) == []


class TestName:
    @pytest.mark.parametrize(
        "text", ["Torshälla", "torshälla", "TORSHÄLLA", "Torshalla", " torshälla ", "Torsha\u0308lla"]
    )
    def test_is_found_in_any_case_and_without_diacritics(self, text: str) -> None:
        place = found(find_place(text))
        assert (place.label, place.precision) == ("Torshälla, Eskilstuna", Precision.LOCALITY)

    def test_of_a_town_means_the_town_not_its_municipality(self) -> None:
        place = found(find_place("Eskilstuna"))
        assert (place.label, place.precision) == ("Eskilstuna", Precision.LOCALITY)

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("Eskilstuna kommun", "0484"),
            ("stockholms kommun", "0180"),
            ("Stockholms stad", "0180"),
            ("Falu kommun", "2080"),
            ("Region Gotland", "0980"),
            ("Upplands-Bro", "0139"),
            ("upplands bro kommun", "0139"),
            ("Håbo kommun", "0305"),
            ("Habo kommun", "0643"),
            ("Bergs kommun", "2326"),
            ("Kinda", "0513"),
        ],
    )
    def test_of_a_municipality(self, text: str, code: str) -> None:
        place = found(find_place(text))
        assert (place.municipality_code, place.precision) == (code, Precision.MUNICIPALITY)

    def test_spelt_exactly_is_not_confused_with_its_like(self) -> None:
        assert found(find_place("habo")).municipality_name == "Habo"
        assert found(find_place("håbo")).municipality_name == "Håbo"

    def test_in_several_municipalities_is_asked_about(self) -> None:
        assert alternatives(find_place("Alvik")) == {"Alvik, Stockholms kommun", "Alvik, Luleå kommun"}

    def test_in_several_municipalities_prefers_the_near_one(self) -> None:
        assert found(find_place("Alvik", near_municipality="2580")).municipality_name == "Luleå"
        assert len(alternatives(find_place("Alvik", near_municipality="0484"))) == 2

    @pytest.mark.parametrize("text", ["Alvik, Luleå", "alvik (Luleå kommun)", "Alvik, Lulea kommun"])
    def test_with_its_municipality_is_found(self, text: str) -> None:
        assert found(find_place(text)).municipality_code == "2580"

    def test_with_the_wrong_municipality_offers_the_right_ones(self) -> None:
        assert suggestions(find_place("Torshälla, Lund")) == ["Torshälla, Eskilstuna kommun"]

    def test_of_a_street_is_passed_over(self) -> None:
        assert found(find_place("Köpmangatan 3, Torshälla")).locality_name == "Torshälla"

    def test_known_to_the_postal_service_only(self) -> None:
        Locality.objects.filter(name="Stora Sundby").delete()
        place = found(find_place("stora sundby"))
        assert (place.label, place.precision) == ("Stora Sundby, Eskilstuna", Precision.MUNICIPALITY)

    @pytest.mark.parametrize(
        ("text", "likely"),
        [
            ("Torshalal", "Torshälla, Eskilstuna kommun"),
            ("Eskilstna", "Eskilstuna, Eskilstuna kommun"),
            ("Halbybrun", "Hällbybrunn, Eskilstuna kommun"),
        ],
    )
    def test_misspelt_is_unknown_with_the_likely_one_first(self, text: str, likely: str) -> None:
        assert suggestions(find_place(text))[0] == likely

    @pytest.mark.parametrize(
        "text", ["", "   ", "?!", "Atlantis", "Berlin", "🏝️", "القاهرة", "\x00", "x" * 10_000]
    )
    def test_that_nothing_resembles_is_unknown(self, text: str) -> None:
        assert suggestions(find_place(text)) == []


class TestPlace:
    def test_written_out_finds_itself_again(self) -> None:
        typed = ["s", "eskil", "alvik", "644", "stad", "berg", "habo", "kil", "mora", "upplands"]
        for place in (place for start in typed for place in suggest_places(start)):
            again = found(find_place(place.written_out))
            assert again.written_out == place.written_out

    def test_keeps_what_was_written(self) -> None:
        fields = found(find_place("torshalla")).as_fields()
        assert fields["place_text"] == "torshalla"
        assert fields["locality_name"] == "Torshälla"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_look_up(text: str) -> None:
    assert isinstance(find_place(text), Answer)
    suggest_places(text)


def test_an_import_serves_the_look_up_beside_the_starter_tables() -> None:
    Locality.objects.filter(name="Torshälla").update(source=Source.IMPORT, latitude=59.42)
    assert found(find_place("Torshälla")).latitude == 59.42
