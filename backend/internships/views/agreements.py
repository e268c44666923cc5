"""The agreement of an internship: read, signed, handed in on paper, verified."""

from collections.abc import Callable
from functools import partial
from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backend.accounts.access import persona_required, role_required, signed_in
from backend.accounts.enums import Persona, Role
from backend.core.documents import file_response
from backend.core.models import StoredFile
from backend.core.ui.forms import posted
from backend.core.ui.http import ask, ask_form, status_of
from backend.internships import services
from backend.internships.enums import SignedHow
from backend.internships.models import Agreement, Internship
from backend.internships.notifications import page_of_agreement
from backend.internships.pages import agreements
from backend.internships.pages.access_log import AGREEMENT
from backend.internships.pages.agreements import RELATED
from backend.internships.pages.paper import PaperForm
from backend.participants.access_log import shown

ON_PAPER = SignedHow.ON_PAPER
OF_INTERNSHIP = tuple(f"internship__{each}" for each in RELATED)


@require_GET
def agreement_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what is agreed on about an internship, and who has signed."""
    reader, today = signed_in(request), timezone.localdate()
    theirs = Internship.objects.read_by(reader, on=today).select_related(*RELATED)
    internship = get_object_or_404(theirs, pk=pk)
    shown(request, [internship.participant_id], page=AGREEMENT)
    for current in internship.agreements.current():
        services.document_of(agreement_id=current.pk, at=timezone.now())
    context = agreements.context_for(internship, reader, on=today)
    return render(request, "internships/agreement_detail.html", context)


@require_POST
@role_required(Role.COACH)
def agreement_draw_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw up the agreement of an internship that was planned without one."""
    get_object_or_404(Internship.objects.decidable_by(signed_in(request)), pk=pk)
    said = _("The agreement is drawn up. Employer and participant are asked to sign it.")
    return ask(request, services.draw_up_agreement, internship_id=pk, to=_page_of, back=_page(pk), said=said)


@require_POST
def agreement_sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign the version that the reader has read."""
    theirs = Agreement.objects.signable_by(signed_in(request), on=timezone.localdate())
    agreement = get_object_or_404(theirs.select_related("internship"), pk=pk)
    page, said = page_of_agreement(agreement.internship), _("Thank you. Your signature is kept.")
    return ask(request, services.sign_agreement, agreement_id=pk, to=page, said=said)


@require_http_methods(["GET", "POST"])
@role_required(Role.COACH)
def agreement_on_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take in the paper that somebody has signed."""
    theirs = Agreement.objects.decidable_by(signed_in(request)).select_related(*OF_INTERNSHIP)
    agreement = get_object_or_404(theirs.prefetch_related("signatures"), pk=pk)
    shown(request, [agreement.internship.participant_id], page=AGREEMENT)
    back = page_of_agreement(agreement.internship)
    form = PaperForm(posted(request), request.FILES or None, agreement=agreement)
    if request.method == "POST" and form.is_valid():
        take_in = partial(services.sign_on_paper, agreement_id=pk, **form.signed)
        if answer := ask_form(request, form, take_in, to=back, said=_("The paper is kept.")):
            return answer
    context = {"form": form, "back": back, "multipart": True}
    return render(request, "internships/agreement_on_paper.html", context, status=status_of(form))


@require_GET
def agreement_document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the PDF of one version, byte for byte as it was made."""
    return _given(request, pk, services.document_of, name=_("agreement-%(n)s"))


@require_GET
def agreement_translation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the English translation of one version, which says that it is one."""
    return _given(request, pk, services.translation_of, name="agreement-%(n)s-en")


def _given(
    request: HttpRequest, pk: UUID, file_of: Callable[..., StoredFile | None], *, name: str
) -> HttpResponse:
    reader, today = signed_in(request), timezone.localdate()
    agreement = _readable(request, pk)
    if not agreements.may_read_document(agreement, agreement.internship, reader, on=today):
        raise Http404
    shown(request, [agreement.internship.participant_id], page=AGREEMENT)
    file = file_of(agreement_id=pk, at=timezone.now())
    if file is None:
        return redirect(page_of_agreement(agreement.internship))
    return file_response(file, name=name % {"n": agreement.number})


@require_GET
def agreement_verify(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say whether what is kept is byte for byte what was signed."""
    agreement = _readable(request, pk)
    shown(request, [agreement.internship.participant_id], page=AGREEMENT)
    context = {
        "number": agreement.number,
        "made_at": agreement.made_at,
        "size": agreement.document.size if agreement.document else 0,
        "verified": agreements.verified(agreement, signed_in(request)),
        "back": page_of_agreement(agreement.internship),
    }
    return render(request, "internships/agreement_verify.html", context)


@require_GET
@persona_required(Persona.STAFF, Persona.PARTICIPANT)
def signature_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the paper that was handed in; the person's hand is on it, so no employer gets it here."""
    theirs = Agreement.objects.read_by(signed_in(request), on=timezone.localdate())
    agreement = get_object_or_404(
        theirs.select_related("internship"), signatures=pk, signatures__how=ON_PAPER
    )
    shown(request, [agreement.internship.participant_id], page=AGREEMENT)
    paper = cast("StoredFile", agreement.signatures.select_related("paper").get(pk=pk).paper)
    return file_response(paper, name=_("signed-%(n)s") % {"n": agreement.number})


def _readable(request: HttpRequest, pk: UUID) -> Agreement:
    theirs = Agreement.objects.read_by(signed_in(request), on=timezone.localdate())
    return get_object_or_404(theirs.select_related("document", *OF_INTERNSHIP), pk=pk)


def _page(internship_id: UUID) -> str:
    return page_of_agreement(Internship(pk=internship_id))


def _page_of(agreement: Agreement) -> str:
    return page_of_agreement(agreement.internship)
