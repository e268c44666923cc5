"""Mending what was written wrong: each change leaves a version with who and why."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.internships import notifications
from backend.internships.enums import NEVER_BEGAN, NOT_YET, UNDER_WAY, ConsultationOutcome, InternshipState
from backend.internships.events import INTERNSHIP_CHANGED
from backend.internships.models import Answer, FollowUp, Internship
from backend.internships.refusals import InternshipRefusal
from backend.internships.safeguards.placements import check_terms
from backend.internships.services.agreements import draw_up_anew
from backend.internships.services.answers import SIDES
from backend.internships.services.follow_ups import move_follow_ups
from backend.internships.services.plans import write_goals
from backend.internships.services.versions import keep_version
from backend.participants.services import lock_case


@one_write
def correct_terms(*, internship_id: UUID, why: str, by: User, at: datetime, **terms: Any) -> Internship:
    """Change the terms of an internship, as a correction or by a new decision; what stood is kept.

    The safeguards judge the whole anew, and follow-ups to come move with the days. Raises
    Internship.DoesNotExist for strangers, Refused when the new terms are not allowed, nothing is different,
    no reason is given, something has not happened or the internship was called off.
    """
    internship = lock_internship(internship_id=internship_id, by=by)
    if internship.state in NEVER_BEGAN:
        raise Refused(InternshipRefusal.CALLED_OFF)
    before = Internship.objects.get(pk=internship.pk)
    _check_has_happened(before, terms)
    for name, value in terms.items():
        setattr(internship, name, value)
    _check_days(internship, today=day_of(at))
    check_terms(internship, before=before, today=day_of(at))
    changed = write_terms(internship=internship, before=before, changes=terms, why=why, by=by, at=at)
    audit.record(internship, "terms_changed", by=by, at=at, changes={"fields": sorted(changed)})
    objects = changed.get("union_outcome") == ConsultationOutcome.OBJECTION
    if objects and internship.state == InternshipState.PLANNED:
        notifications.ask_managers(internship, at=at)
    return internship


@one_write
def write_terms(
    *,
    internship: Internship,
    before: Internship,
    changes: Mapping[str, Any],
    why: str,
    by: User,
    at: datetime,
) -> dict[str, Any]:
    """Write terms that have been judged, and let follow-ups, sessions and agreement follow them.

    Returns what is different; what stood is kept. Raises Refused where nothing is.
    """
    changed = keep_version(row=before, changes=changes, why=why, by=by, at=at)
    Internship.objects.filter(pk=internship.pk).update(**changed)
    if "goals" in changed:
        write_goals(internship)
    if {"ends_on", "started_on"} & changed.keys() and internship.state in UNDER_WAY:
        move_follow_ups(internship, at=at)
    INTERNSHIP_CHANGED.emit(internship, by=by, at=at)
    renewed = draw_up_anew(internship=internship, by=by, at=at)
    if renewed is not None:
        notifications.ask_to_sign(renewed, at=at)
    return changed


def lock_internship(*, internship_id: UUID, by: User) -> Internship:
    """Lock the case of an internship that `by` decides on, and return the internship as it is now."""
    theirs = Internship.objects.decidable_by(by)
    lock_case(participant_id=theirs.values_list("participant", flat=True).get(pk=internship_id), by=by)
    related = (
        "workplace__employer",
        "participant__user",
        "participant__coach",
        "participant__unit__municipality",
        "proposal__consent",
        "consent",
    )
    return theirs.select_for_update(of=("self",)).select_related(*related).get(pk=internship_id)


def _check_has_happened(internship: Internship, terms: Mapping[str, Any]) -> None:
    """Refuse days and reasons of what has not become of the internship."""
    for name in NOT_YET[internship.state]:
        if name in terms and terms[name] != getattr(internship, name):
            raise Refused(InternshipRefusal.NOT_HAPPENED, about=name)


def _check_days(internship: Internship, *, today: date) -> None:
    """Refuse days of start and end that contradict each other or have not come."""
    first, last = internship.started_on, internship.ended_on
    if first and first > min(today, internship.ends_on):
        raise Refused(InternshipRefusal.STARTED_TO_COME, about="started_on")
    if first and last and last < first:
        raise Refused(InternshipRefusal.ENDED_BEFORE_START, about="ended_on")
    if last and last > today:
        raise Refused(InternshipRefusal.ENDED_TO_COME, about="ended_on")


@one_write
def correct_follow_up(*, follow_up_id: UUID, why: str, by: User, at: datetime, **values: str) -> FollowUp:
    """Correct answers or summary of a follow-up, closed or not; `by` stands as author of what is changed.

    Raises FollowUp.DoesNotExist for strangers, Refused when nothing is different or no reason is given.
    """
    theirs = FollowUp.objects.filter(internship__in=Internship.objects.decidable_by(by))
    case = theirs.values_list("internship__participant", flat=True).get(pk=follow_up_id)
    lock_case(participant_id=case, by=by)
    follow_up = theirs.select_for_update(of=("self",)).get(pk=follow_up_id)
    changed = keep_version(row=follow_up, changes=values, why=why, by=by, at=at)
    for side in SIDES:
        if any(f"{side}_{part}" in changed for part in Answer._fields):
            is_answered = bool(changed.get(f"{side}_mood", getattr(follow_up, f"{side}_mood")))
            changed[f"{side}_answered_at"] = at if is_answered else None
            changed[f"{side}_answered_by"] = by if is_answered else None
    FollowUp.objects.filter(pk=follow_up.pk).update(**changed)
    audit.record(follow_up, "follow_up_corrected", by=by, at=at, changes={"fields": sorted(changed)})
    follow_up.refresh_from_db()
    return follow_up
