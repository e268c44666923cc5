"""Which column holds what: guessed from its heading, in Swedish or English, and changed by who imports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from backend.employers.exchange.sheets.reading import Cell, Line

SURE: Final = 82
HEADINGS_AMONG: Final = 15


@dataclass(frozen=True)
class Column:
    """What a column may hold: its name here, its heading, and what else people call it."""

    name: str
    heading: Any
    called: str
    example: Any = ""


COLUMNS: Final = (
    Column("title", _("Title"), "rubrik|titel|title|annons|tjänst|benämning", "Köksbiträde"),
    Column("kind", _("Internship or job"), "praktik eller jobb|slag|typ|kind|internship or job", "Praktik"),
    Column("employer", _("Employer"), "arbetsgivare|organisation|företag|employer|organisationsnummer"),
    Column("workplace", _("Workplace"), "arbetsplats|workplace|arbetsställe|adress"),
    Column("description", _("The work"), "arbetet|beskrivning|description|arbetsuppgifter|the work"),
    Column("occupation", _("Occupation"), "yrke|occupation|yrkesroll|befattning"),
    Column("places", _("Places"), "platser|antal platser|antal|places|number of places", 2),
    Column("starts_on", _("From"), "från|start|startdatum|from|börjar", "2026-09-01"),
    Column("ends_on", _("To"), "till|slut|slutdatum|to|slutar|till och med"),
    Column("hours_min", _("Fewest hours a week"), "minst timmar|timmar från|fewest hours a week", 20),
    Column(
        "hours_max",
        _("Most hours a week"),
        "högst timmar|timmar|timmar i veckan|timmar/vecka|most hours a week",
        37.5,
    ),
    Column("weekdays", _("Weekdays"), "veckodagar|dagar|weekdays|days", "mån–fre"),
    Column("essential", _("Essential skills"), "krav|kompetenser som krävs|essential|essential skills"),
    Column("desirable", _("Desirable skills"), "meriter|meriterande|desirable|desirable skills"),
    Column("languages", _("Languages"), "språk|languages", "svenska B1"),
    Column("licences", _("Licences"), "behörigheter|körkort|licences|driving licence"),
    Column("adaptations", _("Can be arranged"), "kan ordnas|anpassningar|adaptations|can be arranged"),
    Column("facts_present", _("Is so in this work"), "innebär|arbetet innebär|is so in this work|involves"),
    Column("facts_absent", _("Is not so in this work"), "innebär inte|is not so in this work|involves no"),
    Column("intent", _("Afterwards"), "efteråt|afterwards|intent|efter praktiken"),
    Column("supervisor_name", _("Supervisor"), "handledare|supervisor|kontaktperson"),
)
KIND: Final = "typ av praktik|placeringsform|kind of placement"
OF_CAPACITY: Final = (
    Column("placement_kind", _("Kind of placement"), KIND, "arbetspraktik"),
    Column("supervisors", _("Number of supervisors"), "antal handledare|number of supervisors", 1),
    Column("support", _("Support offered"), "stöd|stöd som ges|support|support offered"),
)
ALL: Final = (*COLUMNS, *OF_CAPACITY)


def columns_of(*, is_capacity: bool) -> list[Column]:
    """Return what columns may hold in a file of openings, or of lasting places, which are all internships."""
    if is_capacity:
        return [*(each for each in COLUMNS if each.name != "kind"), *OF_CAPACITY]
    return list(COLUMNS)


def heading_row(lines: Sequence[Line], columns: Sequence[Column]) -> int:
    """Return at which of the lines the headings stand: the one in which most are known."""
    among = list(lines[:HEADINGS_AMONG])
    return max(range(len(among)), key=lambda at: (len(guess(among[at].cells, columns)), -at))


def guess(headings: Sequence[Cell], columns: Sequence[Column]) -> dict[int, str]:
    """Return what each column holds by its heading; the likeliest first, none twice."""
    names = {word: column.name for column in columns for word in _words(column)}
    scored = [
        (score, at, names[word])
        for at, heading in enumerate(headings)
        if isinstance(heading, str) and heading
        for word, score, _at in process.extract(
            heading.casefold(), list(names), scorer=fuzz.ratio, score_cutoff=SURE, limit=3
        )
    ]
    found: dict[int, str] = {}
    for _score, at, name in sorted(scored, key=lambda each: (-each[0], each[1])):
        if at not in found and name not in found.values():
            found[at] = name
    return found


def label_of(column: Column) -> str:
    """Return the heading in the reader's language."""
    return capfirst(str(column.heading))


def cells_by_name(line: Line, chosen: Mapping[int, str]) -> dict[str, Cell]:
    """Return what a row says, by what its columns hold; an empty cell says nothing."""
    found = {name: line.cells[at] for at, name in chosen.items() if at < len(line.cells)}
    return {name: cell for name, cell in found.items() if cell != ""}


def _words(column: Column) -> list[str]:
    return [*column.called.split("|"), str(column.heading).casefold()]
