"""Whether an address or a host name is this machine's own, and a demo that no other machine reaches."""

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def is_loopback(host: str) -> bool:
    """Tell whether `host` (a name, or an address with or without brackets) can only be this machine."""
    if host.rstrip(".").lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def refuse_public_demo(*, hosts: Iterable[str], proxies: int, site_url: str) -> None:
    """Let the demo be reached from this machine alone. Raises ImproperlyConfigured, with what is wrong."""
    public = [host for host in [*hosts, urlsplit(site_url).hostname or ""] if not is_loopback(host)]
    if public:
        raise ImproperlyConfigured(
            f"DEMO is on and the site would answer as {', '.join(public)}. The demo shows everybody's mail "
            "and its password is known, so it stays here: unset DEMO, or ALLOWED_HOSTS and SITE_URL."
        )
    if proxies:
        raise ImproperlyConfigured("DEMO is on behind a proxy (PROXIES). The demo runs on this machine only.")
