"""How django-allauth creates and greets our users."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from backend.accounts.enums import Persona
from backend.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up at the open door makes an employer's account; staff and participants are invited."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002 - allauth's signature
        """Fill a new account from the sign-up form; `commit` as in allauth."""
        user.persona = Persona.EMPLOYER
        user.name = form.cleaned_data.get("name", "")
        user.phone = form.cleaned_data.get("phone", "")
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved
