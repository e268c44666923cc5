"""One page, three forms: the opening, its rows of skills and its rows of languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from backend.core.ui.forms import as_typed, rows_as_asked
from backend.employers.enums import OpeningKind
from backend.employers.forms.needs import LanguageRows, SkillRows
from backend.employers.forms.opening import CapacityForm, OpeningForm
from backend.employers.forms.summaries import Group, groups_of
from backend.employers.models import Opening, Workplace
from backend.employers.pages.remarks import remarks_typed
from backend.employers.services import RequirementDraft
from backend.employers.writing import Remark
from backend.employers.writing.usual import MOST_OFFERED, occupation_meant, usual_skills
from backend.skills.enums import Resolution
from backend.skills.pages.reading import LONGEST_TEXT

SKILLS, LANGUAGES = "skills", "languages"
EMPTY_ROWS = 3


@dataclass
class Editor:
    """What the page shows and what comes back from it; nothing typed is ever lost."""

    form: OpeningForm
    skills: Any
    languages: Any
    suggested: Sequence[str] = ()

    @classmethod
    def open(
        cls, form_class: type[OpeningForm], workplaces: QuerySet[Workplace], opening: Opening | None
    ) -> "Editor":
        """Show `opening`, or empty fields for a new one."""
        form = form_class(instance=opening, workplaces=workplaces, initial=_initial(form_class, opening))
        skills = SkillRows(prefix=SKILLS, initial=_skills_of(opening))
        skills.extra = 1 if skills.initial else EMPTY_ROWS
        return cls(form, skills, LanguageRows(prefix=LANGUAGES, initial=_languages_of(opening)))

    @classmethod
    def read(
        cls,
        form_class: type[OpeningForm],
        workplaces: QuerySet[Workplace],
        opening: Opening | None,
        data: QueryDict,
    ) -> "Editor":
        """Read what was sent."""
        return cls(
            form_class(data, instance=opening, workplaces=workplaces),
            SkillRows(data, prefix=SKILLS),
            LanguageRows(data, prefix=LANGUAGES),
            suggested_in(data),
        )

    def is_valid(self) -> bool:
        """Judge all three, so that all errors show at once."""
        return all([self.form.is_valid(), self.skills.is_valid(), self.languages.is_valid()])

    def with_rows_as_asked(self, data: QueryDict) -> "Editor":
        """Return the page as it was typed, with one row more or less where a button of `data` says."""
        return Editor(
            as_typed(self.form),
            rows_as_asked(self.skills, data),
            rows_as_asked(self.languages, data),
            self.suggested,
        )

    @property
    def fields(self) -> dict[str, Any]:
        """The values for `save_opening` or `register_capacity`."""
        rows = (row.cleaned_data for row in self.languages)
        languages = {row["language"]: row["level"] for row in rows if row.get("language")}
        return {**self.form.opening_fields(), "languages": languages}

    @property
    def occupation(self) -> str:
        """The occupation as written."""
        return str(self.form.cleaned_data["occupation"])

    @property
    def requirements(self) -> list[RequirementDraft]:
        """The skills as written, empty rows left out."""
        rows = (row.cleaned_data for row in self.skills.forms)
        written = [
            RequirementDraft(row["text"], essential=row["essential"], concept=row.get("concept"))
            for row in rows
            if row.get("text")
        ]
        return [*written, *(RequirementDraft(text) for text in self.suggested)]

    @property
    def offered(self) -> list[tuple[str, bool]]:
        """The skills that the catalogue knows as part of the occupation, and whether each is ticked."""
        written = [row.written for row in self.skills.forms if row.written]
        return offered_for(str(self.form["occupation"].value() or ""), written, self.suggested)

    @property
    def remarks(self) -> dict[str, list[Remark]]:
        """What is remarked on in the words, by field; it hinders nothing."""
        return remarks_typed(self.form, self.skills, self.languages)

    @property
    def groups(self) -> dict[str, Group]:
        """The groups that stand closed, with what each says, and open where something must be mended."""
        return groups_of(self.form, self.skills, self.languages)


def suggested_in(data: QueryDict) -> list[str]:
    """Return the offered skills that are ticked, as short as any that is written."""
    return [text[:LONGEST_TEXT] for text in data.getlist("suggested")][:MOST_OFFERED]


def written_in(data: QueryDict) -> list[str]:
    """Return the skills that stand in the rows already."""
    return [
        str(text) for name, text in data.items() if name.startswith(f"{SKILLS}-") and name.endswith("-text")
    ]


def offered_for(
    occupation: str, written: Sequence[str], ticked: Sequence[str] = ()
) -> list[tuple[str, bool]]:
    """Return the usual skills of an occupation that are not written yet, those that are ticked first."""
    kept = [text for text in ticked if text not in written]
    concept = occupation_meant(occupation)
    usual = usual_skills(concept, without=[*written, *kept]) if concept else []
    return [*((text, True) for text in kept), *((text, False) for text in usual)][:MOST_OFFERED]


def _initial(form_class: type[OpeningForm], opening: Opening | None) -> dict[str, Any]:
    if opening is None:
        return {"kind": OpeningKind.INTERNSHIP}
    occupation = getattr(opening, "occupation", None)
    initial: dict[str, Any] = {"occupation": occupation.text if occupation else ""}
    if opening.capacity and issubclass(form_class, CapacityForm):
        names = ("placement_kind", "supervisors", "support")
        initial |= {name: getattr(opening.capacity, name) for name in names}
    return initial


def _skills_of(opening: Opening | None) -> list[dict[str, Any]]:
    rows = opening.requirements.all() if opening else ()
    return [
        {
            "text": row.text,
            "essential": row.essential,
            "concept": row.concept_id if row.resolution == Resolution.CONFIRMED else None,
        }
        for row in rows
    ]


def _languages_of(opening: Opening | None) -> list[dict[str, str]]:
    spoken = opening.languages if opening else {}
    return [{"language": code, "level": level} for code, level in sorted(spoken.items())]
