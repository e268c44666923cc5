"""Ads as JobSearch gives them, made up: a thousand that are whole, and every way of being broken."""

import random
from datetime import timedelta
from typing import Any

from tests.factories.base import TODAY

WORK = ["Bagare", "Snickare & målare", "Lagerarbetare <natt>", "Kock", "Undersköterska", "Städare"]
SKILLS = [
    "baka bröd",
    "ritningsläsning",
    "C#",
    "truckkörning",
    "HACCP",
    'räkna "svinn"',
    "1177",
    "möta kunder",
]
STREETS = ["Storgatan 1", "Åvägen 12 B", "Hamnplan 3"]
LICENCES = ["B", "BE", "C", "CE", "D", "AM"]


def concepts(labels: list[str]) -> list[dict[str, Any]]:
    return [{"concept_id": None, "label": label, "legacy_ams_taxonomy_id": None} for label in labels]


def ad(number: int, organisation: str, **changes: Any) -> dict[str, Any]:
    """Return one whole ad, the same for the same number."""
    chance = random.Random(number)
    skills = chance.sample(SKILLS, chance.randint(0, 5))
    essential = chance.randint(0, len(skills))
    least = chance.choice([25, 50, 75, 100])
    street = chance.randrange(len(STREETS))
    licences = sorted(chance.sample(LICENCES, chance.randint(0, 3)))
    return {
        "id": str(24_000_000 + number),
        "headline": f"{chance.choice(WORK)} {number}",
        "application_deadline": f"{TODAY + timedelta(days=chance.randint(0, 80))}T23:59:59",
        "number_of_vacancies": chance.randint(1, 9),
        "description": {
            "text": f"Du arbetar med {chance.choice(WORK)}.\n\n– två & tre\n{'ö' * chance.randint(1, 900)}"
        },
        "working_hours_type": {"label": "Heltid" if least == 100 else "Deltid"},
        "scope_of_work": {"min": least, "max": chance.randint(least, 100)},
        "employer": {"name": "AB", "organization_number": organisation, "workplace": f"Arbetsplats {street}"},
        "occupation": {"concept_id": None, "label": chance.choice(WORK), "legacy_ams_taxonomy_id": None},
        "workplace_address": {
            "municipality": "Eskilstuna",
            "municipality_code": "0484",
            "street_address": STREETS[street],
            "postcode": "63220",
            "city": "Eskilstuna",
            "coordinates": [16.51 + street / 100, 59.371],
        },
        "must_have": {"skills": concepts(skills[:essential]), "languages": []},
        "nice_to_have": {"skills": concepts(skills[essential:]), "languages": []},
        "driving_license": concepts(licences) or None,
        "removed": False,
        **changes,
    }


def broken(number: int, organisation: str) -> list[tuple[Any, str]]:
    """Return ads that are broken, each with words of the reason that a reader is given."""
    whole = ad(number, organisation)

    def but(**changes: Any) -> dict[str, Any]:
        return {**whole, "id": f"b{len(found)}", **changes}

    found: list[tuple[Any, str]] = []
    for changes, words in (
        ({"id": None}, "id"),
        ({"id": "x" * 101}, "id"),
        ({"headline": ""}, "headline"),
        ({"headline": ["Kock"]}, "headline"),
        ({"headline": "x" * 121}, "Rubrik"),
        ({"number_of_vacancies": 0}, "number_of_vacancies"),
        ({"number_of_vacancies": "tre"}, "number_of_vacancies"),
        ({"description": "text"}, "description.text"),
        ({"description": {"text": "x" * 4001}}, "Arbetet"),
        ({"scope_of_work": {"min": 100, "max": 50}}, "Timmar"),
        ({"scope_of_work": {"min": 1, "max": 100}}, "scope_of_work.min"),
        ({"must_have": {"skills": ["baka"]}}, "must_have.skills"),
        ({"must_have": {"skills": concepts([f"kan {n}" for n in range(31)])}}, "högst 30"),
        ({"application_deadline": "i morgon"}, "application_deadline"),
        ({"application_deadline": f"{TODAY - timedelta(days=1)}T23:59:59"}, "Sista dag att söka"),
        ({"removed": True}, "tagits bort"),
        ({"employer": {"organization_number": "5590000000"}}, "siffr"),
        ({"employer": {"organization_number": "5560004615"}}, "5560004615"),
        ({"workplace_address": {"city": "Ingenstans", "coordinates": "x"}}, "workplace_address.coordinates"),
        ({"workplace_address": {"city": "Ingenstans"}, "employer": {"workplace": "Ny"}}, "Ingenstans"),
    ):
        found.append((but(**changes), words))
    return [*found, (None, "annons"), ("text", "annons"), ({}, "annons"), ([whole], "annons")]
