"""What the allocation board suggests: cards with reasons, chances spread, the coach's pins and bans kept."""

from datetime import timedelta

import pytest

from backend.core.models import AuditEntry
from backend.employers.enums import OpeningState, Standing
from backend.employers.models import Opening
from backend.matching.board.allocation import board_for
from backend.matching.board.recent import Settings
from backend.matching.enums import BanReason
from backend.matching.models import AllocationChoice, RankingShown
from backend.matching.services import choose_pair, draft_pairs, draft_proposal, forget_choice
from backend.participants.models import Participant
from backend.participants.services import add_skill, hand_over
from backend.skills.enums import Resolution
from tests.factories import (
    AssignmentFactory,
    OpeningFactory,
    ParticipantFactory,
    SkillEvidenceFactory,
    SkillRequirementFactory,
    stand,
)
from tests.factories.base import NOW


@pytest.fixture
def bake(asks_for_baking, baking):
    """Make somebody who can bake too."""

    def make(name, *, waited=0, **facts):
        cast = asks_for_baking
        since = cast.pia.waiting_since - timedelta(days=waited)
        facts = {
            "unit": cast.unit,
            "coach": cast.coach,
            "waiting_since": since,
            "enrolled_on": since,
            **facts,
        }
        person = ParticipantFactory(first_name=name, **facts)
        SkillEvidenceFactory(participant=person, text="bak", concept=baking, resolution=Resolution.CONFIRMED)
        return person

    return make


@pytest.fixture
def another_bakery(asks_for_baking, baking):
    """Publish a second opening that asks for baking."""
    opening = OpeningFactory(workplace=asks_for_baking.opening.workplace, title="Konditor")
    SkillRequirementFactory(
        opening=opening, text="baka", concept=baking, resolution=Resolution.ACCEPTED, position=1
    )
    return opening


def board(cast, **settings):
    return board_for(cast.coach, at=NOW, settings=Settings(**settings))


def names(found):
    return {
        column.opening.title: [card.match.subject.first_name for card in column.cards]
        for column in found.columns
    }


def choose(cast, participant, kind, *, opening=None, by=None):
    return choose_pair(
        opening_id=(opening or cast.opening).pk,
        participant_id=participant.pk,
        kind=kind,
        by=by or cast.coach,
        at=NOW,
    )


class TestSuggestions:
    def test_say_who_and_why(self, asks_for_baking):
        [column] = board(asks_for_baking).columns
        [card] = column.cards

        assert card.match.subject == asks_for_baking.pia
        assert [(mark.text, mark.mark) for mark in card.match.marks] == [("Baka bröd", "met")]
        assert column.missing == 1  # two names were wanted

    def test_are_of_the_coach_s_units_and_never_of_a_protected_identity(self, asks_for_baking, bake):
        bake("Omid", unit=asks_for_baking.other_unit)
        hidden = bake("Skye", is_protected=True)
        hidden.handlers.add(asks_for_baking.coach)

        assert names(board(asks_for_baking)) == {"Bagarbiträde": ["Pia"]}

    @pytest.mark.parametrize("age", [31, 400])
    def test_are_for_new_openings(self, asks_for_baking, age):
        Opening.objects.update(published_at=NOW - timedelta(days=age))

        assert board(asks_for_baking).columns == []

    @pytest.mark.parametrize("change", [OpeningState.CLOSED, Standing.PAUSED])
    def test_are_for_openings_where_people_are_placed(self, asks_for_baking, change):
        if change == OpeningState.CLOSED:
            Opening.objects.update(state=change)
        else:
            stand(asks_for_baking.bakery, change)

        assert board(asks_for_baking).columns == []

    def test_never_repeat_what_is_proposed(self, asks_for_baking, bake, propose_pia):
        bake("Amina")
        propose_pia()

        [column] = board(asks_for_baking).columns

        assert [card.match.subject.first_name for card in column.cards] == ["Amina"]
        assert (column.proposed, column.missing) == (1, 0)

    def test_spread_the_places_over_people(self, asks_for_baking, another_bakery, bake):
        bake("Amina")

        found = board(asks_for_baking, names=1)

        assert sorted(name for group in names(found).values() for name in group) == ["Amina", "Pia"]
        assert (found.before.people_reached, found.after.people_reached) == (1, 2)
        assert found.after.gini < found.before.gini

    def test_a_standing_proposal_is_one_of_the_person_s_places(
        self, asks_for_baking, another_bakery, propose_pia
    ):
        propose_pia(opening=another_bakery)

        assert names(board(asks_for_baking, cap=1)) == {"Konditor": []}
        assert names(board(asks_for_baking, cap=2)) == {"Bagarbiträde": ["Pia"], "Konditor": []}

    def test_an_opening_gets_at_least_a_name_for_every_place(self, asks_for_baking, bake):
        Opening.objects.update(places=3)
        bake("Amina")
        bake("Bo")

        assert sorted(names(board(asks_for_baking, names=1))["Bagarbiträde"]) == ["Amina", "Bo", "Pia"]

    def test_openings_that_nobody_fits_are_told_apart(self, asks_for_baking):
        other = OpeningFactory(workplace=asks_for_baking.opening.workplace)
        SkillRequirementFactory(opening=other, text="svetsning")

        assert board(asks_for_baking).empty == [other]

    def test_follow_a_new_skill_at_once(self, asks_for_baking, bake):
        assert names(board(asks_for_baking)) == {"Bagarbiträde": ["Pia"]}
        late = ParticipantFactory(first_name="Bo", unit=asks_for_baking.unit, coach=asks_for_baking.coach)

        add_skill(participant_id=late.pk, text="Baka bröd", by=asks_for_baking.coach, at=NOW)

        assert sorted(names(board(asks_for_baking))["Bagarbiträde"]) == ["Bo", "Pia"]

    def test_are_noted_down(self, asks_for_baking):
        board(asks_for_baking)

        shown = RankingShown.objects.get()
        assert (shown.about, shown.subject_id, shown.by) == (
            "board",
            asks_for_baking.opening.pk,
            asks_for_baking.coach,
        )
        assert [key for key, _ in shown.rows] == [str(asks_for_baking.pia.pk)]


