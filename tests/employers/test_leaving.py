"""Leaving an employer: what was written stays, and somebody who administers it is always left."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from backend.core.models import AuditEntry
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Refused
from backend.employers.enums import MembershipRole, MembershipState
from backend.employers.models import Employer, EmployerMembership
from backend.employers.services import leave_employer, request_membership
from backend.matching.enums import ProposalState
from backend.matching.services import accept_proposal, ask_for_interview
from tests.factories import EmployerFactory, MembershipFactory, ProposalFactory, UserFactory
from tests.factories.base import NOW
from tests.refusals import refused_for
from tests.told import told


def leave(membership):
    return leave_employer(membership_id=membership.pk, by=membership.user, at=NOW)


@pytest.fixture
def own(cast):
    return EmployerMembership.objects.get(user=cast.employer_member)


class TestLeave:
    @pytest.mark.parametrize("role", [MembershipRole.CONTACT, MembershipRole.SUPERVISOR])
    def test_oneself(self, cast, role):
        membership = MembershipFactory(employer=cast.bakery, role=role)

        leave(membership)

        assert not Employer.objects.of(membership.user).exists()
        assert AuditEntry.objects.about(membership).first().action == "left"

    def test_nobody_elses(self, cast, own):
        for who in (cast.coach, cast.other_employer):
            with pytest.raises(EmployerMembership.DoesNotExist):
                leave_employer(membership_id=own.pk, by=who, at=NOW)

    @pytest.mark.parametrize("state", [MembershipState.REQUESTED, MembershipState.ENDED])
    def test_not_what_one_does_not_speak_for(self, cast, state):
        with pytest.raises(TransitionNotAllowed):
            leave(MembershipFactory(employer=cast.bakery, state=state))

    def test_the_last_administrator_stays(self, cast, own):
        MembershipFactory(employer=cast.bakery, role=MembershipRole.CONTACT)

        with refused_for("last_administrator"):
            leave(own)

    def test_a_closed_account_is_no_administrator(self, cast, own):
        closed = MembershipFactory(employer=cast.bakery, role=MembershipRole.ADMINISTRATOR)
        closed.user.is_active = False
        closed.user.save()

        with refused_for("last_administrator"):
            leave(own)

    def test_where_the_only_administrators_account_is_closed_the_coaches_are_asked(self, cast, own):
        own.user.is_active = False
        own.user.save()

        request_membership(employer=cast.bakery, by=UserFactory(persona="employer"), at=NOW)

        assert told() == {cast.coach, cast.other_coach}

    def test_with_another_one_may(self, client, cast, own):
        MembershipFactory(employer=cast.bakery, role=MembershipRole.ADMINISTRATOR)
        client.force_login(cast.employer_member)
        address = reverse("employers:membership_leave", args=[own.pk])
        assert address in client.get(reverse("employers:my_organisation")).content.decode()

        client.post(address)

        own.refresh_from_db()
        assert own.state == MembershipState.ENDED

    def test_the_last_is_told_on_the_page(self, client, cast, own):
        client.force_login(cast.employer_member)

        answer = client.post(reverse("employers:membership_leave", args=[own.pk]), follow=True)

        assert "behöver en administratör" in answer.content.decode()


class TestColleagues:
    """What somebody who left had in hand is the employer's."""

    @pytest.fixture
    def colleague(self, cast):
        return MembershipFactory(employer=cast.bakery, role=MembershipRole.ADMINISTRATOR).user

    def test_go_on_with_a_proposal_that_the_one_who_left_had_begun(self, client, cast, own, colleague):
        proposal = ProposalFactory(opening=cast.opening, participant=cast.pia, proposed_by=cast.coach)
        ask_for_interview(proposal_id=proposal.pk, by=own.user, at=NOW)
        leave(own)

        client.force_login(colleague)
        assert client.get(proposal.get_absolute_url()).status_code == 200
        accept_proposal(proposal_id=proposal.pk, by=colleague, at=NOW)

        proposal.refresh_from_db()
        assert (proposal.state, proposal.decided_by) == (ProposalState.ACCEPTED, colleague)
        client.force_login(own.user)
        assert client.get(proposal.get_absolute_url()).status_code == 404

    def test_go_on_with_a_draft(self, client, cast, own, colleague):
        cast.opening.created_by = own.user
        cast.opening.save()
        leave(own)

        client.force_login(colleague)

        assert client.get(reverse("employers:opening_edit", args=[cast.opening.pk])).status_code == 200


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_last_administrators_who_leave_at_once_one_stays():
    employer = EmployerFactory()
    two = [MembershipFactory(employer=employer, role=MembershipRole.ADMINISTRATOR) for _each in range(2)]
    together = Barrier(2)

    def act(membership):
        together.wait(timeout=30)
        try:
            leave(membership)
        except Refused as refusal:
            return refusal.error_list[0].code
        finally:
            connection.close()
        return "left"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(act, two))

    assert said == ["last_administrator", "left"]
    assert EmployerMembership.objects.administrators().count() == 1
