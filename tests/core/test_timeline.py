"""What has happened, told to each reader in their words."""

from datetime import timedelta

import pytest

from backend.core.models import AuditEntry, WrittenReason
from backend.core.timeline import timeline
from backend.core.writing import audit
from tests.factories.base import NOW

pytestmark = pytest.mark.django_db


def told(subject, reader):
    return [(entry["what"], entry["why"]) for entry in timeline(subject, reader=reader)]


class TestAnAction:
    def test_without_words_is_not_written(self, cast):
        with pytest.raises(LookupError, match="has no words"):
            audit.record(cast.pia, "made_up", by=cast.coach, at=NOW)

        assert timeline(cast.pia, reader="staff") == []

    def test_is_told_to_the_person_as_to_the_person(self, cast):
        audit.record(cast.pia, "updated", by=cast.coach, at=NOW)

        assert told(cast.pia, "staff") == [("Uppgifterna ändrades", "")]
        assert told(cast.pia, "participant") == [("Dina uppgifter ändrades", "")]

    def test_several_times_in_a_day_is_one_entry(self, cast):
        for hour in range(3):
            audit.record(cast.pia, "skill_added", by=cast.coach, at=NOW + timedelta(minutes=hour))
        audit.record(cast.pia, "skill_added", by=cast.manager, at=NOW + timedelta(hours=1))

        words = [entry["what"] for entry in timeline(cast.pia, reader="staff")]

        assert words == ["En kompetens lades till", "En kompetens lades till (3 gånger)"]


class TestWhy:
    def test_a_coded_reason_is_told_to_everybody(self, cast):
        audit.record(cast.pia, "state_active", by=None, at=NOW, why="internship_ended")

        assert [why for _, why in told(cast.pia, "participant")] == ["En praktik slutade"]
        assert [why for _, why in told(cast.pia, "staff")] == ["En praktik slutade"]

    def test_a_coachs_own_words_are_told_to_staff_alone(self, cast):
        audit.record(cast.pia, "state_paused", by=cast.coach, at=NOW, why="Vill vänta till våren.")

        assert [why for _, why in told(cast.pia, "staff")] == ["Vill vänta till våren."]
        assert [why for _, why in told(cast.pia, "participant")] == [""]
        assert [why for _, why in told(cast.pia, "employer")] == [""]

    def test_words_are_in_no_row_of_the_log_and_end_before_it(self, cast):
        audit.record(cast.pia, "state_paused", by=cast.coach, at=NOW, why="Orkar inte mer.")
        assert "Orkar" not in str(AuditEntry.objects.values_list().get())
        WrittenReason.objects.all().delete()

        assert told(cast.pia, "staff") == [("Nu: Pausad", "")]

    def test_words_that_are_written_for_the_employer_reach_it(self, cast):
        audit.record(cast.opening, "returned", by=cast.coach, at=NOW, why="Skriv mer om arbetet.")

        assert [why for _, why in told(cast.opening, "employer")] == ["Skriv mer om arbetet."]
