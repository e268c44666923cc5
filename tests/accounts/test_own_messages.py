"""What somebody gets by mail: chosen on a page, turned off from the mail, and never what is urgent."""

import re
from collections.abc import Iterator
from datetime import time
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from backend.accounts.models import Municipality, User
from backend.accounts.own_messages.services import choose_messages, set_quiet_hours, unsubscribe
from backend.core import outbox
from backend.core.models import AuditEntry, Delivery, MessageChoice, QuietHours
from backend.core.outbox.leaving import token_of
from backend.core.outbox.when import Hours, hours_of
from backend.matching import notifications
from backend.matching.enums import DeclineReason, ProposalState
from tests.cast import Cast
from tests.factories import ProposalFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

OFF = "proposal_answered"
CHOICE = "own_messages:choice_edit"


@pytest.fixture(autouse=True)
def frozen_time() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def answered(cast: Cast) -> Delivery:
    """A mail to the coach of what may be turned off."""
    decided: dict[str, Any] = {"decided_at": NOW, "decided_by": cast.employer_member}
    decided |= {"state": ProposalState.DECLINED, "decline_reason": DeclineReason.OTHER}
    proposal = ProposalFactory(opening=cast.opening, participant=cast.pia, **decided)
    notifications.tell_coach(proposal, at=NOW)
    outbox.deliver_due(at=NOW)
    return Delivery.objects.get(recipient=cast.coach)


class TestChoosing:
    def test_is_kept_and_written_in_the_log(self, cast: Cast) -> None:
        choose_messages(pace="weekly", off=[OFF], by=cast.coach, at=NOW)

        choice = MessageChoice.objects.get(user=cast.coach)
        assert (choice.pace, choice.off) == ("weekly", [OFF])
        assert AuditEntry.objects.get(action="messages_chosen").subject_id == cast.coach.pk

    def test_the_same_again_writes_nothing(self, cast: Cast) -> None:
        for _again in range(2):
            choose_messages(pace="daily", off=[OFF], by=cast.coach, at=NOW)
        assert AuditEntry.objects.filter(action="messages_chosen").count() == 1

    @pytest.mark.parametrize("name", ["concern_raised", "agreement_asked", "follow_up_asked", "nothing"])
    def test_what_is_urgent_needed_or_not_ones_own_cannot_be_off(self, cast: Cast, name: str) -> None:
        for user in (cast.coach, cast.participant_user):
            with refused_for("message_cannot_be_off"):
                choose_messages(pace="daily", off=[name], by=user, at=NOW)
        assert not MessageChoice.objects.exists()

    def test_once_a_week_is_for_staff(self, cast: Cast) -> None:
        for user in (cast.employer_member, cast.participant_user):
            with refused_for("message_pace_unknown"):
                choose_messages(pace="weekly", off=[], by=user, at=NOW)
        assert not MessageChoice.objects.exists()


class TestThePage:
    def test_offers_what_may_be_off_and_nothing_else(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.coach)
        page = client.get(reverse(CHOICE)).content.decode()

        assert "Ett förslag har fått svar" in page
        assert "Något är fel i en praktik" not in page
        assert 'value="weekly"' in page

    def test_keeps_what_is_ticked_and_turns_off_the_rest(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.coach)
        client.post(reverse(CHOICE), {"pace": "daily", "mailed": [OFF]})

        choice = MessageChoice.objects.get(user=cast.coach)
        assert choice.pace == "daily"
        assert OFF not in choice.off
        assert "follow_up_due" in choice.off

    @pytest.mark.parametrize("who", ["participant_user", "employer_member", "manager", "administrator"])
    def test_is_there_for_everybody(self, client: Client, cast: Cast, who: str) -> None:
        client.force_login(getattr(cast, who))
        assert client.get(reverse(CHOICE)).status_code == 200
        assert client.post(reverse(CHOICE), {"pace": "daily"}).status_code == 302


