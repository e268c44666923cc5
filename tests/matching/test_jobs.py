"""Reminders: kindly, once a step, and only while a yes is still possible."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from backend.core import outbox
from backend.core.models import DatedRule, OutboxMessage
from backend.employers.enums import OpeningState
from backend.employers.models import Opening
from backend.matching.jobs import remind_of_proposals
from backend.matching.services import ask_for_interview, decline_proposal
from backend.participants.models import Consent
from tests.factories.base import NOW


def after(days):
    return NOW + timedelta(days=days)


def reminded():
    return sorted(
        key.split(":")[2]
        for key in OutboxMessage.objects.filter(kind="proposal_reminder").values_list("key", flat=True)
    )


@pytest.mark.parametrize(
    ("days", "steps"), [(4, []), (5, ["day-5"]), (9, ["day-5"]), (10, ["day-10"]), (40, ["day-10"])]
)
def test_after_so_many_days(propose_pia, days, steps):
    propose_pia()

    remind_of_proposals(after(days))

    assert reminded() == steps


def test_each_step_once_however_often_the_job_runs(propose_pia):
    propose_pia()

    for days in (5, 5.5, 6, 10, 11, 12):
        remind_of_proposals(after(days))

    assert reminded() == ["day-10", "day-5"]


@pytest.mark.parametrize(
    "change",
    [
        lambda cast, it: decline_proposal(proposal_id=it.pk, reason="other", by=cast.employer_member, at=NOW),
        lambda cast, it: ask_for_interview(proposal_id=it.pk, by=cast.employer_member, at=NOW),
        lambda cast, it: Opening.objects.update(state=OpeningState.CLOSED),
        lambda cast, it: Consent.objects.update(valid_until=NOW.date()),
    ],
    ids=["answered", "meeting", "closed", "consent over"],
)
class TestNobodyIsReminded:
    def test_when_there_is_nothing_to_answer(self, cast, propose_pia, change):
        change(cast, propose_pia())

        remind_of_proposals(after(6))

        assert reminded() == []

    def test_when_it_was_answered_before_the_mail_left(self, cast, propose_pia, change):
        proposal = propose_pia()
        OutboxMessage.objects.all().delete()
        remind_of_proposals(after(6))
        change(cast, proposal)
        OutboxMessage.objects.exclude(kind="proposal_reminder").delete()

        with time_machine.travel(after(6), tick=False):
            outbox.deliver_due(at=after(6))

        assert mail.outbox == []
        assert OutboxMessage.objects.get().state == "skipped"


def test_the_mail_says_nothing_about_anybody(propose_pia):
    propose_pia()
    OutboxMessage.objects.all().delete()
    remind_of_proposals(after(5))

    with time_machine.travel(after(5), tick=False):
        outbox.deliver_due(at=after(5))

    [message] = mail.outbox
    assert "/forslag/" in message.body
    assert "Bagarbiträde" in message.body
    assert "Bagarbiträde" not in message.subject
    for secret in ("Pia", "Bageriet"):
        assert secret not in message.subject + message.body


def test_the_days_are_a_dated_rule(propose_pia):
    DatedRule.objects.filter(key="proposal_reminder_days").update(value=[2])
    propose_pia()

    remind_of_proposals(after(3))

    assert reminded() == ["day-2"]
