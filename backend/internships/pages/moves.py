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
from backend.internships.pages.pause_forms import NoShowForm, PauseForm, ResumeForm, ReturnForm


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
    "no_show": Move(
        NoShowForm,
        services.record_no_show,
        _("Nobody came"),
        _(
            "The internship never began, and nothing is evaluated. The place is free again, and the person "
            "can be proposed anew at once. Both sides get a message."
        ),
        _("Write that nobody came"),
        is_danger=True,
    ),
    "pause": Move(
        PauseForm,
        services.pause_internship,
        _("Pause the internship"),
        _(
            "Nobody is asked anything during the pause: follow-ups move past it. The last day stays; extend "
            "the internship if time is lost. Both sides get a message."
        ),
    ),
    "return": Move(
        ReturnForm,
        services.change_return,
        _("Change the day of the return"),
        _("The pause gets longer or shorter, and follow-ups move with it. Both sides get a message."),
    ),
    "resume": Move(
        ResumeForm,
        services.resume_internship,
        _("Let the internship go on"),
        _("Follow-ups that were due during the pause are asked now. Both sides get a message."),
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
