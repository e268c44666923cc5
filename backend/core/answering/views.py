"""The confirm page behind a link in a mail."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from backend.core.answering.links import opened_by
from backend.core.answering.questions import Asked, question_of
from backend.core.answering.standing import is_still_asked
from backend.core.models import Delivery
from backend.core.ui.forms import add_refusal, posted
from backend.core.ui.http import status_of
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.transactions import one_write


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a mail asked, and take the answer once; a look at the page writes nothing."""
    delivery = opened_by(token)
    question = question_of(delivery.message.kind) if delivery else None
    if delivery is None or question is None or question.ask is None:
        raise Http404
    with translation.override(delivery.recipient.language):
        asked = None
        if is_still_asked(delivery, question, at=timezone.now()):
            asked = question.ask(delivery, posted(request), request.GET.dict())
        if asked is None:
            return _nothing_asked(request, delivery)
        if request.method == "POST" and asked.form.is_valid() and _take(delivery, asked, at=timezone.now()):
            return redirect(request.path)
        context = {"form": asked.form, "sign_in_to": delivery.path, **asked.context}
        return render(request, asked.template, context, status=status_of(asked.form))


def _nothing_asked(request: HttpRequest, delivery: Delivery) -> HttpResponse:
    """Say that it is answered, or that the link has served; 410 tells programs that it stays so."""
    is_answered = delivery.answered_at is not None
    context: dict[str, Any] = {"answered_at": delivery.answered_at, "sign_in_to": delivery.path}
    return render(request, "core/answer_closed.html", context, status=200 if is_answered else 410)


def _take(delivery: Delivery, asked: Asked, *, at: datetime) -> bool:
    """Write the answer; tell whether it was. A refusal stands in the form."""
    try:
        _write(delivery=delivery, asked=asked, at=at)
    except ValidationError as refusal:
        add_refusal(asked.form, refusal)
        return False
    except (ObjectDoesNotExist, TransitionNotAllowed):
        pass  # Answered or settled by another way meanwhile: the page says so when it is opened again.
    return True


@one_write
def _write(*, delivery: Delivery, asked: Asked, at: datetime) -> None:
    """Take the link and write the answer in one transaction: of two that come at once one is taken."""
    mine = Delivery.objects.filter(pk=delivery.pk, answered_at=None)
    if mine.update(answered_at=at):
        asked.service(**asked.arguments(), by=delivery.recipient, at=at)
