"""Mails to visitors who follow a search: sealed while they wait, gone when sent; no subject names the search.

Their links hold a signed key that tells nothing.
"""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from backend.core.outbox import sign_in
from backend.employers.models import Opening, SavedSearch

CONFIRMED_WITHIN: Final = timedelta(days=2)
NEWS_VALID_FOR: Final = timedelta(days=1)
MOST_NAMED: Final = 10
_SALT: Final = "praktikbron.saved-search"


def token_of(search: SavedSearch) -> str:
    """Return what stands in the addresses of a visitor's mails."""
    return str(Signer(salt=_SALT).sign(search.pk.hex))


def of_token(token: str) -> Any:
    """Return the visitor's search that a token was made for, as rows; none for a false one."""
    try:
        key = UUID(Signer(salt=_SALT).unsign(token))
    except (BadSignature, ValueError):
        return SavedSearch.objects.none()
    return SavedSearch.objects.filter(pk=key, user=None)


def tell_visitor(search: SavedSearch, openings: list[Opening], *, at: datetime) -> None:
    """Queue the mail with what is new to a visitor, with the way out of it in each."""
    stop = _address("search_stop", search)
    with translation.override(search.language):
        values = {
            "openings": lines_of(openings),
            "url": f"{settings.SITE_URL}{reverse('employers:opening_list')}?{search.query}",
            "stop_url": stop,
        }
        body = render_to_string("emails/saved_search_visitor.txt", values)
        mail = EmailMultiAlternatives(_("New openings for you"), body, to=[search.email])
    mail.extra_headers["List-Unsubscribe"] = f"<{stop}>"
    mail.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    sign_in.post(mail, at=at, valid_for=NEWS_VALID_FOR)


def ask_to_confirm(search: SavedSearch, *, at: datetime) -> None:
    """Queue the mail that asks whether the address is the visitor's own."""
    with translation.override(search.language):
        values = {"url": _address("search_confirm", search), "days": CONFIRMED_WITHIN.days}
        body = render_to_string("emails/saved_search_confirm.txt", values)
        mail = EmailMultiAlternatives(_("Confirm your e-mail address"), body, to=[search.email])
    sign_in.post(mail, at=at, valid_for=CONFIRMED_WITHIN)


def lines_of(openings: list[Opening]) -> str:
    """Return a line and an address for each of the first openings, and that there are more."""
    lines = [
        f"- {each.title}, {each.workplace.employer.name}\n  {settings.SITE_URL}{each.get_absolute_url()}"
        for each in openings[:MOST_NAMED]
    ]
    return "\n".join([*lines, *([_("… and more")] if len(openings) > MOST_NAMED else [])])


def _address(name: str, search: SavedSearch) -> str:
    return f"{settings.SITE_URL}{reverse(f'employers:{name}', args=[token_of(search)])}"
