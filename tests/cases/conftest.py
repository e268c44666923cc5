"""Two people, two employers and four openings, for whatever is done with them."""

from datetime import timedelta

import pytest

from backend.employers.models import Capacity
from tests.cases.acts import Case
from tests.cast import Cast
from tests.factories import MembershipFactory, OpeningFactory, ParticipantFactory, UserFactory
from tests.factories.base import NOW, TODAY


@pytest.fixture
def case(cast: Cast) -> Case:
    MembershipFactory(employer=cast.joinery, user=cast.employer_member)
    workplace = cast.opening.workplace
    standing = Capacity.objects.create(workplace=workplace, placement_kind="sprakpraktik", places=2)
    openings = [
        cast.opening,
        OpeningFactory(workplace=workplace, capacity=standing, places=2),
        OpeningFactory(workplace__employer=cast.joinery, kind="job"),
        OpeningFactory(workplace__employer=cast.joinery, ends_on=TODAY + timedelta(days=10)),
    ]
    other = ParticipantFactory(
        unit=cast.unit, coach=cast.coach, user=UserFactory(persona="participant"), state="enrolled"
    )
    return Case(
        coach=cast.coach,
        member=cast.employer_member,
        people=[cast.pia, other],
        employers=[cast.bakery, cast.joinery],
        openings=openings,
        at=NOW,
    )
