"""The switch of language in the head of every page."""

from contextlib import suppress

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views import i18n

from backend.accounts.models import User
from backend.accounts.spoken.services import choose_language


@login_not_required
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language on the device, and for who is signed in on the account."""
    if request.method == "POST" and isinstance(request.user, User):
        with suppress(ValidationError):  # a language that we do not speak changes nothing, as for strangers
            choose_language(language=request.POST.get("language", ""), by=request.user, at=timezone.now())
    return i18n.set_language(request)
