"""What coach, employer and participant write about a job."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.core.fields import WorkingDate
from backend.core.ui.widgets import DatePicker
from backend.internships.enums import (
    EmploymentForm,
    EmploymentTerm,
    JobEndReason,
    JobEvidence,
    RetentionAnswer,
)
from backend.internships.models import Employment, Internship
from backend.internships.pages.forms import WhyForm, what_stands

ANOTHER = "another"
TERMS = [("", _("Not said")), *EmploymentTerm.choices]
EVIDENCE = [("", _("Not said")), *JobEvidence.choices]


class JobForm(forms.Form):
    """A paid job. `known` are the employers or jobs that what was typed looks like: which one is asked."""

    employer_name = forms.CharField(label=_("Employer"), max_length=200)
    same_as = forms.ChoiceField(label=_("Is it one of these?"), required=False, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Work"), max_length=150)
    form = forms.ChoiceField(label=_("Form of employment"), choices=EmploymentForm)
    percent = forms.IntegerField(label=_("Percent of full time"), min_value=1, max_value=100, initial=100)
    starts_on = WorkingDate(label=_("First day"), widget=DatePicker)
    term = forms.ChoiceField(label=_("For how long?"), choices=TERMS, required=False)
    evidence = forms.ChoiceField(label=_("How is it known?"), choices=EVIDENCE, required=False)

    def __init__(
        self,
        *args: Any,
        internship: Internship | None = None,
        known: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if internship is not None:
            del self.fields["employer_name"]
        if known:
            cast("forms.ChoiceField", self.fields["same_as"]).choices = list(known)
        else:
            del self.fields["same_as"]

    @property
    def job(self) -> dict[str, Any]:
        """What the service wants to know."""
        values = dict(self.cleaned_data)
        same_as = values.pop("same_as", "")
        if same_as and same_as != ANOTHER:
            return {**values, "employer_id": UUID(same_as)}
        return {**values, "is_another": same_as == ANOTHER}


class EndJobForm(forms.Form):
    """When and why a job ended; never because of health."""

    ends_on = WorkingDate(label=_("Last day"), widget=DatePicker)
    reason = forms.ChoiceField(label=_("Why?"), choices=[("", "–"), *JobEndReason.choices])


class CorrectJobForm(WhyForm):
    """What was recorded of a job. At a registered employer the name is the register's."""

    employer_name = forms.CharField(label=_("Employer"), max_length=200)
    title = forms.CharField(label=_("Work"), max_length=150)
    form = forms.ChoiceField(label=_("Form of employment"), choices=EmploymentForm)
    percent = forms.IntegerField(label=_("Percent of full time"), min_value=1, max_value=100)
    starts_on = WorkingDate(label=_("First day"), widget=DatePicker)
    term = forms.ChoiceField(label=_("For how long?"), choices=TERMS, required=False)
    evidence = forms.ChoiceField(label=_("How is it known?"), choices=EVIDENCE, required=False)
    ends_on = WorkingDate(label=_("Last day"), required=False, widget=DatePicker)
    end_reason = forms.ChoiceField(
        label=_("Why it ended"), required=False, choices=[("", "–"), *JobEndReason.choices]
    )
    field_order = (
        "employer_name",
        "title",
        "form",
        "percent",
        "starts_on",
        "term",
        "evidence",
        "ends_on",
        "end_reason",
        "why",
    )

    def __init__(self, *args: Any, job: Employment, **kwargs: Any) -> None:
        kwargs["initial"] = what_stands(self, job)
        super().__init__(*args, **kwargs)
        if job.employer_id:
            del self.fields["employer_name"]


REPLIES = (
    (RetentionAnswer.YES.value, _("Yes, the job goes on")),
    (RetentionAnswer.NO.value, _("No, not any more")),
    (RetentionAnswer.UNKNOWN.value, _("I do not know")),
)
"""What a side itself is asked."""


class ReplyForm(forms.Form):
    """One side's own answer to whether a job lasts."""

    answer = forms.ChoiceField(label=_("Does the job go on?"), choices=REPLIES, widget=forms.RadioSelect)


class RetentionForm(forms.Form):
    """Whether a job lasts; another answer than the first needs a reason."""

    answer = forms.ChoiceField(
        label=_("Is the person still employed?"), choices=RetentionAnswer, widget=forms.RadioSelect
    )
    said_by = forms.CharField(
        label=_("Who said so?"), max_length=100, help_text=_("For example: the participant, by phone.")
    )
    why = forms.CharField(
        label=_("Why is it changed?"),
        max_length=300,
        required=False,
        help_text=_("Only if the answer is another than before."),
    )

    def __init__(self, *args: Any, is_answered: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_answered:
            del self.fields["why"]
