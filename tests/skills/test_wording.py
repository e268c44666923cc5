"""The same words for the same thing, of a person and of an opening."""

import pytest

from backend.employers.pages.presenting import describe_typed
from backend.participants.file import wording as of_file
from backend.participants.telling.releasable import releasable_items
from backend.skills import wording
from backend.skills.enums import Weekday


class TestWords:
    def test_one_number_of_hours_and_a_span(self):
        assert wording.hours_a_week(20, 20) == "20 timmar i veckan"
        assert wording.hours_a_week(20, 30) == "20–30 timmar i veckan"

    def test_swedish_comes_first(self):
        assert wording.languages({"ar": "C2", "sv": "A2"})[0].startswith("Svenska: ")

    def test_the_working_week_in_one(self):
        week = [Weekday.FRIDAY, Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY]
        assert wording.weekdays(week) == "Måndag till fredag"


@pytest.mark.django_db
def test_file_release_and_opening_say_the_same(cast):
    facts = {"hours_min": 15, "hours_max": 25, "languages": {"sv": "B1"}, "licences": ["B"]}
    for row in (cast.pia, cast.opening):
        for name, value in facts.items():
            setattr(row, name, value)
        row.adaptations = ["interpreter"]
    description = describe_typed(cast.opening, occupation="", requirements=())

    released = {item.text for item in releasable_items(cast.pia)}
    file = of_file.conditions(cast.pia)

    assert {*description.languages, *description.licences, *description.adaptations} <= released
    assert description.hours in released
    assert (file["spoken"], file["licences"]) == (description.languages, description.licences)
