"""The administration: entered by the site's own door, with a fresh second factor, for our own tables."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from backend.accounts.signing_in.second_factor import ask_for_fresh


class GuardedAdminSite(AdminSite):
    """No sign-in and no password page of its own: what limits guesses at the one door limits them here."""

    site_header = site_title = "Praktikbron"

    def register(
        self, model_or_iterable: type[Model] | Iterable[type[Model]], *args: Any, **options: Any
    ) -> None:
        """Show our own tables; what libraries keep (secrets of second factors, sessions) is not shown."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        if ours := [each for each in models if each.__module__.startswith("backend.")]:
            super().register(ours, *args, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Tell whether the reader may use these pages and has lately passed the second factor."""
        return super().has_permission(request) and ask_for_fresh(request) is None

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the site's own door, or to the second factor; for others there is no such page."""
        asked = request.GET.get("next", "")
        wanted = (
            asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else reverse("admin:index")
        )
        if not request.user.is_authenticated:
            return redirect_to_login(wanted)
        if not super().has_permission(request):
            raise Http404
        return ask_for_fresh(request) or redirect(wanted)

    def password_change(  # type: ignore[override]  # Django's shows a page of its own
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the page of one's own account, where the change is written down."""
        return redirect("account_change_password")
