"""Participants' files in the API: what the pages say and do, by the same services."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.models import User
from backend.core.models import AuditEntry, ReadEntry
from backend.participants.models import Contact, OccupationExperience, OccupationWish, Participant
from backend.participants.services import add_written, record_contact
from tests.cast import Cast
from tests.factories import ConsentFactory, ParticipantFactory, SkillEvidenceFactory
from tests.factories.base import NOW, TODAY
from tests.internships.calling import client_of, get, post, refused, twice

DAY = timedelta(days=1)
JSON = "application/json"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def enrol(coach: User, **data: Any) -> Any:
    return client_of(coach).post("/api/v1/participants/enrol/", data, "application/json")


class TestTheList:
    def test_names_nobody_and_is_written_down(self, cast: Cast) -> None:
        answer = get(cast.coach, "participant-list")
        [row] = answer.json()["results"]
        assert row["reference"] == cast.pia.reference
        assert cast.pia.first_name not in answer.content.decode()
        assert ReadEntry.objects.filter(by=cast.coach.pk, subject_id=cast.pia.pk).exists()

    def test_holds_no_protected_identity(self, cast: Cast) -> None:
        cast.pia.handlers.set([cast.coach])
        Participant.objects.update(is_protected=True)
        assert get(cast.coach, "participant-list").json()["results"] == []
        assert get(cast.coach, "participant-detail", cast.pia).json()["is_protected"]

    def test_is_narrowed_by_state_and_unit(self, cast: Cast) -> None:
        ParticipantFactory(unit=cast.pia.unit, coach=cast.coach, state="paused")
        of_unit = get(cast.coach, "participant-list", unit=cast.pia.unit_id, state="paused").json()
        assert [row["state"] for row in of_unit["results"]] == ["paused"]

    def test_is_empty_to_an_employer(self, cast: Cast) -> None:
        assert get(cast.employer_member, "participant-list").json()["results"] == []


class TestOneFile:
    def test_costs_as_many_queries_for_many_rows(self, cast: Cast) -> None:
        def queries() -> int:
            client = client_of(cast.coach)
            with CaptureQueriesContext(
                connection,
            ) as made:
                assert client.get(f"/api/v1/participants/{cast.pia.pk}/").status_code == 200
            return len(made)

        SkillEvidenceFactory(participant=cast.pia)
        few = queries()
        for number in range(12):
            SkillEvidenceFactory(participant=cast.pia, text=f"Annat {number}")
        assert queries() == few <= 12

    def test_is_the_persons_own_without_what_is_for_staff(self, cast: Cast) -> None:
        own = get(cast.participant_user, "participant-detail", cast.pia).json()
        assert own["first_name"] == cast.pia.first_name
        assert {"coach", "is_protected", "seen"}.isdisjoint(own)

    def test_is_changed_only_from_the_version_that_was_read(self, cast: Cast) -> None:
        seen = get(cast.coach, "participant-detail", cast.pia).json()["seen"]
        changed = twice(cast.coach, "participant-change", cast.pia, phone="070-123 45 67", seen=seen)
        assert changed["phone"].replace(" ", "").replace("-", "") == "0701234567"
        late = {"phone": "070-765 43 21", "seen": seen}
        assert refused(cast.coach, "participant-change", cast.pia, **late) == "file_changed_meanwhile"

    def test_keeps_what_is_not_sent(self, cast: Cast) -> None:
        before = get(cast.coach, "participant-detail", cast.pia).json()
        what = {"languages": {"so": "C2"}, "licences": ["B", "B"], "max_travel_km": None}
        after = twice(cast.coach, "participant-change", cast.pia, **what)
        assert after["languages"] == {"so": "C2"}
        assert after["licences"] == ["B"]
        same = before.keys() - {"languages", "licences", "max_travel_km", "seen"}
        assert {name: after[name] for name in same} == {name: before[name] for name in same}

    def test_refuses_codes_that_there_are_not(self, cast: Cast) -> None:
        for what in ({"languages": {"xx": ""}}, {"licences": ["Z"]}, {"adaptations": ["diagnosis"]}):
            assert refused(cast.coach, "participant-change", cast.pia, **what) == "invalid_choice"


class TestEnrolling:
    def test_enrols_and_asks_about_who_seems_to_be_here(self, cast: Cast) -> None:
        who = {
            "unit": str(cast.pia.unit_id),
            "first_name": "Noor",
            "last_name": "Ek",
            "email": "n@ek.example",
        }
        made = enrol(cast.coach, **who)
        assert made.status_code == 201, made.json()
        noor = Participant.objects.get(pk=made.json()["id"])
        assert (noor.coach, noor.enrolled_on) == (cast.coach, TODAY)
        again = enrol(cast.coach, **who)
        assert (again.status_code, again.json()["code"]) == (422, "same_person")
        assert enrol(cast.coach, **who, is_another=True).status_code == 201

    def test_in_a_unit_of_others_there_is_none(self, cast: Cast) -> None:
        who = {"unit": str(cast.pia.unit_id), "first_name": "Noor", "last_name": "Ek"}
        assert enrol(cast.other_coach, **who).status_code == 404
        assert not Participant.objects.filter(first_name="Noor").exists()


class TestTheCase:
    def test_pauses_with_a_reason(self, cast: Cast) -> None:
        assert refused(cast.coach, "participant-move", cast.pia, to="paused") == "no_reason_to_stop"
        assert twice(cast.coach, "participant-move", cast.pia, to="paused", why="Reser.")["state"] == "paused"
        assert post(cast.coach, "participant-move", cast.pia, to="employed").status_code == 422

    def test_a_contact_is_noted_and_taken_back(self, cast: Cast) -> None:
        day = {"channel": "phone", "on": str(TODAY - DAY), "line": "Vill börja."}
        noted = twice(cast.coach, "participant-record-contact", cast.pia, **day)
        assert noted["last_contact_on"] == str(TODAY - DAY)
        contact = Contact.objects.get()
        assert get(cast.participant_user, "contact-detail", contact).json()["line"] == "Vill börja."
        assert "Vill" not in get(cast.coach, "contact-list").content.decode()
        assert post(cast.other_coach, "contact-remove", contact).status_code == 404
        for _time in range(2):  # sent again with its key, it is answered as before
            assert post(cast.coach, "contact-remove", contact, key="5b1f").status_code == 204
        assert not Contact.objects.exists()

    def test_contacts_are_those_of_one_case(self, cast: Cast) -> None:
        other = ParticipantFactory(unit=cast.pia.unit, coach=cast.coach)
        for each in (cast.pia, other):
            record_contact(participant_id=each.pk, on=TODAY, by=cast.coach, at=NOW)
        [row] = get(cast.coach, "contact-list", participant=other.pk).json()["results"]
        assert row["participant"] == str(other.pk)

    def test_a_consent_is_taken_back_by_the_person(self, cast: Cast) -> None:
        consent = ConsentFactory(participant=cast.pia, employer=cast.bakery)
        assert post(cast.employer_member, "consent-withdraw", consent).status_code == 404
        assert twice(cast.participant_user, "consent-withdraw", consent)["end_reason"] == "withdrawn"
        assert refused(cast.coach, "consent-withdraw", consent) == "consent_already_withdrawn"


class TestProtection:
    def test_hides_the_person_and_asks_for_a_fresh_second_factor(self, cast: Cast, settings: Any) -> None:
        handlers = {"handlers": [str(cast.coach.pk)]}
        settings.STAFF_SECOND_FACTOR = True
        stale = client_of(cast.coach)
        for minutes, status in ((50, 200), (65, 403)):  # reading does not make the second factor fresh
            with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
                file = f"/api/v1/participants/{cast.pia.pk}/"
                answer = stale.get(file) if status == 200 else stale.post(f"{file}protect/", handlers, JSON)
                assert answer.status_code == status, answer.json()
        assert answer.json()["code"] == "second_factor_not_fresh"
        assert not Participant.objects.get(pk=cast.pia.pk).is_protected
        assert refused(cast.coach, "participant-protect", cast.pia, handlers=[]) == "no_handler"
        assert twice(cast.coach, "participant-protect", cast.pia, **handlers)["is_protected"]
        assert refused(cast.coach, "participant-lift-protection", cast.pia) == "no_reason_to_lift"
        assert not twice(cast.coach, "participant-lift-protection", cast.pia, why="Fel.")["is_protected"]


class TestRows:
    def test_all_are_written_or_none(self, cast: Cast) -> None:
        bad = {"skills": [{"text": "Baka bröd"}], "experiences": [{"text": "Bagare", "last_year": 2031}]}
        assert refused(cast.coach, "participant-write", cast.pia, **bad) == "year_to_come"
        good = {
            "skills": [{"text": "Baka bröd", "level": 3, "source": ""}],
            "experiences": [{"text": "Bagare", "months": 14}],
            "wishes": [{"text": "Konditor", "motivation": "Tårtor."}],
        }
        file = twice(cast.coach, "participant-write", cast.pia, **good)
        assert [(row["text"], row["level"], row["source"]) for row in file["skills"]] == [
            ("Baka bröd", 3, "self")
        ]
        assert [row["months"] for row in file["experiences"]] == [14]
        assert [row["motivation"] for row in file["wishes"]] == ["Tårtor."]

    def test_are_settled_told_anew_and_removed(self, cast: Cast) -> None:
        skill = SkillEvidenceFactory(participant=cast.pia, text="Baka bröd", level=None)
        kept = twice(cast.coach, "skill-confirm", skill, concept=None)
        assert kept["skills"][0]["concept"] is None
        assert post(cast.coach, "skill-confirm", skill, concept=987654321).status_code == 404
        told = twice(cast.coach, "skill-change", skill, level=4, source="supervisor")
        assert (told["skills"][0]["level"], told["skills"][0]["source"]) == (4, "supervisor")
        assert post(cast.other_coach, "skill-remove", skill).status_code == 404
        assert twice(cast.coach, "skill-remove", skill)["skills"] == []
        assert post(cast.coach, "skill-remove", skill).status_code == 404
        assert AuditEntry.objects.filter(action="skill_removed").count() == 1

    def test_a_wish_becomes_experience_or_is_kept(self, cast: Cast) -> None:
        wish = OccupationWish.objects.create(participant=cast.pia, text="Konditor", is_unsorted=True)
        assert not twice(cast.coach, "wish-keep", wish)["wishes"][0]["is_unsorted"]
        moved = post(cast.coach, "wish-to-experience", wish).json()
        assert (moved["wishes"], moved["experiences"][0]["text"]) == ([], "Konditor")
        experience = OccupationExperience.objects.get()
        told = twice(cast.coach, "experience-change", experience, workplace="Kornet", months=5)
        assert told["experiences"][0]["workplace"] == "Kornet"

    def test_words_that_mean_a_licence_leave_the_list(self, cast: Cast) -> None:
        add_written(participant_id=cast.pia.pk, by=cast.coach, at=NOW)
        skill = SkillEvidenceFactory(participant=cast.pia, text="b-kort")
        assert refused(cast.coach, "skill-mean", skill, meaning="licence:Z") == "unknown_meaning"
        file = twice(cast.coach, "skill-mean", skill, meaning="licence:B")
        assert file["skills"] == []
        assert "B" in file["licences"]
