"""The yearly thanks by mail: once, to those who took somebody and still are there, with nobody's name."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from backend.core import outbox
from backend.core.clock import midnight
from backend.core.models import OutboxMessage
from backend.employers.enums import MembershipState, Standing
from backend.employers.models import EmployerMembership
from backend.internships.enums import InternshipState
from backend.internships.jobs import thank_employers
from backend.internships.models import Internship
from tests.factories import InternshipFactory
from tests.factories.employers import stand
from tests.told import told

JANUARY = midnight(date(2026, 1, 8)) + timedelta(hours=9)
DAY = timedelta(days=1)
SENT = {"kind": "yearly_thanks"}


@pytest.fixture
def internship(cast):
    return InternshipFactory(
        participant=cast.pia,
        state=InternshipState.COMPLETED,
        opening=cast.opening,
        planned_by=cast.coach,
        starts_on=date(2025, 3, 1),
        started_on=date(2025, 3, 1),
        ends_on=date(2025, 5, 31),
        ended_on=date(2025, 5, 31),
    )


@pytest.mark.usefixtures("internship")
class TestTheJob:
    def test_thanks_each_employer_that_took_somebody_once(self, cast):
        assert [thank_employers(JANUARY + n * DAY) for n in range(3)] == [
            "thanked 1",
            "thanked 0",
            "thanked 0",
        ]

        assert OutboxMessage.objects.filter(**SENT).count() == 1
        assert told(**SENT) == {cast.employer_member}

    def test_thanks_again_the_year_after_for_that_year(self, cast, internship):
        thank_employers(JANUARY)
        assert thank_employers(JANUARY + 365 * DAY) == "thanked 0"

        Internship.objects.filter(pk=internship.pk).update(
            ended_on=date(2026, 1, 2), ends_on=date(2026, 1, 2)
        )
        assert thank_employers(JANUARY + 366 * DAY) == "thanked 1"

    @pytest.mark.parametrize("day", [date(2026, 1, 7), date(2026, 2, 20), date(2026, 7, 1)])
    def test_keeps_still_the_rest_of_the_year(self, day):
        assert thank_employers(midnight(day)) == "thanked 0"

        assert not OutboxMessage.objects.exists()

    def test_nobody_who_only_was_to_come_counts(self, internship):
        Internship.objects.filter(pk=internship.pk).update(
            state=InternshipState.PLANNED, started_on=None, ended_on=None
        )

        assert thank_employers(JANUARY) == "thanked 0"

    @pytest.mark.parametrize("standing", [Standing.PAUSED, Standing.STOPPED])
    def test_who_is_stopped_is_not_thanked(self, cast, standing):
        stand(cast.bakery, standing)

        assert thank_employers(JANUARY) == "thanked 0"

    def test_who_has_left_is_not_thanked(self, cast):
        EmployerMembership.objects.filter(employer=cast.bakery).update(state=MembershipState.ENDED)

        assert thank_employers(JANUARY) == "thanked 0"


@pytest.mark.usefixtures("internship")
class TestTheMail:
    def deliver(self):
        thank_employers(JANUARY)
        outbox.deliver_due(at=JANUARY + DAY)

    def test_leads_to_the_page_and_names_nobody(self, cast, mailoutbox):
        self.deliver()

        [mail] = mailoutbox
        assert mail.to == [cast.employer_member.email]
        assert reverse("internships:thanks_page", args=[2025]) in mail.body
        for name in (cast.pia.first_name, cast.pia.last_name, cast.bakery.name):
            assert name not in mail.subject + mail.body

    def test_is_held_against_how_it_stands_when_it_is_sent(self, cast, mailoutbox):
        thank_employers(JANUARY)
        stand(cast.bakery, Standing.STOPPED)

        outbox.deliver_due(at=JANUARY + DAY)

        assert mailoutbox == []
        assert OutboxMessage.objects.get(**SENT).state == "skipped"

    def test_the_unit_sees_that_it_was_sent(self, cast, client, mailoutbox):
        self.deliver()
        client.force_login(cast.coach)

        html = client.get(reverse("employers:employer_detail", args=[cast.bakery.pk])).content.decode()

        assert "Tackad för året per mejl: 9\xa0januari 2026" in html
