"""Putting aside what stands in My day, and taking it up again."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.home.day.my_day import day_of_coach
from backend.home.day.todo import Todo
from backend.home.models import SetAside
from backend.home.refusals import DayRefusal
from backend.participants.services import lock_case


@one_write
def put_off(*, matter: str, thing: UUID, until: date, reason: str, by: User, at: datetime) -> SetAside:
    """Let a matter that stands in the day of `by` wait until a day to come, for a reason in a few words.

    It stands there again before that day if it changes. Raises SetAside.DoesNotExist for what does not stand
    there, and Refused for what cannot wait, without a reason, and for a day that has been or is too far off.
    """
    today = day_of(at)
    todo = _locked_on_day(matter=matter, thing=thing, by=by, today=today)
    if not todo.may_wait:
        raise Refused(DayRefusal.CANNOT_WAIT)
    if not reason.strip():
        raise Refused(DayRefusal.NO_REASON, about="reason")
    if until <= today:
        raise Refused(DayRefusal.DAY_PAST, about="until")
    if until > today + todo.longest:
        raise Refused(DayRefusal.TOO_FAR, about="until", days=todo.longest.days)
    kept = _keep(todo, until=until, reason=reason.strip(), by=by, today=today)
    audit.record(kept, "put_off", by=by, at=at, changes={"matter": todo.matter, "until": str(until)})
    return kept


@one_write
def note_as_done(*, matter: str, thing: UUID, by: User, at: datetime) -> SetAside:
    """Be done with news in the day of `by`: there is nothing more to do than to know it.

    Raises SetAside.DoesNotExist for what does not stand there, and Refused for what has something to do.
    """
    today = day_of(at)
    todo = _locked_on_day(matter=matter, thing=thing, by=by, today=today)
    if not todo.is_news:
        raise Refused(DayRefusal.NOT_NEWS)
    kept = _keep(todo, until=None, reason="", by=by, today=today)
    audit.record(kept, "noted", by=by, at=at, changes={"matter": todo.matter})
    return kept


@one_write
def take_up(*, set_aside_id: UUID, by: User, at: datetime) -> None:
    """Let what was put aside stand in My day again.

    Raises SetAside.DoesNotExist for what would not stand in the day of `by`.
    """
    aside = day_of_coach(by, today=day_of(at)).aside
    if set_aside_id not in {kept.pk for _todo, kept in aside}:
        raise SetAside.DoesNotExist
    kept = locked(SetAside.objects.filter(pk=set_aside_id)).get()
    audit.record(kept, "taken_up", by=by, at=at, changes={"matter": kept.matter})
    kept.delete()


def _locked_on_day(*, matter: str, thing: UUID, by: User, today: date) -> Todo:
    """Return the row of a matter in the day of `by`, with the case locked and read again if it is of one."""
    todo = _on_day(matter=matter, thing=thing, by=by, today=today)
    if todo.person is None:
        return todo
    lock_case(participant_id=todo.person, by=by)
    return _on_day(matter=matter, thing=thing, by=by, today=today)


def _on_day(*, matter: str, thing: UUID, by: User, today: date) -> Todo:
    todo = day_of_coach(by, today=today).about(matter, thing)
    if todo is None:
        raise SetAside.DoesNotExist
    return todo


def _keep(todo: Todo, *, until: date | None, reason: str, by: User, today: date) -> SetAside:
    values = {
        "stands": todo.stands,
        "participant_id": todo.person,
        "until": until,
        "reason": reason,
        "by": by,
        "on": today,
    }
    key: dict[str, Any] = {"matter": todo.matter, "thing": todo.thing}
    kept, _is_new = SetAside.objects.update_or_create(**key, defaults=values)
    return kept
