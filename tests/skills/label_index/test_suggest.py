from backend.skills.label_index import LabelIndex


class TestSuggest:
    def test_labels_that_begin_so_come_first(self, index: LabelIndex) -> None:
        assert [hit.label for hit in index.suggest("Städ")][:2] == ["städare", "städa trapphus"]

    def test_then_similar_ones(self, index: LabelIndex) -> None:
        assert index.suggest("trädgård")[0].concept_id == "tradgard"
        assert index.suggest("truckfröare")[0].concept_id == "truckforare"

    def test_a_concept_is_suggested_once(self, index: LabelIndex) -> None:
        concepts = [hit.concept_id for hit in index.suggest("lokalvårdare")]
        assert len(concepts) == len(set(concepts))

    def test_limit_bounds_the_suggestions(self, index: LabelIndex) -> None:
        assert len(index.suggest("s", limit=1)) == 1

    def test_a_whole_label_is_sure(self, index: LabelIndex) -> None:
        assert index.suggest("kock")[0][:4] == ("kock", "kock", 1.0, "exact")

    def test_nothing_written_suggests_nothing(self, index: LabelIndex) -> None:
        assert index.suggest("  ") == []
