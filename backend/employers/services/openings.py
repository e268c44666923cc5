"""The life of an opening: written, published, approved, refreshed, closed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.text.keys import SEARCH_KEYS
from backend.core.writing import audit
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.employers import notifications
from backend.employers.enums import OPENING_LIFECYCLE, OpeningState
from backend.employers.events import OPENING_CLOSED, OPENING_PAUSED
from backend.employers.models import Opening, Workplace
from backend.employers.refusals import OpeningRefusal
from backend.employers.services.reading import (
    changed_since_read,
    must_be_read,
    reads_changes,
    what_matters,
)
from backend.employers.services.standing import approve_employer
from backend.employers.services.words import RequirementDraft, write_occupation, write_requirements

OPENING_FIELDS = frozenset(
    {
        "workplace",
        "kind",
        "intent",
        "title",
        "description",
        "places",
        "starts_on",
        "ends_on",
        "hours_min",
        "hours_max",
        "weekdays",
        "adaptations",
        "facts_present",
        "facts_absent",
        "supervisor_name",
        "licences",
        "languages",
    }
)


@one_write
def save_opening(
    *,
    fields: Mapping[str, Any],
    by: User,
    at: datetime,
    opening: Opening | None = None,
    key: UUID | None = None,
    occupation: str = "",
    requirements: Sequence[RequirementDraft] = (),
) -> Opening:
    """Write a new draft, or change `opening`; `fields` are any of OPENING_FIELDS.

    `key` is what the page of a new one calls it: what the same page sends again changes the same draft.

    Raises Workplace.DoesNotExist or Opening.DoesNotExist when `by` may not write there, and
    ValidationError when the whole would not hold together; then nothing has changed.
    """
    opening = opening or _begun(key, fields, by)
    row = locked_opening(opening_id=opening.pk, by=by) if opening else _new(by, at, key)
    changed = _fill(row, fields, by)
    row.full_clean()
    if opening is None:
        row.save(force_insert=True)
    else:
        # Only what was written: a place may have been taken since the form was opened.
        row.save(update_fields=[*changed, *SEARCH_KEYS, "description_key"])
    changed += write_occupation(opening=row, text=occupation)
    changed += write_requirements(opening=row, wanted=requirements)
    if changed or opening is None:
        audit.record(row, "changed" if opening else "created", by=by, at=at, changes={"fields": changed})
    _let_be_read(row, by=by, at=at)
    _follow_places(row, by=by, at=at)
    return row


@one_write
def publish_opening(*, opening_id: UUID, by: User, at: datetime) -> Opening:
    """Publish an opening, or put it before the coaches when the employer is new to them.

    Raises Opening.DoesNotExist when `by` may not, Refused when something that readers need is
    missing or the employer is paused, and TransitionNotAllowed when it is published already.
    """
    opening = locked_opening(opening_id=opening_id, by=by)
    if not opening.is_startable:
        raise TransitionNotAllowed(current=opening.state, wanted=OpeningState.PUBLISHED)
    ensure_publishable(opening, at)
    if not opening.places_left:
        raise Refused(OpeningRefusal.ALL_TAKEN, about="places")
    if opening.workplace.employer.is_new or must_be_read(opening=opening, at=at):
        OPENING_LIFECYCLE.move(opening, to=OpeningState.AWAITING_APPROVAL, by=by, at=at)
        notifications.tell_of_opening(notifications.WAITING, opening, at=at)
    else:
        _publish(opening, by=by, at=at)
    return opening


@one_write
def approve_opening(*, opening_id: UUID, by: User, at: datetime) -> Opening:
    """Publish an opening that waits for approval, and approve its employer with it.

    Raises Opening.DoesNotExist when `by` may not decide it, Refused when the checks of the
    employer do not permit it, and TransitionNotAllowed when somebody else decided first.
    """
    opening = _waiting(opening_id, by)
    _ensure_welcome(opening, at)
    if opening.workplace.employer.is_new:
        approve_employer(employer_id=opening.workplace.employer_id, by=by, at=at)
    _publish(opening, by=by, at=at, action="approved")
    _follow_places(opening, by=by, at=at)
    notifications.tell_of_opening(notifications.APPROVED, opening, at=at)
    return opening


@one_write
def return_opening(*, opening_id: UUID, by: User, at: datetime, why: str) -> Opening:
    """Give an opening that waits for approval back to its employer, who is told `why` on its page.

    Raises as `approve_opening` does.
    """
    opening = _waiting(opening_id, by)
    OPENING_LIFECYCLE.move(opening, to=OpeningState.DRAFT, by=by, at=at, why=why, action="returned")
    notifications.tell_of_opening(notifications.RETURNED, opening, at=at)
    return opening


@one_write
def close_opening(*, opening_id: UUID, by: User, at: datetime, why: str = "") -> Opening:
    """Take an opening off the list. Those who have a place keep it; what is undecided is settled.

    Raises Opening.DoesNotExist when `by` may not, and TransitionNotAllowed when it is closed already.
    """
    Opening.objects.editable_by(by).get(pk=opening_id)
    OPENING_CLOSED.prepare(opening_id)
    opening = locked_opening(opening_id=opening_id, by=by)
    was_seen = opening.is_offered
    OPENING_LIFECYCLE.move(opening, to=OpeningState.CLOSED, by=by, at=at, why=why, back_on=None)
    OPENING_CLOSED.emit(opening, by=by, at=at)
    if was_seen:
        notifications.tell_of_opening(notifications.CLOSED, opening, at=at)
    return opening


@one_write
def refresh_opening(*, opening_id: UUID, by: User, at: datetime) -> Opening:
    """Note that a published opening still holds, so that it is not closed for its age.

    Raises Opening.DoesNotExist when `by` may not, and TransitionNotAllowed when it is not published.
    """
    opening = locked_opening(opening_id=opening_id, by=by)
    fresh = Opening.objects.listed().filter(pk=opening.pk).update(fresh_at=at)
    if not fresh:
        raise TransitionNotAllowed(current=opening.state, wanted=OpeningState.PUBLISHED)
    opening.fresh_at = at
    audit.record(opening, "refreshed", by=by, at=at)
    return opening


def locked_opening(*, opening_id: UUID, by: User) -> Opening:
    """Lock an opening that `by` may write, and return it as it is then. Raises Opening.DoesNotExist."""
    # As rows: whoever saves and publishes at once locks the same opening for both, which is no loop.
    found = list(locked(Opening.objects.editable_by(by).filter(pk=opening_id), "workplace__employer"))
    if not found:
        raise Opening.DoesNotExist
    return found[0]


def _waiting(opening_id: UUID, by: User) -> Opening:
    opening = Opening.objects.decidable_by(by).select_related("workplace__employer").get(pk=opening_id)
    if not opening.awaits_approval:
        raise TransitionNotAllowed(current=opening.state, wanted=OpeningState.PUBLISHED)
    return opening


def _begun(key: UUID | None, fields: Mapping[str, Any], by: User) -> Opening | None:
    """Return what was begun as `key`, also when another request of the same page has just written it."""
    if key is None:
        return None
    begun = Opening.objects.editable_by(by).select_related("workplace__employer", "capacity").filter(pk=key)
    if (found := begun.first()) is None and "workplace" in fields:
        list(locked(Workplace.objects.writable_by(by).filter(pk=fields["workplace"].pk)))
        found = begun.first()
    return found


def _new(by: User, at: datetime, key: UUID | None) -> Opening:
    row = Opening(created_by=by, created_at=at, state_changed_at=at, fresh_at=at)
    if key and not Opening.objects.filter(pk=key).exists():
        row.pk = key
    return row


def _fill(opening: Opening, fields: Mapping[str, Any], by: User) -> list[str]:
    """Put `fields` into `opening`; return the names of those that differ from before."""
    unknown = fields.keys() - OPENING_FIELDS
    if unknown:
        raise TypeError(f"not a field of an opening: {', '.join(sorted(unknown))}")
    if "workplace" in fields:
        _ensure_own_workplace(opening, fields["workplace"], by)
    changed = [
        name for name, value in fields.items() if opening._state.adding or getattr(opening, name) != value
    ]
    for name in changed:
        setattr(opening, name, fields[name])
    return changed


def _ensure_own_workplace(opening: Opening, workplace: Workplace, by: User) -> None:
    """Raise unless `by` may write there and the opening stays with its employer."""
    own = Workplace.objects.writable_by(by).get(pk=workplace.pk)
    if not opening._state.adding and own.employer_id != opening.workplace.employer_id:
        raise Refused(OpeningRefusal.WORKPLACE_OF_ANOTHER, about="workplace")


def _ensure_welcome(opening: Opening, at: datetime) -> None:
    if not opening.workplace.employer.is_welcome_on(day_of(at)):
        raise Refused(OpeningRefusal.EMPLOYER_PAUSED)


def ensure_publishable(opening: Opening, at: datetime) -> None:
    """Raise Refused unless readers would find what they need, at an employer whom nobody has paused."""
    _ensure_welcome(opening, at)
    if not opening.description.strip():
        raise Refused(OpeningRefusal.NO_DESCRIPTION, about="description")
    if opening.has_passed(day_of(at)):
        raise Refused(OpeningRefusal.LAST_DAY_PASSED, about="ends_on")


def _publish(opening: Opening, *, by: User, at: datetime, action: str = "") -> None:
    OPENING_LIFECYCLE.move(
        opening,
        to=OpeningState.PUBLISHED,
        by=by,
        at=at,
        action=action,
        published_at=at,
        fresh_at=at,
        as_read=what_matters(opening),
    )


def _let_be_read(opening: Opening, *, by: User, at: datetime) -> None:
    """Let a coach read what matters and has changed, where the employer is new; else all read it at once."""
    if not opening.is_offered or not changed_since_read(opening):
        return
    if not reads_changes(opening=opening, by=by, at=at):
        opening.as_read = what_matters(opening)
        opening.save(update_fields=["as_read"])
    elif opening.is_public:
        OPENING_LIFECYCLE.move(
            opening, to=OpeningState.AWAITING_APPROVAL, by=by, at=at, action="sent_to_be_read_again"
        )
        OPENING_PAUSED.emit(opening, by=by, at=at)
        notifications.tell_of_opening(notifications.WAITING, opening, at=at)


def _follow_places(opening: Opening, *, by: User, at: datetime) -> None:
    """Let a full opening that got more places be open again, and the other way round."""
    if opening.is_full and opening.places_left:
        OPENING_LIFECYCLE.move(opening, to=OpeningState.PUBLISHED, by=by, at=at)
    elif opening.is_listed and not opening.places_left:
        OPENING_LIFECYCLE.move(opening, to=OpeningState.FILLED, by=by, at=at)
