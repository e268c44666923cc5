"""What holds in every world, checked on random ones."""

from dataclasses import replace
from itertools import pairwise
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.matching.engine import Band, Condition, Matcher, Outcome
from backend.matching.engine.batch import best_pairs
from backend.matching.engine.weights import NEAR_TIE, TOTAL
from tests.matching.engine import reference
from tests.matching.engine.worlds import TODAY, catalogues, crowds, evidence, offers, people

many_worlds = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

ALL = 1_000


def step(row):
    """Rows of one step are near-ties."""
    return (row.band * (TOTAL // 3) + row.points // 3) // NEAR_TIE


def matcher_of(crowd, offer, catalogue):
    return Matcher(crowd, offer, relations=catalogue.relations(), today=TODAY)


@many_worlds
@given(catalogues, crowds(), offers())
def test_a_ranking_equals_the_obvious_reference(catalogue, crowd, offer):
    matcher = matcher_of(crowd, offer, catalogue)
    for opening in offer:
        ranking = matcher.rank_people(opening.id, limit=ALL)
        assert [row.id for row in ranking.rows] == reference.rank(crowd, opening, catalogue, today=TODAY)
        for row in ranking.rows:
            person = next(person for person in crowd if person.id == row.id)
            assert row.points == reference.score(person, opening, catalogue, today=TODAY)
            assert row.band == reference.band(person, opening, catalogue, today=TODAY)


@many_worlds
@given(catalogues, crowds(), offers())
def test_both_directions_give_a_pair_the_same_points(catalogue, crowd, offer):
    matcher = matcher_of(crowd, offer, catalogue)
    forth = {
        (row.id, opening.id): (row.points, row.band)
        for opening in offer
        for row in matcher.rank_people(opening.id, limit=ALL).rows
    }
    back = {
        (person.id, row.id): (row.points, row.band)
        for person in crowd
        for row in matcher.rank_openings(person.id, limit=ALL).rows
    }
    assert forth == back


@many_worlds
@given(catalogues, crowds(), offers())
def test_an_explanation_adds_up_to_the_score_exactly(catalogue, crowd, offer):
    matcher = matcher_of(crowd, offer, catalogue)
    for opening in offer:
        for person in crowd:
            explanation = matcher.explain(person.id, opening.id)
            assert explanation.points == reference.score(person, opening, catalogue, today=TODAY)
            assert explanation.band == reference.band(person, opening, catalogue, today=TODAY)
            assert sum(explanation.percents) == round(100 * explanation.score)
            assert bool(explanation.failed) is not reference.may_meet(person, opening)
            for line in explanation.lines:
                assert line.points == 0 or line.outcome is not Outcome.MISSING
                assert line.points > 0 or line.outcome in (Outcome.MISSING, Outcome.ASK)
                assert 0 <= line.points <= line.points_possible <= TOTAL


@many_worlds
@given(catalogues, people, evidence, offers())
def test_learning_more_never_lowers_a_score(catalogue, person, learnt, offer):
    wiser = replace(person, id="wiser", evidence=[*person.evidence, learnt])
    matcher = matcher_of([replace(person, id="before"), wiser], offer, catalogue)
    for opening in offer:
        before, after = matcher.explain("before", opening.id), matcher.explain("wiser", opening.id)
        assert (after.points, after.band) >= (before.points, before.band)
        assert after.band >= before.band
        assert all(new.points >= old.points for new, old in zip(after.lines, before.lines, strict=True))


@many_worlds
@given(catalogues, crowds(), offers(), st.randoms(use_true_random=False))
def test_the_order_of_input_does_not_matter(catalogue, crowd, offer, random: Random):
    def mixed(items):
        return random.sample(list(items), len(items))

    mixed_crowd = [replace(person, evidence=mixed(person.evidence)) for person in mixed(crowd)]
    mixed_catalogue = reference.Catalogue(
        mixed(catalogue.concepts), mixed(catalogue.edges), mixed(catalogue.memberships), mixed(catalogue.kin)
    )
    one = matcher_of(crowd, offer, catalogue)
    other = matcher_of(mixed_crowd, mixed(offer), mixed_catalogue)
    for opening in offer:
        before, after = one.rank_people(opening.id, limit=ALL), other.rank_people(opening.id, limit=ALL)
        assert [(row.id, row.points) for row in before.rows] == [(row.id, row.points) for row in after.rows]
        assert (before.removed, before.removed_only, before.within_km) == (
            after.removed,
            after.removed_only,
            after.within_km,
        )


@many_worlds
@given(catalogues, crowds(), offers())
def test_a_hard_condition_is_never_outvoted(catalogue, crowd, offer):
    matcher = matcher_of(crowd, offer, catalogue)
    by_id = {person.id: person for person in crowd}
    for opening in offer:
        ranking = matcher.rank_people(opening.id, limit=ALL)
        assert all(reference.may_meet(by_id[row.id], opening) and not row.failed for row in ranking.rows)
        removed = ranking.scored - sum(row.band > Band.FAR for row in ranking.rows)
        assert max(ranking.removed.values(), default=0) <= removed <= sum(ranking.removed.values())


@many_worlds
@given(catalogues, crowds(), offers())
def test_near_ties_go_to_the_longest_waiting(catalogue, crowd, offer):
    matcher = matcher_of(crowd, offer, catalogue)
    rank = {person.id: (person.waiting_since is None, person.waiting_since, person.id) for person in crowd}
    for opening in offer:
        rows = matcher.rank_people(opening.id, limit=ALL).rows
        for first, second in pairwise(rows):
            assert step(first) >= step(second)
            if step(first) == step(second):
                assert rank[first.id] < rank[second.id]


@many_worlds
@given(catalogues, crowds(), offers(), st.integers(1, 4))
def test_a_short_list_is_the_start_of_the_long_one(catalogue, crowd, offer, limit):
    matcher = matcher_of(crowd, offer, catalogue)
    pairs = best_pairs(matcher.demand, matcher.index, limit=limit)
    for opening in offer:
        long = [row.id for row in matcher.rank_people(opening.id, limit=ALL).rows]
        short = [row.id for row in matcher.rank_people(opening.id, limit=limit).rows]
        batch = pairs.person[pairs.opening == matcher.demand.row_of[opening.id]]
        assert short == [matcher.people[row] for row in batch.tolist()] == long[:limit]


@many_worlds
@given(catalogues, crowds(), offers())
def test_near_misses_fail_exactly_one_condition(catalogue, crowd, offer):
    matcher = matcher_of(crowd, offer, catalogue)
    for opening in offer:
        ranking = matcher.rank_people(opening.id, limit=ALL, near=True)
        assert all(len(row.failed) == 1 for row in ranking.rows)
        counted = dict.fromkeys(Condition, 0) | dict(ranking.removed_only)
        assert len(ranking.rows) == sum(counted.values())


@many_worlds
@given(catalogues, st.lists(st.tuples(crowds(), offers(), st.randoms()), min_size=2, max_size=4))
def test_what_is_changed_step_by_step_ranks_as_what_is_made_anew(catalogue, steps):
    matcher = matcher_of([], [], catalogue)
    crowd, offer = {}, {}
    for some_people, some_openings, rng in steps:
        leaving = {key for key in [*crowd, *offer] if rng.random() < 0.3}
        crowd = {key: each for key, each in crowd.items() if key not in leaving}
        offer = {key: each for key, each in offer.items() if key not in leaving}
        # Those who come again under a key that is here replace who had it.
        crowd |= {each.id: each for each in some_people}
        offer |= {each.id: each for each in some_openings}
        matcher = matcher.with_changed_people(some_people, leaving).with_changed_openings(
            some_openings, leaving
        )
        anew = matcher_of(crowd.values(), offer.values(), catalogue)

        assert list(matcher.people) == list(anew.people)
        assert list(matcher.openings) == list(anew.openings)
        assert said(matcher) == said(anew)


def said(matcher):
    """All rankings in both directions, near misses too, and every explanation."""
    people, openings = matcher.people, [each.id for each in matcher.openings]
    return (
        [matcher.rank_people(key, limit=ALL, near=near) for key in openings for near in (False, True)],
        [matcher.rank_openings(key, limit=ALL, near=near) for key in people for near in (False, True)],
        [matcher.explain(person, opening) for person in people for opening in openings],
        matcher.options(),
    )
