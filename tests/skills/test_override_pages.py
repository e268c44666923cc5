"""The pages on which coaches correct what the catalogue believes: read, change, take back, seen at once."""

import pytest
from django.urls import reverse

from backend.core.models import AuditEntry
from backend.matching.bridge import catalogue as kept_catalogue
from backend.matching.bridge import pools
from backend.matching.rankings.matches import match_of
from backend.matching.rankings.ranking import rank_for_opening, rank_for_participant
from backend.skills.enums import ConceptKind, RelationKind, Resolution
from backend.skills.models import ConceptGroup, Relation
from backend.skills.services import override_relation
from backend.skills.understanding import index
from tests.factories import (
    AssignmentFactory,
    ConceptFactory,
    OpeningFactory,
    ParticipantFactory,
    SkillEvidenceFactory,
    SkillRequirementFactory,
    UnitFactory,
)
from tests.factories.base import NOW
from tests.skills.conftest import make_concept

WHY = "Alla som plockar här kör truck."


@pytest.fixture(autouse=True)
def nothing_is_kept_between_tests():
    for kept in (pools, kept_catalogue, index):
        kept.forget()
    yield
    for kept in (pools, kept_catalogue, index):
        kept.forget()


@pytest.fixture
def asked(catalogue):
    """Forklift driving, for which order picking counts by half."""
    source, target = catalogue["Orderplock"], catalogue["Truckkörning"]
    Relation.objects.create(source=source, target=target, kind=RelationKind.SHARED_OCCUPATIONS, degree=0.5)
    return target


@pytest.fixture
def picking(catalogue):
    return catalogue["Orderplock"]


@pytest.fixture
def as_coach(client, cast):
    client.force_login(cast.coach)
    return client


def set_by_hand(target, **said):
    return reverse("skills:override_set", args=[target.pk]), {"related": "Orderplock", "why": WHY} | said


def text_of(response):
    return " ".join(response.content.decode().split())


class TestConceptList:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["Brödbakning", "Lokalvårdare", "Orderplock", "Truckkörning"]),
            ("?q=plocka", ["Orderplock"]),
            ("?q=städtant", ["Lokalvårdare"]),
            ("?q=forklift", ["Truckkörning"]),
            ("?kind=occupation", ["Lokalvårdare"]),
            ("?q=finns+inte", []),
            ("?changed=yes", ["Truckkörning"]),
            ("?page=99", ["Brödbakning", "Lokalvårdare", "Orderplock", "Truckkörning"]),
        ],
    )
    def test_finds_by_any_word_and_kind(self, as_coach, cast, asked, picking, query, found):
        override_relation(source=picking, target=asked, degree=0.9, why=WHY, by=cast.coach, at=NOW)

        page = as_coach.get(reverse("skills:concept_list") + query).context["page"]

        assert [concept.name for concept in page] == found


class TestConceptDetail:
    def test_says_what_the_concept_is_called_and_what_counts_for_it(self, as_coach, asked):
        ConceptGroup.objects.create(concept=asked, group="8344")

        page = text_of(as_coach.get(asked.get_absolute_url()))

        for words in ("Truckkörning", "Forklift driving", "köra truck", "8344", "Orderplock"):
            assert words in page
        assert "50 %" in page
        assert "används i samma yrken" in page
        assert "trukk" not in page  # a misspelling that is only searched in

    def test_says_who_has_set_what_and_what_was_computed(self, as_coach, cast, asked, picking):
        override_relation(source=picking, target=asked, degree=0.9, why=WHY, by=cast.other_coach, at=NOW)

        page = text_of(as_coach.get(asked.get_absolute_url()))

        for words in ("90 %", "Omar", WHY, "Uträknat: 50 %"):
            assert words in page

    def test_begins_the_form_with_the_concept_that_was_asked_about(self, as_coach, asked, picking):
        form = as_coach.get(f"{asked.get_absolute_url()}?for={picking.pk}").context["form"]

        assert (form["related"].value(), form["degree"].value()) == ("Orderplock", 50)

    @pytest.mark.parametrize("odd", ["0", "x", "💥", "1" * 30])
    def test_begins_empty_for_anything_else(self, as_coach, asked, odd):
        form = as_coach.get(asked.get_absolute_url(), {"for": odd}).context["form"]

        assert form["related"].value() is None

    def test_is_read_by_managers_who_cannot_change_it(self, client, cast, asked, picking):
        client.force_login(cast.manager)

        page = text_of(client.get(asked.get_absolute_url()))

        assert "Orderplock" in page
        assert reverse("skills:override_set", args=[asked.pk]) not in page
        assert f"?for={picking.pk}" not in page

    def test_shows_many_in_pages_and_no_more_queries(
        self, as_coach, cast, asked, django_assert_max_num_queries
    ):
        def more(count):
            for number in range(count):
                other = ConceptFactory(kind=ConceptKind.SKILL)
                Relation.objects.create(source=other, target=asked, kind=RelationKind.BROADER, degree=0.4)
                if number % 2:
                    override_relation(source=other, target=asked, degree=0.3, why=WHY, by=cast.coach, at=NOW)

        more(2)
        with django_assert_max_num_queries(10) as few:
            as_coach.get(asked.get_absolute_url())
        more(30)
        with django_assert_max_num_queries(10) as many:
            page = as_coach.get(asked.get_absolute_url()).context["page"]

        assert len(many) == len(few)
        assert (page.paginator.count, page.paginator.num_pages) == (33, 2)

    def test_the_list_takes_few_queries_too(self, as_coach, asked, django_assert_max_num_queries):
        with django_assert_max_num_queries(10):
            as_coach.get(reverse("skills:concept_list"), {"q": "truck", "kind": "skill"})


