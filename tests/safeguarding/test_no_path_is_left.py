"""An exploitative employer is reported, reviewed and paused: its next placement is refused on every path."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from backend.employers.models import Opening
from backend.employers.services import lift_measure, publish_opening
from backend.internships.models import Internship
from backend.internships.services import start_internship, tell_of_workplace
from backend.matching.models import Proposal
from backend.matching.services import accept_proposal, draft_proposal
from backend.safeguarding import services
from backend.safeguarding.models import Review
from tests.cast import Cast
from tests.factories import (
    ConsentFactory,
    InternshipFactory,
    OpeningFactory,
    ParticipantFactory,
    ProposalFactory,
)
from tests.factories.base import NOW, TODAY
from tests.internships.calling import post
from tests.internships.test_extensions import extend
from tests.internships.test_placing import place
from tests.internships.test_planning import TERMS, accepted, plan  # noqa: F401 - a fixture
from tests.refusals import refused_for

DAY = timedelta(days=1)
NOBODY = "placement_employer_not_in_good_standing"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def paused(cast: Cast) -> Review:
    """Somebody tells, a coach opens a review, the employer replies, the manager pauses."""
    concern = tell_of_workplace(employer_id=cast.bakery.pk, text="Gratis arbete.", by=cast.coach, at=NOW)
    review = services.open_review(employer_id=cast.bakery.pk, concern_ids=[concern.pk], by=cast.coach, at=NOW)
    key, last = {"review_id": review.pk, "at": NOW}, TODAY + 14 * DAY
    services.ask_reply(words="Vem har fått jobb?", reply_by=last, by=cast.manager, **key)
    services.reply_to_review(words="Ingen.", by=cast.employer_member, **key)
    measure = {"kind": "pause", "reason": "free_labour", "starts_on": TODAY, "last_on": None}
    return services.decide_review(reason="Ingen har fått jobb.", measure=measure, by=cast.manager, **key)


def test_planning_from_a_yes(cast: Cast, accepted: Proposal, paused: Review) -> None:  # noqa: F811
    with refused_for(NOBODY):
        plan(accepted, cast)
    answer = post(cast.coach, "internship_plan", accepted, **TERMS)
    assert (answer.status_code, NOBODY in answer.content.decode()) == (422, True)
    assert not Internship.objects.exists()


def test_the_page_of_planning(cast: Cast, accepted: Proposal, paused: Review, client: Any) -> None:  # noqa: F811
    client.force_login(cast.coach)
    answer = client.post(reverse("internships:internship_plan", args=[accepted.pk]), TERMS)
    assert answer.status_code == 422
    assert not Internship.objects.exists()


def test_placing_without_a_proposal(cast: Cast, paused: Review) -> None:
    with refused_for(NOBODY):
        place(cast)
    assert not Internship.objects.exists()


def test_starting_what_is_planned(cast: Cast, paused: Review) -> None:
    planned = InternshipFactory(opening=cast.opening, participant=cast.pia, starts_on=TODAY)
    with refused_for(NOBODY):
        start_internship(internship_id=planned.pk, started_on=TODAY, by=cast.coach, at=NOW)
    planned.refresh_from_db()
    assert planned.state == "planned"


def test_extending_what_goes_on(cast: Cast, paused: Review) -> None:
    ongoing = InternshipFactory(
        opening=cast.opening, participant=cast.pia, state="ongoing", starts_on=TODAY, ends_on=TODAY + 60 * DAY
    )
    with refused_for(NOBODY):
        extend(ongoing, cast, valid_from=TODAY + 61 * DAY, ends_on=TODAY + 90 * DAY)
    ongoing.refresh_from_db()
    assert (ongoing.state, ongoing.ends_on) == ("ongoing", TODAY + 60 * DAY)


def test_proposing_and_saying_yes(cast: Cast, paused: Review) -> None:
    with refused_for("employer_not_in_good_standing"):
        draft_proposal(opening_id=cast.opening.pk, participant_id=cast.pia.pk, by=cast.coach, at=NOW)
    consent = ConsentFactory(participant=cast.pia, employer=cast.bakery)
    sent = ProposalFactory(opening=cast.opening, participant=cast.pia, state="sent", consent=consent)
    with refused_for("nobody_placed_here"):
        accept_proposal(proposal_id=sent.pk, by=cast.employer_member, at=NOW)
    sent.refresh_from_db()
    assert sent.state == "sent"


def test_offering_a_new_place(cast: Cast, paused: Review) -> None:
    draft = OpeningFactory(workplace=cast.opening.workplace, state="draft")
    with refused_for("employer_paused"):
        publish_opening(opening_id=draft.pk, by=cast.employer_member, at=NOW)
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.parametrize("address", ["employers:opening_list", "api:opening-list"])
def test_being_found(cast: Cast, paused: Review, client: Any, address: str) -> None:
    assert cast.opening.title not in client.get(reverse(address)).content.decode()
    assert not Opening.objects.published(TODAY).exists()


def test_the_administration_writes_nothing(cast: Cast, paused: Review, admin_client: Any) -> None:
    for model in ("internship", "extension"):
        assert admin_client.get(f"/admin/internships/{model}/add/").status_code in (302, 403, 404)


def test_what_waited_comes_back_when_it_is_lifted(cast: Cast, paused: Review) -> None:
    assert paused.measure is not None
    lift_measure(measure_id=paused.measure.pk, why="Två anställda.", by=cast.manager, at=NOW)
    someone = ParticipantFactory(unit=cast.unit, coach=cast.coach)
    assert draft_proposal(opening_id=cast.opening.pk, participant_id=someone.pk, by=cast.coach, at=NOW)
    assert Opening.objects.published(TODAY).filter(pk=cast.opening.pk).exists()