class TestUnsubscribingFromTheMail:
    def headers(self) -> dict[str, str]:
        [email] = mail.outbox
        return {name: str(value) for name, value in email.extra_headers.items()}

    def test_the_mail_carries_the_address_in_its_head_and_in_its_foot(self, answered: Delivery) -> None:
        headers = self.headers()
        address = headers["List-Unsubscribe"].strip("<>")

        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert address in str(mail.outbox[0].body)
        assert answered.recipient.email not in address

    def test_one_press_of_a_mail_program_turns_it_off(self, cast: Cast, answered: Delivery) -> None:
        path = self.path()
        # As RFC 8058 has it: no cookie, no token of a form.
        client = Client(enforce_csrf_checks=True)

        for _again in range(2):
            assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert MessageChoice.objects.get(user=cast.coach).off == [OFF]
        assert AuditEntry.objects.filter(action="messages_chosen", by=cast.coach).count() == 1

    def test_who_looks_turns_nothing_off(self, client: Client, answered: Delivery) -> None:
        page = client.get(self.path())

        assert "Ett förslag har fått svar" in page.content.decode()
        assert not MessageChoice.objects.exists()

    def test_the_page_asks_and_says_that_it_is_done(
        self, client: Client, cast: Cast, answered: Delivery
    ) -> None:
        answer = client.post(self.path(), {"names": [OFF]}, follow=True)

        assert "Du får inte fler sådana mejl" in answer.content.decode()
        assert MessageChoice.objects.get(user=cast.coach).off == [OFF]

    def test_keeps_what_was_chosen_before(self, cast: Cast, answered: Delivery) -> None:
        choose_messages(pace="daily", off=["follow_up_due"], by=cast.coach, at=NOW)
        unsubscribe(token=token_of(answered.pk), names=None, at=NOW)

        choice = MessageChoice.objects.get(user=cast.coach)
        assert (choice.pace, choice.off) == ("daily", ["follow_up_due", OFF])

    def test_an_address_that_nobody_signed_is_none(self, client: Client, answered: Delivery) -> None:
        for path in (self.path()[:-2] + "x/", reverse("own_messages:unsubscribe", args=["x"])):
            assert client.get(path).status_code == 404
            assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 404
        with pytest.raises(User.DoesNotExist):
            unsubscribe(token="x", names=None, at=NOW)
        assert not MessageChoice.objects.exists()

    def test_what_the_mail_did_not_carry_cannot_be_turned_off_by_it(self, answered: Delivery) -> None:
        with refused_for("message_cannot_be_off"):
            unsubscribe(token=token_of(answered.pk), names=["follow_up_due"], at=NOW)
        assert not MessageChoice.objects.exists()

    def test_a_mail_of_what_is_urgent_offers_nothing(self, cast: Cast) -> None:
        proposal = ProposalFactory(opening=cast.opening, participant=cast.pia)
        notifications.tell_employer_of_proposal(proposal, at=NOW)
        outbox.deliver_due(at=NOW)

        assert "List-Unsubscribe" not in self.headers()
        assert "/avsta/" not in str(mail.outbox[0].body)

    def path(self) -> str:
        found = re.search(r"(/meddelanden/avsta/[^>]+)", self.headers()["List-Unsubscribe"])
        assert found
        return found[1]


class TestQuietHours:
    def set_by(self, user: User, cast: Cast, **more: Any) -> QuietHours:
        said = {"valid_from": TODAY, "starts_at": time(20), "ends_at": time(8), **more}
        return set_quiet_hours(municipality_id=cast.municipality.pk, by=user, at=NOW, **said)

    def test_hold_from_their_day_and_are_written_in_the_log(self, cast: Cast) -> None:
        self.set_by(cast.administrator, cast)

        assert hours_of(cast.municipality.pk, on=TODAY) == Hours(time(20), time(8))
        assert AuditEntry.objects.get(action="quiet_hours_set").subject_id == cast.municipality.pk

    def test_of_the_same_day_replace(self, cast: Cast) -> None:
        self.set_by(cast.administrator, cast)
        self.set_by(cast.administrator, cast, ends_at=time(6))
        assert hours_of(cast.municipality.pk, on=TODAY).ends_at == time(6)
        assert QuietHours.objects.count() == 1

    def test_are_the_administrators(self, cast: Cast) -> None:
        for user in (cast.manager, cast.coach):
            with pytest.raises(Municipality.DoesNotExist):
                self.set_by(user, cast)
        assert not QuietHours.objects.exists()

    @pytest.mark.parametrize("wrong", [{"starts_at": time(12)}, {"ends_at": time(11)}, {"ends_at": time(4)}])
    def test_are_at_night(self, cast: Cast, wrong: dict[str, time]) -> None:
        with refused_for("invalid"):
            self.set_by(cast.administrator, cast, **wrong)
        assert not QuietHours.objects.exists()

    def test_are_set_on_a_page_that_says_what_cannot_be(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.administrator)
        address = reverse("own_messages:quiet_edit", args=[cast.municipality.pk])
        said = {"valid_from": TODAY.isoformat(), "starts_at": "20:00", "ends_at": "11:00"}

        assert client.post(address, said).status_code == 422
        assert client.post(address, {**said, "ends_at": "08:00"}).status_code == 302
        assert "20:00" in client.get(address).content.decode()
