"""Bringing a catalogue into the database: repeatable, complete, or not at all."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from backend.skills.enums import RelationKind
from backend.skills.importers import BrokenCatalogue
from backend.skills.importers.jobtech import SUBSTITUTES
from backend.skills.models import CatalogueVersion, Concept, ConceptGroup, Label, Relation
from backend.skills.services import import_catalogue
from tests.factories import MunicipalityFactory
from tests.skills.files import SKILLS, write_esco, write_jobtech

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = datetime(2026, 12, 21, 12, tzinfo=UTC)
JOBTECH = Path(__file__).parents[3] / "shared" / "data" / "jobtech"
TABLES = (Concept, Label, ConceptGroup, Relation, CatalogueVersion)


@pytest.fixture
def directory(tmp_path):
    return write_jobtech(tmp_path / "jobtech")


def run(source="jobtech", directory=None, at=AT):
    report = import_catalogue(source=source, directory=directory, by=None, at=at)
    return report.added, report.changed, report.retired


def everything():
    return {table: list(table.objects.order_by("pk").values_list()) for table in TABLES}


def named(name):
    return Concept.objects.get(name_sv=name)


def relations_of(name):
    rows = Relation.objects.filter(target__name_sv=name).order_by("-degree", "source_id")
    return [(row.source.name_sv, row.kind, row.degree) for row in rows.select_related("source")]


class TestFirstImport:
    def test_writes_concepts_labels_groups_and_a_version(self, directory):
        assert run(directory=directory) == (6, 0, 0)

        worker = named("Lagerarbetare/Lagermedarbetare")
        assert (worker.ssyk, worker.scheme) == ("4322", "jobtech")
        assert set(worker.labels.order_by("text").values_list("text", "kind")) == {
            ("Lagerarbetare", "alternative"),
            ("Lagerarbetare/Lagermedarbetare", "preferred"),
            ("Lagermedarbetare", "alternative"),
        }
        assert ConceptGroup.objects.get(concept=named("Brödbakning")).group == "7612"
        assert CatalogueVersion.objects.get().imported_at == AT

    def test_relates_who_can_stand_in_and_who_is_of_the_same_group(self, directory):
        run(directory=directory)

        assert relations_of("Lagerarbetare/Lagermedarbetare") == [("Orderplockare", "substitute", 0.75)]
        assert relations_of("Orderplockare") == [("Lagerarbetare/Lagermedarbetare", "same_group", 0.6)]

    def test_relates_skills_that_are_used_in_the_same_occupations(self, directory):
        run(directory=directory)

        [(name, kind, degree)] = relations_of("Truckkörning")
        assert (name, kind) == ("Orderplock", "shared_occupations")
        assert 0 < degree <= 0.5

    def test_sorts_names_as_swedish_does(self, tmp_path):
        run(directory=write_jobtech(tmp_path / "j", skills={"a": "Ärlighet", "b": "Åkeri", "c": "Zoologi"}))

        skills = Concept.objects.skills().values_list("name_sv", flat=True)
        assert list(skills) == ["Zoologi", "Åkeri", "Ärlighet"]


class TestRepeatedImport:
    def test_of_the_same_files_changes_nothing(self, directory):
        run(directory=directory)
        before = everything()

        assert run(directory=directory, at=LATER) == (0, 0, 0)
        assert everything() == before

    def test_follows_a_changed_name_and_keeps_the_concept(self, directory):
        run(directory=directory)
        key = named("Orderplock").pk

        write_jobtech(directory, skills=SKILLS | {"s2": "Plockning av order"})
        assert run(directory=directory, at=LATER) == (0, 1, 0)

        assert named("Plockning av order").pk == key
        assert list(Label.objects.filter(concept=key).values_list("text", flat=True)) == [
            "Plockning av order"
        ]

    def test_counts_a_changed_group_as_a_change(self, directory):
        run(directory=directory)

        write_jobtech(directory, uses={"4322": ["s1", "s2", "s3"], "7612": ["s3"]})
        assert run(directory=directory, at=LATER) == (0, 1, 0)

    def test_retires_what_is_gone_and_deletes_nothing(self, directory):
        run(directory=directory)

        write_jobtech(directory, skills={"s1": "Truckkörning", "s2": "Orderplock"})
        assert run(directory=directory, at=LATER) == (0, 0, 1)

        assert named("Brödbakning").retired_at == LATER
        assert named("Brödbakning").labels.count() == 1
        assert not Concept.objects.current().filter(name_sv="Brödbakning").exists()

    def test_takes_back_what_was_retired(self, directory):
        run(directory=directory)
        write_jobtech(directory, skills={"s1": "Truckkörning"})
        run(directory=directory)
        write_jobtech(directory)

        assert run(directory=directory, at=LATER) == (0, 2, 0)
        assert named("Brödbakning").retired_at is None

    def test_leaves_what_a_coach_has_set(self, directory):
        run(directory=directory)
        by_hand = Relation.objects.create(
            source=named("Brödbakning"),
            target=named("Orderplock"),
            kind=RelationKind.OVERRIDE,
            degree=0.4,
            municipality=MunicipalityFactory(),
        )

        run(directory=directory, at=LATER)

        assert Relation.objects.filter(pk=by_hand.pk, degree=0.4).exists()


class TestTwoCatalogues:
    def test_stand_side_by_side(self, directory, tmp_path):
        run(directory=directory)
        before = set(Concept.objects.order_by("pk").values_list("uri", flat=True))

        assert run("esco", write_esco(tmp_path / "esco")) == (3, 0, 0)
        assert before < set(Concept.objects.order_by("pk").values_list("uri", flat=True))
        assert not Concept.objects.filter(retired_at__isnull=False).exists()

    def test_are_related_where_they_name_the_same_thing(self, directory, tmp_path):
        run(directory=directory)
        run("esco", write_esco(tmp_path / "esco"))

        assert relations_of("Bagare") == [("bagare", "synonym", 0.95)]
        assert relations_of("bagare") == [("Bagare", "synonym", 0.95)]

    def test_are_related_by_the_same_words_and_not_by_likeness_of_letters(self, tmp_path):
        run("starter")
        names = {"o1": "Massör", "o2": "Make-up artist", "o3": "Frisör och barberare"}
        files = {"occupations": {"4322": names}, "uses": {"4322": []}, "substitutes": {"o2": {"o3": 25}}}
        run(directory=write_jobtech(tmp_path / "alike", **files))

        others = Relation.objects.filter(source__scheme="starter", target__scheme="jobtech")
        found = set(others.values_list("source__name_sv", "target__name_sv", "kind"))
        assert ("Makeupartist", "Make-up artist", "synonym") in found
        assert ("Kassör", "Massör") not in {pair[:2] for pair in found}

    def test_keep_their_own_relations_when_the_other_is_imported(self, directory, tmp_path):
        run("esco", write_esco(tmp_path / "esco"))
        own = Relation.objects.filter(source__scheme="esco", target__scheme="esco").order_by("pk")
        before = list(own.values_list())

        run(directory=directory)

        assert before == list(own.values_list())
        assert ("baka kakor", "narrower", 0.85) in relations_of("baka bröd")


class TestStarterCatalogue:
    def test_is_imported_whole_and_once(self):
        added, changed, retired = run("starter")

        assert (changed, retired) == (0, 0)
        assert added == Concept.objects.current().count() >= 850
        assert run("starter", at=LATER) == (0, 0, 0)

    def test_knows_what_a_worker_can_from_the_occupation(self):
        run("starter")

        relation = Relation.objects.get(
            source__name_sv="Köksbiträde", target__name_sv="Disk", kind=RelationKind.OCCUPATION_SKILL
        )
        assert relation.degree == 0.7


class TestBrokenFile:
    def test_leaves_everything_as_it_was(self, directory):
        run(directory=directory)
        before = everything()
        write_jobtech(directory, skills=SKILLS | {"s9": "Nytt"}, substitutes={"o1": {"o2": 900}})

        with pytest.raises(BrokenCatalogue):
            run(directory=directory, at=LATER)
        assert everything() == before

    def test_is_named_by_the_command_with_its_reason(self, directory):
        (directory / SUBSTITUTES).write_text("{", encoding="utf-8")

        with pytest.raises(
            CommandError, match=rf"^{SUBSTITUTES}: it cannot be read: .*Nothing was imported\.$"
        ):
            call_command("import_catalogue", "jobtech", str(directory))
        assert not Concept.objects.exists()

    @pytest.mark.parametrize("arguments", [["jobtech"], ["esco", "/no/such/directory"], ["wikipedia"]])
    def test_a_command_without_its_files_says_so(self, arguments):
        with pytest.raises(CommandError):
            call_command("import_catalogue", *arguments)
        assert not Concept.objects.exists()

    def test_a_crash_halfway_leaves_nothing(self, directory, monkeypatch):
        def crash(*args):
            raise RuntimeError

        monkeypatch.setattr("backend.skills.services.catalogue.relate", crash)

        with pytest.raises(RuntimeError):
            run(directory=directory)
        assert not Concept.objects.exists()


class TestCommand:
    def test_tells_what_it_did(self, directory, capsys):
        call_command("import_catalogue", "jobtech", str(directory))
        call_command("import_catalogue", "jobtech", str(directory))

        first, second = capsys.readouterr().out.splitlines()
        assert first.startswith("jobtech: 6 added, 0 changed, 0 retired; 8 labels, ")
        assert second.startswith("jobtech: 0 added, 0 changed, 0 retired; ")


@pytest.mark.skipif(not JOBTECH.is_dir(), reason="the JobTech taxonomy is not in ../shared/data/jobtech")
class TestRealTaxonomy:
    def test_comes_in_whole(self):
        assert run(directory=JOBTECH) == (9069, 0, 0)
        assert Concept.objects.skills().count() == 6657
        assert Concept.objects.occupations().count() == 2412
        assert ConceptGroup.objects.filter(concept__kind="skill").count() == 17517
