"""Earlier efforts: written down several at once, corrected, and removed."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.cooperation.enums import ToldBy, WhyEnded
from backend.cooperation.models import Intervention
from backend.cooperation.models.interventions import MONTHS_A_YEAR
from backend.cooperation.refusals import InterventionRefusal
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.participants.models import Agency, Participant
from backend.participants.services import lock_case


@dataclass(frozen=True, kw_only=True)
class Effort:
    """What is said of one effort; by an agency of the list or, with its name, by another body."""

    kind: str
    agency_id: UUID | None = None
    other_body: str = ""
    what: str = ""
    started_year: int
    started_month: int | None = None
    ended_year: int | None = None
    ended_month: int | None = None
    why_ended: str = ""
    came_of: str = ""
    told_by: str = ToldBy.PERSON


@one_write
def record_interventions(
    *, participant_id: UUID, efforts: Iterable[Effort], by: User, at: datetime
) -> list[Intervention]:
    """Write down what has been done for a person before; an end without a reason has one not known.

    Raises Participant.DoesNotExist or Agency.DoesNotExist for strangers, Refused for an effort by nobody or
    by two, one to come, one that ends before it begins or goes on with a reason to end, and ValidationError
    for years, months and words that cannot be.
    """
    participant, efforts, made = lock_case(participant_id=participant_id, by=by), list(efforts), []
    agencies = _agencies(efforts, by=by)
    for effort in efforts:
        new = Intervention(participant=participant, recorded_by=by, recorded_at=at)
        _fill(new, effort, agencies, at=at)
        new.save(force_insert=True)
        audit.record(new, "intervention_recorded", by=by, at=at)
        made.append(new)
    return made


@one_write
def change_intervention(*, intervention_id: UUID, effort: Effort, by: User, at: datetime) -> Intervention:
    """Correct an effort; the log says what parts of it became others.

    Raises Intervention.DoesNotExist for strangers and for one that was removed, and what
    `record_interventions` raises.
    """
    intervention = _locked(intervention_id, by=by)
    before = _said(intervention)
    _fill(intervention, effort, _agencies([effort], by=by), at=at)
    changed = sorted(name for name, value in _said(intervention).items() if value != before[name])
    if changed:
        intervention.save()
        audit.record(intervention, "intervention_changed", by=by, at=at, changes={"parts": changed})
    return intervention


@one_write
def remove_intervention(*, intervention_id: UUID, by: User, at: datetime) -> Participant:
    """Remove an effort that was written down by mistake: no page shows it, and nothing of it is released.

    Raises Intervention.DoesNotExist for strangers and for one that is removed already.
    """
    intervention = _locked(intervention_id, by=by)
    intervention.removed_at = at
    intervention.save(update_fields=["removed_at"])
    audit.record(intervention, "intervention_removed", by=by, at=at)
    return intervention.participant


def _locked(intervention_id: UUID, *, by: User) -> Intervention:
    theirs = Intervention.objects.decidable_by(by)
    key = theirs.values_list("participant_id", flat=True).get(pk=intervention_id)
    lock_case(participant_id=key, by=by)
    return locked(theirs.filter(pk=intervention_id), "participant").get()


def _agencies(efforts: Iterable[Effort], *, by: User) -> dict[UUID, Agency]:
    keys = {each.agency_id for each in efforts if each.agency_id is not None}
    found = Agency.objects.visible_to(by).in_bulk(keys)
    if keys - found.keys():
        raise Agency.DoesNotExist
    return found


def _fill(intervention: Intervention, effort: Effort, agencies: dict[UUID, Agency], *, at: datetime) -> None:
    if refusal := oddity(effort, on=day_of(at)):
        raise refusal
    for each in fields(effort):
        value = getattr(effort, each.name)
        setattr(intervention, each.name, value.strip() if isinstance(value, str) else value)
    intervention.agency = agencies[effort.agency_id] if effort.agency_id is not None else None
    if effort.ended_year is not None and not effort.why_ended:
        intervention.why_ended = WhyEnded.NOT_KNOWN
    intervention.clean_fields(exclude=["participant", "agency", "recorded_by"])


def _said(intervention: Intervention) -> dict[str, Any]:
    return {each.name: getattr(intervention, each.name) for each in fields(Effort)}


def oddity(effort: Effort, *, on: date) -> Refused | None:
    """Return why an effort is not kept: by nobody or two, to come, or with an end that cannot be."""
    start, end = (effort.started_year, effort.started_month), (effort.ended_year, effort.ended_month)
    this_month = (on.year, on.month)
    if bool(effort.agency_id) == bool(effort.other_body.strip()):
        return Refused(InterventionRefusal.NO_BODY, about="who")
    if _begins(*start) > this_month:
        return Refused(InterventionRefusal.TO_COME, about="started")
    if end[0] is None:
        return Refused(InterventionRefusal.GOES_ON, about="ended") if effort.why_ended else None
    if _begins(*end) > this_month:
        return Refused(InterventionRefusal.TO_COME, about="ended")
    if (end[0], end[1] or MONTHS_A_YEAR) < _begins(*start):
        return Refused(InterventionRefusal.ENDS_BEFORE_START, about="ended")
    return None


def _begins(year: int | None, month: int | None) -> tuple[int, int]:
    return year or 0, month or 1
