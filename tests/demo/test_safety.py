"""The demo stays on this machine, behind no proxy, in a database of its own."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from backend.core.running.start import refuse_unsafe_start
from backend.demo.models import DemoFounding
from tests.factories import UserFactory
from tests.installation import run_with

MAILS = reverse("core:kept_email_list")


@pytest.fixture
def demo(settings, db):
    settings.DEMO = True


def founded() -> None:
    DemoFounding.objects.create(at=timezone.now())


class TestTheSettings:
    @pytest.mark.parametrize(
        "public",
        [
            {"ALLOWED_HOSTS": "praktik.exempelstad.se"},
            {"ALLOWED_HOSTS": "127.0.0.1,192.168.0.7"},
            {"ALLOWED_HOSTS": "*"},
            {"ALLOWED_HOSTS": ".localhost.exempelstad.se"},
            {"SITE_URL": "https://praktik.exempelstad.se"},
            {"PROXIES": "1"},
            {"BEHIND_PROXY": "1"},
        ],
        ids=str,
    )
    def test_refuse_whatever_is_public(self, public):
        answer = run_with(["manage.py", "check"], DEMO="1", **public)

        assert answer.returncode != 0
        assert "DEMO is on" in answer.stderr

    @pytest.mark.parametrize("hosts", ["127.0.0.1", "localhost,[::1]", "127.0.0.9"])
    def test_take_this_machine(self, hosts):
        assert run_with(["manage.py", "check"], DEMO="1", ALLOWED_HOSTS=hosts).returncode == 0


class TestRequests:
    @pytest.mark.parametrize("address", ["192.168.0.7", "10.0.0.1", "2001:db8::1", ""])
    def test_from_another_machine_are_refused(self, client, demo, address):
        for page in ("/", MAILS, "/healthz"):
            assert client.get(page, REMOTE_ADDR=address).status_code == 403

    @pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
    def test_by_way_of_a_proxy_are_refused(self, client, demo, name):
        assert client.get(MAILS, headers={name: "127.0.0.1"}).status_code == 403

    @pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
    def test_from_this_machine_are_answered(self, client, demo, address):
        assert client.get(MAILS, REMOTE_ADDR=address).status_code == 200

    def test_elsewhere_are_answered_from_anywhere(self, client, db):
        assert client.get("/", REMOTE_ADDR="192.168.0.7", headers={"Via": "1.1 proxy"}).status_code == 200


class TestTheDatabase:
    def test_of_real_people_starts_no_demo(self, demo):
        UserFactory()

        with pytest.raises(ImproperlyConfigured, match="real people"):
            refuse_unsafe_start()

    def test_of_the_demo_starts_nothing_else(self, db):
        founded()

        with pytest.raises(ImproperlyConfigured, match="everybody knows the password"):
            refuse_unsafe_start()

    def test_of_the_demo_starts_the_demo(self, demo):
        founded()
        UserFactory()

        refuse_unsafe_start()

    def test_of_real_people_starts_for_them(self, db):
        UserFactory()

        refuse_unsafe_start()


class TestMadeUpPeople:
    def test_are_not_made_without_the_demo(self, db):
        with pytest.raises(CommandError, match="DEMO=1"):
            call_command("demo_data")

    def test_are_not_put_among_real_ones(self, demo):
        UserFactory()

        with pytest.raises(CommandError, match="did not make up"):
            call_command("demo_data")
