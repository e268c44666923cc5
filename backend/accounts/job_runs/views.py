"""Scheduled jobs, for administrators."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from backend.accounts.access import administers
from backend.accounts.job_runs.pages import all_jobs, as_listed, as_shown
from backend.accounts.job_runs.services import start_job, try_job
from backend.core.models import JobRun, ScheduledRun
from backend.core.running.schedule import jobs
from backend.core.ui.http import ask, paginate, shown_as


@require_GET
@administers
def job_list(request: HttpRequest) -> HttpResponse:
    """List every job: when it ran, what came of it, when it is due."""
    return render(request, "accounts/jobs/job_list.html", {"jobs": all_jobs(timezone.now())})


@require_GET
@administers
def job_detail(request: HttpRequest, name: str) -> HttpResponse:
    """Show one job and its runs, the newest first; offer to try it and to run it."""
    if name not in jobs:
        raise Http404
    last = ScheduledRun.objects.filter(name=name).first()
    page = paginate(request, JobRun.objects.filter(name=name).select_related("by"))
    job = as_listed(jobs[name], last, at=timezone.now())
    context = {"job": job, "page": shown_as(page, [as_shown(run) for run in page])}
    return render(request, "accounts/jobs/job_detail.html", context)


@require_POST
@administers
def job_try(request: HttpRequest, name: str) -> HttpResponse:
    """Find out what a job would do."""
    said = _("Tried. Nothing was changed and nothing was sent; below stands what would be done.")
    return ask(request, try_job, name=name, to=_page(name), said=said)


@require_POST
@administers
def job_start(request: HttpRequest, name: str) -> HttpResponse:
    """Run a job now."""
    seen = request.POST.get("seen", "")
    return ask(request, start_job, name=name, seen=seen, to=_page(name), said=_("The job has run."))


def _page(name: str) -> str:
    return reverse("job_runs:job_detail", args=[name])
