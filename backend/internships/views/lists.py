"""Lists of internships and follow-ups."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from backend.accounts.access import persona_required, role_required, signed_in
from backend.accounts.enums import Persona, Role
from backend.accounts.signing_in.second_factor import fresh_second_factor
from backend.core.ui.excel import excel_response
from backend.core.ui.forms import FilterForm
from backend.core.ui.http import paginate, shown_as
from backend.core.ui.next import Next
from backend.internships.enums import UNDER_WAY
from backend.internships.models import FollowUp, Internship
from backend.internships.pages.access_log import IN_LISTS
from backend.internships.pages.excel import EXPORTED, exported
from backend.internships.pages.filters import FollowUpFilter, InternshipFilter, WorkplaceFilter
from backend.internships.pages.for_employers import RELATED, placements_at_employer
from backend.internships.pages.next import next_about_evaluation, next_for_side
from backend.internships.pages.papers import papers_of, with_papers
from backend.participants.access_log import EXPORT, shown

STAFF_WITH_FILES = (Role.COACH, Role.MANAGER)


@require_GET
@persona_required(Persona.STAFF, Persona.EMPLOYER)
def internship_list(request: HttpRequest) -> HttpResponse:
    """List the internships that the reader follows, the newest start first."""
    if signed_in(request).persona == Persona.EMPLOYER:
        return _list_for_employer(request)
    found = InternshipFilter(request.GET, queryset=_followed(request), request=request)
    page = paginate(request, found.qs, filters=found.form.fields)
    shown(request, (each.participant_id for each in page), page=IN_LISTS)
    context = {"page": page, "filter": found, "today": timezone.localdate()}
    context |= {"may_export": signed_in(request).has_role(*STAFF_WITH_FILES)}
    return render(request, "internships/internship_list.html", context)


def _list_for_employer(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    theirs = Internship.objects.read_by(signed_in(request), on=today).select_related(*RELATED)
    found = WorkplaceFilter(request.GET, queryset=theirs.order_by("-starts_on", "pk"), request=request)
    page = paginate(request, found.qs, filters=found.form.fields)
    shown(request, (each.participant_id for each in page), page=IN_LISTS)
    rows = placements_at_employer(list(page), on=today)
    context = {"page": shown_as(page, rows), "filter": FilterForm(found.form)}
    return render(request, "internships/employer_list.html", context)


@require_GET
@role_required(*STAFF_WITH_FILES)
@fresh_second_factor
def internship_export(request: HttpRequest) -> HttpResponse:
    """Give the filtered list as an Excel file."""
    followed = _followed(request).select_related(
        "participant__coach", "participant__unit", "workplace__employer"
    )
    rows = list(InternshipFilter(request.GET, queryset=followed, request=request).qs)
    shown(request, (each.participant_id for each in rows), page=EXPORT)
    return excel_response(_("internships"), [str(each) for each in EXPORTED], exported(rows))


def _followed(request: HttpRequest) -> QuerySet[Internship]:
    """Return what may stand in the reader's list: never a protected identity."""
    listed = Internship.objects.listed_for(signed_in(request))
    related = ("participant__coach", "participant__unit", "workplace__employer")
    return listed.select_related(*related).order_by("-starts_on", "pk")


@require_GET
@role_required(*STAFF_WITH_FILES)
def follow_up_list(request: HttpRequest) -> HttpResponse:
    """List the follow-ups of the reader's units, the longest overdue first."""
    rows = FollowUp.objects.listed_for(signed_in(request))
    related = ("internship__participant__coach", "internship__workplace__employer")
    rows = rows.select_related(*related).order_by("due_on", "pk")
    found = FollowUpFilter({"which": "open", **request.GET.dict()}, queryset=rows, request=request)
    page = paginate(request, found.qs, filters=found.form.fields)
    shown(request, (each.internship.participant_id for each in page), page=IN_LISTS)
    context = {"page": page, "filter": found, "today": timezone.localdate()}
    return render(request, "internships/follow_up_list.html", context)


@require_GET
@persona_required(Persona.PARTICIPANT)
def my_internships(request: HttpRequest) -> HttpResponse:
    """Show participants their own internships in plain words."""
    mine = Internship.objects.visible_to(signed_in(request)).select_related(
        "workplace__employer", "participant__coach"
    )
    rows = mine.order_by("-starts_on", "pk").prefetch_related("follow_ups", "evaluations")
    return render(request, "internships/my_internships.html", {"internships": list(map(_row, rows))})


@require_GET
@persona_required(Persona.PARTICIPANT)
def my_papers(request: HttpRequest) -> HttpResponse:
    """Show participants the papers of their internships: agreements, who has signed them, certificates."""
    reader, today = signed_in(request), timezone.localdate()
    mine = Internship.objects.visible_to(reader).select_related(*RELATED).order_by("-starts_on", "pk")
    papers = papers_of(mine.prefetch_related(*with_papers()), reader, on=today)
    return render(request, "internships/my_papers.html", {"papers": papers})


def _row(internship: Internship) -> tuple[Internship, bool, list[Next]]:
    """Return an internship, whether it goes on, and what it asks its participant."""
    is_ongoing = internship.state in UNDER_WAY
    asked, today = internship.follow_ups.all() if is_ongoing else (), timezone.localdate()
    steps = [next_for_side(each, Persona.PARTICIPANT, today=today) for each in asked]
    own = [each for each in internship.evaluations.all() if each.side == Persona.PARTICIPANT]
    over = [next_about_evaluation(each, Persona.PARTICIPANT, today=today) for each in own]
    return internship, is_ongoing, [*steps, *(step for step in over if step is not None)]
