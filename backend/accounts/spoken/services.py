"""Choosing the language of one's own account."""

from datetime import datetime

from django.conf import settings

from backend.accounts.models import User
from backend.accounts.refusals import AccountRefusal
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write


@one_write
def choose_language(*, language: str, by: User, at: datetime) -> User:
    """Let the pages and mails of `by` be in this language. Raises Refused for one that we do not speak."""
    if language not in dict(settings.LANGUAGES):
        raise Refused(AccountRefusal.LANGUAGE_UNKNOWN)
    user = locked(User.objects.filter(pk=by.pk)).get()
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])
        audit.record(user, "language_chosen", by=by, at=at, to_state=language)
    return user
