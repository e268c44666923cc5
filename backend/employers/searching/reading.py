"""Reads the words of openings out of the database, for everybody: who may see which is asked of the rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from backend.employers.models import OccupationOfOpening, Opening, OpeningQuerySet, SkillRequirement
from backend.employers.searching.postings import Document, Phrase, Where
from backend.places.models import MunicipalityArea
from backend.skills.enums import Resolution

_TEXTS = (
    *("pk", "title", "description", "workplace__employer__name", "workplace__name", "workplace__street"),
    *("workplace__locality_name", "workplace__place_text", "workplace__municipality_code"),
)
_PHRASE = ("opening_id", "text", "concept_id", "concept__name_sv", "resolution")


def read_documents(openings: OpeningQuerySet) -> list[Document]:
    """Return what is looked for in each of `openings`."""
    areas = dict(MunicipalityArea.objects.values_list("code", "name"))
    phrases = _read_phrases(openings)
    rows = openings.order_by("pk").values_list(*_TEXTS)
    return [_document(row, areas, phrases) for row in rows.iterator(chunk_size=2000)]


def _document(
    row: tuple[object, ...], areas: Mapping[str, str], phrases: Mapping[object, list[Phrase]]
) -> Document:
    pk, title, description, employer, workplace, street, locality, place, code = row
    texts = {
        Where.TITLE: title,
        Where.DESCRIPTION: description,
        Where.EMPLOYER: employer,
        Where.WORKPLACE: f"{workplace} {street}",
        Where.PLACE: " ".join(dict.fromkeys(map(str, (locality, place, areas.get(str(code), ""))))),
    }
    return Document(str(pk), {where: str(text) for where, text in texts.items()}, phrases.get(pk, []))


def _read_phrases(openings: OpeningQuerySet) -> Mapping[object, list[Phrase]]:
    found: dict[object, list[Phrase]] = defaultdict(list)
    for model, where in ((OccupationOfOpening, Where.OCCUPATION), (SkillRequirement, Where.SKILL)):
        rows = model._default_manager.filter(opening__in=openings.order_by().values("pk"))
        for opening, text, concept, name, resolution in rows.order_by("pk").values_list(*_PHRASE):
            is_known = concept is not None and resolution != Resolution.ASK
            phrase = Phrase(where, name, text, concept) if is_known else Phrase(where, text)
            found[opening].append(phrase)
    return found


def read_all() -> list[Document]:
    """Return what is looked for in every opening."""
    return read_documents(Opening.objects.all())


def read_some(keys: Iterable[str]) -> list[Document]:
    """Return what is looked for in the openings with these keys that are still there."""
    return read_documents(Opening.objects.filter(pk__in=keys))
