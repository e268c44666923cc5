"""Nobody is waited for without end: neither the mail server nor the database."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import django
import pytest
from django.core import mail

from backend.config.email import mail_settings

ROOT = Path(__file__).resolve().parents[2]
PARSED = {
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "mail.example",
    "EMAIL_PORT": 587,
}


def options() -> dict[str, Any]:
    """Return what psycopg is given for a PostgreSQL database."""
    code = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS'])"
    environment = os.environ | {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none?connect_timeout=3",
        "DJANGO_SETTINGS_MODULE": "backend.config.settings",
    }
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return dict(eval(ran.stdout))


class TestTheMailServer:
    def test_has_so_many_seconds_to_answer(self) -> None:
        settings = mail_settings(PARSED, keep=False, timeout=10)
        if django.VERSION >= (6, 1):
            assert settings["MAILERS"]["default"]["OPTIONS"]["timeout"] == 10
        else:
            assert settings["EMAIL_TIMEOUT"] == 10

    @pytest.mark.skipif(django.VERSION >= (6, 1), reason="asked of the settings above")
    def test_is_asked_with_that_limit(self, settings: Any) -> None:
        settings.EMAIL_TIMEOUT = 10
        backend = "django.core.mail.backends.smtp.EmailBackend"
        assert mail.get_connection(backend).timeout == 10


class TestTheDatabase:
    def test_has_limits_that_the_address_may_change(self) -> None:
        given = options()
        assert int(given["connect_timeout"]) == 3
        assert given["tcp_user_timeout"] == 20_000
        assert given["options"] == "-c statement_timeout=60000"
