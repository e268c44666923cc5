"""Variables that every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Return whether this is a demo and where the site stands."""
    return {"is_demo": settings.DEMO, "site_url": settings.SITE_URL}
