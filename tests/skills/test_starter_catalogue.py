"""What the starter catalogue promises to whoever imports it. Reads files only, no database."""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "backend/skills/data/starter"
COLUMNS = {
    "groups": ["ssyk", "sv", "en"],
    "occupations": ["id", "ssyk", "sv", "en", "entry_level"],
    "skills": ["id", "sv", "en", "field"],
    "labels": ["concept", "lang", "text", "kind"],
    "relations": ["from", "kind", "to", "degree"],
}
FORBIDDEN = re.compile(  # a car is diagnosed, and an environment is not a mental matter
    r"adhd|autis|demens|depress|handikapp|funktionsneds|utvecklingsst|invalid|missbruk|psyk(?!olog)|sjukdom|disease|disab|"
    r"\bdiagnos(?!instrument|tics)|\bmental|"
    r"etnisk|ethnic|flykting|refugee|invandrar|immigrant|zigen|muslim|judisk|kristen",
    re.IGNORECASE,
)
RELATION_ENDS = {
    "essential": ("occupation", "skill"),
    "useful": ("occupation", "skill"),
    "broader": ("skill", "skill"),
    "related": ("skill", "skill"),
    "substitutable": ("occupation", "occupation"),
}


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def concepts() -> list[dict[str, str]]:
    return rows("occupations") + rows("skills")


def repeated(values: list[object]) -> list[object]:
    return [value for value, count in Counter(values).items() if count > 1]


def tidied(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())


class TestFiles:
    @pytest.mark.parametrize("name", COLUMNS)
    def test_have_the_columns_that_the_importer_reads(self, name: str) -> None:
        assert all(list(row) == COLUMNS[name] and None not in row.values() for row in rows(name))

    @pytest.mark.parametrize("name", COLUMNS)
    def test_hold_text_without_blanks_around_it_in_one_unicode_form(self, name: str) -> None:
        texts = [text for row in rows(name) for text in row.values()]
        assert [text for text in texts if text != tidied(text)] == []
        assert "" not in texts

    def test_are_as_large_as_they_claim(self) -> None:
        assert len(rows("occupations")) >= 250
        assert len(rows("skills")) >= 600
        assert len(rows("labels")) >= 1500
        assert len(rows("relations")) >= 3000


class TestConcepts:
    def test_have_an_id_of_their_own_that_says_their_kind(self) -> None:
        assert repeated([row["id"] for row in concepts()]) == []
        for kind in ("occupation", "skill"):
            pattern = re.compile(rf"{kind}/[a-z0-9]+(-[a-z0-9]+)*")
            assert all(pattern.fullmatch(row["id"]) for row in rows(f"{kind}s"))

    @pytest.mark.parametrize("kind", ["occupations", "skills"])
    @pytest.mark.parametrize("language", ["sv", "en"])
    def test_have_a_preferred_label_of_their_own(self, kind: str, language: str) -> None:
        assert repeated([row[language].casefold() for row in rows(kind)]) == []

    def test_belong_to_a_known_group_of_four_digits(self) -> None:
        groups = {row["ssyk"] for row in rows("groups")}
        assert all(re.fullmatch(r"\d{4}", group) for group in groups)
        assert {row["ssyk"] for row in rows("occupations")} == groups
        assert {row["entry_level"] for row in rows("occupations")} == {"yes", "no"}

    def test_say_nothing_about_health_or_origin(self) -> None:
        texts = [f"{row['sv']} {row['en']}" for row in concepts()] + [row["text"] for row in rows("labels")]
        assert [text for text in texts if FORBIDDEN.search(text)] == []


class TestLabels:
    def test_belong_to_a_known_concept_and_language(self) -> None:
        known = {row["id"] for row in concepts()}
        assert [row for row in rows("labels") if row["concept"] not in known] == []
        assert {row["lang"] for row in rows("labels")} == {"sv", "en", "ar", "uk", "so", "fa"}
        assert {row["kind"] for row in rows("labels")} == {"alternative", "misspelling", "colloquial"}

    def test_never_mean_two_concepts_of_one_kind(self) -> None:
        owners = defaultdict(set)
        for row in concepts():
            for language in ("sv", "en"):
                owners[row["id"].split("/")[0], language, row[language].casefold()].add(row["id"])
        for row in rows("labels"):
            owners[row["concept"].split("/")[0], row["lang"], row["text"].casefold()].add(row["concept"])
        assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


class TestRelations:
    def test_join_concepts_of_the_right_kinds(self) -> None:
        known = {row["id"] for row in concepts()}
        for row in rows("relations"):
            assert {row["from"], row["to"]} <= known, row
            assert (row["from"].split("/")[0], row["to"].split("/")[0]) == RELATION_ENDS[row["kind"]], row
            assert row["from"] != row["to"], row

    def test_are_stated_once_with_a_degree_in_percent(self) -> None:
        assert repeated([(row["from"], row["kind"], row["to"]) for row in rows("relations")]) == []
        assert all(0 < int(row["degree"]) <= 100 for row in rows("relations"))

    def test_give_every_occupation_five_skills_and_every_skill_an_occupation(self) -> None:
        uses = [row for row in rows("relations") if row["kind"] in {"essential", "useful"}]
        skills_of = Counter(row["from"] for row in uses)
        assert [row["id"] for row in rows("occupations") if skills_of[row["id"]] < 5] == []
        assert {row["to"] for row in uses} == {row["id"] for row in rows("skills")}

    def test_never_make_a_skill_broader_than_itself(self) -> None:
        broader = defaultdict(set)
        for row in rows("relations"):
            if row["kind"] == "broader":
                broader[row["from"]].add(row["to"])
        for start in list(broader):
            reached, frontier = set(), set(broader[start])
            while frontier:
                reached |= frontier
                frontier = {up for node in frontier for up in broader.get(node, ())} - reached
            assert start not in reached
