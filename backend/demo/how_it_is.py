"""How it is at the made-up workplaces, trade by trade, and what only some of them have told."""

from random import Random
from typing import Any, Final

from backend.employers.work_facts import WorkFact

IS_SO: Final = {
    "Köksbiträde": "food standing noise allergens",
    "Kafébiträde": "food customers standing crowd allergens",
    "Lokalvårdare": "standing stairs dust evenings alone",
    "Vårdbiträde": "customers lifting standing evenings",
    "Barnskötare": "noise crowd standing outdoors",
    "Butikssäljare, dagligvaror": "customers lifting standing crowd evenings",
    "Lagerarbetare": "lifting standing noise evenings nights",
    "Fastighetsskötare": "outdoors stairs heights lifting alone",
    "Trädgårdsarbetare": "outdoors lifting standing allergens",
    "Snickarbiträde": "dust noise lifting scents",
    "Verkstadsbiträde": "noise dust lifting scents standing",
    "Cykelmekaniker": "standing customers",
    "Sömmare": "",
    "Återvinningsarbetare": "lifting standing dust",
    "Kontorsassistent": "screen phone customers",
    "IT-assistent": "screen",
    "Djurskötare": "animals outdoors lifting allergens alone",
}
"""By the first occupation of a trade: what is part of the work."""
STOPS: Final = ("Stortorget", "Stationen", "Vårdcentralen", "Industrigatan", "Kyrkan", "Skolan")


def told_by(occupation: str, number: str) -> dict[str, bool | None]:
    """Return what a workplace tells of how it is: most of what is part of the work, some of what is not."""
    rng = Random(f"how it is {number}")
    present = [fact for fact in IS_SO.get(occupation, "").split() if rng.random() < 0.85]
    others = [fact for fact in WorkFact.values if fact not in IS_SO.get(occupation, "").split()]
    said: dict[str, bool | None] = dict.fromkeys(rng.sample(others, k=rng.choice([3, 6, 9])), False)
    for fact in (WorkFact.WITHOUT_CAR, WorkFact.STEP_FREE, WorkFact.ACCESSIBLE_TOILET, WorkFact.PARKING):
        if fact in said:
            said[fact] = rng.random() < 0.7
    return said | dict.fromkeys(present, True)


def way_to(number: str) -> dict[str, Any]:
    """Return the stop nearest to a workplace, which three of four have told."""
    rng = Random(f"way to {number}")
    return (
        {"nearest_stop": rng.choice(STOPS), "walk_minutes": rng.randint(2, 15)} if rng.random() < 0.75 else {}
    )
