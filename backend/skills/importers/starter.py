"""The starter catalogue that comes with the project (data/starter/README.md says what is in it)."""

from pathlib import Path

from backend.skills.enums import ConceptKind, LabelKind
from backend.skills.importers.catalogue import Catalogue, Companion, ConceptFact, Substitute
from backend.skills.importers.files import Row, read_table

SCHEME = "starter"
DIRECTORY = Path(__file__).parents[1] / "data" / "starter"
# Neither is ever shown: nobody wants to read a misspelling or an old word for their own occupation.
LABEL_KINDS = {
    "alternative": LabelKind.ALTERNATIVE,
    "misspelling": LabelKind.HIDDEN,
    "colloquial": LabelKind.HIDDEN,
}
OCCUPATION_SHARES = {"essential": 0.7, "useful": 0.5}
"""What having worked in an occupation is worth where a skill of it is asked for: it was used, not shown."""
TOGETHER_SHARE = 0.6
"""What a skill is worth for one that is closely related to it, before the degree of that relation."""


def read(directory: Path | None = None) -> Catalogue:
    """Read the starter catalogue. Raises BrokenCatalogue."""
    directory = directory or DIRECTORY
    catalogue = Catalogue(SCHEME)
    for row in read_table(directory / "skills.tsv", ("id", "sv", "en"), delimiter="\t"):
        catalogue.add(
            ConceptFact(_uri(row["id"]), ConceptKind.SKILL, row["sv"], row["en"]), file="skills.tsv"
        )
    for row in read_table(directory / "occupations.tsv", ("id", "ssyk", "sv", "en"), delimiter="\t"):
        uri = _uri(row["id"])
        occupation = ConceptFact(uri, ConceptKind.OCCUPATION, row["sv"], row["en"], row["ssyk"])
        catalogue.add(occupation, file="occupations.tsv")
        catalogue.groups.add((uri, row["ssyk"]))
    for row in read_table(directory / "labels.tsv", ("concept", "lang", "text", "kind"), delimiter="\t"):
        catalogue.say(_uri(row["concept"]), row["lang"], row["text"], LABEL_KINDS[row["kind"]])
    for row in read_table(directory / "relations.tsv", ("from", "kind", "to", "degree"), delimiter="\t"):
        _relate(catalogue, row)
    return catalogue.finish(file="skills.tsv")


def _uri(slug: str) -> str:
    return f"{SCHEME}:{slug}"


def _relate(catalogue: Catalogue, row: Row) -> None:
    kind, source, target, degree = row["kind"], _uri(row["from"]), _uri(row["to"]), int(row["degree"]) / 100
    if kind in OCCUPATION_SHARES:
        share = round(OCCUPATION_SHARES[kind] * degree, 3)
        catalogue.skills_of_occupations.add(Companion(source, target, share))
        catalogue.groups.add((target, catalogue.concepts[source].ssyk))
    elif kind == "broader":
        catalogue.broader.add((source, target))
    elif kind == "substitutable":
        catalogue.substitutes.add(Substitute(occupation=target, stand_in=source, share=degree))
    else:
        share = round(TOGETHER_SHARE * degree, 3)
        catalogue.used_together |= {Companion(source, target, share), Companion(target, source, share)}
