"""No path leads to a placement with an employer that is closed, or whose checks do not hold."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse

from backend.employers.enums import CheckKind, CheckOutcome, Standing
from backend.employers.models import EmployerCheck
from backend.internships.models import Extension, Internship
from backend.internships.services import extend_internship, start_internship, tell_of_workplace
from backend.matching.models import Proposal
from tests.cast import Cast
from tests.factories import (
    ConsentFactory,
    InternshipFactory,
    ParticipantFactory,
    ProposalFactory,
    stand,
)
from tests.factories.base import NOW, TODAY
from tests.internships.calling import client_of, post
from tests.internships.test_api import PLACED
from tests.internships.test_extensions import NEW
from tests.internships.test_placing import place
from tests.internships.test_planning import TERMS, plan
from tests.refusals import refused_for

DAY = timedelta(days=1)
ENDS = TODAY + 60 * DAY


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def expired(cast: Cast) -> None:
    long_ago = {"checked_on": TODAY - 400 * DAY, "valid_until": TODAY - DAY}
    cast.bakery.checks.filter(kind=CheckKind.TRADING_PROHIBITION).update(**long_ago)


def found(outcome: str) -> Callable[[Cast], None]:
    def look(cast: Cast) -> None:
        facts = {"kind": CheckKind.TRADING_PROHIBITION, "evidence": "Registret", "by": cast.coach}
        EmployerCheck.objects.create(
            employer=cast.bakery,
            outcome=outcome,
            checked_on=TODAY,
            valid_until=TODAY + DAY,
            recorded_at=NOW + timedelta(seconds=1),
            **facts,
        )

    return look


def told(cast: Cast) -> None:
    tell_of_workplace(employer_id=cast.bakery.pk, text="Gratis arbete.", by=cast.coach, at=NOW)


WHY: dict[str, Callable[[Cast], Any]] = {
    "nobody has approved it": lambda cast: stand(cast.bakery, Standing.NEW),
    "paused": lambda cast: stand(cast.bakery, Standing.PAUSED),
    "stopped": lambda cast: stand(cast.bakery, Standing.STOPPED),
    "never checked": lambda cast: cast.bakery.checks.all().delete(),
    "a check has expired": expired,
    "a check found what must be refused": found(CheckOutcome.REFUSE),
    "a check left a doubt": found(CheckOutcome.DOUBT),
    "a concern that nobody has handled": told,
}


def accepted(cast: Cast) -> Proposal:
    consent = ConsentFactory(participant=cast.pia, employer=cast.bakery)
    return ProposalFactory(
        opening=cast.opening, participant=cast.pia, proposed_by=cast.coach, state="accepted", consent=consent
    )


def planned(cast: Cast) -> Internship:
    return InternshipFactory(opening=cast.opening, participant=cast.pia, starts_on=TODAY, ends_on=ENDS)


def ongoing(cast: Cast) -> Internship:
    facts = {"starts_on": TODAY, "started_on": TODAY, "ends_on": ENDS, "hours_per_week": 20}
    return InternshipFactory(opening=cast.opening, participant=cast.pia, state="ongoing", **facts)


def page(name: str, cast: Cast, *args: object, **data: Any) -> HttpResponse:
    said = {key: value for key, value in data.items() if value is not None}
    return client_of(cast.coach).post(reverse(f"internships:{name}", args=args), said)


def placed_by_page(cast: Cast) -> Any:
    form = {"programme": "none", "way_in": "own_place", "items": ["first_name"], "means": "by_phone"}
    return page("internship_place", cast, cast.pia.pk, cast.opening.workplace_id, **TERMS, **form)


def started(cast: Cast, internship: Internship) -> Any:
    return start_internship(internship_id=internship.pk, started_on=TODAY, by=cast.coach, at=NOW)


PATHS: dict[str, tuple[Callable[[Cast], Any], Callable[[Cast, Any], Any]]] = {
    "planned from a yes": (accepted, lambda cast, yes: plan(yes, cast)),
    "planned on the page": (
        accepted,
        lambda cast, yes: page("internship_plan", cast, yes.pk, **TERMS, programme="none"),
    ),
    "planned by the API": (accepted, lambda cast, yes: post(cast.coach, "internship_plan", yes, **TERMS)),
    "placed without a proposal": (lambda _cast: None, lambda cast, _row: place(cast)),
    "placed on the page": (lambda _cast: None, lambda cast, _row: placed_by_page(cast)),
    "placed by the API": (
        lambda _cast: None,
        lambda cast, _row: post(
            cast.coach, "internship_place", cast.pia, **PLACED, workplace=cast.opening.workplace_id
        ),
    ),
    "started": (planned, started),
    "started on the page": (
        planned,
        lambda cast, row: page("internship_start", cast, row.pk, started_on=TODAY),
    ),
    "started by the API": (
        planned,
        lambda cast, row: post(cast.coach, "internship-start", row, started_on=str(TODAY)),
    ),
    "extended": (
        ongoing,
        lambda cast, row: extend_internship(internship_id=row.pk, by=cast.coach, at=NOW, **NEW),
    ),
    "extended on the page": (ongoing, lambda cast, row: page("internship_extend", cast, row.pk, **NEW)),
    "extended by the API": (ongoing, lambda cast, row: post(cast.coach, "internship-extend", row, **NEW)),
}
"""How somebody comes to be placed, or stays longer: what is there before, and the step."""


def walk(path: str, cast: Cast, row: Any) -> bool:
    """Take the step, and tell whether it was refused in words: by the service, the page or the API."""
    try:
        answer = PATHS[path][1](cast, row)
    except ValidationError:
        return True
    return isinstance(answer, HttpResponse) and answer.status_code in (409, 422)


def where_people_are() -> list[Any]:
    return sorted(Internship.objects.values_list("pk", "state", "ends_on"))


@pytest.mark.parametrize("path", PATHS)
def test_each_path_is_open_while_all_is_well(cast: Cast, path: str) -> None:
    before = PATHS[path][0](cast)
    stood = where_people_are()

    assert not walk(path, cast, before)

    assert where_people_are() != stood


@pytest.mark.parametrize("why", WHY)
@pytest.mark.parametrize("path", PATHS)
def test_no_path_is_open_where(cast: Cast, path: str, why: str) -> None:
    before = PATHS[path][0](cast)
    stood = where_people_are()
    WHY[why](cast)

    assert walk(path, cast, before), f"{path} goes past: {why}"

    assert where_people_are() == stood


@pytest.mark.parametrize("model", [Internship, Extension, Proposal])
def test_the_administration_makes_none(rf: Any, cast: Cast, model: Any) -> None:
    request = rf.get("/admin/")
    request.user = cast.admin if hasattr(cast, "admin") else cast.coach
    request.user.is_staff = request.user.is_superuser = True
    site = admin.site._registry.get(model)
    assert site is None or not (site.has_add_permission(request) or site.has_change_permission(request))


def test_somebody_else_is_no_way_round(cast: Cast) -> None:
    """Another person is refused as the first was: it is the workplace that is closed."""
    stand(cast.bakery, Standing.PAUSED)
    other = ParticipantFactory(unit=cast.unit, coach=cast.coach)
    with refused_for("placement_employer_not_in_good_standing"):
        place(cast, participant_id=other.pk)
