"""The map of the site for search engines (sitemaps.org): what everybody may read, and no other address."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from backend.employers.models import Opening
from backend.employers.scopes import public_openings

PAGES = (
    "home:start",
    "employers:opening_list",
    "contacts:contact_list",
    "contacts:accessibility",
    "contacts:privacy",
)


class _OfThisSite(Sitemap):  # type: ignore[type-arg]
    """A part of the map whose addresses are those of SITE_URL, whatever host was asked."""

    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        """Return the host of the site."""
        return str(urlsplit(settings.SITE_URL).netloc)


class PageMap(_OfThisSite):
    """The pages that are the same for all."""

    def items(self) -> list[str]:
        """Return their names."""
        return list(PAGES)

    def location(self, item: str) -> str:
        """Return the address of one."""
        return reverse(item)


class OpeningMap(_OfThisSite):
    """The openings that strangers find in the list."""

    limit = 10_000

    def items(self) -> Any:
        """Return their keys and when each was last said to hold."""
        return public_openings(on=localdate()).order_by("pk").only("pk", "fresh_at")

    def lastmod(self, item: Opening) -> datetime:
        """Return when somebody last said that it holds."""
        return item.fresh_at


MAPS: dict[str, Any] = {"pages": PageMap, "openings": OpeningMap}


@login_not_required
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Give search engines the addresses of what everybody may read."""
    return sitemap(request, MAPS)
