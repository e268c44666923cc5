"""What comes next about an evaluation, for the side that is asked and for the coach."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from backend.accounts.enums import Persona
from backend.core.clock import day_of
from backend.core.templatetags.ui import day
from backend.core.ui.next import Action, Next
from backend.internships.enums import Mood
from backend.internships.models import Evaluation
from backend.internships.notifications import ASKED_AGAIN_AFTER


def next_about_evaluation(evaluation: Evaluation, reader: str, *, today: date) -> Next | None:
    """Return where an evaluation stands for `reader` (a persona); None where nothing is to be said."""
    if evaluation.dropped_at is not None:
        return None
    if reader == Persona.STAFF:
        return _for_coach(evaluation, today=today)
    if evaluation.answered_at is not None:
        return Next(_("Answered on %(day)s") % {"day": day(evaluation.answered_at)}, tone="success")
    tell = Action(_("Tell how it was"), _page(evaluation))
    return Next(_("Not answered yet"), actions=(tell,), tone="warning", do=tell.label)


def _for_coach(evaluation: Evaluation, *, today: date) -> Next:
    if evaluation.looked_at is not None:
        return Next(_("Gone through"), tone="success")
    if evaluation.answered_at is not None:
        read = Action(_("Go through the evaluation"), _page(evaluation))
        is_red = evaluation.mood == Mood.BAD
        reason = _("Says that it went badly") if is_red else _("An evaluation has arrived")
        mark = "danger" if is_red else "info"
        return Next(reason, actions=(read,), tone="warning", reason=reason, do=read.label, mark=mark)
    call = Action(_("Write what is said by phone"), _page(evaluation), variant="secondary")
    if day_of(evaluation.asked_at) + ASKED_AGAIN_AFTER[-1] >= today:
        return Next(_("Waits for an answer"), actions=(call,))
    of_side = {
        Persona.EMPLOYER.value: _("The employer has not evaluated: call"),
        Persona.PARTICIPANT.value: _("The participant has not evaluated: call"),
    }
    reason = of_side[evaluation.side]
    left = Action(
        _("No answer"),
        reverse("internships:evaluation_leave", args=[evaluation.pk]),
        True,
        variant="tertiary",
    )
    return Next(_("Waits for an answer"), actions=(call, left), reason=reason, do=call.label, mark="warning")


def _page(evaluation: Evaluation) -> str:
    return reverse("internships:evaluation_answer", args=[evaluation.pk])
