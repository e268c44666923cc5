"""`check --deploy` tells of what is unsafe, the guide tells what each means, and the worst never starts."""

import re
from pathlib import Path

import pytest
from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured

from backend.config.email import mail_settings
from backend.core.running import checks
from backend.core.running.start import refuse_unsafe_start
from backend.skills.second_reader import configured

ROOT = Path(__file__).resolve().parents[2]
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def mail(settings, backend: str = SMTP, host: str = "localhost", *, tls: bool = False) -> None:
    parsed = {"EMAIL_BACKEND": backend, "EMAIL_HOST": host, "EMAIL_USE_TLS": tls, "EMAIL_USE_SSL": False}
    for name, value in mail_settings(parsed, keep=False, timeout=5).items():
        setattr(settings, name, value)


@pytest.fixture
def safe(settings, tmp_path, monkeypatch):
    """An installation with nothing to remark on."""
    settings.DEMO = settings.DEBUG = False
    settings.HTTPS = settings.STAFF_SECOND_FACTOR = True
    settings.ALLOWED_HOSTS = ["praktik.kommun.se"]
    settings.SITE_URL = "https://praktik.kommun.se"
    settings.PROXIES = 1
    settings.CSRF_TRUSTED_ORIGINS = []
    settings.SECRET_KEY = "abcdefghij" * 5
    settings.DEFAULT_FROM_EMAIL = "praktik@kommun.se"
    monkeypatch.setitem(settings.LOGGING["root"], "level", "INFO")
    settings.BASE_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    file = {"ENGINE": "backend.core.private_sqlite", "NAME": tmp_path / "db"}
    monkeypatch.setitem(settings.DATABASES, "default", file)
    mail(settings)
    return settings


def found() -> set[str]:
    told = {message.id for message in run_checks(tags=[Tags.security], include_deployment_checks=True)}
    return {name.partition(".")[2] for name in told if name and name.startswith("praktikbron.")}


def test_a_safe_installation_is_left_in_peace(safe):
    assert found() == set()


UNSAFE = {
    "E001": {"DEMO": True},
    "E002": {"DEBUG": True},
    "E003": {"HTTPS": False},
    "W004": {"STAFF_SECOND_FACTOR": False},
    "E010": {"ALLOWED_HOSTS": ["*"]},
    "W011": {"ALLOWED_HOSTS": ["localhost", "127.0.0.1"], "SITE_URL": "https://localhost"},
    "W012": {"SITE_URL": "http://praktik.kommun.se"},
    "W013": {"SITE_URL": "https://praktik.other.se"},
    "W014": {"PROXIES": 0},
    "W015": {"CSRF_TRUSTED_ORIGINS": ["http://praktik.kommun.se"]},
    "E020": {"SECRET_KEY": "short"},
    "W032": {"DEFAULT_FROM_EMAIL": "Praktikbron <noreply@praktikbron.example>"},
    "W033": {"SMS_URL": "http://u:p@sms.example.org/a1/sms"},
}


@pytest.mark.parametrize("number", UNSAFE)
def test_each_unsafe_setting_is_told(safe, number):
    for name, value in UNSAFE[number].items():
        setattr(safe, name, value)

    assert found() == {number}


def test_a_log_that_holds_every_statement_is_told(safe, monkeypatch):
    monkeypatch.setitem(safe.LOGGING["root"], "level", "DEBUG")

    assert found() == {"W005"}


@pytest.mark.parametrize(
    "backend", ["backend.core.mail.KeptEmailBackend", "django.core.mail.backends.console.EmailBackend"]
)
def test_mail_that_is_sent_nowhere_is_told(safe, backend):
    mail(safe, backend)

    assert found() == {"E030"}


def test_mail_that_leaves_the_machine_unencrypted_is_told(safe):
    mail(safe, host="mail.kommun.se")
    assert found() == {"W031"}

    mail(safe, host="mail.kommun.se", tls=True)
    assert found() == set()


@pytest.mark.parametrize("name", ["db", "db-wal", "media", "var/secret_key", "build/secret_key"])
def test_files_that_others_can_open_are_told(safe, tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.touch()

    path.chmod(0o640)
    assert found() == {"W040"}

    path.chmod(0o600)
    assert found() == set()


def test_the_guide_tells_of_each_and_no_other():
    code = Path(checks.__file__).read_text() + Path(configured.__file__).read_text()
    raised = set(re.findall(r'id="praktikbron\.([EW]\d{3})"', code))
    told = re.findall(r"^\| `([EW]\d{3})` \|", (ROOT / "docs/operations.md").read_text(), re.MULTILINE)

    assert sorted(told) == sorted(raised)


@pytest.mark.django_db
class TestTheStart:
    def test_is_allowed_when_all_is_well(self, safe):
        refuse_unsafe_start()

    @pytest.mark.parametrize(("name", "value"), [("DEBUG", True), ("SECRET_KEY", "changeme")])
    def test_is_refused_with_the_worst_where_others_reach_it(self, safe, name, value):
        setattr(safe, name, value)
        with pytest.raises(ImproperlyConfigured, match=name):
            refuse_unsafe_start()

        safe.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
        refuse_unsafe_start()
