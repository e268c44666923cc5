"""Case reviews, for staff: planned, prepared, held, closed, followed up."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.access import role_required, signed_in
from backend.accounts.enums import Role
from backend.accounts.models import Unit
from backend.cooperation import services
from backend.cooperation.access_log import REVIEW, REVIEW_CASE
from backend.cooperation.agenda import colleagues_of
from backend.cooperation.models import CaseReview, ReviewAction, ReviewCase
from backend.cooperation.pages.at_the_table import review_to_agency
from backend.cooperation.pages.case_reviews import OnAgenda, agenda_of, prepared
from backend.cooperation.pages.documents import review_as_pdf
from backend.cooperation.pages.forms import OnAgendaForm, OutcomeForm, ReviewPlanForm, ToReviewForm
from backend.core.documents import file_response
from backend.core.timeline import timeline
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, paginate, status_of
from backend.participants.access_log import LISTED, open_case, shown
from backend.participants.enums import ParticipantState
from backend.participants.models import Agency, AgencyContact, Participant

READERS = (Role.COACH, Role.MANAGER)


@role_required(*READERS)
@require_GET
def review_list(request: HttpRequest) -> HttpResponse:
    """List the reviews of the reader's units, the latest first."""
    reader = signed_in(request)
    theirs = CaseReview.objects.visible_to(reader).with_agencies().with_people(reader)
    context = {"page": paginate(request, theirs), "can_plan": reader.has_role(Role.COACH)}
    return render(request, "cooperation/review_list.html", context)


@role_required(Role.COACH)
@require_http_methods(["GET", "POST"])
def review_plan(request: HttpRequest) -> HttpResponse:
    """Plan a review: day, time, place, and who comes from which agency."""
    reader, today = signed_in(request), timezone.localdate()
    agencies = Agency.objects.visible_to(reader).with_readers(on=today)
    units = Unit.objects.filter(pk__in=reader.unit_ids(Role.COACH))
    form = ReviewPlanForm(posted(request), units=units, agencies=agencies, on=today)
    if request.method == "POST" and form.is_valid():
        plan = partial(services.plan_review, **form.asked_for)
        if answer := ask_form(request, form, plan, said=_("The case review is planned.")):
            return answer
    context = {"form": form if agencies else None}
    return render(request, "cooperation/review_plan.html", context, status=status_of(form))


@role_required(*READERS)
@require_GET
def review_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one review: who comes, who is on the agenda, and for which agencies."""
    review, reader = _review(request, pk), signed_in(request)
    agenda = agenda_of(review, reader, on=timezone.localdate())
    shown(request, [each.case.participant_id for each in agenda], page=REVIEW)
    context = {
        "review": review,
        "agenda": agenda,
        "can_decide": review.unit_id in reader.unit_ids(Role.COACH),
        "may_begin": timezone.localdate() >= timezone.localdate(review.starts_at),
        "minutes_are_open": _minutes_are_open(request, review),
        "timeline": timeline(review, reader=reader.persona),
    }
    return render(request, "cooperation/review_detail.html", context)


@role_required(Role.COACH)
@require_http_methods(["GET", "POST"])
def review_case_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put somebody on the agenda, from the review."""
    reader = signed_in(request)
    review = get_object_or_404(CaseReview.objects.decidable_by(reader).open(), pk=pk)
    people = Participant.objects.decidable_by(reader).findable().filter(unit=review.unit_id)
    there = people.exclude(state=ParticipantState.ENDED).exclude(review_cases__review=pk)
    form = OnAgendaForm(posted(request), people=there.order_by("sort_key", "pk"))
    shown(request, there, page=LISTED)
    if request.method == "POST" and form.is_valid():
        put = partial(
            services.put_on_agenda, review_id=pk, participant_id=UUID(form.cleaned_data["participant"])
        )
        if answer := ask_form(request, form, put, back=review.get_absolute_url()):
            return answer
    context = {"form": form, "heading": _("Put somebody on the agenda"), "back": review.get_absolute_url()}
    return render(request, "cooperation/review_form.html", context, status=status_of(form))


@role_required(Role.COACH)
@require_http_methods(["GET", "POST"])
def participant_to_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put somebody on the agenda, from the person's page."""
    participant = open_case(request, pk, page=REVIEW_CASE)
    reviews = CaseReview.objects.decidable_by(signed_in(request)).open().filter(unit=participant.unit_id)
    form = ToReviewForm(posted(request), reviews=reviews.exclude(cases__participant=pk))
    if request.method == "POST" and form.is_valid():
        put = partial(services.put_on_agenda, participant_id=pk, review_id=UUID(form.cleaned_data["review"]))
        if answer := ask_form(request, form, put, back=participant.get_absolute_url()):
            return answer
    heading = _("Put %(name)s on the agenda") % {"name": participant}
    context = {"form": form, "heading": heading, "back": participant.get_absolute_url()}
    return render(request, "cooperation/review_form.html", context, status=status_of(form))


