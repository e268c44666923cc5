"""What a coach and a participant fill in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Role
from backend.accounts.models import Unit, User
from backend.core.fields import WorkingDate
from backend.core.ui.forms import up_to
from backend.core.ui.widgets import DatePicker
from backend.participants import worked
from backend.participants.enums import EvidenceSource, SkillLevel
from backend.participants.models import (
    OccupationExperience,
    OccupationWish,
    Participant,
    SkillEvidence,
)
from backend.participants.services.enrolment import is_far_back
from backend.places.forms import PlaceField, initial_place
from backend.skills.enums import Adaptation, ConceptKind, Language, LanguageLevel, Licence
from backend.skills.pages.reading import TextRow, TextRows, read_while_written

NOT_SAID = _("not said")
NO_HEALTH = _("Write about work only. No diagnosis and no health details.")
MOST_ROWS = 30
LONGEST_NOTES = 4000
"""Letters of the free text about a new participant: about a page."""


def how_well(**kwargs: Any) -> forms.TypedChoiceField:
    """Return a field for a level, which begins with none: what nobody has said is no fact."""
    choices = [("", NOT_SAID), *SkillLevel.choices]
    return forms.TypedChoiceField(
        label=_("How well"), choices=choices, coerce=int, required=False, empty_value=None, **kwargs
    )


def coaches_of(units: Any) -> Any:
    """Return the coaches who work in any of `units` now, by name."""
    current = {"assignments__role": Role.COACH, "assignments__ended_on__isnull": True}
    coaches = User.objects.filter(assignments__unit__in=units, is_active=True, **current)
    return coaches.order_by("sort_key", "email").distinct()


Groups = tuple[tuple[Any, tuple[str, ...]], ...]
"""Fields by the legend that they stand under."""
FIRST_DAY = ("enrolled_on", "why_earlier")


class ParticipantForm(forms.ModelForm):  # type: ignore[type-arg]
    """The file of a participant. Nothing is saved here: `details` goes to the services."""

    place = PlaceField(required=False, help_text=_("Where the person lives: a postcode or a town."))
    licences = forms.MultipleChoiceField(
        label=_("Licences"), choices=Licence, required=False, widget=forms.CheckboxSelectMultiple
    )
    adaptations = forms.MultipleChoiceField(
        label=_("What can the person not do without at work?"),
        choices=Adaptation,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the workplace should do, never why. No diagnosis and no health details."),
    )
    adaptations_good = forms.MultipleChoiceField(
        label=_("What would be good, but is no must?"),
        choices=Adaptation,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Shuts nobody out. What is ticked above need not be ticked here."),
    )
    before_skills: Groups = (
        (
            _("The person"),
            ("first_name", "last_name", "email", "phone", "coach", *FIRST_DAY),
        ),
    )
    after_skills: Groups = (
        (_("Place and hours"), ("place", "max_travel_km", "hours_min", "hours_max", "available_from")),
        (_("Licences and adaptations"), ("licences", "adaptations", "adaptations_good")),
        (_("Your words to employers"), ("presentation",)),
    )

    class Meta:
        model = Participant
        fields = (
            "coach",
            "first_name",
            "last_name",
            "email",
            "phone",
            "max_travel_km",
            "hours_min",
            "hours_max",
            "available_from",
            "presentation",
        )
        widgets = {"available_from": DatePicker, "presentation": forms.Textarea({"rows": 5})}
        help_texts = {
            "email": _("Needed when the person shall be able to sign in."),
            "available_from": _("Leave empty if the person can start at once."),
            "max_travel_km": _("Leave empty what is not said: it is asked about, and shuts nobody out."),
            "presentation": NO_HEALTH,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.instance
        self.fields["coach"].queryset = coaches_of([file.unit_id])  # type: ignore[attr-defined]
        codes = {"licences": file.licences, "adaptations": file.adaptations}
        codes["adaptations_good"] = file.adaptations_good
        self.initial = {**initial_place(file), **codes, **self.initial}
        self.fields["place"].near_municipality = file.unit.municipality.area_id  # type: ignore[attr-defined]

    def clean_adaptations_good(self) -> list[str]:
        """Leave out what the person cannot do without."""
        musts = self.cleaned_data.get("adaptations", ())
        return [code for code in self.cleaned_data["adaptations_good"] if code not in musts]

    @property
    def before_rows(self) -> list[dict[str, Any]]:
        """The groups of fields that come before the rows of skills and languages."""
        return self._groups(self.before_skills)

    @property
    def after_rows(self) -> list[dict[str, Any]]:
        """The groups of fields that come after them."""
        return self._groups(self.after_skills)

    def _groups(self, groups: Any) -> list[dict[str, Any]]:
        return [
            {"legend": legend, "fields": [self[name] for name in names if name in self.fields]}
            for legend, names in groups
        ]


class EnrolForm(ParticipantForm):
    """The file of a new participant: the name and a free text first, everything else may wait."""

    before_skills = ((_("The person"), ("first_name", "last_name", "notes")),)
    after_skills = (
        (_("Contact and job coach"), ("email", "phone", "coach", *FIRST_DAY)),
        *ParticipantForm.after_skills,
    )
    # Read into rows and not kept.
    notes = forms.CharField(
        label=_("Write or paste it as it is"),
        max_length=LONGEST_NOTES,
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "Work, skills, licences, languages, wishes. It becomes rows to confirm; the text is not kept."
        ),
    )

    enrolled_on = WorkingDate(
        label=_("Enrolled on"),
        widget=DatePicker,
        help_text=_("The waiting is counted from this day."),
    )
    why_earlier = forms.CharField(
        label=_("Why so far back?"),
        max_length=300,
        required=False,
        help_text=_("For example that the person waited on another list."),
    )
    # Shown only where somebody seems to be here already.
    is_another = forms.BooleanField(label=_("No, this is another person. Enrol."), required=False)

    def __init__(self, *args: Any, reader: User, unit: Unit, **kwargs: Any) -> None:
        new = Participant(unit=unit, coach=reader)
        super().__init__(*args, instance=new, initial={"enrolled_on": timezone.localdate()}, **kwargs)
        if not self._is_far_back():
            del self.fields["why_earlier"]

    def _is_far_back(self) -> bool:
        """Tell whether the day that was typed needs a reason; without a usable one none is asked for."""
        try:
            day = self.fields["enrolled_on"].clean(self.data.get("enrolled_on"))
        except ValidationError:
            return False
        return is_far_back(day, today=timezone.localdate())

    def clean_enrolled_on(self) -> Any:
        """Refuse a day to come."""
        enrolled_on = self.cleaned_data["enrolled_on"]
        if enrolled_on > timezone.localdate():
            raise ValidationError(_("Nobody can be enrolled on a day to come."))
        return enrolled_on


class SkillRow(TextRow):
    """One thing that somebody can do, as free text."""

    kind = ConceptKind.SKILL
    text = forms.CharField(
        label=_("Skill"), max_length=200, widget=read_while_written("skills:skill_suggestion_list", kind)
    )
    level = how_well()
    source = forms.ChoiceField(label=_("Who says so"), choices=EvidenceSource, initial=EvidenceSource.SELF)


class OccupationRow(TextRow):
    """An occupation as free text."""

    kind = ConceptKind.OCCUPATION
    text = forms.CharField(
        label=_("Occupation"),
        max_length=200,
        widget=read_while_written("skills:occupation_suggestion_list", kind),
    )


class WhereWorked(forms.Form):
    """Where somebody has worked and when; `how_long` is read into months, or a span of years."""

    workplace = forms.CharField(label=_("Where"), max_length=120, required=False)
    how_long = forms.CharField(
        label=_("How long"),
        max_length=40,
        required=False,
        help_text=_("3 years, 6 months or 2015–2019"),
    )
    last_year = forms.IntegerField(
        label=_("Last in the year"),
        required=False,
        min_value=worked.FIRST_YEAR,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )

    @classmethod
    def said_of(cls, past: OccupationExperience) -> dict[str, Any]:
        """Return what stands there now."""
        how_long = worked.as_written(past.months)
        return {"workplace": past.workplace, "how_long": how_long, "last_year": past.last_year}

    def clean_how_long(self) -> worked.Worked:
        """Refuse what cannot be read as a length of time."""
        read = worked.read_length(self.cleaned_data["how_long"])
        if read is None:
            raise ValidationError(_("Write it as 3 years, 6 months or 2015–2019."))
        return read

    def clean(self) -> None:
        """Put what was said in the columns of the row; a year of its own counts before that of a span."""
        super().clean()
        read = self.cleaned_data.pop("how_long", worked.Worked())
        last_year = self.cleaned_data.get("last_year") or read.last_year
        self.cleaned_data |= {"months": read.months, "last_year": last_year}
        if last_year and last_year > timezone.localdate().year:
            self.add_error("last_year", ValidationError(_("Nobody has worked in a year to come.")))


class ExperienceRow(WhereWorked, OccupationRow):
    """One occupation that somebody has had."""

    telling = ("text", "workplace")


class WhyWished(forms.Form):
    """Why somebody wants an occupation."""

    motivation = forms.CharField(label=_("Why"), max_length=300, required=False, help_text=NO_HEALTH)

    @classmethod
    def said_of(cls, wish: OccupationWish) -> dict[str, Any]:
        """Return what stands there now."""
        return {"motivation": wish.motivation}


class WishRow(WhyWished, OccupationRow):
    """One occupation that somebody wants, and why."""

    telling = ("text", "motivation")


class LanguageRow(forms.Form):
    """One language and how well it is spoken."""

    language = forms.ChoiceField(label=_("Language"), choices=[("", "–"), *Language.choices], required=False)
    level = forms.ChoiceField(
        label=_("Level"), choices=[("", NOT_SAID), *LanguageLevel.choices], required=False
    )


class LanguageRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """Languages, each once."""

    def clean(self) -> None:
        """Refuse a language that is stated twice."""
        if any(self.errors) or not self.management_form.is_valid():
            return
        stated = [row["language"] for row in self.cleaned_data if row.get("language")]
        if len(stated) > len(set(stated)):
            raise ValidationError(_("State each language once."))

    @property
    def languages(self) -> dict[str, str]:
        """The levels by language; a row without a language is nothing."""
        return {row["language"]: row["level"] for row in self.cleaned_data if row.get("language")}


SkillRows = forms.formset_factory(SkillRow, formset=TextRows, extra=2, **up_to(MOST_ROWS))
ExperienceRows = forms.formset_factory(ExperienceRow, formset=TextRows, extra=1, **up_to(MOST_ROWS))
WishRows = forms.formset_factory(WishRow, formset=TextRows, extra=1, **up_to(MOST_ROWS))
LanguageFormSet = forms.formset_factory(LanguageRow, formset=LanguageRows, extra=1, **up_to(len(Language)))


class StateForm(forms.Form):
    """Why a participant pauses or ends; going on needs no reason."""

    why = forms.CharField(
        label=_("Why"), max_length=500, widget=forms.Textarea({"rows": 3}), help_text=NO_HEALTH
    )

    def __init__(self, *args: Any, asks_why: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_why:
            del self.fields["why"]


class ProtectionForm(forms.Form):
    """Who alone may see a participant with protected identity."""

    handlers = forms.ModelMultipleChoiceField(
        label=_("Named handlers"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only they will see that the person exists. The job coach must be one of them."),
    )

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(
            assignments__unit=participant.unit_id,
            assignments__role__in=[Role.COACH, Role.MANAGER],
            assignments__ended_on__isnull=True,
        )
        field = self.fields["handlers"]
        field.queryset = staff.order_by("sort_key", "email").distinct()  # type: ignore[attr-defined]
        field.initial = participant.handlers.all() if participant.is_protected else [participant.coach_id]


class SkillLevelForm(forms.Form):
    """How well somebody can do something, and who says so."""

    level = how_well(widget=forms.RadioSelect)
    source = forms.ChoiceField(label=_("Who says so"), choices=EvidenceSource, widget=forms.RadioSelect)

    @classmethod
    def said_of(cls, skill: SkillEvidence) -> dict[str, Any]:
        """Return what stands there now."""
        return {"level": skill.level, "source": skill.source}
