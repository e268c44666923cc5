"""What becomes of it when a workplace says that it will receive somebody again: lasting places."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.transactions import one_write
from backend.employers.models import Capacity, Opening
from backend.employers.services import publish_opening, register_capacity, words_of
from backend.internships.enums import Again
from backend.internships.models import Evaluation, Internship

COPIED = ("workplace", "title", "description", "hours_min", "hours_max", "weekdays", "adaptations")
ALSO_COPIED = ("intent", "supervisor_name", "licences", "languages")


def offer_again(*, evaluation: Evaluation, by: User, at: datetime) -> None:
    """Let a yes with a number of places become lasting places, once; an answer without one is none.

    What cannot be published as it stands remains a draft, which the employer finds among its openings.
    """
    if evaluation.again != Again.YES or not evaluation.again_places or evaluation.offered_id:
        return
    opening = _registered(evaluation, by=by, at=at)
    Evaluation.objects.filter(pk=evaluation.pk).update(offered=opening)
    evaluation.offered = opening
    audit.record(evaluation, "offered_again", by=by, at=at, changes={"places": evaluation.again_places})
    _publish(opening, by=by, at=at)


def _registered(evaluation: Evaluation, *, by: User, at: datetime) -> Opening:
    """Return the opening behind the lasting places: those that are there, or those that are made now."""
    internship = evaluation.internship
    source = internship.opening
    starts_on = max(evaluation.again_from or day_of(at), day_of(at))
    wanted: dict[str, Any] = {"places": evaluation.again_places, "starts_on": starts_on}
    kind = {"placement_kind": internship.kind}
    if source is None:
        return register_capacity(fields={**_as_it_was(internship), **kind, **wanted}, by=by, at=at).opening
    if source.capacity is not None:
        wanted |= _longer(source, starts_on, places=source.places_taken + (evaluation.again_places or 0))
        wanted |= _supervised(source.capacity, places=wanted["places"])
        words = words_of(source)
        capacity = register_capacity(fields=wanted, capacity=source.capacity, by=by, at=at, **words)
        return capacity.opening
    copied = {name: getattr(source, name) for name in (*COPIED, *ALSO_COPIED)}
    return register_capacity(fields={**copied, **kind, **wanted}, by=by, at=at, **words_of(source)).opening


def _as_it_was(internship: Internship) -> dict[str, Any]:
    """Return what is known of places like the one that somebody had without an opening."""
    return {
        "workplace": internship.workplace,
        "title": internship.title,
        "description": internship.tasks,
        "hours_min": internship.hours_per_week,
        "hours_max": internship.hours_per_week,
        "adaptations": internship.workplace.adaptations_offered,
        "supervisor_name": internship.supervisor_name,
    }


def _longer(source: Opening, starts_on: date, *, places: int) -> dict[str, Any]:
    """Return how places that are there hold on: never fewer, and not over before they begin."""
    ends_on = source.ends_on if source.ends_on and source.ends_on >= starts_on else None
    first = min(filter(None, (source.starts_on, starts_on)))
    return {"places": max(places, source.places), "starts_on": first, "ends_on": ends_on}


def _supervised(capacity: Capacity, *, places: int) -> dict[str, int]:
    """Return how many each supervisor takes, where the newest word is of more places than was said before."""
    each = capacity.per_supervisor
    needed = -(-places // capacity.supervisors)
    return {"per_supervisor": needed} if each and needed > each else {}


@one_write
def _try_to_publish(opening: Opening, *, by: User, at: datetime) -> None:
    publish_opening(opening_id=opening.pk, by=by, at=at)


def _publish(opening: Opening, *, by: User, at: datetime) -> None:
    if opening.is_listed:
        return
    try:
        _try_to_publish(opening, by=by, at=at)
    except (ValidationError, TransitionNotAllowed):
        return
