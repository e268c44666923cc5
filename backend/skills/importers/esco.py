"""ESCO, the European classification of skills and occupations, from its download in CSV.

https://esco.ec.europa.eu/en/use-esco/download. Swedish files (`*_sv.csv`) name the concepts, English ones
(`*_en.csv`) add English labels; with only one of the two languages, that one is used. Occupations are
grouped by ISCO-08, which is not SSYK-2012: their groups are "isco:" and the code.
"""

from collections.abc import Iterator
from pathlib import Path

from backend.skills.enums import ConceptKind, LabelKind
from backend.skills.importers.catalogue import BrokenCatalogue, Catalogue, ConceptFact
from backend.skills.importers.files import Row, read_table

SCHEME = "esco"
LANGUAGES = ("sv", "en")
CONCEPTS = {ConceptKind.SKILL: "skills", ConceptKind.OCCUPATION: "occupations"}
COLUMNS = ("conceptUri", "preferredLabel", "altLabels")


def read(directory: Path) -> Catalogue:
    """Read the files of `directory`. Raises BrokenCatalogue."""
    catalogue = Catalogue(SCHEME)
    group_of: dict[str, str] = {}
    for kind, name in CONCEPTS.items():
        _read_concepts(catalogue, directory, kind, name, group_of)
    catalogue.groups |= set(group_of.items())
    _read_skills_of_occupations(catalogue, directory, group_of)
    _read_broader(catalogue, directory)
    return catalogue.finish(file="skills_sv.csv")


def _read_concepts(
    catalogue: Catalogue, directory: Path, kind: ConceptKind, name: str, group_of: dict[str, str]
) -> None:
    rows = {
        language: {row["conceptUri"]: row for row in read_table(path, COLUMNS)}
        for language in LANGUAGES
        if (path := directory / f"{name}_{language}.csv").is_file()
    }
    if not rows:
        raise BrokenCatalogue(f"{name}_sv.csv", "there is no such file, nor an English one")
    for uri in sorted({uri for table in rows.values() for uri in table}):
        said = {language: table[uri] for language, table in rows.items() if uri in table}
        name_en = said["en"]["preferredLabel"] if "en" in said else ""
        name_sv = (said["sv"]["preferredLabel"] if "sv" in said else "") or name_en
        catalogue.add(ConceptFact(uri, kind, name_sv, name_en), file=f"{name}_sv.csv")
        for language, row in said.items():
            _say(catalogue, uri, language, row)
            if row.get("iscoGroup"):
                group_of[uri] = f"isco:{row['iscoGroup'].removeprefix('C')[:4]}"


def _say(catalogue: Catalogue, uri: str, language: str, row: Row) -> None:
    for column, kind in (("altLabels", LabelKind.ALTERNATIVE), ("hiddenLabels", LabelKind.HIDDEN)):
        for text in (row.get(column) or "").splitlines():
            catalogue.say(uri, language, text, kind)


def _read_skills_of_occupations(catalogue: Catalogue, directory: Path, group_of: dict[str, str]) -> None:
    for row in _relations(directory, "occupationSkillRelations", ("occupationUri", "skillUri")):
        if row["occupationUri"] in group_of:
            catalogue.groups.add((row["skillUri"], group_of[row["occupationUri"]]))


def _read_broader(catalogue: Catalogue, directory: Path) -> None:
    for pillar in ("broaderRelationsSkillPillar", "broaderRelationsOccPillar"):
        for row in _relations(directory, pillar, ("conceptUri", "broaderUri")):
            catalogue.broader.add((row["conceptUri"], row["broaderUri"]))


def _relations(directory: Path, name: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of the first language's file; the same relations stand in every language."""
    paths = (directory / f"{name}_{language}.csv" for language in LANGUAGES)
    path = next((path for path in paths if path.is_file()), None)
    yield from read_table(path, columns) if path else ()
