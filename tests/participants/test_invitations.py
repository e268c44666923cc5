"""The participant's own way in."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.models import AuditEntry, OutboxMessage
from backend.core.outbox import deliver_due
from backend.participants.models import Participant
from backend.participants.services import invite_participant, update_participant
from tests.cast import Cast
from tests.factories import ParticipantFactory
from tests.factories.base import NOW
from tests.matching.test_at_once import at_once
from tests.refusals import refused_for


def newcomer(cast: Cast, **changes) -> Participant:
    fields = {"unit": cast.unit, "coach": cast.coach, "email": "Nadia@example.org", "first_name": "Nadia"}
    return ParticipantFactory(**{**fields, **changes})


class TestInviteParticipant:
    def test_gives_an_account_without_a_password(self, cast):
        nadia = newcomer(cast)

        user = invite_participant(participant_id=nadia.pk, by=cast.coach, at=NOW)

        nadia.refresh_from_db()
        assert nadia.user == user
        assert (user.persona, user.email) == (Persona.PARTICIPANT, "nadia@example.org")
        assert not user.has_usable_password()
        assert list(Participant.objects.visible_to(user)) == [nadia]
        assert [entry.action for entry in AuditEntry.objects.about(nadia)] == ["invited"]

    def test_the_mail_carries_no_personal_data(self, cast, mailoutbox):
        nadia = newcomer(cast)
        invite_participant(participant_id=nadia.pk, by=cast.coach, at=NOW)

        deliver_due(at=NOW)

        (mail,) = mailoutbox
        assert mail.to == ["nadia@example.org"]
        assert "/mina-uppgifter/" in mail.body
        for secret in ("Nadia", nadia.last_name, cast.coach.name, cast.unit.name, nadia.reference):
            assert secret not in mail.subject + mail.body

    def test_the_invited_signs_in_by_a_code_and_nothing_else(self, cast, mailoutbox, client):
        nadia = newcomer(cast)
        invite_participant(participant_id=nadia.pk, by=cast.coach, at=NOW)

        client.post(reverse("account_request_login_code"), {"email": "nadia@example.org"})
        code = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", mailoutbox[-1].body, re.MULTILINE)
        client.post(reverse("account_confirm_login_code"), {"code": code[1]})

        page = client.get(reverse("participants:my_data"))
        assert page.status_code == 200
        assert page.context["participant"] == nadia

    def test_again_before_the_first_visit_sends_again(self, cast, mailoutbox):
        nadia = newcomer(cast)
        for hours in (0, 24):
            at = NOW + timedelta(hours=hours)
            invite_participant(participant_id=nadia.pk, by=cast.coach, at=at)
            deliver_due(at=at)

        assert len(mailoutbox) == 2
        assert User.objects.filter(email="nadia@example.org").count() == 1

    def test_a_mail_that_is_no_longer_needed_is_not_sent(self, cast, mailoutbox):
        nadia = newcomer(cast)
        user = invite_participant(participant_id=nadia.pk, by=cast.coach, at=NOW)
        User.objects.filter(pk=user.pk).update(last_login=NOW)

        deliver_due(at=NOW)

        assert mailoutbox == []

    @pytest.mark.parametrize(
        ("email", "why"),
        [
            ("", "no_email_address"),
            ("alice@bageriet.example", "email_address_taken"),
            ("PIA@example.org", "email_address_taken"),
        ],
    )
    def test_no_address_or_another_persons_changes_nothing(self, cast, email, why):
        nadia = newcomer(cast, email=email)
        before = User.objects.count()

        with refused_for(why):
            invite_participant(participant_id=nadia.pk, by=cast.coach, at=NOW)

        nadia.refresh_from_db()
        assert nadia.user is None
        assert User.objects.count() == before
        assert not OutboxMessage.objects.exists()

    def test_strangers_invite_nobody(self, cast):
        nadia = newcomer(cast)

        for stranger in (cast.other_coach, cast.manager, cast.employer_member):
            with pytest.raises(Participant.DoesNotExist):
                invite_participant(participant_id=nadia.pk, by=stranger, at=NOW)

        assert not OutboxMessage.objects.exists()


class TestTheAccountFollowsTheFile:
    def wrong(self, cast: Cast) -> tuple[Participant, User]:
        nadia = newcomer(cast, email="stranger@example.org")
        return nadia, invite_participant(participant_id=nadia.pk, by=cast.coach, at=NOW)

    def test_a_stranger_at_a_mistyped_address_reads_nothing_any_more(self, cast, client):
        nadia, stranger = self.wrong(cast)
        client.force_login(stranger)
        assert client.get(reverse("participants:my_data")).status_code == 200

        update_participant(participant_id=nadia.pk, email="nadia@example.org", by=cast.coach, at=NOW)

        assert client.get(reverse("participants:my_data")).status_code == 302
        stranger.refresh_from_db()
        nadia.refresh_from_db()
        assert (nadia.user, stranger.is_active) == (None, False)
        assert not Participant.objects.visible_to(stranger).exists()
        assert "account_cut_off" in {entry.action for entry in AuditEntry.objects.about(nadia)}

    def test_the_right_one_is_invited_then(self, cast):
        nadia, stranger = self.wrong(cast)
        update_participant(participant_id=nadia.pk, email="nadia@example.org", by=cast.coach, at=NOW)

        invited = invite_participant(participant_id=nadia.pk, by=cast.coach, at=NOW)

        assert (invited.email, invited.pk == stranger.pk) == ("nadia@example.org", False)

    def test_an_address_that_was_right_after_all_is_opened_again(self, cast):
        nadia, user = self.wrong(cast)
        for email in ("nadia@example.org", "stranger@example.org"):
            update_participant(participant_id=nadia.pk, email=email, by=cast.coach, at=NOW)

        assert invite_participant(participant_id=nadia.pk, by=cast.coach, at=NOW) == user
        assert User.objects.get(pk=user.pk).is_active

    @pytest.mark.parametrize("changes", [{"email": "Stranger@Example.org"}, {"phone": "070-123 45 00"}])
    def test_any_other_change_leaves_it(self, cast, changes):
        nadia, user = self.wrong(cast)

        update_participant(participant_id=nadia.pk, by=cast.coach, at=NOW, **changes)

        nadia.refresh_from_db()
        assert (nadia.user, nadia.user.is_active) == (user, True)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Two of the same moment: one account, one way in, and nobody sees an error page."""

    def test_two_invite_the_same_person(self, cast: Cast) -> None:
        pia = ParticipantFactory(unit=cast.unit, coach=cast.coach, email="ny@example.org")

        def invite() -> None:
            invite_participant(participant_id=pia.pk, by=cast.coach, at=NOW)

        assert at_once(invite, invite) == [True, True]
        pia.refresh_from_db()
        assert User.objects.filter(email="ny@example.org").get() == pia.user

    def test_two_files_of_one_address_are_invited(self, cast: Cast) -> None:
        people = [ParticipantFactory(unit=cast.unit, coach=cast.coach, email="ny@example.org") for _ in "ab"]

        def inviting(person: Participant) -> Callable[[], object]:
            return lambda: invite_participant(participant_id=person.pk, by=cast.coach, at=NOW)

        assert sorted(at_once(*map(inviting, people))) == [False, True]
        account = User.objects.get(email="ny@example.org")
        assert Participant.objects.filter(user=account).count() == 1

    def test_an_address_is_mended_while_its_owner_is_invited(self, cast: Cast) -> None:
        pia = ParticipantFactory(unit=cast.unit, coach=cast.coach, email="fel@example.org")

        def invite() -> None:
            invite_participant(participant_id=pia.pk, by=cast.coach, at=NOW)

        def mend() -> None:
            update_participant(participant_id=pia.pk, email="ratt@example.org", by=cast.coach, at=NOW)

        assert at_once(invite, mend) == [True, True]
        pia.refresh_from_db()
        assert pia.user is None or (pia.user.email, pia.user.is_active) == ("ratt@example.org", True)
        assert not User.objects.filter(email="fel@example.org", is_active=True).exists()

    def test_the_invited_sends_the_code_twice(self, cast: Cast, mailoutbox: list[EmailMessage]) -> None:
        nadia = newcomer(cast)
        invite_participant(participant_id=nadia.pk, by=cast.coach, at=NOW)
        asking, answers = Client(), []
        asking.post(reverse("account_request_login_code"), {"email": "nadia@example.org"})
        code = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", str(mailoutbox[-1].body), re.MULTILINE)
        assert code

        def enter() -> None:
            tab = Client()
            tab.cookies["session"] = asking.cookies["session"].value
            answers.append(tab.post(reverse("account_confirm_login_code"), {"code": code[1]}))

        at_once(enter, enter)

        # The later one finds the code used, when it comes late enough, and may ask for another.
        home, again = reverse("home:my_home"), reverse("account_request_login_code")
        led_to = [each["Location"] for each in answers]
        assert home in led_to
        assert set(led_to) <= {home, again}
        assert User.objects.filter(email="nadia@example.org").count() == 1
