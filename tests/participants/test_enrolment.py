"""Enrolling a participant and keeping the file up to date."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from backend.accounts.models import Unit
from backend.core.models import AuditEntry
from backend.participants.enums import ParticipantState
from backend.participants.models import Participant
from backend.participants.services import enrol_participant, update_participant
from backend.participants.versions import version_of
from backend.places.enums import Precision
from backend.places.found import Place
from tests.cast import Cast
from tests.factories import AssignmentFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

TORSHALLA = Place(
    written_out="Torshälla, Eskilstuna kommun",
    locality_name="Torshälla",
    municipality_code="0484",
    municipality_name="Eskilstuna",
    county_name="Södermanlands län",
    latitude=59.42,
    longitude=16.47,
    precision=Precision.LOCALITY,
    text="torshälla",
)


def enrol(cast: Cast, **details) -> Participant:
    fields = {"unit": cast.unit, "coach": cast.coach, "by": cast.coach, "at": NOW}
    return enrol_participant(**{**fields, "first_name": "Ömer", "last_name": "Åkesson", **details})


def actions(participant: Participant) -> list[str]:
    return [entry.action for entry in AuditEntry.objects.about(participant)]


class TestEnrolParticipant:
    def test_begins_to_wait_on_the_day(self, cast):
        participant = enrol(cast, place=TORSHALLA, languages={"sv": "A2", "ti": "C2"})

        participant.refresh_from_db()
        assert participant.state == ParticipantState.ENROLLED
        assert participant.waiting_since == participant.enrolled_on == TODAY
        assert participant.locality_name == "Torshälla"
        assert participant.languages == {"sv": "A2", "ti": "C2"}
        assert actions(participant) == ["enrolled"]

    def test_may_have_begun_to_wait_before(self, cast):
        earlier = {"enrolled_on": date(2026, 1, 7), "why_earlier": "Stod på en annan lista."}
        assert enrol(cast, **earlier).waiting_since == date(2026, 1, 7)

    def test_needs_no_reason_for_a_month(self, cast):
        day = TODAY - timedelta(days=30)
        assert enrol(cast, enrolled_on=day).enrolled_on == day

    @pytest.mark.parametrize("why", ["", "  "])
    def test_is_refused_further_back_without_a_reason(self, cast, why):
        before = Participant.objects.count()
        with refused_for("no_reason_for_far_back"):
            enrol(cast, enrolled_on=TODAY - timedelta(days=31), why_earlier=why)

        assert Participant.objects.count() == before

    def test_keeps_the_reason_beside_the_log(self, cast):
        why = "Stod på en annan lista."
        participant = enrol(cast, enrolled_on=TODAY - timedelta(days=31), why_earlier=why)

        assert AuditEntry.objects.about(participant).get(action="enrolled").said == why

    def test_gets_a_reference_that_tells_nothing(self, cast):
        references = {enrol(cast).reference for _ in range(20)}

        assert len(references) == 20
        assert all(len(reference) == 8 for reference in references)

    def test_sorts_aa_after_z(self, cast):
        enrol(cast, last_name="Zetterlund")
        enrol(cast, last_name="Åberg")

        names = Participant.objects.filter(last_name__in=["Zetterlund", "Åberg"]).order_by("sort_key")
        assert [each.last_name for each in names] == ["Zetterlund", "Åberg"]

    @pytest.mark.parametrize(
        ("details", "why"),
        [
            ({"first_name": ""}, "blank"),
            ({"first_name": "x" * 81}, "max_length"),
            ({"hours_min": 30, "hours_max": 20}, "hours_max"),
            ({"hours_max": 41}, "hours_max"),
            ({"languages": {"sv": "Z9"}}, "unknown_language"),
            ({"languages": {"klingon": "A1"}}, "unknown_language"),
            ({"licences": ["spaceship"]}, "unknown_choice"),
            ({"adaptations": ["diagnosis"]}, "unknown_choice"),
            ({"presentation": "ö" * 10_000}, "max_length"),
            ({"enrolled_on": date(2026, 3, 13)}, "enrolled_to_come"),
            ({"first_name": "😀"}, "not_a_name"),
            ({"last_name": "Ünal 👍🏽"}, "not_a_name"),
        ],
    )
    def test_refuses_what_cannot_be(self, cast, details, why):
        before = Participant.objects.count()

        with refused_for(why):
            enrol(cast, **details)

        assert Participant.objects.count() == before
        assert not AuditEntry.objects.exists()

    def test_takes_any_script(self, cast):
        participant = enrol(cast, first_name="عمر", last_name="İpek Ünal")

        assert str(Participant.objects.get(pk=participant.pk)) == "عمر İpek Ünal"

    def test_only_a_coach_of_the_unit_enrols(self, cast):
        for stranger in (cast.other_coach, cast.manager, cast.administrator, cast.employer_member):
            with pytest.raises(Unit.DoesNotExist):
                enrol(cast, by=stranger)

    def test_the_coach_must_work_in_the_unit(self, cast):
        with refused_for("coach_of_other_unit") as refusal:
            enrol(cast, coach=cast.other_coach)

        assert list(refusal.value.message_dict) == ["coach"]


class TestUpdateParticipant:
    def test_the_audit_names_the_fields_and_keeps_no_copy(self, cast):
        update_participant(
            participant_id=cast.pia.pk, phone="070-123 45 67", hours_max=30, by=cast.coach, at=NOW
        )

        cast.pia.refresh_from_db()
        assert cast.pia.hours_max == 30
        assert AuditEntry.objects.about(cast.pia).get().changes == {"fields": ["hours_max", "phone"]}

    def test_nothing_new_writes_nothing(self, cast):
        update_participant(participant_id=cast.pia.pk, first_name=cast.pia.first_name, by=cast.coach, at=NOW)

        assert actions(cast.pia) == []

    def test_a_place_can_be_taken_away(self, cast):
        update_participant(participant_id=cast.pia.pk, place=None, by=cast.coach, at=NOW)

        cast.pia.refresh_from_db()
        assert cast.pia.point is None
        assert cast.pia.municipality_code == ""

    def test_strangers_change_nothing(self, cast):
        for stranger in (cast.other_coach, cast.manager, cast.participant_user, cast.employer_member):
            with pytest.raises(Participant.DoesNotExist):
                update_participant(participant_id=cast.pia.pk, first_name="X", by=stranger, at=NOW)

        cast.pia.refresh_from_db()
        assert cast.pia.first_name == "Pia"

    def test_a_refused_value_changes_nothing(self, cast):
        with refused_for("hours_max"):
            update_participant(
                participant_id=cast.pia.pk, first_name="Ny", hours_max=99, by=cast.coach, at=NOW
            )

        cast.pia.refresh_from_db()
        assert cast.pia.first_name == "Pia"
        assert actions(cast.pia) == []

    def test_the_coach_of_a_protected_person_is_a_handler(self, cast):
        colleague = AssignmentFactory(unit=cast.unit).user

        with refused_for("coach_not_handler"):
            update_participant(participant_id=cast.skye.pk, coach=colleague, by=cast.coach, at=NOW)

        cast.skye.refresh_from_db()
        assert cast.skye.coach == cast.coach


class TestEnrollingSomebodyWhoIsHereAlready:
    @pytest.fixture
    def nadia(self, cast):
        return enrol(
            cast, first_name="Nadia", last_name="Åberg", email="nadia@example.org", phone="070-123 45 67"
        )

    @pytest.mark.parametrize(
        "reached", [{"email": "Nadia@Example.org"}, {"phone": "+46 70 123 45 67"}], ids=["mail", "phone"]
    )
    def test_is_asked_about(self, cast, nadia, reached):
        before = Participant.objects.count()

        with refused_for("same_person"):
            enrol(cast, first_name="NADIA", last_name="åberg", **reached)

        assert Participant.objects.count() == before

    def test_is_another_person_when_the_coach_says_so(self, cast, nadia):
        twin = enrol(cast, first_name="Nadia", last_name="Åberg", email="nadia@example.org", is_another=True)

        assert twin.pk != nadia.pk

    @pytest.mark.parametrize(
        "other", [{"first_name": "Nadja"}, {"email": "n@example.org"}, {"email": "", "phone": ""}]
    )
    def test_others_are_not(self, cast, nadia, other):
        details = {"first_name": "Nadia", "last_name": "Åberg", "email": "nadia@example.org"}

        assert enrol(cast, **details | other).pk != nadia.pk

    def test_a_colleagues_person_is_told_of_by_count_only(self, cast, nadia, client):
        Participant.objects.filter(pk=nadia.pk).update(unit=cast.other_unit, coach=cast.other_coach)
        client.force_login(cast.coach)
        rows = {
            f"{name}-{what}_FORMS": 0
            for name in ("skills", "experiences", "wishes", "languages")
            for what in ("TOTAL", "INITIAL")
        }
        typed = {
            "first_name": "Nadia",
            "last_name": "Åberg",
            "email": "nadia@example.org",
            "coach": cast.coach.pk,
            "enrolled_on": timezone.localdate(),
            "max_travel_km": 20,
            "hours_min": 10,
            "hours_max": 40,
            **rows,
        }
        before = Participant.objects.count()

        answer = client.post(reverse("participants:participant_create"), typed)

        page = answer.content.decode()
        assert answer.status_code == 422
        assert Participant.objects.count() == before
        assert "1 person vars akt" in page
        assert str(nadia.pk) not in page
        assert 'value="nadia@example.org"' in page

        client.post(reverse("participants:participant_create"), {**typed, "is_another": "on"})
        assert Participant.objects.count() == before + 1

    def test_of_a_protected_one_nothing_is_told(self, cast, nadia):
        Participant.objects.filter(pk=nadia.pk).update(
            unit=cast.other_unit, coach=cast.other_coach, is_protected=True
        )

        assert enrol(cast, first_name="Nadia", last_name="Åberg", email="nadia@example.org").pk != nadia.pk


class TestTwoTabs:
    def test_what_the_other_saved_is_not_emptied(self, cast):
        opened = version_of(Participant.objects.get(pk=cast.pia.pk))
        update_participant(
            participant_id=cast.pia.pk, phone="070-123 45 00", seen=opened, by=cast.coach, at=NOW
        )

        with refused_for("file_changed_meanwhile") as refusal:
            update_participant(participant_id=cast.pia.pk, phone="", seen=opened, by=cast.coach, at=NOW)

        cast.pia.refresh_from_db()
        assert cast.pia.phone == "070-123 45 00"
        assert "telefon" in refusal.value.messages[0].casefold()

    def test_after_looking_it_can_be_saved(self, cast, client):
        client.force_login(cast.coach)
        address = reverse("participants:participant_edit", args=[cast.pia.pk])
        opened = version_of(Participant.objects.get(pk=cast.pia.pk))
        update_participant(participant_id=cast.pia.pk, phone="070-123 45 00", by=cast.coach, at=NOW)
        typed = {
            "first_name": "Pia",
            "last_name": "Ny",
            "coach": cast.coach.pk,
            "max_travel_km": 20,
            "hours_min": 10,
            "hours_max": 40,
            "languages-TOTAL_FORMS": 0,
            "languages-INITIAL_FORMS": 0,
        }

        told = client.post(address, {**typed, "version": opened})
        shown = told.context["page"].version

        assert told.status_code == 422
        assert 'value="Ny"' in told.content.decode()
        assert client.post(address, {**typed, "version": shown}).status_code == 302
        assert Participant.objects.get(pk=cast.pia.pk).last_name == "Ny"
