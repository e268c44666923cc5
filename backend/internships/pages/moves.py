"""What is done to an internship or a job on a page of its own: its form, its service, and its words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backend.internships import services
from backend.internships.pages.forms import CancelForm, CompleteForm, EndEarlyForm, StartForm, WhyForm
from backend.internships.pages.job_forms import CorrectJobForm, EndJobForm


@dataclass(frozen=True)
class Move:
    """One thing that is done after saying what will happen; `button` is the title where it is empty.

    `form` takes what was posted, and for a job the `job`.
    """

    form: Callable[..., Form]
    service: Callable[..., Any]
    title: Promise
    text: Promise
    button: Promise | str = ""
    is_danger: bool = False


MOVES: Mapping[str, Move] = {
    "start": Move(
        StartForm,
        services.start_internship,
        _("Start the internship"),
        _(
            "Follow-ups are scheduled for the first week, the middle and the end, and both sides are asked "
            "by e-mail when the day comes."
        ),
    ),
    "complete": Move(
        CompleteForm,
        services.complete_internship,
        _("Complete the internship"),
        _(
            "The participant is looking for a place again, unless a job has been recorded. Both sides get a "
            "message."
        ),
    ),
    "end": Move(
        EndEarlyForm,
        services.end_internship_early,
        _("End the internship early"),
        _("Follow-ups to come are taken away, except the end evaluation. Both sides get a message."),
        is_danger=True,
    ),
    "cancel": Move(
        CancelForm,
        services.cancel_internship,
        _("Call the internship off"),
        _(
            "The employer's yes still holds: plan the internship anew, or take the proposal back so that the "
            "place is free. Both sides get a message."
        ),
        is_danger=True,
    ),
}

OF_JOBS: Mapping[str, Move] = {
    "end": Move(
        lambda data, job: EndJobForm(data),
        services.end_employment,
        _("The job has ended"),
        _("The person looks for a place again, and you are not asked about this job any more."),
        _("End the job"),
    ),
    "correct": Move(
        CorrectJobForm,
        services.correct_employment,
        _("Correct the job"),
        _(
            "The figures and the questions to come follow what you write. What stood before is kept, with "
            "your name and your reason."
        ),
        _("Save the correction"),
    ),
    "strike": Move(
        lambda data, job: WhyForm(data),
        services.strike_employment,
        _("Strike the job"),
        _(
            "For a job that never was. It counts in no figure, and the person waits as if it had never been "
            "recorded. It is kept, with your reason."
        ),
        is_danger=True,
    ),
}
