"""Small catalogues as files, in the formats that the importers read."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

SKILLS = {"s1": "Truckkörning", "s2": "Orderplock", "s3": "Brödbakning"}
OCCUPATIONS = {
    "4322": {"o1": "Lagerarbetare/Lagermedarbetare", "o2": "Orderplockare"},
    "7612": {"o3": "Bagare"},
}
USES = {"4322": ["s1", "s2"], "7612": ["s3"]}
SUBSTITUTES = {"o1": {"o2": 75}}


def concept(key: str, label: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "preferred_label": label, "type": kind, **more}


def write_json(path: Path, concepts: Sequence[Mapping[str, Any]]) -> None:
    path.write_text(json.dumps({"data": {"concepts": concepts}}, ensure_ascii=False), encoding="utf-8")


def write_jobtech(
    directory: Path,
    *,
    skills: Mapping[str, str] = SKILLS,
    occupations: Mapping[str, Mapping[str, str]] = OCCUPATIONS,
    uses: Mapping[str, Sequence[str]] = USES,
    substitutes: Mapping[str, Mapping[str, int]] = SUBSTITUTES,
) -> Path:
    """Write the four query files: {id: name}, {SSYK: {id: name}}, {SSYK: skills}, {occupation: {by: %}}."""
    directory.mkdir(exist_ok=True)
    write_json(directory / "skills.json", [concept(key, name, "skill") for key, name in skills.items()])
    groups = [
        concept(
            f"g{code}",
            f"Grupp {code}",
            "ssyk-level-4",
            ssyk_code_2012=code,
            narrower=[concept(key, name, "occupation-name") for key, name in names.items()],
        )
        for code, names in occupations.items()
    ]
    for level in (3, 2, 1):
        groups = [concept(f"l{level}", "Nivå", f"ssyk-level-{level}", ssyk_code_2012="4", narrower=groups)]
    write_json(directory / "the-ssyk-hierarchy-with-occupations.json", groups)
    write_json(
        directory / "ssyk-level-4-groups-with-related-skills.json",
        [
            concept(f"g{code}", "Grupp", "ssyk-level-4", related=[concept(k, "", "skill") for k in keys])
            for code, keys in uses.items()
        ],
    )
    write_json(
        directory / "substitutability-relations-between-occupations.json",
        [
            concept(
                key,
                "Yrke",
                "occupation-name",
                substituted_by=[
                    concept(other, "", "occupation-name", substitutability_percentage=share)
                    for other, share in others.items()
                ],
            )
            for key, others in substitutes.items()
        ],
    )
    return directory


def write_csv(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def esco_row(kind: str, uri: str, name: str, alternatives: str = "", **more: str) -> dict[str, str]:
    return {"conceptType": kind, "conceptUri": uri, "preferredLabel": name, "altLabels": alternatives, **more}


def write_esco(directory: Path) -> Path:
    """Write a download of two skills and one occupation in Swedish, and one skill in English."""
    directory.mkdir(exist_ok=True)
    skill = "KnowledgeSkillCompetence"
    write_csv(
        directory / "skills_sv.csv",
        [
            esco_row(skill, "esco:bake", "baka bröd", "göra bröd\nbaka limpor", hiddenLabels="baka brö"),
            esco_row(skill, "esco:pastry", "baka kakor", hiddenLabels=""),
        ],
    )
    write_csv(directory / "skills_en.csv", [esco_row(skill, "esco:bake", "bake bread", "make bread")])
    write_csv(
        directory / "occupations_sv.csv",
        [esco_row("Occupation", "esco:baker", "bagare", iscoGroup="7512")],
    )
    write_csv(
        directory / "occupationSkillRelations_sv.csv",
        [{"occupationUri": "esco:baker", "relationType": "essential", "skillUri": "esco:bake"}],
    )
    write_csv(
        directory / "broaderRelationsSkillPillar_sv.csv",
        [
            {"conceptUri": "esco:pastry", "broaderUri": "esco:bake"},
            {"conceptUri": "esco:bake", "broaderUri": "esco:a-group-of-skills"},
        ],
    )
    return directory
