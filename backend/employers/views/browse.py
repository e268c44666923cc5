"""Openings that everybody may read."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from backend.employers.models import Opening


@login_not_required
@require_GET
def opening_list(request: HttpRequest) -> HttpResponse:
    """List what is published."""
    openings = Opening.objects.visible_to(request.user).published()
    return render(request, "employers/opening_list.html", {"openings": openings})


@login_not_required
@require_GET
def opening_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one opening."""
    opening = get_object_or_404(Opening.objects.visible_to(request.user), pk=pk)
    return render(request, "employers/opening_detail.html", {"opening": opening})
