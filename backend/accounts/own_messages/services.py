"""Choosing what one gets by mail and how often, turning it off from the mail, and setting quiet hours."""

from collections.abc import Collection
from datetime import date, datetime, time
from uuid import UUID

from backend.accounts.enums import Persona
from backend.accounts.models import Municipality, User
from backend.accounts.own_messages import phones
from backend.accounts.refusals import MessageRefusal
from backend.core.enums import Pace
from backend.core.models import MessageChoice, QuietHours
from backend.core.outbox import kinds_for, texting
from backend.core.outbox.leaving import carried_by, kinds_to_leave
from backend.core.text.phones import swedish_mobile
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write


@one_write
def choose_messages(*, pace: str, off: Collection[str], by: User, at: datetime) -> MessageChoice:
    """Let `by` get what is not urgent at this pace, and the kinds in `off` in the app alone.

    Raises Refused for a kind that cannot be turned off or is nobody's like `by`, and for a pace that is not
    offered: once a week is for staff, who have the same in My day.
    """
    may_be_off = {kind.name for kind in kinds_for(by.persona) if kind.may_be_off}
    if not may_be_off.issuperset(off):
        raise Refused(MessageRefusal.CANNOT_BE_OFF)
    if pace not in paces_for(by):
        raise Refused(MessageRefusal.NO_SUCH_PACE, about="pace")
    return _keep(by, pace=pace, off=off, by=by, at=at)


def paces_for(user: User) -> list[str]:
    """Return how often `user` may choose to get what is not urgent."""
    return [pace for pace in Pace if pace != Pace.WEEKLY or user.persona == Persona.STAFF]


@one_write
def unsubscribe(*, token: str, names: Collection[str] | None, at: datetime) -> MessageChoice:
    """Turn off what a mail carried, of it only the kinds `names` unless that is None; on its receiver's word.

    Whoever holds the token has the mail. Raises User.DoesNotExist for a token that nobody here signed or of
    a mail that is kept no longer, Refused for a kind that it does not carry or that cannot be turned off.
    """
    carried = carried_by(token)
    if not carried:
        raise User.DoesNotExist
    offered = [kind.name for kind in kinds_to_leave(carried)]
    if names is not None and not set(offered).issuperset(names):
        raise Refused(MessageRefusal.CANNOT_BE_OFF)
    user = carried[0].recipient
    choice = MessageChoice.objects.filter(user=user).first() or MessageChoice(user=user)
    off = {*choice.off, *(offered if names is None else names)}
    return _keep(user, pace=choice.pace, off=off, by=user, at=at)


def _keep(user: User, *, pace: str, off: Collection[str], by: User, at: datetime) -> MessageChoice:
    """Write the choice, with the account locked so that two at once both count; the same again is nothing."""
    locked(User.objects.filter(pk=user.pk)).get()
    choice = MessageChoice.objects.filter(user=user).first() or MessageChoice(user=user)
    before = (choice.pace, choice.off)
    choice.pace, choice.off = pace, sorted(off)
    if (choice.pace, choice.off) != before or choice._state.adding:
        choice.save()
        audit.record(user, "messages_chosen", by=by, at=at, changes={"pace": pace, "off": choice.off})
    return choice


@one_write
def send_phone_code(*, number: str, by: User, at: datetime) -> None:
    """Send `by` a code to a mobile number, to show that it is theirs.

    Raises Refused where no SMS is sent, for what is no Swedish mobile number, and after five codes in a day.
    """
    if not texting.is_set_up():
        raise Refused(MessageRefusal.NO_SMS)
    mobile = swedish_mobile(number)
    if not mobile:
        raise Refused(MessageRefusal.NOT_MOBILE, about="number")
    user = locked(User.objects.filter(pk=by.pk)).get()
    if phones.has_had_enough(user, at=at):
        raise Refused(MessageRefusal.TOO_MANY_CODES)
    phones.give_code(user, number=mobile, at=at)


def confirm_phone(*, typed: str, by: User, at: datetime) -> MessageChoice:
    """Let `by` have reminders and short questions by SMS to the number whose code was typed.

    A try counts though it fails, and so is written whatever follows. Raises Refused for a wrong or old code.
    """
    code = phones.waiting_code(by, at=at)
    if code is None or not phones.fits(code, typed):
        raise Refused(MessageRefusal.CODE_WRONG, about="code")
    return _keep_number(number=code.number, by=by, at=at)


@one_write
def stop_sms(*, by: User, at: datetime) -> MessageChoice:
    """Let `by` have everything by mail again."""
    return _keep_number(number="", by=by, at=at)


@one_write
def _keep_number(*, number: str, by: User, at: datetime) -> MessageChoice:
    user = locked(User.objects.filter(pk=by.pk)).get()
    choice = MessageChoice.objects.filter(user=user).first() or MessageChoice(user=user)
    if choice.sms_number != number:
        choice.sms_number = number
        choice.save()
        audit.record(user, "sms_chosen" if number else "sms_stopped", by=by, at=at)
    return choice


@one_write
def set_quiet_hours(
    *, municipality_id: UUID, valid_from: date, starts_at: time, ends_at: time, by: User, at: datetime
) -> QuietHours:
    """Set the hours from a day on in which nothing is sent that can wait; one of the same day is replaced.

    Raises Municipality.DoesNotExist for who does not administer it, and ValidationError for hours of the day.
    """
    municipality = locked(Municipality.objects.run_by(by).filter(pk=municipality_id)).get()
    key = {"municipality_key": municipality.pk, "valid_from": valid_from}
    hours = QuietHours.objects.filter(**key).first() or QuietHours(**key)
    hours.starts_at, hours.ends_at = starts_at, ends_at
    hours.full_clean()
    hours.save()
    written = {"from": valid_from.isoformat(), "hours": str(hours)}
    audit.record(municipality, "quiet_hours_set", by=by, at=at, changes=written)
    return hours
