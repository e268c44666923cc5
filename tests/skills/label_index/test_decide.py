from backend.skills.label_index import Hit, LabelIndex, decide


def hit(degree: float, margin: float) -> Hit:
    return Hit("kock", "kock", degree, "words", margin)


class TestDecide:
    def test_an_exact_label_is_accepted(self, index: LabelIndex) -> None:
        assert decide(index.search(["kock"])[0]) == "accept"

    def test_a_sure_hit_without_a_lead_is_asked_about(self) -> None:
        assert decide([hit(1.0, 0.0)]) == "ask"

    def test_an_unsure_hit_is_asked_about(self) -> None:
        assert decide([hit(0.6, 0.5)]) == "ask"

    def test_nothing_alike_leaves_the_text_as_written(self) -> None:
        assert decide([]) == "none"
        assert decide([hit(0.01, 0.01)]) == "none"
