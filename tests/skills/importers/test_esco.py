"""The ESCO download, read as facts."""

import pytest

from backend.skills.enums import ConceptKind, LabelKind
from backend.skills.importers import BrokenCatalogue, read_catalogue
from backend.skills.importers.catalogue import LabelFact
from tests.skills.files import esco_row, write_csv, write_esco


@pytest.fixture
def directory(tmp_path):
    return write_esco(tmp_path / "esco")


class TestRead:
    def test_finds_names_in_both_languages(self, directory):
        concepts = read_catalogue("esco", directory).concepts

        assert concepts["esco:bake"] == ("esco:bake", ConceptKind.SKILL, "baka bröd", "bake bread", "")
        assert concepts["esco:baker"] == ("esco:baker", ConceptKind.OCCUPATION, "bagare", "", "")

    def test_finds_one_label_a_line(self, directory):
        labels = read_catalogue("esco", directory).labels

        assert labels[LabelFact("esco:bake", "sv", "baka limpor")] == LabelKind.ALTERNATIVE
        assert labels[LabelFact("esco:bake", "sv", "baka brö")] == LabelKind.HIDDEN
        assert labels[LabelFact("esco:bake", "en", "make bread")] == LabelKind.ALTERNATIVE

    def test_groups_are_not_taken_for_ssyk(self, directory):
        assert read_catalogue("esco", directory).groups == {
            ("esco:baker", "isco:7512"),
            ("esco:bake", "isco:7512"),
        }

    def test_keeps_broader_skills_and_leaves_out_groups_of_skills(self, directory):
        assert read_catalogue("esco", directory).broader == {("esco:pastry", "esco:bake")}

    def test_reads_an_english_download_alone(self, directory):
        for path in directory.glob("*_sv.csv"):
            path.rename(path.with_name(path.name.replace("_sv", "_en")))

        assert read_catalogue("esco", directory).concepts["esco:bake"].name_sv == "baka bröd"

    def test_needs_no_relations(self, directory):
        for path in directory.glob("*Relations*.csv"):
            path.unlink()

        assert len(read_catalogue("esco", directory).concepts) == 3


class TestBrokenFiles:
    @pytest.mark.parametrize("name", ["skills", "occupations"])
    def test_a_missing_file(self, directory, name):
        for path in directory.glob(f"{name}_*.csv"):
            path.unlink()

        with pytest.raises(BrokenCatalogue, match=f"{name}_sv.csv: there is no such file"):
            read_catalogue("esco", directory)

    def test_a_missing_column(self, directory):
        write_csv(directory / "skills_sv.csv", [{"conceptUri": "a", "label": "b"}])

        with pytest.raises(BrokenCatalogue, match="it has no column preferredLabel, altLabels"):
            read_catalogue("esco", directory)

    def test_a_line_that_was_cut_off(self, directory):
        path = directory / "skills_sv.csv"
        path.write_text(path.read_text(encoding="utf-8").rstrip() + "\nKnowledge,esco:x", encoding="utf-8")

        with pytest.raises(BrokenCatalogue, match="has not as many fields as the heading"):
            read_catalogue("esco", directory)

    def test_a_concept_without_a_name(self, directory):
        write_csv(directory / "occupations_sv.csv", [esco_row("Occupation", "esco:x", "")])

        with pytest.raises(BrokenCatalogue, match="esco:x has no preferred label"):
            read_catalogue("esco", directory)

    @pytest.mark.parametrize("content", [b"", b"\x00\xff", b'"conceptUri'])
    def test_a_file_that_is_something_else(self, directory, content):
        (directory / "skills_sv.csv").write_bytes(content)

        with pytest.raises(BrokenCatalogue, match=r"skills_sv\.csv"):
            read_catalogue("esco", directory)