class TestPriority:
    @pytest.fixture
    def long_waiting(self, asks_for_baking, bake, baking):
        """Somebody who has waited ten times as long and fits less well."""
        SkillRequirementFactory(opening=asks_for_baking.opening, text="glasera", position=2)
        SkillEvidenceFactory(participant=asks_for_baking.pia, text="glasera")
        return bake("Lina", waited=600)

    def test_without_it_the_match_decides(self, asks_for_baking, long_waiting):
        found = board(asks_for_baking, names=1, priority=0)

        assert names(found) == {"Bagarbiträde": ["Pia"]}
        assert found.price == 0

    def test_with_it_the_longest_waiting_comes_first_at_a_price(self, asks_for_baking, long_waiting):
        found = board(asks_for_baking, names=1, priority=100)

        assert names(found) == {"Bagarbiträde": ["Lina"]}
        assert 0 < found.price < 1
        assert [(person.first_name, before, after) for person, before, after in found.longest] == [
            ("Lina", 0, 1),
            ("Pia", 1, 0),
        ]


class TestChoices:
    def test_a_pin_is_kept_even_against_a_better_match(self, asks_for_baking, bake):
        late = bake("Zoë", waited=-10)
        choose(asks_for_baking, late, "pin")

        [card] = board(asks_for_baking, names=1).columns[0].cards

        assert (card.match.subject, card.is_pinned) == (late, True)

    def test_a_ban_is_kept_and_can_be_taken_back(self, asks_for_baking):
        choose(asks_for_baking, asks_for_baking.pia, "ban")

        [column] = board(asks_for_baking).columns
        assert ([*column.cards], column.banned) == ([], [(asks_for_baking.pia, "")])

        pair = {"opening_id": asks_for_baking.opening.pk, "participant_id": asks_for_baking.pia.pk}
        forget_choice(**pair, by=asks_for_baking.coach, at=NOW)
        assert names(board(asks_for_baking)) == {"Bagarbiträde": ["Pia"]}

    def test_a_ban_can_have_a_reason_which_is_shown(self, asks_for_baking):
        pair = {"opening_id": asks_for_baking.opening.pk, "participant_id": asks_for_baking.pia.pk}
        choose_pair(**pair, kind="ban", reason="journey", by=asks_for_baking.coach, at=NOW)

        [column] = board(asks_for_baking).columns
        assert column.banned == [(asks_for_baking.pia, str(BanReason.JOURNEY.label))]

    def test_follows_the_case_to_another_coach(self, asks_for_baking):
        choose(asks_for_baking, asks_for_baking.pia, "ban")
        other = AssignmentFactory(unit=asks_for_baking.unit).user
        hand_over(participant_ids=[asks_for_baking.pia.pk], coach=other, by=asks_for_baking.coach, at=NOW)

        [column] = board_for(other, at=NOW, settings=Settings()).columns

        assert ([*column.cards], column.banned) == ([], [(asks_for_baking.pia, "")])

    def test_a_second_click_changes_nothing(self, asks_for_baking):
        for _ in range(2):
            choose(asks_for_baking, asks_for_baking.pia, "pin")

        assert AllocationChoice.objects.count() == 1
        assert AuditEntry.objects.filter(action="pair_chosen").count() == 1

    def test_a_ban_replaces_a_pin_and_the_log_knows_both(self, asks_for_baking):
        for kind in ("pin", "ban"):
            choose(asks_for_baking, asks_for_baking.pia, kind)

        assert AllocationChoice.objects.get().kind == "ban"
        log = AuditEntry.objects.filter(action="pair_chosen").order_by("pk")
        assert [(entry.from_state, entry.to_state) for entry in log] == [("", "pin"), ("pin", "ban")]

    @pytest.mark.parametrize("name", ["pelle", "skye"])
    def test_of_strangers_and_of_protected_identities_are_refused(self, cast, name):
        with pytest.raises(Participant.DoesNotExist):
            choose(cast, getattr(cast, name), "pin")

        assert not AllocationChoice.objects.exists()

    def test_a_pin_of_somebody_protected_since_is_never_shown(self, asks_for_baking):
        choose(asks_for_baking, asks_for_baking.pia, "pin")
        Participant.objects.filter(pk=asks_for_baking.pia.pk).update(is_protected=True)

        assert board(asks_for_baking).shown == set()


class TestDrafts:
    def test_keep_why_they_were_suggested_and_are_never_sent(self, asks_for_baking):
        pair = (asks_for_baking.opening.pk, asks_for_baking.pia.pk)

        [draft], refusals = draft_pairs(explanations={pair: {"match": 71}}, by=asks_for_baking.coach, at=NOW)

        assert (draft.state, draft.sent_at, draft.explanation) == ("draft", None, {"match": 71})
        assert refusals == []

    def test_a_pair_that_is_proposed_already_is_refused_alone(self, asks_for_baking, bake):
        cast = asks_for_baking
        amina = bake("Amina")
        draft_proposal(opening_id=cast.opening.pk, participant_id=cast.pia.pk, by=cast.coach, at=NOW)

        drafts, refusals = draft_pairs(
            explanations={(cast.opening.pk, person.pk): {} for person in (cast.pia, amina)},
            by=cast.coach,
            at=NOW,
        )

        assert [draft.participant for draft in drafts] == [amina]
        assert len(refusals) == 1
