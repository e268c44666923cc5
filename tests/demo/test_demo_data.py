"""The demo municipality: small here, built by the same command as the real one."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from backend.accounts.models import Invitation, User
from backend.demo.to_do import ASKED, employer_to_try
from backend.employers.models import Employer, EmployerInvitation, Measure
from backend.internships.enums import InternshipState
from backend.internships.models import Internship
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.participants.models import Participant
from backend.safeguarding.models import Review
from backend.skills.models import Concept

TODAY = "2026-03-12"


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: pytest.FixtureDef[None]) -> None:
    """Build the demo once for the module; its transaction is rolled back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEMO=True):
        call_command("demo_data", people=40, openings=60, today=date.fromisoformat(TODAY), verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("demo")
class TestDemoData:
    def test_every_kind_of_employer_is_there(self) -> None:
        assert Employer.objects.count() == 61
        assert Employer.objects.get(contact_person__isnull=False).memberships.count() == 0
        assert EmployerInvitation.objects.open().count() == 1
        assert len(set(Employer.objects.values_list("kind", flat=True))) == 4

    def test_some_internships_have_ended_well_and_some_early(self) -> None:
        states = set(Internship.objects.values_list("state", flat=True))
        assert {InternshipState.COMPLETED, InternshipState.ENDED_EARLY} <= states

    def test_one_participant_has_a_protected_identity(self) -> None:
        assert Participant.objects.filter(is_protected=True).count() == 1

    def test_an_employer_and_a_participant_have_something_to_answer(self) -> None:
        theirs = {"opening__workplace__employer__memberships__user__email": employer_to_try()}
        assert Proposal.objects.filter(state=ProposalState.SENT, **theirs).exists()

        asked = Proposal.objects.get(state=ProposalState.ASKED, participant__user__email=ASKED)
        assert asked.asked_items

    def test_the_administrator_has_two_invitations_that_wait_and_one_is_too_old(self) -> None:
        waiting = Invitation.objects.open().order_by("sent_at")
        assert [each.expires_at.date() < date.fromisoformat(TODAY) for each in waiting] == [True, False]

    def test_three_employers_are_or_were_looked_into(self) -> None:
        states = Review.objects.order_by("state").values_list("state", flat=True)
        assert list(states) == ["decided", "replied", "reply_asked"]
        assert Measure.objects.get(review__isnull=False).kind == "advice"

    def test_running_it_again_changes_nothing(self) -> None:
        before = (User.objects.count(), Participant.objects.count(), Concept.objects.count())
        call_command("demo_data", verbosity=0)
        assert (User.objects.count(), Participant.objects.count(), Concept.objects.count()) == before
