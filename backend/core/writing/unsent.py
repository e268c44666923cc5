"""What was typed in a form that came after its sender's session had ended: kept for that person alone.

Each form carries a token that says, signed, for whom it was made. So whoever sends it need not be signed in
for us to know whose words they are, and nobody else who signs in at the same screen gets to see them.
"""

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core import signing
from django.http import QueryDict

from backend.core.models import UnsentForm
from backend.core.sealed import seal, unseal

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

MOST_BYTES: Final = 200_000
LONGEST_ADDRESS: Final = 500
MOST_FORMS: Final = 5
"""A person's older ones give way to newer ones."""
OLDEST_PAGE: Final = timedelta(days=2)
"""A form from a page that was opened longer ago is kept for nobody."""
_SALT = "core.unsent"
_PURPOSE = b"unsent forms"


def token_for(user: "AbstractBaseUser | AnonymousUser | None") -> str:
    """Return a new token for a form on a page of `user`."""
    nonce = secrets.token_urlsafe(12)
    if user is None or not user.is_authenticated:
        return nonce
    return signing.dumps([str(user.pk), nonce], salt=_SALT)


def maker_of(token: str) -> UUID | None:
    """Return the key of the person for whose page the form was made; None when that cannot be told."""
    try:
        owner, _nonce = signing.loads(token, salt=_SALT, max_age=OLDEST_PAGE)
        return UUID(owner)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def keep(fields: QueryDict, *, owner: UUID, address: str, at: datetime) -> UnsentForm | None:
    """Keep what was typed, encrypted; None when there is nothing, it is too much, or `owner` is gone."""
    written = fields.urlencode().encode()
    if not any(value.strip() for _name, values in fields.lists() for value in values):
        return None
    if len(written) > MOST_BYTES or len(address) > LONGEST_ADDRESS:
        return None
    if not get_user_model().objects.filter(pk=owner).exists():
        return None
    theirs = UnsentForm.objects.filter(owner_id=owner).order_by("-at", "-pk")
    for before in theirs.filter(address=address):
        if _opened(before) == written:
            return before  # sent twice
    kept = UnsentForm.objects.create(
        owner_id=owner, address=address, at=at, content=seal(written, purpose=_PURPOSE)
    )
    UnsentForm.objects.filter(pk__in=list(theirs.values_list("pk", flat=True)[MOST_FORMS:])).delete()
    return kept


def take(
    key: str, *, owner: "AbstractBaseUser | AnonymousUser", address: str, at: datetime
) -> QueryDict | None:
    """Return what `owner` typed in the form at `address`, and keep it no longer; None when it is gone.

    Of two who ask at once one gets it. What was encrypted with a key that is no longer known is gone too.
    """
    try:
        kept = UnsentForm.objects.waiting_for(owner, at=at).filter(pk=UUID(key), address=address).first()
    except ValueError:
        return None
    if kept is None or not UnsentForm.objects.filter(pk=kept.pk).delete()[0]:
        return None
    written = _opened(kept)
    return None if written is None else QueryDict(written)


def _opened(kept: UnsentForm) -> bytes | None:
    """Return what is kept; None when it was encrypted with a key that is no longer known."""
    return unseal(kept.content, purpose=_PURPOSE)
