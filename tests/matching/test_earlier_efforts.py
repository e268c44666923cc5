"""What has been done for a person before is nothing that a ranking knows of."""

from typing import Any

from backend.cooperation.services import Effort, record_interventions, remove_intervention
from backend.matching.rankings.ranking import rank_for_opening, rank_for_participant
from tests.architecture.source import modules
from tests.cast import Cast
from tests.factories.base import NOW

MAY_KNOW = (
    "backend/cooperation/",
    "backend/demo/",
    "backend/participants/enums.py",
    "backend/participants/migrations/",
)


def test_no_other_code_knows_of_them() -> None:
    known = [
        each.name
        for each in modules()
        if not each.name.startswith(MAY_KNOW) and "intervention" in each.path.read_text().casefold()
    ]

    assert known == []


def test_they_change_no_ranking(asks_for_baking: Cast) -> None:
    cast = asks_for_baking

    def ranked() -> list[Any]:
        openings = rank_for_participant(cast.pia, by=cast.coach, at=NOW)
        people = rank_for_opening(cast.opening, by=cast.coach, at=NOW)
        return [
            (each.subject.pk, each.percent, each.sentence) for each in (*openings.matches, *people.matches)
        ]

    before = ranked()
    said = Effort(kind="course", what="Baka bröd", other_body="Bageriet AB", started_year=2020)
    [made] = record_interventions(participant_id=cast.pia.pk, efforts=[said], by=cast.coach, at=NOW)
    after = ranked()
    remove_intervention(intervention_id=made.pk, by=cast.coach, at=NOW)

    assert len(before) == 2
    assert before == after == ranked()