@role_required(*READERS)
@require_http_methods(["GET", "POST"])
def review_case(request: HttpRequest, pk: UUID, case: UUID) -> HttpResponse:
    """Show the prepared view of a person, and note what is decided."""
    review, reader, today = _review(request, pk), signed_in(request), timezone.localdate()
    agenda = agenda_of(review, reader, on=today)
    at = _place(agenda, case)
    page = prepared(agenda, at, reader, on=today)
    shown(request, [agenda[at].case.participant_id], page=REVIEW_CASE)
    form = _outcome_form(request, review, agenda[at])
    if request.method == "POST" and form.is_valid():
        note = partial(services.note_outcome, case_id=case, **form.asked_for)
        if answer := ask_form(request, form, note, back=request.path, said=_("It is noted.")):
            return answer
    may_note = review.unit_id in reader.unit_ids(Role.COACH)
    context = {**page, "case": agenda[at].case, "review": review, "form": form, "may_note": may_note}
    return render(request, "cooperation/review_case.html", context, status=status_of(form))


@role_required(Role.COACH)
@require_POST
def review_case_off(request: HttpRequest, pk: UUID, case: UUID) -> HttpResponse:
    """Take somebody off the agenda."""
    said = _("The person is off the agenda.")
    return ask(request, services.take_off_agenda, case_id=case, back=_review(request, pk), said=said)


@role_required(Role.COACH)
@require_POST
def review_hold(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin the review."""
    return ask(request, services.hold_review, review_id=pk, to=_review(request, pk))


@role_required(Role.COACH)
@require_POST
def review_call_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call the review off."""
    said = _("The case review is called off, and guests are told.")
    return ask(request, services.call_off_review, review_id=pk, to=_review(request, pk), said=said)


@role_required(Role.COACH)
@require_POST
def review_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close the review and keep its minutes."""
    said = _("The minutes are closed and kept.")
    return ask(request, services.close_review, review_id=pk, to=_review(request, pk), said=said)


@role_required(*READERS)
@require_GET
def review_minutes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the staff's own minutes, byte for byte as they were closed."""
    review = _review(request, pk)
    if review.minutes is None or not _minutes_are_open(request, review):
        raise Http404
    shown(request, review.cases.values_list("participant", flat=True), page=REVIEW)
    return file_response(review.minutes, name=_("minutes-%(day)s") % {"day": review})


@role_required(Role.COACH)
@require_GET
def review_print(request: HttpRequest, pk: UUID, seat: UUID) -> HttpResponse:
    """Give what one agency reads of the review as a PDF, to be handed over on paper."""
    review = _review(request, pk)
    row = get_object_or_404(review.seats.with_review(), pk=seat)
    seen = review_to_agency(row, on=timezone.localdate(), reader=None)
    shown(request, seen.cases, page=REVIEW)
    return review_as_pdf(seen)


@role_required(*READERS)
@require_POST
def action_done(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that an action is done."""
    theirs = ReviewAction.objects.visible_to(signed_in(request)).select_related("case__participant")
    action = get_object_or_404(theirs, pk=pk)
    back = action.case.participant.get_absolute_url()
    return ask(request, services.finish_action, action_id=pk, to=back, said=_("It is noted as done."))


def _review(request: HttpRequest, pk: UUID) -> CaseReview:
    theirs = CaseReview.objects.visible_to(signed_in(request)).with_agencies().select_related("minutes")
    return get_object_or_404(theirs.select_related("unit"), pk=pk)


def _place(agenda: list[OnAgenda], case: UUID) -> int:
    places = [at for at, each in enumerate(agenda) if each.case.pk == case]
    if not places:
        raise Http404
    return places[0]


def _minutes_are_open(request: HttpRequest, review: CaseReview) -> bool:
    listed = ReviewCase.objects.listed_for(signed_in(request)).filter(review=review)
    return review.minutes_id is not None and not review.cases.exclude(pk__in=listed).exists()


def _outcome_form(request: HttpRequest, review: CaseReview, row: OnAgenda) -> OutcomeForm:
    agencies = [each.seat.agency_id for each in row.seats if each.package]
    contacts = AgencyContact.objects.visible_to(signed_in(request)).on(timezone.localdate())
    return OutcomeForm(
        posted(request),
        staff=colleagues_of(review),
        contacts=contacts.filter(agency__in=agencies).select_related("agency"),
    )
