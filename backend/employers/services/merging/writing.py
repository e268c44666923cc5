"""Merging two employers: everything follows, what cannot stand twice is settled, the log says what moved."""

from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.text.keys import SEARCH_KEYS
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.employers.enums import MEMBERSHIP_LIFECYCLE, WELCOME, MembershipState, Standing
from backend.employers.events import EMPLOYER_PAUSED
from backend.employers.merging.relations import Keys, lead_over
from backend.employers.models import Employer, EmployerMembership, Workplace
from backend.employers.services.merging.plan import (
    SAID_OF_PLACE,
    YES_AND_NO,
    Double,
    Plan,
    plan_merger,
    strongest,
)
from backend.employers.services.pausing import pause_opening


@one_write
def merge_employers(*, into_id: UUID, gone_id: UUID, by: User, at: datetime) -> Employer:
    """Make one employer of two: all that is of `gone_id` is of `into_id` from now on; return that one.

    The other stays as a closed row that says which one stands for it. The log of both says, by keys, what
    moved and how each collision was settled. Raises Employer.DoesNotExist when `by` does not decide on both,
    and Refused for every reason that `plan_merger` knows, so also for the second of two who click at once.
    """
    pair = {each.pk: each for each in locked(_decided_by(by).filter(pk__in={into_id, gone_id}))}
    if not {into_id, gone_id} <= pair.keys():
        raise Employer.DoesNotExist
    for model in (EmployerMembership, Workplace):
        list(locked(model._base_manager.filter(employer__in=pair.keys())))
    plan = plan_merger(into=pair[into_id], gone=pair[gone_id], on=day_of(at))
    if plan.reasons:
        raise Refused.for_reasons(plan.reasons)
    settled = _settle(plan, by=by, at=at)
    moved = lead_over(plan.gone, plan.into, but=plan.left_behind)
    _close(plan)
    _take_over(plan, by=by, at=at)
    what = {"from": str(gone_id), "moved": moved, "settled": settled, "facts": sorted(plan.facts)}
    audit.record(plan.into, "merged_in", by=by, at=at, changes=what)
    audit.record(plan.gone, "merged_away", by=by, at=at, changes={"into": str(into_id)})
    for twin in plan.twins:
        pause_opening(opening_id=twin.pk, by=by, at=at)
    return plan.into


@one_write
def keep_apart(*, employer_id: UUID, other_id: UUID, by: User, at: datetime) -> Employer:
    """Note that two employers that look alike are two, so that nobody is asked again; return the first.

    Raises Employer.DoesNotExist when `by` does not decide on both.
    """
    theirs = Employer.objects.decidable_by(by).in_bulk([employer_id, other_id])
    if not {employer_id, other_id} <= theirs.keys():
        raise Employer.DoesNotExist
    audit.record(theirs[employer_id], "kept_apart", by=by, at=at, changes={"other": str(other_id)})
    return theirs[employer_id]


def _decided_by(by: User) -> Any:
    return Employer.with_merged.decidable_by(by)


def _settle(plan: Plan, *, by: User, at: datetime) -> Keys:
    """Do what is to be done where only one of two can stand; return the keys of those that do not."""
    for member in plan.members:
        _join_members(member, by=by, at=at)
    for invitation in plan.invitations:
        invitation.withdrawn_at = at
        invitation.save(update_fields=["withdrawn_at"])
        audit.record(invitation, "invitation_withdrawn", by=by, at=at)
    for place in plan.workplaces:
        _join_workplaces(place, by=by, at=at)
    people = [plan.contact_person.left] if plan.contact_person else []
    keys = {
        "members": [each.left.pk for each in plan.members],
        "invitations": [each.pk for each in plan.invitations],
        "workplaces": [each.left.pk for each in plan.workplaces],
        "contact_people": [each.pk for each in people],
        "openings": [each.pk for each in plan.twins],
    }
    for person in people:
        person.delete()
    return {name: [str(key) for key in found] for name, found in keys.items() if found}


def _join_members(double: Double[EmployerMembership], *, by: User, at: datetime) -> None:
    """Let somebody who speaks for both do all that either let them; the other membership ends, as history."""
    left, stays = double.left, double.stays
    state, role, confirmed_at = strongest(double)
    facts: dict[str, Any] = {"role": role, "confirmed_at": confirmed_at}
    if stays.state != state:
        MEMBERSHIP_LIFECYCLE.move(stays, to=state, by=by, at=at, **facts)
    elif (stays.role, stays.confirmed_at) != (role, confirmed_at):
        before = stays.role
        EmployerMembership.objects.filter(pk=stays.pk).update(**facts)
        audit.record(stays, "role_changed", by=by, at=at, changes={"role": [before, role]})
    if left.state != MembershipState.ENDED:
        MEMBERSHIP_LIFECYCLE.move(left, to=MembershipState.ENDED, by=by, at=at, action="merged_away")
    lead_over(left, stays)


def _join_workplaces(double: Double[Workplace], *, by: User, at: datetime) -> None:
    """Let the workplace that stays have all that is at the other, and say what only the other says."""
    left, stays = double.left, double.stays
    for name in SAID_OF_PLACE:
        setattr(stays, name, getattr(stays, name) or getattr(left, name))
    for yes, no in YES_AND_NO:
        known = {*getattr(stays, yes), *getattr(stays, no)}
        for name in (yes, no):
            setattr(stays, name, sorted({*getattr(stays, name), *(set(getattr(left, name)) - known)}))
    stays.save(update_fields=[*SAID_OF_PLACE, *chain(*YES_AND_NO), *SEARCH_KEYS])
    moved = lead_over(left, stays)
    left.merged_into = stays
    left.save(update_fields=["merged_into"])
    audit.record(stays, "workplace_merged", by=by, at=at, changes={"from": str(left.pk), "moved": moved})


def _close(plan: Plan) -> None:
    Employer.with_merged.filter(pk=plan.gone.pk).update(merged_into=plan.into)
    plan.gone.merged_into = plan.into


def _take_over(plan: Plan, *, by: User, at: datetime) -> None:
    """Give the one that stays what only the other had: facts, names to be found by, approval.

    The measures have followed with everything else, so the stricter standing holds.
    """
    into = plan.into
    for name, value in plan.facts.items():
        setattr(into, name, value)
    was, into.approved_at = into.approved_at, into.approved_at or plan.gone.approved_at
    into.save(update_fields=[*plan.facts, "approved_at", *SEARCH_KEYS])
    into.forget_measures()
    if was != into.approved_at:
        audit.record(into, "standing_good", by=by, at=at, to_state=Standing.GOOD)
    if plan.standing not in WELCOME and plan.before & set(WELCOME):
        EMPLOYER_PAUSED.emit(into, by=by, at=at)
