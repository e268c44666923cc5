"""An evaluation as each side fills it in, and as its coach goes through it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.fields import WorkingDate
from backend.core.ui.next import Next
from backend.core.ui.widgets import DatePicker, Faces
from backend.employers.models import SkillRequirement
from backend.internships import services
from backend.internships.enums import Again, Mood, WhyNotHired, WouldHire
from backend.internships.models import Evaluation, Internship, LearningGoal, SeenSkill
from backend.internships.pages.next import next_about_evaluation
from backend.internships.services import Verdict
from backend.participants.enums import SkillLevel
from backend.participants.forms import NO_HEALTH
from backend.skills.enums import Adaptation

MOST_ASKED = 8
NOT_SEEN = ("", _("Not seen"))
SAID = (
    "mood",
    "words",
    "would_hire",
    "why_not",
    "adaptations_worked",
    "again",
    "again_places",
    "again_from",
)


class OwnEvaluationForm(forms.Form):
    """The participant's own: how it was, and in words what was learnt."""

    mood = forms.ChoiceField(label=_("How was the internship?"), choices=Mood, widget=Faces)
    words = forms.CharField(
        label=_("What did you learn, and what could have been better?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=NO_HEALTH,
    )

    @property
    def verdict(self) -> Verdict:
        """What the service wants to know."""
        return Verdict(**self.cleaned_data)


class WorkplaceEvaluationForm(forms.Form):
    """The workplace's: would it employ, what has it seen, what worked, and again?"""

    mood = forms.ChoiceField(label=_("How was it?"), choices=Mood, widget=Faces, required=False)
    would_hire = forms.ChoiceField(
        label=_("Would you employ the person?"), choices=WouldHire, widget=forms.RadioSelect
    )
    why_not = forms.ChoiceField(
        label=_("Why not?"),
        choices=[("", "–"), *WhyNotHired.choices],
        required=False,
        help_text=_("Only if you answered “Not now”."),
    )
    adaptations_worked = forms.MultipleChoiceField(
        label=_("What helped?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    again = forms.ChoiceField(
        label=_("Will you receive somebody again?"), choices=Again, widget=forms.RadioSelect, required=False
    )
    again_places = forms.IntegerField(
        label=_("How many?"),
        min_value=1,
        max_value=200,
        required=False,
        help_text=_("A number here becomes places that are matched; you can change them afterwards."),
    )
    again_from = WorkingDate(label=_("From when?"), required=False, widget=DatePicker)
    words = forms.CharField(
        label=_("In your own words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=NO_HEALTH,
    )

    def __init__(
        self,
        *args: Any,
        asked: Sequence[LearningGoal | SkillRequirement],
        adaptations: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.skills = {f"skill_{each.pk}": each.pk for each in asked}
        self.goals = [f"skill_{each.pk}" for each in asked if isinstance(each, LearningGoal)]
        for name, each in zip(self.skills, asked, strict=True):
            self.fields[name] = forms.TypedChoiceField(
                label=each.text,
                choices=[NOT_SEEN, *SkillLevel.choices],
                coerce=int,
                empty_value=None,
                required=False,
            )
        offered = [(code, label) for code, label in Adaptation.choices if code in set(adaptations)]
        if offered:
            self.fields["adaptations_worked"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["adaptations_worked"]

    @property
    def groups(self) -> tuple[Any, ...]:
        """The fields in the order in which they are answered."""
        others = [name for name in self.skills if name not in self.goals]
        seen: list[Any] = (
            [(_("What was to be learnt: what have you seen?"), self.goals)] if self.goals else []
        )
        seen += [(_("What have you seen?"), others)] if others else []
        helped = ["adaptations_worked"] if "adaptations_worked" in self.fields else []
        return (
            (None, ["mood", "would_hire", "why_not"]),
            *seen,
            (_("And then?"), [*helped, "again", "again_places", "again_from", "words"]),
        )

    @property
    def verdict(self) -> Verdict:
        """What the service wants to know."""
        said = dict(self.cleaned_data)
        levels = {pk: level for name, pk in self.skills.items() if (level := said.pop(name, None))}
        return Verdict(**said, levels=levels)


EvaluationForm = OwnEvaluationForm | WorkplaceEvaluationForm


def form_for(
    evaluation: Evaluation, sent: Any = None, *, chosen: Mapping[str, str] | None = None
) -> EvaluationForm:
    """Return the form of the side that is asked, with what it said before."""
    initial = {name: getattr(evaluation, name) for name in SAID} | dict(chosen or {})
    if evaluation.side == Persona.PARTICIPANT:
        return OwnEvaluationForm(sent, initial=initial)
    internship = evaluation.internship
    opening = internship.opening
    asked = services.skills_to_ask(internship)[:MOST_ASKED]
    offered = opening.arranged if opening else set(internship.workplace.adaptations_offered)
    arranged = {*internship.adaptations, *offered}
    levels = {each.text: each.level for each in evaluation.skills.all()}
    initial |= {f"skill_{each.pk}": levels.get(each.text, "") for each in asked}
    return WorkplaceEvaluationForm(sent, initial=initial, asked=asked, adaptations=arranged)


@dataclass(frozen=True)
class AskedSide:
    """One side's evaluation in a list: whose, where it is answered, and what comes next about it."""

    title: str
    url: str
    next: Next


def evaluations_of(internship: Internship, reader: User, *, today: date) -> list[AskedSide]:
    """Return the evaluations of an internship that `reader` may read, the employer's first."""
    mine = Evaluation.objects.visible_to(reader).filter(internship=internship)
    steps = [(each, next_about_evaluation(each, reader.persona, today=today)) for each in mine]
    return [
        AskedSide(str(each.get_side_display()), _page(each), step) for each, step in steps if step is not None
    ]


def _page(evaluation: Evaluation) -> str:
    return reverse("internships:evaluation_answer", args=[evaluation.pk])


@dataclass(frozen=True)
class Heard:
    """An answer in words, for whoever reads it: label and what was said, in the order of the form."""

    facts: list[tuple[str, str]]
    skills: list[tuple[str, str]]
    words: str


def heard(evaluation: Evaluation) -> Heard:
    """Return what one side has said, without what it left open."""
    said = (
        (_("How it was"), evaluation.get_mood_display()),
        (_("Would employ"), evaluation.get_would_hire_display()),
        (_("Why not"), evaluation.get_why_not_display()),
        (_("What helped"), ", ".join(_labels(evaluation.adaptations_worked))),
        (_("Receives somebody again"), _again(evaluation)),
    )
    facts = [(str(label), str(words)) for label, words in said if words]
    skills = [(each.text, str(each.get_level_display())) for each in evaluation.skills.all()]
    return Heard(facts, skills, evaluation.words)


def _labels(codes: Iterable[str]) -> list[str]:
    return [str(Adaptation(code).label) for code in codes]


def _again(evaluation: Evaluation) -> str:
    words = str(evaluation.get_again_display())
    return f"{words} ({evaluation.again_places})" if evaluation.again_places else words


class LookForm(forms.Form):
    """Which of the skills seen become evidence in the file: all, unless the coach takes one away."""

    taken = forms.TypedMultipleChoiceField(
        label=_("Write in the file as shown in an internship"),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, skills: Sequence[SeenSkill], **kwargs: Any) -> None:
        choices = [(str(each.pk), f"{each.text} – {each.get_level_display()}") for each in skills]
        kwargs["initial"] = {"taken": [key for key, _words in choices]}
        super().__init__(*args, **kwargs)
        if choices:
            self.fields["taken"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["taken"]
