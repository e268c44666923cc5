"""Health, the reader's own messages, and the development pages."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST, require_safe
from django.views.defaults import page_not_found
from rest_framework.exceptions import NotFound

from backend.core.models import Delivery, KeptEmail, UnsentForm
from backend.core.running import health
from backend.core.ui import gallery
from backend.core.ui.http import paginate

NOT_FOR_MACHINES = (
    *("/konto/", "/admin/", "/api/", "/hem/", "/meddelanden/", "/utveckling/"),
    *("/bevakning/", "/sparade-sokningar/"),
)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that there is not: with a page, and to programs of the API as the API does."""
    if request.path.startswith("/api/"):
        answer = {"detail": str(NotFound.default_detail), "code": NotFound.default_code}
        return JsonResponse(answer, status=404)
    return page_not_found(request, exception)


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer that the process lives."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer whether requests may be sent here: the database answers and is migrated; 503 when not."""
    try:
        checks = health.readiness()
    except DatabaseError:
        checks = {"database": False}
    return _answer(checks, "not ready")


@login_not_required
@require_safe
def workerz(request: HttpRequest) -> JsonResponse:
    """Answer whether mails and jobs get done, check by check, with figures; 503 when something is wrong."""
    try:
        checks, figures = health.work(at=timezone.now())
    except DatabaseError:
        checks, figures = {"database": False}, {}
    return _answer(checks, "not well", figures=figures)


def _answer(checks: dict[str, bool], words: str, **more: object) -> JsonResponse:
    is_well = all(checks.values())
    body = {"status": "ok" if is_well else words, "checks": checks, **more}
    return JsonResponse(body, status=200 if is_well else 503)


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer the figures of /workerz as Prometheus reads them, for who knows METRICS_TOKEN; else 404."""
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(sent, settings.METRICS_TOKEN):
        raise Http404
    checks, figures = health.work(at=timezone.now())
    lines = [f"praktikbron_{name} {value}" for name, value in figures.items()]
    lines += [f'praktikbron_check{{name="{name}"}} {int(is_well)}' for name, is_well in checks.items()]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell searching machines what is for everybody: the start page, the openings and the information."""
    lines = ["User-agent: *", *(f"Disallow: {each}" for each in NOT_FOR_MACHINES)]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('employers:site_map')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead those who ask for the old name to the picture."""
    return redirect(static("img/favicon.svg"), permanent=True)


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
