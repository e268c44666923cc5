"""One page, three forms: the opening, its rows of skills and its rows of languages."""

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
from backend.employers.services import RequirementDraft
from backend.skills.enums import Resolution

SKILLS, LANGUAGES = "skills", "languages"
EMPTY_ROWS = 3


@dataclass
class Editor:
    """What the page shows and what comes back from it; nothing typed is ever lost."""

    form: OpeningForm
    skills: Any
    languages: Any

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
        )

    def is_valid(self) -> bool:
        """Judge all three, so that all errors show at once."""
        return all([self.form.is_valid(), self.skills.is_valid(), self.languages.is_valid()])

    def with_rows_as_asked(self, data: QueryDict) -> "Editor":
        """Return the page as it was typed, with one row more or less where a button of `data` says."""
        return Editor(
            as_typed(self.form), rows_as_asked(self.skills, data), rows_as_asked(self.languages, data)
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
        return [
            RequirementDraft(row["text"], essential=row["essential"], concept=row.get("concept"))
            for row in rows
            if row.get("text")
        ]

    @property
    def groups(self) -> dict[str, Group]:
        """The groups that stand closed, with what each says, and open where something must be mended."""
        return groups_of(self.form, self.skills, self.languages)


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
