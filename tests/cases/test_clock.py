"""The clock of a server may be set back or run ahead: nothing breaks, and no write is lost."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.core.clock import day_of
from backend.core.models import AuditEntry, OutboxMessage
from backend.core.outbox import deliver_due
from backend.core.running import schedule
from backend.core.timeline import timeline
from backend.internships.models import Internship
from backend.participants.enums import ParticipantState
from backend.participants.models import Participant
from backend.participants.services import withdraw_consent
from tests.cases.acts import Case, accept, plan, propose_and_send, start
from tests.cases.faults import faults
from tests.cast import Cast
from tests.factories.base import NOW
from tests.permissions.matrix import MATRIX
from tests.permissions.world import Everything

SKEWS = [timedelta(seconds=-1), timedelta(minutes=-10), timedelta(days=-2), timedelta(hours=3)]


@pytest.fixture
def case(cast: Cast) -> Case:
    people, employers, openings = [cast.pia], [cast.bakery], [cast.opening]
    return Case(cast.coach, cast.employer_member, people, employers, openings, NOW, Random(7))


@pytest.mark.parametrize("skew", SKEWS)
def test_each_step_of_a_case_may_come_before_the_one_it_follows(case: Case, skew: timedelta) -> None:
    """Each step is taken by a server whose clock differs from that of the step before."""
    for number, act in enumerate((propose_and_send, accept, plan)):
        case.at = NOW + (skew if number % 2 else timedelta())
        act(case)
    case.at = NOW + timedelta(days=4) + max(skew, timedelta())  # not before the first day, by any clock
    start(case)

    assert Internship.objects.get().state == "ongoing"
    assert Participant.objects.get(pk=case.people[0].pk).state == ParticipantState.IN_INTERNSHIP
    assert faults(case.people, case.openings, coach=case.coach, member=case.member, at=case.at) == []


@pytest.mark.parametrize("skew", SKEWS)
def test_a_consent_can_be_taken_back_by_any_clock(case: Case, skew: timedelta) -> None:
    propose_and_send(case)
    consent = case.people[0].consents.get()
    withdraw_consent(consent_id=consent.pk, by=case.coach, at=consent.given_at + skew)

    consent.refresh_from_db()
    assert consent.withdrawn_at == max(consent.given_at, consent.given_at + skew)
    assert not consent.holds_on(day_of(consent.withdrawn_at))


@pytest.mark.parametrize("skew", SKEWS)
def test_what_has_happened_is_told_whole_in_any_order(case: Case, skew: timedelta) -> None:
    propose_and_send(case)
    case.at += skew
    accept(case)
    proposal = case.people[0].proposals.get()

    told = timeline(proposal, reader="staff")

    assert len(told) == AuditEntry.objects.about(proposal).count()
    assert {"state_sent", "state_accepted"} <= {entry["action"] for entry in told}


@pytest.mark.parametrize("skew", SKEWS)
def test_the_worker_delivers_what_another_clock_queued(case: Case, skew: timedelta) -> None:
    propose_and_send(case)
    late = max(NOW, NOW + skew) + timedelta(hours=1)
    deliver_due(at=NOW + skew)
    deliver_due(at=late)

    assert not OutboxMessage.objects.exclude(state__in=["sent", "skipped"]).exists()


@pytest.mark.parametrize("skew", SKEWS)
def test_jobs_run_again_when_the_clock_has_been_set_back(case: Case, skew: timedelta) -> None:
    propose_and_send(case)
    schedule.run_due(at=NOW)
    schedule.run_due(at=NOW + skew)

    assert schedule.run_due(at=NOW + timedelta(days=1))


@pytest.fixture
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("skew", SKEWS)
@pytest.mark.parametrize("role", ["coach", "employer_member", "participant", "manager"])
def test_every_page_opens_on_a_server_whose_clock_differs(
    everything: Everything, at_noon: None, role: str, skew: timedelta
) -> None:
    user = everything.cast.roles()[role]
    assert user is not None
    client = Client()
    client.force_login(user)
    with time_machine.travel(NOW + skew, tick=False):
        client.force_login(user)
        statuses = {
            client.get(reverse(name, kwargs=door.names(everything))).status_code
            for name, door in MATRIX.items()
            if door.method == "get" and role in door.open_to
        }
    assert statuses <= {200, 301, 302, 404}
