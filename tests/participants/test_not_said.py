"""What nobody has said is no fact: it is shown as unsaid, told to nobody, and shuts nobody out."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from backend.matching.bridge.people import person_of
from backend.matching.engine import Level
from backend.participants.enums import ReleasedKind
from backend.participants.forms import EnrolForm, LanguageRow, SkillRow
from backend.participants.models import Participant
from backend.participants.services import (
    add_skill,
    enrol_participant,
    releasable_items,
    set_skill_level,
    update_participant,
)
from tests.factories.base import NOW
from tests.refusals import refused_for


@pytest.fixture
def nadia(cast):
    """Somebody of whom nothing is known but the name."""
    who = {"first_name": "Nadia", "last_name": "Åberg"}
    return enrol_participant(unit=cast.unit, coach=cast.coach, by=cast.coach, at=NOW, **who)


class TestForms:
    def test_begin_empty(self, cast):
        form = EnrolForm(reader=cast.coach, unit=cast.unit)

        for name in ("max_travel_km", "hours_min", "hours_max"):
            assert form[name].value() is None
            assert not form.fields[name].required
        assert LanguageRow()["level"].value() is None
        assert SkillRow()["level"].value() is None

    def test_no_language_is_written_in_beforehand(self, cast, client):
        client.force_login(cast.coach)

        page = client.get(reverse("participants:participant_create")).content.decode()

        assert 'value="sv" selected' not in page
        assert 'value="A2" selected' not in page


class TestFile:
    def test_is_enrolled_with_nothing_said(self, nadia):
        assert (nadia.max_travel_km, nadia.hours_min, nadia.hours_max, nadia.languages) == (
            None,
            None,
            None,
            {},
        )

    @pytest.mark.parametrize(
        "hours", [{"hours_min": 10}, {"hours_max": 40}, {"hours_min": 0, "hours_max": 3}]
    )
    def test_hours_are_both_said_or_none(self, cast, nadia, hours):
        with refused_for("hours_max"):
            update_participant(participant_id=nadia.pk, by=cast.coach, at=NOW, **hours)
        with transaction.atomic(), pytest.raises(IntegrityError):
            Participant.objects.filter(pk=nadia.pk).update(**hours)

    def test_a_language_may_be_written_without_its_level(self, cast, nadia):
        update_participant(participant_id=nadia.pk, languages={"ti": ""}, by=cast.coach, at=NOW)
        with refused_for("unknown_language"):
            update_participant(participant_id=nadia.pk, languages={"": ""}, by=cast.coach, at=NOW)

        nadia.refresh_from_db()
        assert nadia.languages == {"ti": ""}

    def test_a_level_can_be_taken_back(self, cast, nadia):
        skill = add_skill(participant_id=nadia.pk, text="Baka", level=3, by=cast.coach, at=NOW)

        set_skill_level(skill_id=skill.pk, level=None, source="self", by=cast.coach, at=NOW)

        skill.refresh_from_db()
        assert skill.level is None

    def test_the_pages_say_so(self, cast, nadia, client):
        add_skill(participant_id=nadia.pk, text="Baka", by=cast.coach, at=NOW)
        update_participant(participant_id=nadia.pk, languages={"ti": ""}, by=cast.coach, at=NOW)
        client.force_login(cast.coach)

        page = client.get(nadia.get_absolute_url()).content.decode()

        assert page.count("inte sagt") == 2
        assert "Tigrinja: nivå inte sagd" in page
        assert page.count("nivå inte sagd") == 2


class TestTelling:
    def test_tells_no_hours_and_no_level_that_nobody_has_said(self, cast, nadia):
        add_skill(participant_id=nadia.pk, text="Baka", by=cast.coach, at=NOW)

        kinds = [item.kind for item in releasable_items(nadia)]

        assert kinds == [ReleasedKind.FIRST_NAME, ReleasedKind.SKILL]


class TestMatching:
    def test_knows_nothing_of_it(self, cast, nadia):
        add_skill(participant_id=nadia.pk, text="Baka", by=cast.coach, at=NOW)
        nadia.languages = {"sv": ""}

        person = person_of(nadia, {})

        assert (person.hours, person.travel_km, person.languages) == (None, None, {})
        assert [each.level for each in person.evidence] == [Level.UNKNOWN]
