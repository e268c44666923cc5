"""What is remarked on in an opening, stored or typed so far: for its writer and its approver."""

from collections.abc import Iterable, Mapping
from typing import Any

from backend.employers.models import Opening
from backend.employers.writing import Remark, Texts, remarks_on
from backend.employers.writing.usual import rare_among

FIELDS = ("title", "description", "occupation", "skills", "licences", "languages", "support")
"""The fields at which something can be remarked on, in the order of the page."""


def remarks_of(opening: Opening) -> list[Remark]:
    """Return what is remarked on in a stored opening, read with its occupation and requirements."""
    occupation = getattr(opening, "occupation", None)
    texts = {
        "title": [opening.title],
        "description": [opening.description],
        "occupation": [occupation.text] if occupation else [],
        "skills": [each.text for each in opening.requirements.all()],
        "support": [opening.capacity.support] if opening.capacity else [],
    }
    return remarks_on(Texts(opening.kind, texts, opening.licences, opening.languages))


def rare_of(opening: Opening) -> list[str]:
    """Return the skills that the opening asks for and hardly any other occupation uses, as written."""
    asked = {each.concept_id: each.text for each in opening.requirements.all() if each.is_recognised}
    occupation = getattr(opening, "occupation", None)
    known = {key: text for key, text in asked.items() if key is not None}
    rare = rare_among(known, occupation=occupation.concept_id if occupation else None)
    return [text for key, text in known.items() if key in rare]


def remarks_typed(form: Any, skills: Any, languages: Any) -> dict[str, list[Remark]]:
    """Return what is remarked on in what stands in the editor's forms; every field has a list."""
    texts = {name: [_words(form, name)] for name in ("title", "description", "occupation", "support")}
    texts["skills"] = [row.written for row in skills.forms]
    spoken = {str(row["language"].value() or ""): str(row["level"].value() or "") for row in languages.forms}
    kind = _words(form, "kind") or form.instance.kind
    ticked = [str(code) for code in form["licences"].value() or ()]
    return by_field(remarks_on(Texts(kind, texts, ticked, spoken)))


def by_field(remarks: Iterable[Remark]) -> dict[str, list[Remark]]:
    """Return the remarks under the name of their field."""
    found: dict[str, list[Remark]] = {name: [] for name in FIELDS}
    for remark in remarks:
        found[remark.at].append(remark)
    return found


def said(remark: Remark) -> Mapping[str, str]:
    """Return a remark as the API says it."""
    return {
        "field": remark.at,
        "words": remark.words,
        "ground": str(remark.ground),
        "why": remark.why,
        "instead": str(remark.instead),
    }


def _words(form: Any, name: str) -> str:
    return str(form[name].value() or "") if name in form.fields else ""