class TestOverrideSet:
    def test_sets_what_it_is_worth_and_writes_down_who_and_why(self, as_coach, cast, asked, picking):
        address, said = set_by_hand(asked, degree="90")

        response = as_coach.post(address, said)

        assert response.url == asked.get_absolute_url()
        relation = Relation.objects.get(kind=RelationKind.OVERRIDE)
        assert (relation.source, relation.target, relation.degree) == (picking, asked, 0.9)
        entry = AuditEntry.objects.get(action="relation_set")
        assert (entry.by, entry.said) == (cast.coach, WHY)
        assert entry.changes["to"] == 0.9

    @pytest.mark.parametrize(
        ("said", "field", "says"),
        [
            ({"degree": "101"}, "degree", "100"),
            ({"degree": "-1"}, "degree", "0"),
            ({"degree": "mycket"}, "degree", ""),
            ({"degree": ""}, "degree", ""),
            ({"why": "  "}, "why", ""),
            ({"related": ""}, "related", ""),
            ({"related": "Truckkörning"}, "related", "Det är samma sak"),
            ({"related": "xyzzy"}, "related", "Katalogen har inget som heter så"),
            ({"related": "💥\u202e" * 30}, "related", "Katalogen har inget som heter så"),
        ],
    )
    def test_keeps_what_was_written_and_says_what_is_wrong(self, as_coach, asked, said, field, says):
        address, good = set_by_hand(asked, degree="90")
        written = good | said

        response = as_coach.post(address, written)

        assert response.status_code == 422
        form = response.context["form"]
        assert list(form.errors) == [field]
        assert says in form.errors[field][0]
        assert {name: form[name].value() for name in written} == written
        assert not Relation.objects.filter(kind=RelationKind.OVERRIDE).exists()
        assert not AuditEntry.objects.exists()

    def test_links_of_a_refused_form_lead_back_to_the_page(self, as_coach, asked):
        address, _ = set_by_hand(asked)

        assert as_coach.get(f"{address}?page=2").url == f"{asked.get_absolute_url()}?page=2"

    @pytest.mark.parametrize("text", ["orderplock", "Order picking", "plocka order"])
    def test_understands_the_concept_by_any_of_its_names(self, as_coach, asked, picking, text):
        address, said = set_by_hand(asked, degree="90", related=text)

        as_coach.post(address, said)

        assert Relation.objects.get(kind=RelationKind.OVERRIDE).source == picking

    def test_of_two_with_one_name_means_the_one_that_counts_already(self, as_coach, asked, picking):
        make_concept(ConceptKind.SKILL, ("Orderplock", ""), {}, scheme="jobtech")
        address, said = set_by_hand(asked, degree="90")

        as_coach.post(address, said)

        assert Relation.objects.get(kind=RelationKind.OVERRIDE).source == picking

    @pytest.mark.parametrize("who", ["manager", "employer_member", "participant_user"])
    def test_is_for_coaches_and_administrators(self, client, cast, asked, who):
        client.force_login(getattr(cast, who))
        address, said = set_by_hand(asked, degree="90")

        assert client.post(address, said).status_code == 404
        assert not Relation.objects.filter(kind=RelationKind.OVERRIDE).exists()


