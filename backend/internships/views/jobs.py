"""One job: what was recorded, and ending, correcting or striking it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.core.ui.forms import posted
from backend.core.ui.http import ask_form, status_of
from backend.internships.models import Employment
from backend.internships.pages import presenting
from backend.internships.pages.access_log import EMPLOYMENT
from backend.internships.pages.moves import OF_JOBS
from backend.internships.pages.next import changes_of, next_about_check, next_for_job
from backend.participants.access_log import shown
from backend.participants.models import Participant

RELATED = ("participant", "employer", "internship__workplace__employer", "recorded_by")


@require_GET
@role_required(Role.COACH, Role.MANAGER)
def employment_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was recorded of a job, what was corrected, and whether it lasts."""
    reader = signed_in(request)
    job = get_object_or_404(Employment.objects.visible_to(reader).select_related(*RELATED), pk=pk)
    shown(request, [job.participant], page=EMPLOYMENT)
    checks = list(job.retention_checks.with_disputed().prefetch_related("replies").order_by("months"))
    may_decide = Participant.objects.decidable_by(reader).filter(pk=job.participant_id).exists()
    may: dict[str, Any] = {"may_decide": may_decide, "today": timezone.localdate()}
    context = {
        "job": job,
        "next": next_for_job(job, checks, **may),
        "changes": changes_of(job, **may),
        "checks": [(check, next_about_check(check, job, **may)) for check in checks],
        "corrections": presenting.corrections(job),
    }
    return render(request, "internships/employment_detail.html", context)


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def employment_change(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """End, correct or strike a job, after saying what will happen."""
    coach = signed_in(request)
    theirs = Employment.objects.filter(participant__in=Participant.objects.decidable_by(coach))
    job = get_object_or_404(theirs.select_related(*RELATED), pk=pk)
    move = OF_JOBS[verb]
    form = move.form(posted(request), job=job)
    if request.method == "POST" and form.is_valid():
        change = partial(move.service, employment_id=pk, **form.cleaned_data)
        said = _("Done. What stood before is kept.")
        if answer := ask_form(request, form, change, to=job.participant, said=said):
            return answer
    shown(request, [job.participant], page=EMPLOYMENT)
    context = {"form": form, "job": job, "move": move}
    return render(request, "internships/employment_change.html", context, status=status_of(form))
