"""What `check --deploy` says of an installation for real people, and the worst that no process starts with.

docs/operations.md tells of each by its number.
"""

import stat
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.http.request import validate_host

from backend.core.documents import can_make_pdf
from backend.core.running.loopback import is_loopback
from backend.core.running.start import ask_at_start

SHORTEST_KEY: Final = 50
SHORTEST_KEY_TO_START: Final = 20
EXAMPLE: Final = ".example"
SENT_NOWHERE: Final = ("KeptEmailBackend", "console", "dummy", "filebased", "locmem")


@register(Tags.security, deploy=True)
def check_installation(**_: Any) -> list[CheckMessage]:
    """Return everything about the settings and the files that is unsafe with real people."""
    return list(chain(_modes(), _hosts(), _secrets(), _mail(), _files(), _documents()))


@ask_at_start
def public_and_open() -> Iterator[str]:
    """Yield what must not be so on a host that others reach."""
    public = [host for host in settings.ALLOWED_HOSTS if not is_loopback(host)]
    if not public:
        return
    if settings.DEBUG:
        yield f"DEBUG is on and the site answers as {', '.join(public)}: error pages show settings and data."
    if len(settings.SECRET_KEY) < SHORTEST_KEY_TO_START:
        yield f"SECRET_KEY is of {len(settings.SECRET_KEY)} characters: who guesses it signs in as anybody."


def _modes() -> Iterator[CheckMessage]:
    if settings.DEMO:
        yield Error(
            "DEMO is on.", hint="Unset it: everybody knows the demo's passwords.", id="praktikbron.E001"
        )
    if settings.DEBUG:
        yield Error("DEBUG is on.", hint="Unset it: error pages show data.", id="praktikbron.E002")
    if not settings.HTTPS:
        yield Error("HTTPS is off.", hint="Unset it: cookies and data go unencrypted.", id="praktikbron.E003")
    if not settings.STAFF_SECOND_FACTOR:
        hint = "Unset it, unless the system that staff sign in through asks for a second factor."
        yield checks.Warning("STAFF_SECOND_FACTOR is off.", hint=hint, id="praktikbron.W004")
    logged: dict[str, Any] = settings.LOGGING
    if logged["root"]["level"] == "DEBUG":
        hint = "Use INFO: the log would hold every statement, with personal data."
        yield checks.Warning("LOG_LEVEL is DEBUG.", hint=hint, id="praktikbron.W005")


def _hosts() -> Iterator[CheckMessage]:
    hosts, site = settings.ALLOWED_HOSTS, urlsplit(settings.SITE_URL)
    if any(host in {"*", "."} for host in hosts):
        yield Error("ALLOWED_HOSTS takes any name.", hint="List the site's names.", id="praktikbron.E010")
    if settings.HTTPS and all(map(is_loopback, hosts)):
        hint = "Set ALLOWED_HOSTS to the names that people type."
        yield checks.Warning("The site answers to this machine only.", hint=hint, id="praktikbron.W011")
    if site.scheme != "https":
        hint = "Set SITE_URL to https://…: links in mails begin so."
        yield checks.Warning("SITE_URL is not https.", hint=hint, id="praktikbron.W012")
    if not validate_host(site.hostname or "", hosts):
        hint = "Links in mails lead to it: let it be one of ALLOWED_HOSTS."
        yield checks.Warning(
            "SITE_URL is of a host that the site does not answer to.", hint=hint, id="praktikbron.W013"
        )
    if settings.HTTPS and not settings.PROXIES:
        hint = "Set PROXIES to how many of yours stand in front; else the site only redirects to itself."
        yield checks.Warning("HTTPS is on and PROXIES is 0.", hint=hint, id="praktikbron.W014")
    if any(not origin.startswith("https://") for origin in settings.CSRF_TRUSTED_ORIGINS):
        hint = "Whoever stands between could send forms in somebody's name."
        yield checks.Warning(
            "CSRF_TRUSTED_ORIGINS has one that is not https.", hint=hint, id="praktikbron.W015"
        )


def _secrets() -> Iterator[CheckMessage]:
    if len(settings.SECRET_KEY) < SHORTEST_KEY or len(set(settings.SECRET_KEY)) < 5:
        hint = "Unset it to have one made, or set 50 random characters."
        yield Error("SECRET_KEY can be guessed.", hint=hint, id="praktikbron.E020")


def _mail() -> Iterator[CheckMessage]:
    backend, host, is_sealed = _mailer()
    if any(each in backend for each in SENT_NOWHERE):
        yield Error("Mail is sent nowhere.", hint="Set EMAIL_URL to a mail server.", id="praktikbron.E030")
    elif not is_sealed and not is_loopback(host):
        hint = "Set EMAIL_URL to smtp+tls://…: the mails hold codes to sign in with."
        yield checks.Warning(f"Mail goes to {host} unencrypted.", hint=hint, id="praktikbron.W031")
    if EXAMPLE in settings.DEFAULT_FROM_EMAIL:
        hint = "Set it to an address of yours; mail from the example is taken for spam."
        yield checks.Warning("DEFAULT_FROM_EMAIL is the example.", hint=hint, id="praktikbron.W032")
    sms = urlsplit(settings.SMS_URL)
    if sms.scheme not in ("", "https") and not is_loopback(sms.hostname or ""):
        hint = "Set SMS_URL to https://…, or to nothing: the texts hold codes and links to answer by."
        yield checks.Warning("SMS goes unencrypted, or to a file.", hint=hint, id="praktikbron.W033")


def _mailer() -> tuple[str, str, bool]:
    """Return the backend, the host and whether the line is encrypted; Django 6.1 names them otherwise."""
    mailers: dict[str, Any] | None = getattr(settings, "MAILERS", None)
    if mailers:
        mailer = mailers["default"]
        options = mailer.get("OPTIONS", {})
        sealed = options.get("use_tls") or options.get("use_ssl")
        return mailer["BACKEND"], options.get("host", "localhost"), bool(sealed)
    return settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL


def _files() -> Iterator[CheckMessage]:
    """Tell of files that others on the machine can read."""
    for path in filter(Path.exists, _private_files()):
        if stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
            hint = f"chmod go= {path} – unless the accounts of web and worker share it through a group."
            yield checks.Warning(f"Others than its owner can open {path}.", hint=hint, id="praktikbron.W040")


def _documents() -> Iterator[CheckMessage]:
    if not can_make_pdf():
        hint = "Install Pango (libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0) and a font."
        yield checks.Warning("PDF cannot be made on this host.", hint=hint, id="praktikbron.W050")


def _private_files() -> Iterator[Path]:
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        yield from (Path(f"{database['NAME']}{ending}") for ending in ("", "-wal", "-shm"))
    yield Path(settings.MEDIA_ROOT)
    yield from (settings.BASE_DIR / folder / "secret_key" for folder in ("var", "build"))
