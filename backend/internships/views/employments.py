"""Recording paid work, and asking whether it lasts."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backend.accounts.access import persona_required, role_required, signed_in
from backend.accounts.enums import Persona, Role
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.employers.enums import OpeningKind
from backend.internships import services
from backend.internships.enums import RetentionAnswer
from backend.internships.known_jobs import jobs_at, known_employers
from backend.internships.models import Internship, RetentionCheck
from backend.internships.pages.access_log import EMPLOYMENT, RETENTION
from backend.internships.pages.answering import which_job
from backend.internships.pages.job_forms import ANOTHER, JobForm, ReplyForm, RetentionForm
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.participants.access_log import shown
from backend.participants.models import Participant


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def internship_convert(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that an internship has become a job at its employer."""
    theirs = Internship.objects.decidable_by(signed_in(request))
    internship = get_object_or_404(
        theirs.select_related("participant", "workplace__employer", "opening"), pk=pk
    )
    return _record(request, internship.participant, internship)


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def employment_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record a job that came without an internship of ours, or at another employer."""
    coach = signed_in(request)
    participant = get_object_or_404(Participant.objects.decidable_by(coach), pk=pk)
    return _record(request, participant, None, _accepted(request, participant))


def _accepted(request: HttpRequest, participant: Participant) -> Proposal | None:
    """Return the proposal that the job comes of, when the page was opened from one."""
    if "proposal" not in request.GET:
        return None
    theirs = Proposal.objects.handled_by(signed_in(request)).filter(participant=participant)
    jobs = theirs.filter(state=ProposalState.ACCEPTED, opening__kind=OpeningKind.JOB)
    return get_object_or_404(jobs.select_related("opening__workplace__employer"), pk=_key(request))


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.GET["proposal"])
    except ValueError as error:
        raise Http404 from error


def _first_facts(internship: Internship | None, proposal: Proposal | None) -> dict[str, Any]:
    """Return what is known of the job before anything is written."""
    if internship is not None:
        return {"title": internship.title}
    if proposal is not None:
        opening = proposal.opening
        return {"title": opening.title, "employer_name": opening.workplace.employer.name}
    return {}


def _record(
    request: HttpRequest,
    participant: Participant,
    internship: Internship | None,
    proposal: Proposal | None = None,
) -> HttpResponse:
    known = [] if internship or proposal else _looks_like(request, participant)
    form = JobForm(
        posted(request), internship=internship, known=known, initial=_first_facts(internship, proposal)
    )
    if request.method == "POST" and form.is_valid():
        of: dict[str, Any] = {
            "internship_id": internship.pk if internship else None,
            "proposal_id": proposal.pk if proposal else None,
        }
        record = partial(services.record_employment, participant_id=participant.pk, **of, **form.job)
        said = _("The job is recorded. You will be asked after 1, 3, 6 and 12 months.")
        if answer := ask_form(request, form, record, to=internship or participant, said=said):
            return answer
    shown(request, [participant], page=EMPLOYMENT)
    context = {"form": form, "participant": participant, "internship": internship}
    return render(request, "internships/employment_create.html", context, status=status_of(form))


def _looks_like(request: HttpRequest, participant: Participant) -> list[tuple[str, str]]:
    """Return what the employer's name that was typed may mean, as the answers to a question; else nothing."""
    name = request.POST.get("employer_name", "")[:200]
    if not name.strip():
        return []
    employers = known_employers(participant, name)
    jobs = jobs_at(participant, employer_name=name)
    if not employers and not jobs:
        return []
    there = _("%(name)s, where the person was an intern")
    answers = [
        (str(each.pk), there % {"name": each.name} if each.was_intern else each.name) for each in employers
    ]
    return [*answers, (ANOTHER, _("No, another employer or another job"))]


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def retention_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down whether the person is still employed."""
    theirs = RetentionCheck.objects.visible_to(signed_in(request)).select_related("employment__participant")
    check = get_object_or_404(theirs, pk=pk)
    person, said = check.employment.participant, _("The answer is saved.")
    initial = {"answer": check.answer, "said_by": check.said_by}
    form = RetentionForm(posted(request), is_answered=bool(check.answer), initial=initial)
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"check_id": pk, "back": person, **form.cleaned_data}
        if answer := ask_form(request, form, services.answer_retention, to=_after_answer, said=said, **what):
            return answer
    shown(request, [person], page=RETENTION)
    context = {"form": form, "check": check}
    return render(request, "internships/retention_answer.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@persona_required(Persona.EMPLOYER, Persona.PARTICIPANT)
def retention_reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let one side itself say whether a job lasts."""
    asked = RetentionCheck.objects.asked_of(signed_in(request), on=timezone.localdate())
    check = get_object_or_404(asked.select_related("employment"), pk=pk)
    form = ReplyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        what: dict[str, Any] = {"check_id": pk, "to": "home:my_home", **form.cleaned_data}
        said = _("Thank you. The answer is saved.")
        if answer := ask_form(request, form, services.reply_about_job, said=said, **what):
            return answer
    context = {"form": form, **which_job(check)}
    return render(request, "internships/retention_reply.html", context, status=status_of(form))


def _after_answer(check: RetentionCheck) -> str:
    """Return the page where the end of a job that did not last is written, and else the person's."""
    job = check.employment
    if check.answer == RetentionAnswer.NO and not job.ends_on:
        return reverse("internships:employment_end", args=[job.pk])
    return job.participant.get_absolute_url()


@require_POST
@role_required(Role.COACH)
def retention_unknown(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave the old questions about a job: it could not be found out."""
    said = _("Noted that it could not be found out. You can correct it at the job.")
    return ask(request, services.leave_unknown, job_id=pk, to="home:my_home", said=said)
