"""What an opening needs, one row each: skills and languages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.core.ui.forms import up_to
from backend.employers.services.words import MOST_REQUIREMENTS
from backend.skills.enums import ConceptKind, Language, LanguageLevel
from backend.skills.pages.reading import LONGEST_TEXT, TextRow, TextRows, read_while_written


class SkillRowForm(TextRow):
    """A skill in somebody's own words; an empty row is no skill."""

    kind = ConceptKind.SKILL
    says_optional = False

    text = forms.CharField(
        label=_("Skill"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=read_while_written("skills:skill_suggestion_list", kind),
    )
    essential = forms.BooleanField(label=_("Essential"), required=False)


class LanguageRowForm(forms.Form):
    """A language and the level that the work needs."""

    says_optional = False

    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("Choose a language")), *Language.choices], required=False
    )
    level = forms.ChoiceField(
        label=_("Level"), choices=[("", _("Choose a level")), *LanguageLevel.choices], required=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a level without a language, and the other way round."""
        row = super().clean() or {}
        if not self.errors and bool(row["language"]) != bool(row["level"]):
            self.add_error(
                "level" if row["language"] else "language", _("Choose a language and a level for it.")
            )
        return row


SkillRows = forms.formset_factory(SkillRowForm, formset=TextRows, extra=1, **up_to(MOST_REQUIREMENTS))
LanguageRows = forms.formset_factory(LanguageRowForm, extra=1, **up_to(len(Language)))
