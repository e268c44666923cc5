"""Invitations, leaving and the journal of employers in the API: the pages' scopes, services and refusals."""

import pytest
from rest_framework.test import APIClient

from backend.employers.enums import MembershipRole, MembershipState
from backend.employers.models import EmployerContact, EmployerInvitation, EmployerMembership
from tests.factories import MembershipFactory

INVITATIONS = "/api/v1/employer-invitations/"
MEMBERSHIPS = "/api/v1/memberships/"
CONTACTS = "/api/v1/employer-contacts/"


def api(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


class TestInvitations:
    def send(self, cast, user, **changes):
        said = {"employer": str(cast.bakery.pk), "email": "ny@bageriet.example", "role": "contact", **changes}
        return api(user).post(INVITATIONS, said, format="json")

    def test_are_sent_read_sent_anew_and_taken_back(self, cast, mailoutbox):
        made = self.send(cast, cast.employer_member)

        assert made.status_code == 201
        assert (made.json()["state"], made.json()["email"]) == ("waiting", "ny@bageriet.example")
        [invitation] = EmployerInvitation.objects.all()
        assert invitation.digest not in made.content.decode()
        one = f"{INVITATIONS}{invitation.pk}/"
        client = api(cast.employer_member)
        assert client.post(f"{one}resend/").json()["state"] == "waiting"
        assert client.post(f"{one}withdraw/").json()["state"] == "withdrawn"
        assert client.post(f"{one}withdraw/").status_code == 409
        assert [each["id"] for each in client.get(INVITATIONS).json()["results"]] == [str(invitation.pk)]

    def test_a_member_is_refused_by_code(self, cast):
        answer = self.send(cast, cast.employer_member, email=cast.employer_member.email)

        assert answer.status_code == 422
        assert answer.json()["field"] == "email"
        assert not EmployerInvitation.objects.exists()

    def test_strangers_find_no_employer_and_no_invitation(self, cast):
        self.send(cast, cast.employer_member)
        one = f"{INVITATIONS}{EmployerInvitation.objects.get().pk}/"
        for stranger in (cast.other_employer, cast.participant_user):
            assert self.send(cast, stranger).status_code == 404
            assert api(stranger).get(INVITATIONS).json()["results"] == []
            assert api(stranger).post(f"{one}resend/").status_code == 404
        assert EmployerInvitation.objects.count() == 1

    def test_the_same_key_sends_one(self, cast):
        said = {"employer": str(cast.bakery.pk), "email": "ny@bageriet.example", "role": "contact"}
        client = api(cast.employer_member)
        keys = {
            client.post(INVITATIONS, said, format="json", headers={"Idempotency-Key": "a"}).json()["id"]
            for _again in range(2)
        }

        assert len(keys) == EmployerInvitation.objects.count() == 1


class TestLeaving:
    def own(self, cast):
        return EmployerMembership.objects.get(user=cast.employer_member, employer=cast.bakery)

    def test_the_last_administrator_stays(self, cast):
        own = self.own(cast)
        answer = api(cast.employer_member).post(f"{MEMBERSHIPS}{own.pk}/leave/")

        assert answer.status_code == 422
        own.refresh_from_db()
        assert own.state == MembershipState.ACTIVE

    def test_who_is_not_the_last_leaves(self, cast):
        MembershipFactory(employer=cast.bakery, role=MembershipRole.ADMINISTRATOR)
        own = self.own(cast)

        answer = api(cast.employer_member).post(f"{MEMBERSHIPS}{own.pk}/leave/")

        assert (answer.status_code, answer.json()["state"]) == (200, "ended")

    def test_nobody_reads_or_ends_anothers(self, cast):
        own = self.own(cast)
        for other in (cast.other_employer, cast.coach):
            assert api(other).get(f"{MEMBERSHIPS}{own.pk}/").status_code == 404
            assert api(other).post(f"{MEMBERSHIPS}{own.pk}/leave/").status_code == 404
        own.refresh_from_db()
        assert own.state == MembershipState.ACTIVE


class TestTheJournal:
    @pytest.fixture
    def line(self, cast):
        return {"employer": str(cast.bakery.pk), "on": "2026-03-12", "channel": "phone", "line": "Ringde."}

    def test_is_written_read_and_taken_back_by_staff(self, cast, line):
        client = api(cast.coach)
        made = client.post(CONTACTS, line, format="json")

        assert made.status_code == 201
        assert (made.json()["line"], made.json()["recorded_by"]) == ("Ringde.", str(cast.coach))
        narrowed = client.get(CONTACTS, {"employer": str(cast.bakery.pk)}).json()["results"]
        assert [each["id"] for each in narrowed] == [made.json()["id"]]
        assert client.post(f"{CONTACTS}{made.json()['id']}/remove/").status_code == 204
        assert not EmployerContact.objects.exists()

    def test_a_next_step_needs_its_day_and_its_words(self, cast, line):
        answer = api(cast.coach).post(CONTACTS, {**line, "next_on": "2026-04-01"}, format="json")

        assert answer.status_code == 422
        assert not EmployerContact.objects.exists()

    def test_employers_read_and_write_none(self, cast, line):
        made = api(cast.coach).post(CONTACTS, line, format="json").json()["id"]
        for other in (cast.employer_member, cast.participant_user):
            assert api(other).post(CONTACTS, line, format="json").status_code == 404
            assert api(other).get(CONTACTS).json()["results"] == []
            assert api(other).get(f"{CONTACTS}{made}/").status_code == 404
