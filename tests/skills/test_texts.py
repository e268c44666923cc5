"""What a written text means: accepted when sure, asked about when not, otherwise left as it is."""

from datetime import timedelta

import pytest

from backend.skills.enums import ConceptKind, LabelKind, Resolution
from backend.skills.models import CatalogueVersion, Concept
from backend.skills.services import meanings_of, resolve_texts
from tests.skills.conftest import AT, make_concept, make_version

ODD = ["", " ", "🧹", "\x00", "مساعد مطبخ", "x" * 10_000, "%", "';--"]


def resolve(text, kind=ConceptKind.SKILL):
    [columns] = resolve_texts([text], kind=kind)
    return columns


class TestResolveTexts:
    @pytest.mark.parametrize("text", ["Truckkörning", "truckkörning", "köra truck", "trukk"])
    def test_a_known_label_is_accepted(self, catalogue, text):
        columns = resolve(text)

        assert columns["resolution"] == Resolution.ACCEPTED
        assert columns["concept_id"] == catalogue["Truckkörning"].pk
        assert columns["degree"] > 0.9
        assert columns["margin"] > 0
        assert columns["index_version"] == CatalogueVersion.objects.get().pk

    def test_says_why(self, catalogue):
        assert resolve("Truckkörning")["why"] == "exact"
        assert resolve("köra truck")["why"] == "synonym"

    def test_an_unsure_text_is_kept_with_what_it_may_mean(self, catalogue):
        columns = resolve("truckkörning och filosofi")

        assert (columns["resolution"], columns["concept_id"]) == (
            Resolution.ASK,
            catalogue["Truckkörning"].pk,
        )

    def test_a_word_of_the_language_is_no_misspelling(self, catalogue):
        make_concept(ConceptKind.SKILL, ("Plantera", ""), {})
        make_version(AT + timedelta(days=1))

        assert resolve("plantrera")["resolution"] == Resolution.ACCEPTED
        assert resolve("planera")["resolution"] == Resolution.NONE

    def test_an_english_label_gives_way_to_swedish(self, catalogue):
        make_concept(ConceptKind.OCCUPATION, ("Kock", "Chef"), {})
        make_version(AT + timedelta(days=1))
        assert resolve("chef", ConceptKind.OCCUPATION)["resolution"] == Resolution.ASK

        manager = make_concept(
            ConceptKind.OCCUPATION, ("Avdelningschef", ""), {"chef": LabelKind.ALTERNATIVE}
        )
        make_version(AT + timedelta(days=2))

        columns = resolve("chef", ConceptKind.OCCUPATION)
        assert (columns["resolution"], columns["concept_id"]) == (Resolution.ACCEPTED, manager.pk)

    @pytest.mark.parametrize("text", ["astronomi", *ODD])
    def test_an_unknown_text_stands_as_it_was_written(self, catalogue, text):
        columns = resolve(text)

        assert columns["resolution"] == Resolution.NONE
        assert (columns["concept_id"], columns["degree"], columns["why"]) == (None, None, "")

    def test_skills_and_occupations_are_apart(self, catalogue):
        assert resolve("städare")["resolution"] == Resolution.NONE
        assert resolve("städare", ConceptKind.OCCUPATION)["concept_id"] == catalogue["Lokalvårdare"].pk

    def test_a_retired_concept_is_not_meant(self, catalogue):
        Concept.objects.filter(name_sv="Truckkörning").update(retired_at=AT)
        make_version(AT + timedelta(days=1))

        assert resolve("köra truck")["concept_id"] != catalogue["Truckkörning"].pk

    def test_without_a_catalogue_every_text_stands(self, db):
        assert resolve("köra truck")["resolution"] == Resolution.NONE
        assert resolve("köra truck")["index_version"] is None

    def test_many_texts_cost_no_more_queries_than_one(self, catalogue, django_assert_num_queries):
        resolve("köra truck")

        with django_assert_num_queries(1):
            resolve_texts(["köra truck", "plocka order", "brödbakning"], kind=ConceptKind.SKILL)


class TestMeaningsOf:
    def test_lists_the_surest_first(self, catalogue):
        found = meanings_of(["köra truck", "orderplock"], kind=ConceptKind.SKILL)

        assert found["köra truck"][0].concept == catalogue["Truckkörning"]
        assert found["orderplock"][0].concept == catalogue["Orderplock"]

    @pytest.mark.parametrize("text", ODD)
    def test_nothing_for_nonsense(self, catalogue, text):
        assert meanings_of([text], kind=ConceptKind.SKILL) == {text: []}

    def test_nothing_for_no_texts(self, catalogue):
        assert meanings_of([], kind=ConceptKind.SKILL) == {}
