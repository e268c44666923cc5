"""How it is at a workplace: yes, no or not told; what that answers of what somebody needs."""

import itertools

import pytest
from django.urls import reverse

from backend.core.models import AuditEntry
from backend.employers.models import Opening, Workplace
from backend.employers.pages.needs import with_needs
from backend.employers.pages.presenting import describe
from backend.employers.services import answer_facts, save_opening
from backend.employers.work_facts import ANSWERS, WorkFact, can_be_had, grouped, why_not
from backend.matching.bridge.openings import opening_of, read_openings
from backend.skills.enums import Adaptation
from tests.employers.test_editor import CREATE, typed
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for


@pytest.fixture
def workplace(cast):
    return cast.opening.workplace


def tell(cast, workplace, **facts):
    answer_facts(workplace_id=workplace.pk, answers=facts, by=cast.employer_member, at=NOW)
    workplace.refresh_from_db()


def opening_again(cast):
    return Opening.objects.select_related("workplace__employer", "occupation").get(pk=cast.opening.pk)


class TestTheTable:
    def test_asks_of_each_fact_once_under_a_heading(self):
        listed = [fact for _heading, facts in grouped() for fact in facts]

        assert listed == list(WorkFact)

    def test_no_facts_both_meet_a_need_and_stand_against_it(self):
        for code, answer in ANSWERS.items():
            stands_against = [fact for fact, is_so in answer.unmet.items() if answer.met.get(fact) is is_so]
            assert stands_against == [], code
            assert not answer.met or answer.unmet.keys() == answer.met.keys(), code

    def test_what_is_not_told_answers_nothing(self):
        assert can_be_had({}, offered_here=[], offered=[], refused=[]) == (frozenset(), frozenset())

    @pytest.mark.parametrize("code", sorted(ANSWERS))
    def test_every_need_can_be_asked_about_met_and_unmet(self, code):
        answer = ANSWERS[code]
        met, _not = can_be_had(dict(answer.met), offered_here=[], offered=[], refused=[])
        _met, unmet = can_be_had(dict(answer.unmet), offered_here=[], offered=[], refused=[])

        assert code in unmet
        assert (code in met) == bool(answer.met)
        assert why_not(code, answer.unmet)

    def test_daytime_needs_both_answers(self):
        met, unmet = can_be_had({"nights": False}, offered_here=[], offered=[], refused=[])
        assert Adaptation.NO_NIGHTS in met
        assert Adaptation.DAYTIME not in met | unmet

    def test_what_is_arranged_goes_before_how_it_is(self):
        had, refused = can_be_had({"lifting": True}, offered_here=[], offered=["no_lifting"], refused=[])
        assert ("no_lifting" in had, "no_lifting" in refused) == (True, False)


class TestAnswer:
    def test_is_kept_with_who_and_when_and_the_others_stay(self, cast, workplace):
        tell(cast, workplace, lifting=True, noise=False)
        tell(cast, workplace, noise=True, lifting=None)

        assert (workplace.facts_present, workplace.facts_absent) == (["noise"], [])
        entry = AuditEntry.objects.about(workplace).first()
        assert (entry.action, entry.by) == ("work_facts_answered", cast.employer_member)

    def test_what_is_no_fact_is_refused(self, cast, workplace):
        with refused_for("unknown_work_fact"):
            tell(cast, workplace, sauna=True)

        workplace.refresh_from_db()
        assert workplace.facts_present == []

    def test_strangers_answer_nothing(self, cast, workplace):
        for stranger in (cast.other_employer, cast.participant_user):
            with pytest.raises(Workplace.DoesNotExist):
                answer_facts(workplace_id=workplace.pk, answers={"noise": True}, by=stranger, at=NOW)


class TestAnOpening:
    def test_inherits_and_says_otherwise(self, cast, workplace):
        tell(cast, workplace, lifting=True, animals=False)
        save_opening(
            fields={"facts_absent": ["lifting"], "facts_present": ["noise"]},
            opening=opening_again(cast),
            by=cast.employer_member,
            at=NOW,
        )

        opening = opening_again(cast)
        assert opening.facts == {"lifting": False, "animals": False, "noise": True}
        assert {"no_lifting", "no_animals"} <= opening.arranged
        assert opening.refused == {"calm"}

    def test_is_the_same_for_the_matcher_the_page_and_the_search(self, cast, workplace):
        says = (("lifting", "no_lifting"), ("step_free", "step_free"), ("stairs", "step_free"))
        for (fact, _need), there, here in itertools.product(says, (None, True, False), (None, True, False)):
            tell(cast, workplace, **{fact: there})
            own = {"facts_present": [fact] if here else [], "facts_absent": [fact] if here is False else []}
            save_opening(fields=own, opening=opening_again(cast), by=cast.employer_member, at=NOW)

            opening = opening_again(cast)
            matched = opening_of(opening, today=TODAY)
            [read] = read_openings(Opening.objects.filter(pk=opening.pk), today=TODAY)
            assert matched == read
            assert (matched.adaptations_offered, matched.adaptations_refused) == (
                opening.arranged,
                opening.refused,
            )
            found = {
                code
                for code in Adaptation.values
                if with_needs(Opening.objects.filter(pk=opening.pk), [code]).exists()
            }
            assert found == opening.arranged

    def test_refuses_yes_and_no_at_once(self, cast):
        both = {"facts_present": ["noise"], "facts_absent": ["noise"]}
        with refused_for("fact_both"):
            save_opening(fields=both, opening=opening_again(cast), by=cast.employer_member, at=NOW)

        assert opening_again(cast).facts_present == []

    def test_tells_everybody_how_it_is(self, cast, client, workplace):
        tell(cast, workplace, lifting=True, nights=False)
        Workplace.objects.filter(pk=workplace.pk).update(nearest_stop="Stortorget", walk_minutes=4)

        html = client.get(cast.opening.get_absolute_url()).content.decode()

        assert "Tunga lyft: ja" in html
        assert "Arbete på natten: nej" in html
        assert "Stortorget, 4 minuter till fots" in html
        assert "Buller" not in html

    def test_does_not_say_that_it_arranges_what_is_so_anyway(self, cast, workplace):
        tell(cast, workplace, lifting=False)

        assert "Inga tunga lyft" not in describe(opening_again(cast)).adaptations


class TestThePages:
    @pytest.fixture
    def member(self, cast, client):
        client.force_login(cast.employer_member)
        return client

    def test_of_the_workplace_keeps_and_shows_the_answers(self, cast, member, workplace):
        page = reverse("employers:workplace_edit", args=[workplace.pk])
        sent = {
            "name": workplace.name,
            "place": "Eskilstuna",
            "nearest_stop": "Torget",
            "walk_minutes": "3",
            "facts-lifting": "yes",
            "facts-noise": "no",
            "facts-alone": "",
        }
        answered = member.post(page, sent)

        assert answered.status_code == 302
        workplace.refresh_from_db()
        assert (workplace.facts_present, workplace.facts_absent) == (["lifting"], ["noise"])
        assert workplace.walk_minutes == 3
        html = member.get(page).content.decode()
        assert 'name="facts-lifting" value="yes"' in html
        assert html.count(" checked") == len(WorkFact)

    def test_of_a_new_opening_keeps_only_what_is_different(self, cast, member):
        member.post(CREATE, typed(cast.opening.workplace, **{"facts-nights": "yes"}))

        made = Opening.objects.latest("created_at")
        assert (made.facts_present, made.facts_absent) == (["nights"], [])
