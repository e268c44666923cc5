"""Messages that did not get there: seen, sent again or set aside by those whose they are."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.accounts.undelivered.services import failed_for, send_again, send_all_again, set_aside
from backend.core import outbox
from backend.core.enums import MessageState
from backend.core.models import AuditEntry, Delivery, OutboxMessage
from backend.core.writing.lifecycle import TransitionNotAllowed
from tests.cast import Cast
from tests.factories import AssignmentFactory, MembershipFactory, MunicipalityFactory
from tests.factories.base import NOW
from tests.permissions.world import Everything

LIST = "undelivered:message_list"


@pytest.fixture
def failed(everything: Everything) -> OutboxMessage:
    OutboxMessage.objects.filter(pk=everything.failed.pk).update(state=MessageState.FAILED)
    everything.failed.refresh_from_db()
    return everything.failed


@pytest.fixture
def operator(db: None) -> User:
    return User.objects.create_superuser("drift@exempelstad.example", "x", name="Drift")


@pytest.fixture
def stranger(db: None) -> User:
    """Return an administrator of another municipality."""
    other = MunicipalityFactory(name="Grannköping")
    return AssignmentFactory(role=Role.ADMINISTRATOR, unit=None, municipality=other).user


def page_for(client: Client, user: User) -> str:
    client.force_login(user)
    return client.get(reverse(LIST)).content.decode()


class TestTheList:
    def test_says_what_to_whom_and_why_and_names_no_participant(
        self, client: Client, cast: Cast, failed: OutboxMessage
    ) -> None:
        page = page_for(client, cast.administrator)
        for words in ("Alice", "arbetsgivarens kontaktpersoner", "SMTPRecipientsRefused 550"):
            assert words in page
        for secret in (cast.pia.last_name, cast.participant_user.email, cast.employer_member.email):
            assert secret not in page

    def test_shows_those_of_the_readers_municipality_alone(
        self, client: Client, failed: OutboxMessage, stranger: User
    ) -> None:
        assert "Alice" not in page_for(client, stranger)

    def test_shows_operators_those_too_of_which_nobody_knows_whose_they_are(
        self, client: Client, cast: Cast, failed: OutboxMessage, operator: User
    ) -> None:
        OutboxMessage.objects.filter(pk=failed.pk).update(municipality_key=None, kind="unknown")
        assert list(failed_for(operator)) == [failed]
        assert not failed_for(cast.administrator).exists()
        assert "unknown" in page_for(client, operator)

    def test_asks_as_much_for_many_as_for_one(
        self, client: Client, cast: Cast, failed: OutboxMessage, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(3):
            OutboxMessage.objects.create(
                kind="proposal_received",
                key=str(number),
                audience="contacts",
                subject_type=failed.subject_type,
                subject_id=failed.subject_id,
                created_at=NOW,
                due_at=NOW,
                wanted_at=NOW,
                state=MessageState.FAILED,
                failed_at=NOW,
                error="TemplateDoesNotExist",
                municipality_key=cast.municipality.pk,
            )
        client.force_login(cast.administrator)
        with django_assert_max_num_queries(10):
            client.get(reverse(LIST))

    def test_the_administrators_home_tells_of_it(
        self, client: Client, cast: Cast, failed: OutboxMessage
    ) -> None:
        client.force_login(cast.administrator)
        assert "1 meddelande gick inte fram" in client.get(reverse("home:my_home")).content.decode()


class TestSendAgain:
    def test_goes_to_those_who_have_not_had_it(self, cast: Cast, failed: OutboxMessage) -> None:
        had_it = MembershipFactory(employer=cast.bakery).user
        Delivery.objects.filter(message=failed, recipient=cast.participant_user).delete()
        Delivery.objects.create(
            id=cast.bakery.pk, message=failed, recipient=had_it, path="/", created_at=NOW, sent_at=NOW
        )
        send_again(message_id=failed.pk, by=cast.administrator, at=NOW)
        outbox.deliver_due(at=NOW)
        addressed = [address for each in mail.outbox for address in each.to]
        assert addressed.count(cast.employer_member.email) == 1
        assert had_it.email not in addressed
        failed.refresh_from_db()
        assert failed.state == MessageState.SENT

    def test_is_written_in_the_log(self, cast: Cast, failed: OutboxMessage) -> None:
        send_again(message_id=failed.pk, by=cast.administrator, at=NOW)
        entry = AuditEntry.objects.about(failed).get()
        assert (entry.action, entry.by) == ("sent_again", cast.administrator)

    def test_a_second_click_changes_nothing(self, cast: Cast, failed: OutboxMessage) -> None:
        send_again(message_id=failed.pk, by=cast.administrator, at=NOW)
        with pytest.raises(TransitionNotAllowed):
            send_again(message_id=failed.pk, by=cast.administrator, at=NOW)
        assert AuditEntry.objects.about(failed).count() == 1

    @pytest.mark.parametrize("service", [send_again, set_aside])
    def test_is_refused_to_an_administrator_of_another_municipality(
        self, failed: OutboxMessage, stranger: User, service: Any
    ) -> None:
        with pytest.raises(OutboxMessage.DoesNotExist):
            service(message_id=failed.pk, by=stranger, at=NOW)
        failed.refresh_from_db()
        assert failed.state == MessageState.FAILED

    def test_all_at_once_are_the_readers_own(self, cast: Cast, failed: OutboxMessage, stranger: User) -> None:
        assert send_all_again(by=stranger, at=NOW) == 0
        assert send_all_again(by=cast.administrator, at=NOW) == 1

    def test_what_fails_again_is_on_the_list_again(
        self, cast: Cast, failed: OutboxMessage, client: Client
    ) -> None:
        send_again(message_id=failed.pk, by=cast.administrator, at=NOW)
        OutboxMessage.objects.filter(pk=failed.pk).update(audience="nobody")
        for hours in range(4):
            outbox.deliver_due(at=NOW.replace(hour=13 + 2 * hours))
        failed.refresh_from_db()
        assert failed.state == MessageState.FAILED


class TestSetAside:
    def test_leaves_the_list_and_the_watch(self, client: Client, cast: Cast, failed: OutboxMessage) -> None:
        assert client.get("/workerz").json()["checks"]["failed_messages"] is False
        set_aside(message_id=failed.pk, by=cast.administrator, at=NOW)
        assert not failed_for(cast.administrator).exists()
        assert client.get("/workerz").json()["checks"]["failed_messages"] is True
        assert outbox.deliver_due(at=NOW) == 0

    def test_is_written_in_the_log(self, cast: Cast, failed: OutboxMessage) -> None:
        set_aside(message_id=failed.pk, by=cast.administrator, at=NOW)
        assert AuditEntry.objects.about(failed).get().action == "set_aside"
