"""Pages on which an administrator reads and writes what mails say."""

from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backend.accounts.access import administers, signed_in
from backend.accounts.models import Municipality
from backend.accounts.own_words import services
from backend.accounts.own_words.forms import WordsForm
from backend.accounts.own_words.pages import MailPage, all_mails
from backend.core.models import OwnWords
from backend.core.outbox.wording import Words
from backend.core.ui.forms import add_refusal, posted
from backend.core.ui.http import ask, ask_form, status_of


@require_GET
@administers
def words_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List the mails, and which of them the municipality has words of its own for."""
    municipality = get_object_or_404(Municipality.objects.run_by(signed_in(request)), pk=pk)
    context = {"municipality": municipality, "mails": all_mails(municipality)}
    return render(request, "accounts/words/words_list.html", context)


@require_http_methods(["GET", "POST"])
@administers
def words_edit(request: HttpRequest, pk: UUID, kind: str, language: str) -> HttpResponse:
    """Show what a mail says, in whole; take other words, or only show what it would be in them."""
    page = _page(request, pk, kind, language)
    form = WordsForm(posted(request), kind=page.kind, initial=page.held._asdict())
    shown, is_preview = page.own, "preview" in request.POST
    if request.method == "POST" and form.is_valid():
        if is_preview:
            shown = _previewed(form, page) or shown
        else:
            write = partial(services.write_words, **_key(page), **form.cleaned_data)
            said = _("Saved. Mails say this from now on.")
            if answer := ask_form(request, form, write, to=request.path, said=said):
                return answer
    mail = page.mail_in(shown, on=timezone.localdate())
    context = {"page": page, "form": form, "mail": mail, "is_preview": is_preview and form.is_valid()}
    return render(request, "accounts/words/words_edit.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@administers
def words_end(request: HttpRequest, pk: UUID, kind: str, language: str) -> HttpResponse:
    """Go back to the programme's words, having shown them."""
    page = _page(request, pk, kind, language)
    back = reverse("own_words:words_edit", args=[pk, kind, language])
    if request.method == "POST":
        said = _("Mails say what the programme says again.")
        return ask(request, services.end_words, **_key(page), to=back, said=said)
    context = {"page": page, "effects": _effects(page.programmes), "cancel_url": back}
    return render(request, "accounts/words/words_end.html", context)


def _page(request: HttpRequest, pk: UUID, kind: str, language: str) -> MailPage:
    municipality = get_object_or_404(Municipality.objects.run_by(signed_in(request)), pk=pk)
    try:
        return MailPage(municipality, services.known_kind(kind, language), language)
    except OwnWords.DoesNotExist as error:
        raise Http404 from error


def _previewed(form: WordsForm, page: MailPage) -> Words | None:
    """Return the words that were typed; None, with why in `form`, where they cannot stand in a mail."""
    try:
        return services.checked(page.kind, language=page.language, **form.cleaned_data)
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return None


def _effects(words: Words) -> list[str]:
    return [
        _("The subject will be: %(subject)s") % {"subject": words.subject},
        _("The mail will say: %(text)s") % {"text": words.text},
        _("What you have written stays in the history."),
    ]


def _key(page: MailPage) -> dict[str, Any]:
    return {"municipality_id": page.municipality.pk, "kind": page.kind.name, "language": page.language}