class TestOverrideWithdraw:
    @pytest.fixture
    def address(self, cast, asked, picking):
        override_relation(source=picking, target=asked, degree=0.9, why=WHY, by=cast.coach, at=NOW)
        return reverse("skills:override_withdraw", args=[asked.pk, picking.pk])

    def test_lets_the_computed_hold_again(self, as_coach, cast, address, asked):
        assert "90 %" in text_of(as_coach.get(address))

        response = as_coach.post(address, {"why": "Det stämde inte."})

        assert response.url == asked.get_absolute_url()
        assert not Relation.objects.filter(kind=RelationKind.OVERRIDE).exists()
        entry = AuditEntry.objects.get(action="relation_withdrawn")
        assert (entry.by, entry.said) == (cast.coach, "Det stämde inte.")

    def test_asks_why(self, as_coach, address):
        response = as_coach.post(address, {"why": " "})

        assert response.status_code == 422
        assert list(response.context["form"].errors) == ["why"]
        assert Relation.objects.filter(kind=RelationKind.OVERRIDE).exists()

    def test_is_no_page_where_nothing_was_set(self, as_coach, address):
        as_coach.post(address, {"why": "Det stämde inte."})

        assert as_coach.post(address, {"why": "Igen."}).status_code == 404

    def test_is_not_for_managers(self, client, cast, address):
        client.force_login(cast.manager)

        assert client.post(address, {"why": "Nej."}).status_code == 404
        assert Relation.objects.filter(kind=RelationKind.OVERRIDE).exists()


class TestRanking:
    @pytest.fixture(autouse=True)
    def as_in_production(self, settings):
        settings.LABEL_INDEX_IN_BACKGROUND = True

    @pytest.fixture
    def pia_picks(self, cast, asked, picking):
        meant = {"resolution": Resolution.CONFIRMED}
        SkillRequirementFactory(opening=cast.opening, text="köra truck", concept=asked, **meant)
        SkillEvidenceFactory(participant=cast.pia, text="plocka order", concept=picking, **meant)

    def points(self, cast):
        rows = rank_for_opening(cast.opening, by=cast.coach, at=NOW).matches
        return {row.subject: row.percent for row in rows}.get(cast.pia, 0)

    def test_changes_at_once_and_back(self, as_coach, cast, asked, picking, pia_picks):
        before = self.points(cast)
        address, said = set_by_hand(asked, degree="90")

        as_coach.post(address, said)
        higher = self.points(cast)
        as_coach.post(address, said | {"degree": "0"})
        none = self.points(cast)
        as_coach.post(reverse("skills:override_withdraw", args=[asked.pk, picking.pk]), {"why": "Fel."})

        assert higher > before > none
        assert self.points(cast) == before

    def test_another_municipality_is_unaffected(self, as_coach, client, cast, asked, picking, pia_picks):
        unit, meant = UnitFactory(municipality__name="Annanstad"), {"resolution": Resolution.CONFIRMED}
        elsewhere = AssignmentFactory(unit=unit).user
        person = ParticipantFactory(unit=unit, coach=elsewhere, enrolled_on=cast.pia.enrolled_on)
        opening = OpeningFactory(workplace__employer__municipality=unit.municipality)
        SkillRequirementFactory(opening=opening, text="köra truck", concept=asked, **meant)
        SkillEvidenceFactory(participant=person, text="plocka order", concept=picking, **meant)

        def there():
            ranked = rank_for_opening(opening, by=elsewhere, at=NOW).matches
            openings = rank_for_participant(person, by=elsewhere, at=NOW).matches
            one = match_of(opening, person, at=NOW)
            return [row.percent for row in (*ranked, *openings)], [mark.degree for mark in one.marks]

        here, before = self.points(cast), there()
        address, said = set_by_hand(asked, degree="90")
        as_coach.post(address, said)

        assert before[0]
        assert self.points(cast) > here
        assert there() == before
        client.force_login(elsewhere)
        page = text_of(client.get(asked.get_absolute_url()))
        assert "50 %" in page
        assert WHY not in page
        assert "90 %" not in page
        assert not client.get(f"{reverse('skills:concept_list')}?changed=yes").context["page"].object_list
        assert client.get(reverse("skills:override_withdraw", args=[asked.pk, picking.pk])).status_code == 404

    def test_the_explanation_leads_to_where_it_is_set(self, as_coach, cast, asked, picking, pia_picks):
        why = reverse("matching:why", args=[cast.opening.pk, cast.pia.pk])
        page = text_of(as_coach.get(why))

        assert f'href="{asked.get_absolute_url()}?for={picking.pk}#set"' in page
        assert "Stämmer det inte? Ändra här" in page

    def test_who_has_the_thing_itself_is_not_led_there(self, as_coach, cast, asked, pia_picks):
        SkillEvidenceFactory(
            participant=cast.pia, text="truck", concept=asked, resolution=Resolution.CONFIRMED
        )

        assert match_of(cast.opening, cast.pia, at=NOW).marks[0].mark == "met"
        why = reverse("matching:why", args=[cast.opening.pk, cast.pia.pk])
        assert "Stämmer det inte? Ändra här" not in text_of(as_coach.get(why))

    def test_no_words_are_read_anew_for_what_is_set(self, cast, asked, picking):
        before = index.current()

        override_relation(source=picking, target=asked, degree=0.9, why=WHY, by=cast.coach, at=NOW)

        assert index.current(wait=True) is before
