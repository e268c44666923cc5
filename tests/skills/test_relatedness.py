import numpy as np
import pytest

from backend.skills.relations.relatedness import (
    BROADER_DEGREE,
    NARROWER_DEGREE,
    SHARED_DEGREE,
    Reason,
    kindred_groups,
    pairs,
    related_concepts,
    shared_occupations,
)


def edges(found):
    columns = (found.concept, found.related, found.degree, found.reason)
    return {
        (one, other): (pytest.approx(degree), Reason(reason))
        for one, other, degree, reason in zip(*(column.tolist() for column in columns), strict=True)
    }


class TestRelatedConcepts:
    def test_no_input_gives_no_relations(self):
        assert edges(related_concepts()) == {}

    def test_the_narrower_concept_is_worth_more_for_the_broader_than_the_other_way(self):
        found = edges(related_concepts(broader=pairs([(1, 2)])))
        assert found == {
            (1, 2): (BROADER_DEGREE, Reason.BROADER),
            (2, 1): (NARROWER_DEGREE, Reason.NARROWER),
        }

    def test_a_substitute_counts_one_way_by_its_share(self):
        found = related_concepts(substitutes=pairs([(1, 2)]), substitute_share=np.array([0.75], np.float32))
        assert edges(found) == {(1, 2): (0.75, Reason.SUBSTITUTABLE)}

    def test_occupations_of_one_group_count_both_ways(self):
        found = edges(related_concepts(occupations_in_groups=pairs([(1, 9), (2, 9), (3, 8)])))
        assert found.keys() == {(1, 2), (2, 1)}

    def test_the_best_of_several_reasons_is_kept(self):
        found = related_concepts(
            occupations_in_groups=pairs([(1, 9), (2, 9)]),
            substitutes=pairs([(1, 2)]),
            substitute_share=np.array([0.75], np.float32),
        )
        assert edges(found)[1, 2] == (0.75, Reason.SUBSTITUTABLE)
        assert edges(found)[2, 1][1] is Reason.SAME_GROUP

    def test_nothing_is_related_to_itself(self):
        assert edges(related_concepts(synonyms=pairs([(1, 1), (1, 2)]))).keys() == {(1, 2), (2, 1)}

    def test_alike_labels_count_less_than_synonyms(self):
        found = related_concepts(
            synonyms=pairs([(1, 2)]), similar_labels=pairs([(1, 3)]), similarity=np.array([1.0], np.float32)
        )
        assert edges(found)[1, 2][0].expected > edges(found)[1, 3][0].expected

    def test_keeps_the_limit_of_each_concept_best_first(self):
        found = related_concepts(
            substitutes=pairs([(1, 2), (1, 3), (1, 4)]),
            substitute_share=np.array([0.25, 0.75, 0.5], np.float32),
            limit=2,
        )
        assert found.related.tolist() == [3, 4]


class TestSharedOccupations:
    def test_skills_of_exactly_the_same_groups_have_the_full_degree(self):
        found = edges(shared_occupations(pairs([(1, 0), (2, 0), (3, 1)])))
        assert found == {
            (1, 2): (SHARED_DEGREE, Reason.SHARED_OCCUPATIONS),
            (2, 1): (SHARED_DEGREE, Reason.SHARED_OCCUPATIONS),
        }

    def test_a_skill_of_every_group_says_nothing(self):
        everywhere = [(1, group) for group in range(4)]
        found = edges(shared_occupations(pairs([*everywhere, (2, 0), (3, 0)])))
        assert found.keys() == {(2, 3), (3, 2)}

    def test_more_groups_in_common_is_nearer(self):
        in_groups = [(1, 0), (1, 1), (2, 0), (2, 1), (3, 1), (4, 3), (5, 3), (6, 4), (7, 5)]
        found = edges(shared_occupations(pairs(in_groups)))
        assert found[1, 2][0].expected > found[1, 3][0].expected


class TestKindredGroups:
    def test_by_the_best_substitutability_of_their_occupations_and_as_siblings(self):
        found = edges(
            kindred_groups(
                occupations_in_groups=pairs([(1, 0), (2, 1), (3, 1), (4, 2)]),
                substitutes=pairs([(1, 2), (1, 3), (2, 3), (1, 99)]),
                substitute_share=np.array([0.25, 0.75, 0.75, 0.75], np.float32),
                group_parents=pairs([(0, 5), (2, 5)]),
            )
        )
        assert found.keys() == {(0, 1), (0, 2), (2, 0)}
        assert found[0, 1] == (0.45, Reason.SUBSTITUTABLE)
        assert found[0, 2][1] is Reason.SAME_GROUP
