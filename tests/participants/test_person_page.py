"""The page of a person: what is booked stands in the head, and what is settled or long is folded."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.writing import audit
from backend.internships.enums import InternshipState
from backend.participants.enums import ParticipantState
from backend.participants.file import wording
from backend.participants.models import Participant
from backend.participants.services import record_contact
from backend.skills.enums import Resolution
from tests.cast import Cast
from tests.factories import (
    ConceptFactory,
    ConsentFactory,
    FollowUpFactory,
    InternshipFactory,
    ProposalFactory,
    SkillEvidenceFactory,
)
from tests.factories.base import NOW, TODAY


def page_of(user: Any, participant: Participant) -> str:
    client = Client()
    client.force_login(user)
    page: str = client.get(reverse("participants:participant_detail", args=[participant.pk])).content.decode()
    return page


class TestHead:
    def test_holds_the_number_the_placement_and_what_is_booked(self, cast: Cast) -> None:
        Participant.objects.filter(pk=cast.pia.pk).update(phone="070-174 06 05")
        placement = InternshipFactory(
            opening=cast.opening, participant=cast.pia, planned_by=cast.coach, state=InternshipState.ONGOING
        )
        FollowUpFactory(
            internship=placement, due_on=TODAY + timedelta(days=3), closed_at=NOW, closed_by=cast.coach
        )
        booked = FollowUpFactory(internship=placement, due_on=TODAY + timedelta(days=9), kind="end")
        words: dict[str, Any] = {"next_step": "Ring om besöket", "next_on": TODAY + timedelta(days=2)}
        record_contact(participant_id=cast.pia.pk, on=TODAY, by=cast.coach, at=NOW, **words)

        head = page_of(cast.coach, cast.pia).split('class="booked"')[1].split("</ul>")[0]

        assert "tel:+46701740605" in head
        assert placement.get_absolute_url() in head
        assert reverse("internships:follow_up_answer", args=[booked.pk]) in head
        assert "Ring om besöket" in head

    def test_says_nothing_of_a_placement_that_is_over(self, cast: Cast) -> None:
        over = InternshipFactory(
            opening=cast.opening,
            participant=cast.pia,
            planned_by=cast.coach,
            state=InternshipState.COMPLETED,
            started_on=TODAY - timedelta(days=60),
            ended_on=TODAY - timedelta(days=5),
        )
        head = page_of(cast.coach, cast.pia).split('class="booked"')[1].split("</ul>")[0]
        assert over.get_absolute_url() not in head


class TestSkills:
    def test_a_settled_skill_is_a_word_that_opens_and_a_question_is_a_row(self, cast: Cast) -> None:
        settled = SkillEvidenceFactory(participant=cast.pia, text="kör truck", resolution=Resolution.ACCEPTED)
        asking = SkillEvidenceFactory(
            participant=cast.pia, text="stål", resolution=Resolution.ASK, concept=ConceptFactory()
        )

        page = page_of(cast.coach, cast.pia)

        chips = page.split('class="knowns"')[1].split("</ul>")[0]
        assert f'id="text-{settled.pk}"' in chips
        assert "kör truck</summary>" in chips
        assert f'<li class="row" id="text-{asking.pk}"' in page


class TestLongHistories:
    def test_proposals_fold_to_five(self, cast: Cast) -> None:
        for _number in range(7):
            ProposalFactory(participant=cast.pia, state="draft", consent=None, sent_at=None)

        section = page_of(cast.coach, cast.pia).split("person-proposals")[1]

        open_part, _summary, rest = section.partition("Visa alla (7)")
        assert open_part.count("row-title") == 5
        assert rest.split("</ul>")[0].count("row-title") == 2

    def test_what_has_happened_folds_to_five(self, cast: Cast) -> None:
        for day in range(8):
            audit.record(cast.pia, "updated", by=cast.coach, at=NOW - timedelta(days=day))

        section = page_of(cast.coach, cast.pia).split("person-history")[1]

        open_part, folded, _rest = section.partition("Visa alla (")
        assert folded
        assert open_part.count("timeline-entry") == 5


@pytest.mark.parametrize(("given", "current"), [(0, "enrolled"), (4, "active")])
def test_who_was_proposed_does_not_stand_at_the_first_step(cast: Cast, given: int, current: str) -> None:
    for _number in range(given):
        ConsentFactory(participant=cast.pia)
    cast.pia.state = ParticipantState.ENROLLED

    steps = wording.steps(cast.pia, has_been_proposed=cast.pia.consents.exists())

    [now] = [step for step in steps if step["state"] == "current"]
    assert now["label"] == ParticipantState(current).label


def test_proposals_are_cards_on_a_phone(cast: Cast) -> None:
    ProposalFactory(opening=cast.opening, participant=cast.pia, proposed_by=cast.coach)
    client = Client()
    client.force_login(cast.coach)
    page = client.get(reverse("matching:proposal_list")).content.decode()
    assert "data-fold" in page
    assert 'data-label="Jobbcoach"' in page
