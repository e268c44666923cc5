"""Health, the reader's own messages, and the development pages."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from backend.core.enums import MessageState
from backend.core.models import Delivery, KeptEmail, OutboxMessage, ScheduledRun, UnsentForm
from backend.core.ui import gallery
from backend.core.ui.http import paginate

LATE = timedelta(minutes=15)


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer that the process lives."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_GET
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer whether database, migrations, outbox and scheduled jobs are in order; 503 when one is not."""
    try:
        checks = _readiness()
    except DatabaseError:
        checks = {"database": False}
    return JsonResponse(
        {"status": "ok" if all(checks.values()) else "not ready", "checks": checks},
        status=200 if all(checks.values()) else 503,
    )


def _readiness() -> dict[str, bool]:
    executor = MigrationExecutor(connection)
    now = timezone.now()
    waiting = OutboxMessage.objects.filter(
        state__in=[MessageState.QUEUED, MessageState.SENDING], due_at__lt=now - LATE
    )
    stuck = ScheduledRun.objects.filter(finished_at__isnull=True, started_at__lt=now - LATE)
    return {
        "database": True,
        "migrations": not executor.migration_plan(executor.loader.graph.leaf_nodes()),
        "outbox": not waiting.exists(),
        "tasks": not stuck.exists(),
    }


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement that the law on digital public service asks for (2018:1937)."""
    return render(request, "core/accessibility.html")


@login_not_required
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """Show in plain words what is kept about whom, and who sees it."""
    return render(request, "core/privacy.html")


@login_not_required
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """Show how to do the most common things."""
    return render(request, "core/help.html")


@require_GET
def message_list(request: HttpRequest) -> HttpResponse:
    """Show the reader everything that was sent to them."""
    page = paginate(request, Delivery.objects.filter(recipient=request.user.pk).select_related("message"))
    return render(request, "core/message_list.html", {"page": page})


@require_POST
def message_open(request: HttpRequest, pk: str) -> HttpResponse:
    """Mark one of the reader's own messages as read and go where it points."""
    delivery = get_object_or_404(Delivery, pk=pk, recipient=request.user.pk)
    Delivery.objects.filter(pk=delivery.pk, read_at__isnull=True).update(read_at=timezone.now())
    is_ours = url_has_allowed_host_and_scheme(delivery.path, allowed_hosts=None)
    return redirect(delivery.path if is_ours else "core:message_list")


@require_GET
def unsent_list(request: HttpRequest) -> HttpResponse:
    """Show which forms the reader had filled in when a session ended, to go on with or throw away."""
    waiting = UnsentForm.objects.waiting_for(request.user, at=timezone.now()).order_by("-at", "pk")
    return render(request, "core/unsent_list.html", {"waiting": waiting})


@require_POST
def unsent_discard(request: HttpRequest, pk: str) -> HttpResponse:
    """Throw away what the reader had typed."""
    get_object_or_404(UnsentForm.objects.filter(owner=request.user.pk), pk=pk).delete()
    return redirect("core:unsent_list")


@login_not_required
@require_GET
def kept_email_list(request: HttpRequest) -> HttpResponse:
    """Show the e-mails that the demo has kept; a page that exists in the demo only."""
    if not settings.DEMO:
        raise Http404
    return render(request, "core/kept_email_list.html", {"page": paginate(request, KeptEmail.objects.all())})


@login_not_required
@require_GET
def components_gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state; a page that exists in development only."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    return render(request, "core/components_gallery.html", gallery.examples())


@login_not_required
@require_GET
def gallery_suggestions(request: HttpRequest) -> JsonResponse:
    """Answer the gallery's combobox; exists in development only."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    return JsonResponse({"suggestions": gallery.suggestions(request.GET.get("q", ""))})
