"""Which door a view opens to. Whoever may not enter is told that there is no such page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse

from backend.accounts.enums import Persona, Role
from backend.accounts.models import User

View = Callable[..., HttpResponse]


def signed_in(request: HttpRequest) -> User:
    """Return the signed-in user of a request that has passed the login requirement."""
    return cast("User", request.user)


def _only(allowed: Callable[[User], bool]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not allowed(signed_in(request)):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def role_required(*roles: Role) -> Callable[[View], View]:
    """Open a view to staff who hold any of `roles`."""
    return _only(lambda user: user.has_role(*roles))


def persona_required(*personas: Persona) -> Callable[[View], View]:
    """Open a view to accounts of these personas."""
    return _only(lambda user: user.persona in personas)


def administers(view: View) -> View:
    """Open a view to administrators of a municipality, and to operators."""
    return _only(lambda user: user.is_superuser or user.has_role(Role.ADMINISTRATOR))(view)
