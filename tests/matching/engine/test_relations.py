from backend.matching.engine import Edge, Membership, Reason, Relations
from backend.matching.engine.weights import FULL, RARITY_FLOOR


def related(*edges):
    relations = Relations.build(concepts=["a", "b", "c"], edges=edges)
    columns = (column.tolist() for column in relations.related.row(relations.number["a"]))
    return {
        relations.concepts[other]: (degree, Reason(reason))
        for other, degree, reason in zip(*columns, strict=True)
        if relations.concepts[other] != "a"
    }


class TestEdges:
    def test_a_concept_always_stands_for_itself_whatever_is_said(self):
        relations = Relations.build(concepts=["a"], edges=[Edge("a", "a", 0.1, Reason.OVERRIDE)])
        assert [column.tolist() for column in relations.related.row(0)] == [[0], [FULL], [Reason.SAME]]

    def test_the_best_of_several_counts(self):
        edges = Edge("a", "b", 0.2, Reason.SIMILAR_LABEL), Edge("a", "b", 0.6, Reason.SAME_GROUP)
        assert related(*edges) == {"b": (153, Reason.SAME_GROUP)}

    def test_a_decision_counts_alone_also_when_it_lowers(self):
        edges = Edge("a", "b", 0.2, Reason.OVERRIDE), Edge("a", "b", 0.6, Reason.SAME_GROUP)
        assert related(*edges) == {"b": (51, Reason.OVERRIDE)}

    def test_a_decision_of_nothing_takes_the_relation_away(self):
        edges = Edge("a", "b", 0.6, Reason.SAME_GROUP), Edge("a", "b", 0.0, Reason.OVERRIDE)
        assert related(*edges) == {}

    def test_an_edge_to_an_unknown_concept_is_left_out(self):
        assert related(Edge("a", "unknown", 1.0, Reason.SYNONYM)) == {}

    def test_turned_round_it_tells_what_a_concept_may_stand_in_for(self):
        relations = Relations.build(concepts=["a", "b"], edges=[Edge("a", "b", 0.6, Reason.BROADER)])
        others, degrees, _ = relations.stands_for.row(relations.number["b"])
        assert [relations.concepts[other] for other in others] == ["a", "b"]
        assert degrees.tolist() == [153, FULL]


class TestTelling:
    RELATIONS = Relations.build(
        concepts=["everywhere", "once", "nowhere"],
        memberships=[
            *(Membership("everywhere", f"g{number}") for number in range(8)),
            Membership("once", "g1"),
        ],
    )

    def of(self, values, concept):
        return values[self.RELATIONS.number[concept]]

    def test_what_one_occupation_uses_is_rarer_than_what_all_use(self):
        rarity = self.RELATIONS.rarity
        assert self.of(rarity, "once") == 1.0
        assert self.of(rarity, "everywhere") == RARITY_FLOOR

    def test_what_all_occupations_use_says_nothing_about_the_kind_of_work(self):
        assert self.of(self.RELATIONS.specificity, "once") == 1000
        assert self.of(self.RELATIONS.specificity, "everywhere") == 0

    def test_a_catalogue_without_groups_works_too(self):
        bare = Relations.build(concepts=["a"])
        assert (bare.rarity.tolist(), bare.breadth.tolist()) == ([1.0], [0])
