"""Importing a file, step by step: hand it in, say what its columns hold, see what it becomes, import."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from backend.accounts.access import signed_in
from backend.accounts.enums import Persona
from backend.core.ui.excel import excel_response
from backend.core.ui.http import ask, ask_form, status_of
from backend.core.ui.tables import Column, Table
from backend.employers.exchange.bringing_in import Outcome, count
from backend.employers.exchange.sheets.columns import columns_of, label_of
from backend.employers.exchange.sheets.forms import ColumnsForm, SheetForm
from backend.employers.exchange.sheets.importing import choose_columns, hand_in_sheet, import_sheet
from backend.employers.exchange.sheets.kept import ADS, CAPACITY, OPENINGS, Handed, opened
from backend.employers.models import Employer, HandedInSheet
from backend.employers.views.access import Back, writer_required


@writer_required
def sheet_hand_in(request: HttpRequest) -> HttpResponse:
    """Take a file; nothing of it is written."""
    employers = Employer.objects.writable_by(request.user)
    form = SheetForm(*_sent(request), employers=employers, initial={"employer": request.GET.get("employer")})
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and (answer := ask_form(request, form, hand_in_sheet, to=_next_step, **form.details)):
        return answer
    templates = {what: reverse("employers:sheet_template", args=[what]) for what in (OPENINGS, CAPACITY)}
    context = {"form": form, "back": _back(request), "templates": templates}
    return render(request, "employers/sheet_hand_in.html", context, status=status_of(form))


@writer_required
def sheet_columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what each column holds, and try the rows."""
    handed = _handed(request, pk)
    if handed.is_done or handed.what == ADS:
        return redirect("employers:sheet_rows", pk)
    form = ColumnsForm(request.POST if request.method == "POST" else None, handed=handed)
    if request.method == "POST" and form.is_valid():
        to = reverse("employers:sheet_rows", args=[pk])
        if answer := ask_form(request, form, choose_columns, sheet_id=pk, chosen=form.chosen, to=to):
            return answer
    context = {"form": form, "back": _back(request), "rows": len(handed.rows)}
    return render(request, "employers/sheet_columns.html", context, status=status_of(form))


@writer_required
def sheet_rows(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what becomes of each row, or became; import the good ones when that is asked for."""
    handed = _handed(request, pk)
    if not handed.is_tried:
        return redirect("employers:sheet_columns", pk)
    if request.method == "POST":
        return ask(request, import_sheet, sheet_id=pk, to=request.path, said=_said)
    counts = count(handed.results)
    context = {
        "handed": handed,
        "counts": counts,
        "table": _table(handed),
        "back": _back(request),
        "columns_url": "" if handed.what == ADS else reverse("employers:sheet_columns", args=[pk]),
        "may_import": counts[Outcome.NEW] and not handed.is_done,
    }
    return render(request, "employers/sheet_rows.html", context)


@writer_required
@require_GET
def sheet_template(request: HttpRequest, what: str) -> HttpResponse:
    """Give an empty Excel file with the headings, and one row that shows how."""
    if what not in (OPENINGS, CAPACITY):
        raise Http404
    columns = columns_of(is_capacity=what == CAPACITY)
    name = _("lasting places to import") if what == CAPACITY else _("openings to import")
    return excel_response(name, [label_of(each) for each in columns], [[each.example for each in columns]])


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _handed(request: HttpRequest, pk: UUID) -> Handed:
    sheet = HandedInSheet.objects.of(request.user, at=timezone.now()).filter(pk=pk).first()
    if sheet is None:
        raise Http404
    try:
        return opened(sheet)
    except HandedInSheet.DoesNotExist:
        raise Http404 from None


def _next_step(sheet: HandedInSheet) -> str:
    return reverse("employers:sheet_rows", args=[sheet.pk])


def _back(request: HttpRequest) -> Back:
    if signed_in(request).persona == Persona.STAFF:
        return Back(_("Openings"), reverse("employers:opening_list"))
    return Back(_("My openings"), reverse("employers:my_openings"))


def _said(sheet: HandedInSheet) -> str:
    counts = count(opened(sheet).results)
    return _("Saved as drafts: %(new)s. Left out: %(refused)s.") % counts


def _table(handed: Handed) -> Table:
    columns = [Column(_("Row")), Column(_("Title")), Column(_("What becomes of it")), Column(_("Why"))]
    rows = [
        [each.number, each.title or "–", each.outcome.label, " · ".join(map(str, each.words)) or "–"]
        for each in handed.results
    ]
    urls = [
        reverse("employers:opening_detail", args=[each.opening]) if handed.is_done and each.opening else ""
        for each in handed.results
    ]
    return Table.of(columns, rows, urls=urls)
