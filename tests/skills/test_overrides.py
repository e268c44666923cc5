"""A coach knows better: what is set by hand holds, is told to every process, and is in the audit log."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from backend.accounts.enums import Role
from backend.accounts.models import Municipality
from backend.core.models import AuditEntry
from backend.skills.enums import RelationKind
from backend.skills.models import CatalogueVersion, ConceptGroup, Relation
from backend.skills.pages.related import counted_for
from backend.skills.relations.graph import read_graph
from backend.skills.relations.relatedness import Reason
from backend.skills.services import NotCatalogueEditor, override_relation, withdraw_override
from tests.factories import AssignmentFactory, MunicipalityFactory, UnitFactory
from tests.refusals import refused_for

AT = datetime(2026, 11, 21, 13, tzinfo=UTC)


@pytest.fixture
def pair(catalogue):
    source, target = catalogue["Orderplock"], catalogue["Truckkörning"]
    Relation.objects.create(source=source, target=target, kind=RelationKind.SHARED_OCCUPATIONS, degree=0.5)
    return {"source": source, "target": target}


def edges(pair, municipality=None):
    """Return what holds of the pair in the one municipality that has set anything, or in `municipality`."""
    if municipality is None:
        municipality = Municipality.objects.order_by("pk").first()
    keys = str(pair["target"].pk), str(pair["source"].pk)
    return [edge[2:] for edge in read_graph(municipality and municipality.pk).edges if edge[:2] == keys]


class TestOverrideRelation:
    def test_takes_the_place_of_what_was_computed(self, cast, pair):
        override_relation(**pair, degree=0.9, why="Alla som plockar här kör truck.", by=cast.coach, at=AT)

        assert edges(pair) == [(0.9, Reason.OVERRIDE)]

    def test_a_degree_of_nothing_takes_the_relation_away(self, cast, pair):
        override_relation(**pair, degree=0, why="Helt olika arbeten.", by=cast.coach, at=AT)

        assert edges(pair) == [(0, Reason.OVERRIDE)]

    def test_is_written_down_and_gives_the_catalogue_a_new_version(self, cast, pair):
        override_relation(**pair, degree=0.9, why="Samma arbete.", by=cast.coach, at=AT)
        override_relation(**pair, degree=0.8, why="Nästan samma.", by=cast.administrator, at=AT)

        last = AuditEntry.objects.order_by("-id").first()
        assert (last.action, last.by, last.said) == ("relation_set", cast.administrator, "Nästan samma.")
        assert last.changes == {
            "source": pair["source"].uri,
            "target": pair["target"].uri,
            "from": 0.9,
            "to": 0.8,
        }
        assert CatalogueVersion.objects.filter(scheme="override").count() == 2
        assert Relation.objects.filter(kind=RelationKind.OVERRIDE).count() == 1

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"degree": 1.1}, "degree"),
            ({"degree": -0.1}, "degree"),
            ({"why": "  "}, "no_reason_for_override"),
        ],
    )
    def test_refuses_what_does_not_hold_together(self, cast, pair, change, code):
        with refused_for(code):
            override_relation(**pair | {"degree": 0.5, "why": "Därför."} | change, by=cast.coach, at=AT)

        assert edges(pair) == [(0.5, Reason.SHARED_OCCUPATIONS)]
        assert not AuditEntry.objects.exists()

    def test_refuses_a_concept_that_stands_for_itself(self, cast, pair):
        with refused_for("related_to_itself"):
            override_relation(
                **pair | {"source": pair["target"]}, degree=0.5, why="Därför.", by=cast.coach, at=AT
            )

        assert not Relation.objects.filter(kind=RelationKind.OVERRIDE).exists()

    @pytest.mark.parametrize("who", ["employer_member", "participant_user", "manager"])
    def test_is_for_coaches_and_administrators(self, cast, pair, who):
        with pytest.raises(NotCatalogueEditor):
            override_relation(**pair, degree=0.9, why="Därför.", by=getattr(cast, who), at=AT)

        assert edges(pair) == [(0.5, Reason.SHARED_OCCUPATIONS)]


class TestTwoMunicipalities:
    @pytest.fixture
    def elsewhere(self):
        return AssignmentFactory(role=Role.COACH, unit=UnitFactory(municipality__name="Annanstad")).user

    @pytest.fixture
    def other(self, elsewhere):
        return elsewhere.current_assignments[0].municipality

    def test_what_one_sets_holds_there_alone(self, cast, pair, elsewhere, other):
        override_relation(**pair, degree=0.9, why="Samma arbete.", by=cast.coach, at=AT)

        assert edges(pair, cast.municipality) == [(0.9, Reason.OVERRIDE)]
        assert edges(pair, other) == [(0.5, Reason.SHARED_OCCUPATIONS)]
        assert [each.relation.degree for each in counted_for(pair["target"], {other.pk})] == [0.5]

    def test_each_sets_its_own(self, cast, pair, elsewhere, other):
        override_relation(**pair, degree=0.9, why="Samma arbete.", by=cast.coach, at=AT)
        override_relation(**pair, degree=0.1, why="Inte hos oss.", by=elsewhere, at=AT)

        assert edges(pair, cast.municipality) == [(0.9, Reason.OVERRIDE)]
        assert edges(pair, other) == [(0.1, Reason.OVERRIDE)]

        withdraw_override(**pair, why="Det stämde inte.", by=elsewhere, at=AT)

        assert edges(pair, cast.municipality) == [(0.9, Reason.OVERRIDE)]
        assert edges(pair, other) == [(0.5, Reason.SHARED_OCCUPATIONS)]

    def test_nobody_takes_back_what_another_has_set(self, cast, pair, elsewhere):
        override_relation(**pair, degree=0.9, why="Samma arbete.", by=cast.coach, at=AT)

        with pytest.raises(Relation.DoesNotExist):
            withdraw_override(**pair, why="Nej.", by=elsewhere, at=AT)
        assert edges(pair, cast.municipality) == [(0.9, Reason.OVERRIDE)]

    def test_nothing_set_by_hand_is_everybodys(self, pair):
        with pytest.raises(IntegrityError), transaction.atomic():
            Relation.objects.create(**pair, kind=RelationKind.OVERRIDE, degree=0.3)


class TestMigration:
    @pytest.fixture
    def set_for_all(self, pair):
        """A row as it was before overrides belonged to anybody."""
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = ON")
            else:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("ALTER TABLE skills_relation DROP CONSTRAINT relation_set_by_one")
        Relation.objects.create(**pair, kind=RelationKind.OVERRIDE, degree=0.9)
        yield import_module("backend.skills.migrations.0006_overrides_to_municipalities")
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA ignore_check_constraints = OFF")

    def test_what_held_everywhere_goes_on_holding_in_each(self, cast, pair, set_for_all):
        other = MunicipalityFactory(name="Annanstad")

        set_for_all.give_to_each(apps, None)

        for municipality in (cast.municipality, other):
            assert edges(pair, municipality) == [(0.9, Reason.OVERRIDE)]

        set_for_all.keep_one_of_each(apps, None)
        assert Relation.objects.get(kind=RelationKind.OVERRIDE).municipality is None

    def test_without_any_municipality_nothing_was_set(self, pair, set_for_all):
        set_for_all.give_to_each(apps, None)

        assert not Relation.objects.filter(kind=RelationKind.OVERRIDE).exists()


class TestWithdrawOverride:
    def test_lets_the_computed_relation_speak_again(self, cast, pair):
        override_relation(**pair, degree=0.9, why="Samma arbete.", by=cast.coach, at=AT)
        withdraw_override(**pair, why="Det stämde inte.", by=cast.coach, at=AT)

        assert edges(pair) == [(0.5, Reason.SHARED_OCCUPATIONS)]
        assert AuditEntry.objects.order_by("-id").first().action == "relation_withdrawn"

    def test_of_nothing_is_told(self, cast, pair):
        with pytest.raises(Relation.DoesNotExist):
            withdraw_override(**pair, why="Det stämde inte.", by=cast.coach, at=AT)

    def test_needs_a_reason(self, cast, pair):
        override_relation(**pair, degree=0.9, why="Samma arbete.", by=cast.coach, at=AT)

        with refused_for("no_reason_for_override"):
            withdraw_override(**pair, why=" ", by=cast.coach, at=AT)
        assert edges(pair) == [(0.9, Reason.OVERRIDE)]

    def test_is_for_coaches_and_administrators(self, cast, pair):
        override_relation(**pair, degree=0.9, why="Samma arbete.", by=cast.coach, at=AT)

        with pytest.raises(NotCatalogueEditor):
            withdraw_override(**pair, why="Nej.", by=cast.employer_member, at=AT)
        assert edges(pair) == [(0.9, Reason.OVERRIDE)]


class TestFacts:
    def test_name_groups_and_which_groups_are_kin(self, catalogue):
        cleaner = catalogue["Lokalvårdare"]
        ConceptGroup.objects.create(concept=cleaner, group="9111")
        ConceptGroup.objects.create(concept=catalogue["Orderplock"], group="9112")

        graph = read_graph(None)

        assert (str(cleaner.pk), "9111") in graph.memberships
        assert ("9111", "9112", pytest.approx(0.2), Reason.SAME_GROUP) in graph.kin
        assert len(graph.concepts) == 4

    def test_keep_retired_concepts_because_somebody_may_have_them(self, catalogue):
        catalogue["Orderplock"].retired_at = AT
        catalogue["Orderplock"].save()

        assert str(catalogue["Orderplock"].pk) in read_graph(None).concepts
