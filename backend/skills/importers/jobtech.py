"""The JobTech Taxonomy of the Swedish Public Employment Service, from its query files in JSON.

https://data.jobtechdev.se/taxonomy/ offers them; skills and occupation names are read, with the SSYK-2012
groups that they belong to or are used in, and which occupation can stand in for which.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backend.skills.enums import ConceptKind
from backend.skills.importers.catalogue import BrokenCatalogue, Catalogue, ConceptFact, Substitute
from backend.skills.importers.files import children, read_concepts

SCHEME = "jobtech"
URI = "http://data.jobtechdev.se/taxonomy/concept/"
SKILLS = "skills.json"
HIERARCHY = "the-ssyk-hierarchy-with-occupations.json"
SKILLS_OF_GROUPS = "ssyk-level-4-groups-with-related-skills.json"
SUBSTITUTES = "substitutability-relations-between-occupations.json"
OF_ANOTHER_GROUP = 0.7
"""What somebody of another occupation group is worth at most. Of 35 such pairs that the file calls 75 %
a coach would say 27 aloud, of 35 within a group 33 (skills/relations/said_aloud.py)."""


def read(directory: Path) -> Catalogue:
    """Read the four files of `directory`. Raises BrokenCatalogue."""
    catalogue = Catalogue(SCHEME)
    for item in read_concepts(directory / SKILLS):
        catalogue.add(ConceptFact(URI + item["id"], ConceptKind.SKILL, _name(item), ssyk=""), file=SKILLS)
    codes = _read_hierarchy(catalogue, directory / HIERARCHY)
    _read_skills_of_groups(catalogue, directory / SKILLS_OF_GROUPS, codes)
    _read_substitutes(catalogue, directory / SUBSTITUTES)
    _say_both_halves(catalogue)
    return catalogue.finish(file=SKILLS)


def _name(item: dict[str, Any]) -> str:
    return " ".join(item["preferred_label"].split())


def _read_hierarchy(catalogue: Catalogue, path: Path) -> dict[str, str]:
    """Add the occupations with their group; return the SSYK code of each level-4 group's id."""
    codes: dict[str, str] = {}
    for group in _level_4(path.name, read_concepts(path)):
        code = str(group.get("ssyk_code_2012") or "")
        if not re.fullmatch(r"[0-9]{4}", code):
            raise BrokenCatalogue(path.name, f"{group['id']} has no SSYK code of four digits: {code!r}")
        codes[group["id"]] = code
        for item in children(path.name, group, "narrower"):
            uri = URI + item["id"]
            occupation = ConceptFact(uri, ConceptKind.OCCUPATION, _name(item), ssyk=code)
            catalogue.add(occupation, file=path.name)
            catalogue.groups.add((uri, code))
    if not codes:
        raise BrokenCatalogue(path.name, "it has no SSYK groups of level 4")
    return codes


def _level_4(file: str, items: list[dict[str, Any]], depth: int = 4) -> Iterator[dict[str, Any]]:
    for item in items:
        if item.get("type") == "ssyk-level-4":
            yield item
        elif depth:
            yield from _level_4(file, children(file, item, "narrower"), depth - 1)


def _read_skills_of_groups(catalogue: Catalogue, path: Path, codes: dict[str, str]) -> None:
    for group in read_concepts(path):
        if group["id"] not in codes:
            raise BrokenCatalogue(path.name, f"{group['id']} is no group of {HIERARCHY}")
        skills = children(path.name, group, "related")
        catalogue.groups |= {(URI + skill["id"], codes[group["id"]]) for skill in skills}


def _read_substitutes(catalogue: Catalogue, path: Path) -> None:
    for item in read_concepts(path):
        for other in children(path.name, item, "substituted_by"):
            share = other.get("substitutability_percentage")
            if not isinstance(share, int) or not 0 < share <= 100:
                raise BrokenCatalogue(path.name, f"{item['id']} is substituted by {share!r} percent")
            occupation, stand_in = URI + item["id"], URI + other["id"]
            limit = 1.0 if _are_of_one_group(catalogue, occupation, stand_in) else OF_ANOTHER_GROUP
            catalogue.substitutes.add(Substitute(occupation, stand_in, min(share / 100, limit)))


def _are_of_one_group(catalogue: Catalogue, *uris: str) -> bool:
    groups = {catalogue.concepts[uri].ssyk for uri in uris if uri in catalogue.concepts}
    return len(groups) == 1


def _say_both_halves(catalogue: Catalogue) -> None:
    """Let "Städare/Lokalvårdare" also be said as either half, unless another occupation is called so."""
    names = {concept.name_sv.casefold() for concept in catalogue.concepts.values()}
    halves: dict[str, set[str]] = {}
    for concept in catalogue.concepts.values():
        parts = concept.name_sv.split("/") if concept.kind == ConceptKind.OCCUPATION else []
        for part in parts if all(re.fullmatch(r"[^\W\d_]{4,}", part) for part in parts) else []:
            halves.setdefault(part, set()).add(concept.uri)
    for part, uris in halves.items():
        if len(uris) == 1 and part.casefold() not in names:
            catalogue.say(next(iter(uris)), "sv", part)
