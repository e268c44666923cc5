"""What is asked about placements and jobs by mail, and answered there without signing in.

The pages behind the links say which placement is meant – where, what work, since when – and of no person
more than that: whoever has the mail has the link.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from django.forms import Form
from django.http import QueryDict

from backend.accounts.enums import Persona
from backend.core.answering import Asked, Question, register
from backend.core.answering.links import CHOSEN
from backend.core.models import Delivery
from backend.internships import notifications, services
from backend.internships.enums import AnswerWay, Mood
from backend.internships.models import Evaluation, FollowUp, Internship, RetentionCheck
from backend.internships.pages.evaluating import form_for
from backend.internships.pages.forms import CallMeForm, EmployerAnswerForm
from backend.internships.pages.job_forms import REPLIES, ReplyForm


def which_placement(internship: Internship) -> dict[str, Any]:
    """Return what tells one placement from another without telling of anybody."""
    return {
        "workplace": str(internship.workplace),
        "work": internship.title,
        "since": internship.started_on or internship.starts_on,
    }


def _follow_up(delivery: Delivery, sent: QueryDict | None, chosen: Mapping[str, str]) -> Asked | None:
    """Ask how it goes."""
    related = ("internship__workplace", "internship__opening")
    follow_up = FollowUp.objects.select_related(*related).get(pk=delivery.message.subject_id)
    side = delivery.recipient.persona
    make: type[Form] = CallMeForm if side == Persona.PARTICIPANT else EmployerAnswerForm
    form = make(sent, initial={"mood": chosen.get(CHOSEN, "")})
    return Asked(
        form=form,
        template="internships/answer_by_link.html",
        service=partial(services.answer_follow_up, follow_up_id=follow_up.pk, side=side, way=AnswerWay.LINK),
        arguments=lambda: form.cleaned_data,
        context={"kind": follow_up.get_kind_display(), **which_placement(follow_up.internship)},
    )


register(Question(notifications.FOLLOW_UP_ASKED.name, _follow_up, choices=Mood.choices))


def _evaluation(delivery: Delivery, sent: QueryDict | None, chosen: Mapping[str, str]) -> Asked | None:
    """Ask how it was."""
    related = ("internship__workplace", "internship__opening__workplace")
    evaluation = Evaluation.objects.select_related(*related).get(pk=delivery.message.subject_id)
    form = form_for(evaluation, sent, chosen={"mood": chosen.get(CHOSEN, "")})
    return Asked(
        form=form,
        template="internships/evaluate_by_link.html",
        service=partial(services.answer_evaluation, evaluation_id=evaluation.pk, way=AnswerWay.LINK),
        arguments=lambda: {"verdict": form.verdict},
        context=which_placement(evaluation.internship),
    )


def which_job(check: RetentionCheck) -> dict[str, Any]:
    """Return what tells one job from another without telling of anybody."""
    job = check.employment
    return {"work": job.title, "workplace": job.employer_name, "since": job.starts_on, "months": check.months}


def _retention(delivery: Delivery, sent: QueryDict | None, chosen: Mapping[str, str]) -> Asked | None:
    """Ask whether a job goes on."""
    check = RetentionCheck.objects.select_related("employment").get(pk=delivery.message.subject_id)
    form = ReplyForm(sent, initial={"answer": chosen.get(CHOSEN, "")})
    return Asked(
        form=form,
        template="internships/retention_by_link.html",
        service=partial(services.reply_about_job, check_id=check.pk, way=AnswerWay.LINK),
        arguments=lambda: form.cleaned_data,
        context=which_job(check),
    )


register(
    Question(notifications.RETENTION_ASKED.name, _retention, choices=REPLIES, good_for=timedelta(days=30))
)
register(Question(notifications.EVALUATION_ASKED.name, _evaluation, good_for=timedelta(days=21)))
