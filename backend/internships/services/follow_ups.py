"""Scheduling, answering and closing follow-ups."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core import rules as dated
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.internships import notifications
from backend.internships.dates import Slot, all_follow_up_days, working_day_from
from backend.internships.enums import AnswerWay, FollowUpKind, InternshipState, Mood
from backend.internships.models import Answer, FollowUp, Internship
from backend.internships.refusals import FollowUpRefusal
from backend.internships.safeguards.rules import FOLLOW_UP_AFTER_FIRST_DAY, FOLLOW_UP_EVERY_WEEKS
from backend.internships.services.answers import SIDES, way_of
from backend.internships.services.versions import keep_version
from backend.participants.services import lock_cases

GOING_ON = (InternshipState.ONGOING, InternshipState.PAUSED)


def schedule_follow_ups(*, internship: Internship, by: User, at: datetime) -> list[FollowUp]:
    """Create the follow-ups of an internship that has started, and queue their questions."""
    follow_ups = [
        FollowUp(internship=internship, kind=kind, number=number, due_on=day)
        for (kind, number), day in _days_of(internship, not_before=day_of(at)).items()
        if _is_asked(kind, day, on=day_of(at))
    ]
    FollowUp.objects.bulk_create(follow_ups)
    notifications.ask_follow_ups(follow_ups, at=at)
    audit.record(internship, "follow_ups_scheduled", by=by, at=at)
    return follow_ups


def move_follow_ups(internship: Internship, *, at: datetime) -> None:
    """Let the follow-ups that are not closed follow the changed days of an internship that goes on."""
    days = _days_of(internship, not_before=day_of(at))
    planned = internship.follow_ups.exclude(kind=FollowUpKind.EXTRA).order_by("due_on", "pk")
    stand: dict[Slot, FollowUp] = {(each.kind, each.number): each for each in planned}
    gone = [each.pk for slot, each in stand.items() if slot not in days]
    internship.follow_ups.filter(closed_at=None, pk__in=gone).update(cancelled_at=at)
    moved = []
    for (kind, number), due_on in days.items():
        stood = stand.get((kind, number))
        follow_up = stood or FollowUp(internship=internship, kind=kind, number=number, due_on=due_on)
        stays = stood is not None and follow_up.due_on == due_on and not follow_up.cancelled_at
        if follow_up.closed_at or stays or not (stood or _is_asked(kind, due_on, on=day_of(at))):
            continue
        follow_up.due_on, follow_up.cancelled_at = due_on, None
        follow_up.save()
        moved.append(follow_up)
    notifications.ask_follow_ups(moved, at=at)


def _is_asked(kind: str, due_on: date, *, on: date) -> bool:
    """Tell whether a follow-up is planned on a day: of those in between none that is past."""
    return due_on >= on or kind not in (FollowUpKind.FIRST_DAY, FollowUpKind.REGULAR)


def _days_of(internship: Internship, *, not_before: date) -> dict[Slot, date]:
    """Return when each follow-up is due, past every pause that it would fall in.

    Of a pause that is over, what fell in it is asked at the earliest `not_before`: its message was held back.
    """
    first = internship.started_on or internship.starts_on
    days = all_follow_up_days(
        starts_on=first,
        ends_on=internship.ends_on,
        every_weeks=dated.value_on(FOLLOW_UP_EVERY_WEEKS, first),
        after_first_day=bool(dated.value_on(FOLLOW_UP_AFTER_FIRST_DAY, first)),
    )
    for pause in internship.pauses.order_by("from_on", "pk"):
        back_on = pause.back_on if pause.resumed_on is None else max(pause.resumed_on, not_before)
        in_pause = {kind: day for kind, day in days.items() if pause.from_on <= day < back_on}
        days |= dict.fromkeys(in_pause, min(working_day_from(back_on), internship.ends_on))
    return days


def cancel_follow_ups(internship: Internship, *, after: date, at: datetime) -> None:
    """Take away what falls due after the last day; the end evaluation stays, for it is wanted most then."""
    later = internship.follow_ups.filter(closed_at=None, due_on__gt=after)
    later.exclude(kind=FollowUpKind.END).update(cancelled_at=at)
    internship.follow_ups.filter(closed_at=None, kind=FollowUpKind.END, due_on__gt=after).update(due_on=after)


@one_write
def add_follow_up(*, internship_id: UUID, due_on: date, by: User, at: datetime) -> FollowUp:
    """Plan an extra follow-up of an internship that goes on, whenever its coach thinks it needed.

    Raises Internship.DoesNotExist for whoever is not the coach of the case, and Refused for a day that is
    past, outside the internship or has one already.
    """
    theirs = Internship.objects.decidable_by(by)
    lock_cases(participant_ids=[theirs.values_list("participant", flat=True).get(pk=internship_id)])
    internship = theirs.select_for_update(of=("self",)).get(pk=internship_id)
    if internship.state not in GOING_ON:
        raise Refused(FollowUpRefusal.NOT_GOING_ON)
    if not day_of(at) <= due_on <= internship.ends_on:
        last = date_format(internship.ends_on, "j F Y")
        raise Refused(FollowUpRefusal.OUTSIDE, about="due_on", last=last)
    if internship.follow_ups.still_open().filter(due_on=due_on).exists():
        raise Refused(FollowUpRefusal.THERE_ALREADY, about="due_on")
    number = internship.follow_ups.filter(kind=FollowUpKind.EXTRA).count()
    follow_up = FollowUp.objects.create(
        internship=internship, kind=FollowUpKind.EXTRA, number=number, due_on=due_on
    )
    audit.record(follow_up, "follow_up_added", by=by, at=at)
    notifications.ask_follow_ups([follow_up], at=at)
    return follow_up


@one_write
def answer_follow_up(
    *,
    follow_up_id: UUID,
    side: str,
    mood: str,
    note: str = "",
    change: str = "",
    presence: str = "",
    wants_call: bool = False,
    way: str = AnswerWay.APP,
    by: User,
    at: datetime,
) -> FollowUp:
    """Record how it goes, in the words of `side` (employer or participant), and by which `way` it was said.

    `note` says what works and `change` what must change. An employer may want a call from the job coach, and
    a participant for whom it goes badly.

    Each side answers for itself; the coach may fill in for either, by phone, and stands as author.
    Raises FollowUp.DoesNotExist for strangers and Refused for somebody else's side, one whose day has not
    come, or a closed one.
    """
    readable = FollowUp.objects.read_by(by, on=day_of(at))
    _lock_case_of(readable, follow_up_id)
    follow_up = readable.select_related("internship").get(pk=follow_up_id)
    if side not in SIDES or by.persona not in (side, Persona.STAFF):
        raise Refused(FollowUpRefusal.OTHER_SIDE)
    if by.persona != Persona.STAFF and not follow_up.is_open_to_sides_on(day_of(at)):
        raise Refused(FollowUpRefusal.NOT_YET)
    if not mood:
        raise Refused(FollowUpRefusal.NO_ANSWER, about="mood")
    _take_answer(follow_up, side, Answer(mood, note, change, presence), way=way, by=by, at=at)
    follow_up.refresh_from_db()
    if mood == Mood.BAD and by.persona != Persona.STAFF:
        notifications.tell_of_red(follow_up, side, at=at)
    if wants_call and by.persona == Persona.PARTICIPANT and follow_up.may_want_call:
        _want_call(follow_up, by=by, at=at)
    if wants_call and by.persona == Persona.EMPLOYER and follow_up.employer_call_wanted_at is None:
        _want_call_at_employer(follow_up, by=by, at=at)
    return follow_up


@one_write
def write_follow_up(
    *,
    follow_up_id: UUID,
    answers: Mapping[str, Answer],
    coach_note: str,
    closes: bool,
    seen: Mapping[str, str],
    by: User,
    at: datetime,
) -> FollowUp:
    """Record all that a coach heard about a placement at once, and close the follow-up where it `closes`.

    `answers` holds that of each side as heard; a side that says nothing has not been heard, and one that
    says what stands is left alone. `seen` is what the coach had before her of each part (`stamps_of`).
    Raises FollowUp.DoesNotExist for whoever is not the coach of the case, and Refused when it is closed,
    when somebody wrote the same part meanwhile, or when it closes without a word where words are needed.
    """
    decidable = FollowUp.objects.filter(internship__in=Internship.objects.decidable_by(by))
    _lock_case_of(decidable, follow_up_id)
    follow_up = decidable.get(pk=follow_up_id)
    if not follow_up.is_open:
        raise Refused(FollowUpRefusal.CLOSED)
    for side, heard in answers.items():
        if not heard.is_said or heard == follow_up.said(side):
            continue
        if not heard.mood:
            raise Refused(FollowUpRefusal.NO_ANSWER, about=f"{side}_mood")
        _must_be_as_seen(follow_up, side, seen, about=f"{side}_mood")
        _take_answer(follow_up, side, heard, by=by, at=at)
    _write_summary(follow_up, coach_note, seen, by=by, at=at)
    follow_up.refresh_from_db()
    if closes:
        if follow_up.needs_words and not follow_up.coach_note.strip():
            raise Refused(FollowUpRefusal.NO_SUMMARY, about="coach_note")
        _close(follow_up, {}, by=by, at=at)
        follow_up.refresh_from_db()
    return follow_up


@one_write
def want_call(*, follow_up_id: UUID, by: User, at: datetime) -> FollowUp:
    """Record that the participant, for whom it goes badly, wants a call from the job coach; again is nothing.

    Raises FollowUp.DoesNotExist for strangers, and Refused for others than the participant, for one who has
    not said that it goes badly, and when the follow-up is closed.
    """
    readable = FollowUp.objects.read_by(by, on=day_of(at))
    _lock_case_of(readable, follow_up_id)
    follow_up = readable.get(pk=follow_up_id)
    if by.persona != Persona.PARTICIPANT:
        raise Refused(FollowUpRefusal.OTHER_SIDE)
    if not follow_up.is_open:
        raise Refused(FollowUpRefusal.CLOSED)
    if follow_up.participant_mood != Mood.BAD:
        raise Refused(FollowUpRefusal.NOT_ASKED_ABOUT_CALL)
    if follow_up.may_want_call:
        _want_call(follow_up, by=by, at=at)
        notifications.tell_of_red(follow_up, "call", at=at)
    return follow_up


def _want_call(follow_up: FollowUp, *, by: User, at: datetime) -> None:
    FollowUp.objects.filter(pk=follow_up.pk).update(call_wanted_at=at)
    audit.record(follow_up, "call_wanted", by=by, at=at)
    follow_up.refresh_from_db()


def _want_call_at_employer(follow_up: FollowUp, *, by: User, at: datetime) -> None:
    FollowUp.objects.filter(pk=follow_up.pk).update(employer_call_wanted_at=at)
    audit.record(follow_up, "employer_call_wanted", by=by, at=at)
    notifications.tell_of_red(follow_up, "employer_call", at=at)
    follow_up.refresh_from_db()


def stamps_of(follow_up: FollowUp) -> dict[str, str]:
    """Return what tells each part of a follow-up from the same part after somebody has written it."""
    times = {side: getattr(follow_up, f"{side}_answered_at") for side in SIDES}
    answered = {str(side): at.isoformat() if at else "" for side, at in times.items()}
    return {**answered, "coach": sha256(follow_up.coach_note.encode()).hexdigest()[:16]}


def _must_be_as_seen(follow_up: FollowUp, part: str, seen: Mapping[str, str], *, about: str) -> None:
    if seen.get(part, "") != stamps_of(follow_up)[part]:
        raise Refused(FollowUpRefusal.WRITTEN_MEANWHILE, about=about)


def _take_answer(
    follow_up: FollowUp,
    side: str,
    answer: Answer,
    *,
    way: str = AnswerWay.PHONE,
    by: User,
    at: datetime,
) -> None:
    """Write the answer of one side; `by` stands as its author, and what it said before is kept."""
    words = {f"{side}_{part}": said for part, said in answer._asdict().items()}
    changes: dict[str, Any] = {**words, f"{side}_answered_at": at, f"{side}_answered_by": by}
    changes[f"{side}_way"] = way_of(by=by, way=way)
    if not FollowUp.objects.still_open().filter(pk=follow_up.pk).update(**changes):
        raise Refused(FollowUpRefusal.CLOSED)
    if getattr(follow_up, f"{side}_answered_at") and _differs(follow_up, words):
        keep_version(row=follow_up, changes=words, why=_("Answered again."), by=by, at=at)
    audit.record(follow_up, f"{side}_answered", by=by, at=at, changes={"mood": answer.mood})


def _write_summary(
    follow_up: FollowUp, words: str, seen: Mapping[str, str], *, by: User, at: datetime
) -> None:
    if words == follow_up.coach_note:
        return
    _must_be_as_seen(follow_up, "coach", seen, about="coach_note")
    FollowUp.objects.filter(pk=follow_up.pk).update(coach_note=words)
    audit.record(follow_up, "follow_up_noted", by=by, at=at)


def _lock_case_of(among: models.QuerySet[FollowUp], follow_up_id: UUID) -> None:
    """Lock the case that one of these follow-ups belongs to. Raises FollowUp.DoesNotExist."""
    lock_cases(participant_ids=[among.values_list("internship__participant", flat=True).get(pk=follow_up_id)])


def _differs(follow_up: FollowUp, words: dict[str, str]) -> bool:
    return any(getattr(follow_up, name) != value for name, value in words.items())


@one_write
def close_follow_up(*, follow_up_id: UUID, coach_note: str, by: User, at: datetime) -> FollowUp:
    """Close a follow-up with the coach's summary."""
    theirs = Internship.objects.decidable_by(by)
    decidable = FollowUp.objects.filter(internship__in=theirs)
    _lock_case_of(decidable, follow_up_id)
    follow_up = decidable.get(pk=follow_up_id)
    _close(follow_up, {"coach_note": coach_note}, by=by, at=at)
    follow_up.refresh_from_db()
    return follow_up


def _close(follow_up: FollowUp, words: dict[str, str], *, by: User, at: datetime) -> None:
    changes: dict[str, Any] = {"closed_at": at, "closed_by": by, **words}
    if not FollowUp.objects.still_open().filter(pk=follow_up.pk).update(**changes):
        raise Refused(FollowUpRefusal.CLOSED)
    audit.record(follow_up, "follow_up_closed", by=by, at=at)
