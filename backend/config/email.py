"""The mail settings in the form that the installed Django reads."""

from typing import Any

import django

KEPT = "backend.core.mail.KeptEmailBackend"
# Names in EMAIL_URL's answer, and what the SMTP backend calls them.
SMTP_OPTIONS = {
    "EMAIL_HOST": "host",
    "EMAIL_PORT": "port",
    "EMAIL_HOST_USER": "username",
    "EMAIL_HOST_PASSWORD": "password",
    "EMAIL_USE_TLS": "use_tls",
    "EMAIL_USE_SSL": "use_ssl",
    "EMAIL_TIMEOUT": "timeout",
}


def mail_settings(parsed: dict[str, Any], *, keep: bool, timeout: int) -> dict[str, Any]:
    """Return the settings for a parsed EMAIL_URL; with `keep`, mail stays in the database instead.

    No answer of the mail server is waited for longer than `timeout` seconds.

    Django 6.1 replaced the EMAIL_ settings by MAILERS.
    """
    parsed = parsed | {"EMAIL_TIMEOUT": timeout}
    backend = KEPT if keep else parsed["EMAIL_BACKEND"]
    if django.VERSION < (6, 1):
        return parsed | {"EMAIL_BACKEND": backend}
    options = {option: parsed[name] for name, option in SMTP_OPTIONS.items() if parsed.get(name)}
    takes_options = backend.endswith("smtp.EmailBackend")
    return {"MAILERS": {"default": {"BACKEND": backend, "OPTIONS": options if takes_options else {}}}}
