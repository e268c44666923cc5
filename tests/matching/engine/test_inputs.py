"""What the matcher may be told is a whitelist. A new field here needs a decision, not a commit."""

from dataclasses import fields
from datetime import date

import pytest

from backend.matching.engine import Evidence, Level, Opening, Person, Requirement, Source
from backend.matching.engine.people import freshness

TODAY = date(2026, 11, 21)


class TestTheWhitelist:
    def test_of_a_person(self):
        assert {field.name for field in fields(Person)} == {
            "id",
            "evidence",
            "wishes",
            "place",
            "travel_km",
            "hours",
            "licences",
            "languages",
            "adaptations_needed",
            "available_from",
            "available_until",
            "tenant",
            "waiting_since",
        }

    def test_of_evidence(self):
        assert {field.name for field in fields(Evidence)} == {"concept", "text", "level", "source", "used_on"}

    def test_of_an_opening(self):
        assert {field.name for field in fields(Opening)} == {
            "id",
            "kind",
            "requirements",
            "occupations",
            "place",
            "hours",
            "licences",
            "languages",
            "adaptations_offered",
            "adaptations_refused",
            "starts_on",
            "ends_on",
            "places_left",
            "is_open",
            "tenant",
            "published_on",
        }

    def test_of_a_requirement(self):
        assert {field.name for field in fields(Requirement)} == {"concept", "text", "essential", "weight"}


class TestStrengthOfEvidence:
    def test_a_higher_level_is_never_weaker(self):
        levels = [Level.BASIC, Level.WORKING, Level.INDEPENDENT]
        strengths = [Evidence("c", level=level).strength(today=TODAY) for level in levels]
        assert strengths == sorted(strengths)

    def test_what_a_supervisor_has_seen_is_stronger_than_what_one_says(self):
        said = Evidence("c", source=Source.SELF).strength(today=TODAY)
        seen = Evidence("c", source=Source.SUPERVISOR).strength(today=TODAY)
        assert seen > said

    @pytest.mark.parametrize(
        ("used_on", "expected"),
        [
            (None, 1.0),
            (date(2026, 11, 1), 1.0),
            (date(2024, 12, 1), 1.0),
            (date(2019, 11, 21), 0.875),
            (date(1990, 1, 1), 0.75),
            (date(2027, 1, 1), 1.0),
        ],
    )
    def test_knowledge_fades_but_is_never_lost(self, used_on, expected):
        assert freshness(used_on, today=TODAY) == pytest.approx(expected, abs=0.002)
