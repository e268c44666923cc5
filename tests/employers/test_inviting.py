"""Invitations: one link, one address, once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.urls import reverse

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.models import AuditEntry
from backend.core.outbox import sign_in
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Refused
from backend.employers.enums import CallBackOutcome, InvitationState, MembershipRole, MembershipState
from backend.employers.models import Employer, EmployerInvitation, EmployerMembership
from backend.employers.services import (
    accept_invitation,
    approve_membership,
    end_membership,
    forget_invitations,
    invite_again,
    invite_member,
    record_call_back,
    withdraw_invitation,
)
from backend.employers.services.inviting import MOST_A_DAY, as_kept
from tests.factories import EmployerFactory, MembershipFactory, UserFactory
from tests.factories.base import NOW
from tests.refusals import refused_for

INES = "ines@bageriet.example"
LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


def invite(cast, *, by=None, email=INES, role=MembershipRole.CONTACT, at=NOW):
    return invite_member(
        employer_id=cast.bakery.pk, email=email, role=role, by=by or cast.employer_member, at=at
    )


def mailed(mailoutbox, *, at=NOW):
    """Send what waits; return the token of the newest mail."""
    sign_in.deliver(clock=lambda: at)
    return re.search(r"/inbjuden/([^/]+)/", mailoutbox[-1].body).group(1)


def page(token):
    return reverse("employers:invitation_accept", args=[token])


class TestInvite:
    def test_the_token_is_in_the_mail_alone(self, cast, mailoutbox):
        invitation = invite(cast, email=" Ines@Bageriet.example ")

        token = mailed(mailoutbox)

        assert (mailoutbox[0].to, cast.bakery.name in mailoutbox[0].subject) == ([INES], False)
        assert invitation.digest == as_kept(token)
        kept = EmployerInvitation.objects.filter(pk=invitation.pk).values_list().get()
        assert token not in " ".join(map(str, kept))
        assert token not in str(list(AuditEntry.objects.about(invitation).values()))

    @pytest.mark.parametrize("who", ["employer_member", "coach", "administrator"])
    def test_by_who_administers_and_by_staff(self, cast, who):
        assert invite(cast, by=getattr(cast, who)).by == getattr(cast, who)

    def test_by_nobody_else(self, cast):
        contact = MembershipFactory(employer=cast.bakery, role=MembershipRole.CONTACT).user
        for who in (contact, cast.other_employer, cast.participant_user):
            with pytest.raises(Employer.DoesNotExist):
                invite(cast, by=who)

        assert not EmployerInvitation.objects.exists()

    def test_a_member_is_not_invited(self, cast):
        with refused_for("already_member"):
            invite(cast, email=cast.employer_member.email.upper())

    def test_an_address_is_asked_by_one_link_at_a_time(self, cast, mailoutbox):
        first = invite(cast)
        old = mailed(mailoutbox)
        second = invite(cast, role=MembershipRole.SUPERVISOR)

        first.refresh_from_db()
        assert first.state_at(NOW) == InvitationState.WITHDRAWN
        with refused_for("invitation_over"):
            accept_invitation(token=old, by=None, name="Ines", at=NOW)
        assert second.state_at(NOW) == InvitationState.WAITING

    def test_it_stops_by_the_dated_rule(self, cast):
        invitation = invite(cast)

        assert invitation.expires_at == NOW + timedelta(days=14)

    def test_so_many_a_day_also_when_sent_anew(self, cast):
        invitation = invite(cast)
        for _again in range(MOST_A_DAY - 1):
            invite_again(invitation_id=invitation.pk, by=cast.employer_member, at=NOW)

        with refused_for("too_many_invitations"):
            invite(cast, email="en.till@bageriet.example")
        with refused_for("too_many_invitations"):
            invite_again(invitation_id=invitation.pk, by=cast.employer_member, at=NOW)

        assert invite(cast, email="en.till@bageriet.example", at=LATER + timedelta(hours=1))


class TestAgainAndBack:
    def test_sent_anew_the_old_link_is_dead(self, cast, mailoutbox):
        invitation = invite(cast)
        old = mailed(mailoutbox)

        invite_again(invitation_id=invitation.pk, by=cast.coach, at=LATER)
        new = mailed(mailoutbox, at=LATER)

        invitation.refresh_from_db()
        assert invitation.expires_at == LATER + timedelta(days=14)
        with refused_for("invitation_over"):
            accept_invitation(token=old, by=None, name="Ines", at=LATER)
        assert accept_invitation(token=new, by=None, name="Ines", at=LATER).state == MembershipState.ACTIVE

    def test_one_that_ran_out_can_be_sent_anew(self, cast, mailoutbox):
        invitation = invite(cast)
        much_later = NOW + timedelta(days=20)
        with refused_for("invitation_over"):
            accept_invitation(token=mailed(mailoutbox), by=None, name="Ines", at=much_later)

        invite_again(invitation_id=invitation.pk, by=cast.employer_member, at=much_later)

        token = mailed(mailoutbox, at=much_later)
        assert accept_invitation(token=token, by=None, name="Ines", at=much_later)

    def test_taken_back_it_opens_nothing(self, cast, mailoutbox):
        invitation = invite(cast)
        withdraw_invitation(invitation_id=invitation.pk, by=cast.employer_member, at=NOW)

        with refused_for("invitation_over"):
            accept_invitation(token=mailed(mailoutbox), by=None, name="Ines", at=NOW)
        for write in (invite_again, withdraw_invitation):
            with pytest.raises(TransitionNotAllowed):
                write(invitation_id=invitation.pk, by=cast.employer_member, at=NOW)

    def test_it_is_nobody_elses(self, cast):
        invitation = invite(cast)
        for write in (invite_again, withdraw_invitation):
            with pytest.raises(EmployerInvitation.DoesNotExist):
                write(invitation_id=invitation.pk, by=cast.other_employer, at=NOW)

    def test_who_leaves_leaves_no_open_invitations(self, cast):
        other = MembershipFactory(employer=cast.bakery, role=MembershipRole.ADMINISTRATOR)
        sent = invite(cast, by=other.user)
        end_membership(membership_id=other.pk, by=cast.employer_member, at=NOW)

        sent.refresh_from_db()
        assert sent.state_at(NOW) == InvitationState.WITHDRAWN

    def test_nor_does_who_turns_out_to_speak_for_nobody(self, cast):
        sent = invite(cast)
        own = EmployerMembership.objects.get(user=cast.employer_member)
        unknown = {"number": "016-10 00 00", "found_at": "Webben", "outcome": CallBackOutcome.UNKNOWN}
        record_call_back(membership_id=own.pk, by=cast.coach, at=NOW, **unknown)

        sent.refresh_from_db()
        assert sent.state_at(NOW) == InvitationState.WITHDRAWN

    def test_an_address_that_led_to_nothing_is_not_kept(self, cast, mailoutbox):
        accepted = invite(cast)
        accept_invitation(token=mailed(mailoutbox), by=None, name="Ines", at=NOW)
        ignored = invite(cast, email="ignorerad@bageriet.example")
        until = ignored.expires_at + timedelta(days=90)

        assert forget_invitations(at=until) == 0
        assert forget_invitations(at=until + timedelta(seconds=1)) == 1
        assert EmployerInvitation.objects.get() == accepted


class TestAccept:
    def test_without_an_account_one_is_opened_for_the_address(self, cast, mailoutbox):
        invite(cast)

        membership = accept_invitation(token=mailed(mailoutbox), by=None, name="Ines", phone="", at=NOW)

        user = User.objects.get(email=INES)
        assert (membership.user, membership.role) == (user, MembershipRole.CONTACT)
        assert (user.persona, user.name, user.has_usable_password()) == (Persona.EMPLOYER, "Ines", False)
        assert EmailAddress.objects.get(user=user).verified

    def test_once(self, cast, mailoutbox):
        invite(cast)
        token = mailed(mailoutbox)
        user = accept_invitation(token=token, by=None, name="Ines", at=NOW).user
        other = UserFactory(persona=Persona.EMPLOYER)

        for who in (None, user, other):
            with refused_for("invitation_over"):
                accept_invitation(token=token, by=who, name="Igen", at=NOW)

    def test_an_account_that_is_there_is_opened_by_signing_in_alone(self, cast, mailoutbox):
        user = UserFactory(email=INES, persona=Persona.EMPLOYER)
        EmailAddress.objects.create(user=user, email=INES, verified=True, primary=True)
        invite(cast)
        token = mailed(mailoutbox)

        with refused_for("account_address_taken"):
            accept_invitation(token=token, by=None, name="Ines", at=NOW)

        assert accept_invitation(token=token, by=user, at=NOW).user == user

    def test_another_address_cannot(self, cast, mailoutbox):
        invite(cast)

        with refused_for("invited_at_other_address"):
            accept_invitation(token=mailed(mailoutbox), by=cast.other_employer, at=NOW)

        assert EmployerInvitation.objects.get().accepted_at is None

    @pytest.mark.parametrize("persona", [Persona.PARTICIPANT, Persona.STAFF])
    def test_nor_can_an_account_of_another_kind(self, cast, mailoutbox, persona):
        user = UserFactory(email=INES, persona=persona)
        invite(cast)

        with refused_for("account_for_other"):
            accept_invitation(token=mailed(mailoutbox), by=user, at=NOW)

    @pytest.mark.parametrize("state", [MembershipState.ENDED, MembershipState.REQUESTED])
    def test_who_left_or_waits_comes_in_by_it(self, cast, mailoutbox, state):
        user = UserFactory(email=INES, persona=Persona.EMPLOYER)
        before = MembershipFactory(employer=cast.bakery, user=user, state=state, role="contact")
        invite(cast, role=MembershipRole.SUPERVISOR)

        accept_invitation(token=mailed(mailoutbox), by=user, at=NOW)

        before.refresh_from_db()
        assert (before.state, before.role) == (MembershipState.ACTIVE, MembershipRole.SUPERVISOR)

    def test_nobody_who_left_is_approved_without_having_asked(self, cast):
        left = MembershipFactory(employer=cast.bakery, state=MembershipState.ENDED)

        with pytest.raises(TransitionNotAllowed):
            approve_membership(membership_id=left.pk, by=cast.employer_member, at=NOW)


class TestPage:
    def test_a_look_accepts_nothing(self, client, cast, mailoutbox):
        invite(cast)
        address = page(mailed(mailoutbox))

        for _scanner in range(2):
            assert client.get(address).status_code == 200

        assert EmployerInvitation.objects.get().accepted_at is None
        assert not User.objects.filter(email=INES).exists()

    def test_a_newcomer_says_who_she_is_and_is_in(self, client, cast, mailoutbox):
        invite(cast)
        address = page(mailed(mailoutbox))
        assert cast.bakery.name in client.get(address).content.decode()
        assert client.post(address, {"name": ""}).status_code == 422

        answer = client.post(address, {"name": "Ines Ek"}, follow=True)

        assert answer.redirect_chain[-1][0] == reverse("employers:my_organisation")
        assert cast.bakery.name in answer.content.decode()
        assert client.get(address).status_code == 410

    def test_who_has_an_account_signs_in_and_comes_back(self, client, cast, mailoutbox):
        user = UserFactory(email=INES, persona=Persona.EMPLOYER)
        invite(cast)
        address = page(mailed(mailoutbox))
        shown = client.get(address).content.decode()
        assert f"{reverse('account_login')}?next={address}" in shown
        assert client.post(address, {"name": "Ines"}).status_code == 200
        assert not Employer.objects.of(user).exists()

        client.force_login(user)
        client.post(address)

        assert Employer.objects.of(user).get() == cast.bakery

    def test_somebody_else_is_told_so_and_no_address(self, client, cast, mailoutbox):
        invite(cast)
        address = page(mailed(mailoutbox))
        client.force_login(cast.other_employer)

        for answer in (client.get(address), client.post(address)):
            assert "en annan adress" in answer.content.decode()
            assert INES not in answer.content.decode()

        assert EmployerInvitation.objects.get().accepted_at is None

    def test_a_link_that_nobody_has_sent_leads_nowhere(self, client, db):
        assert client.get(page("x" * 32)).status_code == 404

    def test_the_list_shows_what_has_become_of_each_to_who_administers(self, client, cast, mailoutbox):
        invite(cast)
        client.force_login(cast.employer_member)
        organisation = reverse("employers:my_organisation")
        assert INES in client.get(organisation).content.decode()

        with time_machine.travel(NOW + timedelta(days=15), tick=False):
            client.force_login(cast.employer_member)
            assert "Tiden har gått ut" in client.get(organisation).content.decode()

        contact = MembershipFactory(employer=cast.bakery, role=MembershipRole.CONTACT).user
        client.force_login(contact)
        assert INES not in client.get(organisation).content.decode()

    def test_the_page_of_an_employer_that_nobody_administers_proposes_an_administrator(self, client, cast):
        orphan = EmployerFactory(municipality=cast.municipality)
        client.force_login(cast.coach)

        form = client.get(reverse("employers:invitation_create", args=[orphan.pk])).context["form"]

        assert form["role"].value() == MembershipRole.ADMINISTRATOR


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_the_link_at_once_one_comes_in(mailoutbox):
    own = MembershipFactory(role=MembershipRole.ADMINISTRATOR)
    invite_member(employer_id=own.employer_id, email=INES, role="contact", by=own.user, at=NOW)
    token, barrier = mailed(mailoutbox), Barrier(2)

    def come(name):
        barrier.wait(timeout=30)
        try:
            accept_invitation(token=token, by=None, name=name, at=NOW)
        except Refused as refusal:
            return refusal.error_list[0].code
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(come, ["En", "Två"]))

    assert said == ["in", "invitation_over"]
    assert EmployerMembership.objects.filter(role=MembershipRole.CONTACT).count() == 1
