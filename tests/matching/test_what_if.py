"""What would open doors looks at all conditions; what would make an opening easier to fill does too."""

from django.urls import reverse

from backend.employers.models import Opening
from backend.employers.services import answer_facts
from backend.matching.rankings.learning import would_open_for
from backend.matching.rankings.ranking import rank_for_opening
from backend.participants.models import Participant
from tests.factories.base import NOW


def ask(cast, **facts):
    Opening.objects.filter(pk=cast.opening.pk).update(**facts)
    cast.opening.refresh_from_db()


def changes(cast):
    cast.pia.refresh_from_db()
    return [(each.text, each.count) for each in would_open_for(cast.pia, by=cast.coach, at=NOW)]


def easier(cast):
    return [(each.text, each.count) for each in rank_for_opening(cast.opening, by=cast.coach, at=NOW).easier]


class TestOfAPerson:
    def test_what_is_open_already_needs_nothing(self, asks_for_baking):
        assert changes(asks_for_baking) == []

    def test_a_higher_level_of_a_language_the_least_that_will_do(self, asks_for_baking):
        Participant.objects.filter(pk=asks_for_baking.pia.pk).update(languages={"sv": "A2"})
        ask(asks_for_baking, languages={"sv": "B1"})

        [(text, count)] = changes(asks_for_baking)
        assert text.startswith("Svenska: B1")
        assert count == 1

    def test_a_licence(self, asks_for_baking):
        ask(asks_for_baking, licences=["B"])

        assert changes(asks_for_baking) == [("Körkort B", 1)]

    def test_is_shown_on_the_page(self, client, asks_for_baking):
        ask(asks_for_baking, licences=["B"])
        client.force_login(asks_for_baking.coach)

        page = client.get(reverse("matching:skills_to_learn", args=[asks_for_baking.pia.pk]))

        assert "Körkort B" in page.content.decode()


class TestOfAnOpening:
    def test_without_a_licence_more_fit(self, client, asks_for_baking):
        ask(asks_for_baking, licences=["B"])
        client.force_login(asks_for_baking.coach)

        page = client.get(reverse("matching:candidates", args=[asks_for_baking.opening.pk]))

        assert easier(asks_for_baking) == [("Utan krav på: Körkort B", 1)]
        assert "Utan krav på: Körkort B" in page.content.decode()

    def test_where_everybody_fits_nothing_is_said(self, asks_for_baking):
        assert easier(asks_for_baking) == []

    def test_what_stands_in_the_way_of_a_need_could_be_arranged(self, asks_for_baking):
        Participant.objects.filter(pk=asks_for_baking.pia.pk).update(adaptations=["no_lifting"])
        workplace = asks_for_baking.opening.workplace_id
        answer_facts(workplace_id=workplace, answers={"lifting": True}, by=asks_for_baking.coach, at=NOW)
        asks_for_baking.opening.refresh_from_db()

        assert easier(asks_for_baking) == [("Med anpassningen: Inga tunga lyft", 1)]
