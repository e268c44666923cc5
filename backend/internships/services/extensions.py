"""Extending an internship, or agreeing it anew from a day on: a dated version of the same internship."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.internships import notifications
from backend.internships.enums import UNDER_WAY
from backend.internships.models import Extension, Internship
from backend.internships.refusals import ExtensionRefusal, InternshipRefusal
from backend.internships.safeguards.gates import are_same_tasks, codes_of_gates, gates_of_extension
from backend.internships.safeguards.placements import check_extension
from backend.internships.services.corrections import lock_internship, write_terms

OF_INTERNSHIP = ("ends_on", "hours_per_week", "tasks", "basis_by", "decision_reference", "basis_until")
"""What a version changes in the row of the internship itself."""


@one_write
def extend_internship(*, internship_id: UUID, why: str, by: User, at: datetime, **terms: Any) -> Extension:
    """Write a version of an internship that is under way; it holds at once where no gate is in the way.

    `terms` are the Extension's own columns. The safeguards judge the whole. Where a gate bites, nothing is
    changed: the unit's managers are asked, and the coach goes on after their yes (`apply_extension`). Another
    version that waited is dropped. Raises Internship.DoesNotExist for strangers, Refused when it is not
    allowed.
    """
    internship = lock_internship(internship_id=internship_id, by=by)
    before = _before(internship)
    wanted = Extension(internship=internship, why=why.strip(), wanted_by=by, wanted_at=at, **terms)
    gates = _judge(wanted, internship, before, today=day_of(at))
    Extension.objects.filter(internship=internship, applied_at=None, dropped_at=None).update(dropped_at=at)
    wanted.gates = gates
    wanted.save()
    if gates:
        audit.record(internship, "extension_wanted", by=by, at=at, changes={"gates": gates})
        notifications.ask_about_extension(wanted, at=at)
        return wanted
    _apply(wanted, internship, before, by=by, at=at)
    return wanted


@one_write
def apply_extension(*, internship_id: UUID, by: User, at: datetime) -> Extension:
    """Let the version hold that a manager has said yes to; the safeguards judge it once more.

    Raises Internship.DoesNotExist for strangers, Refused when none waits, when the manager has not decided
    or said no, when what was decided on has changed, and when it is not allowed any more.
    """
    internship = lock_internship(internship_id=internship_id, by=by)
    before = _before(internship)
    wanted = Extension.objects.pending().filter(internship=internship).first()
    if wanted is None:
        raise Refused(ExtensionRefusal.NONE_WAITS)
    decision = wanted.decisions.order_by("-decided_at", "pk").first()
    if decision is None:
        raise Refused(ExtensionRefusal.UNDECIDED)
    if not decision.allows:
        raise Refused(ExtensionRefusal.REFUSED, reason=decision.reason)
    if not set(_judge(wanted, internship, before, today=day_of(at))) <= set(wanted.gates):
        raise Refused(ExtensionRefusal.CHANGED)
    _apply(wanted, internship, before, by=by, at=at)
    return wanted


def _before(internship: Internship) -> Internship:
    if internship.state not in UNDER_WAY:
        raise Refused(InternshipRefusal.NOT_UNDER_WAY)
    return Internship.objects.get(pk=internship.pk)


def _judge(wanted: Extension, internship: Internship, before: Internship, *, today: date) -> list[str]:
    """Put the new terms on `internship`, refuse what must not be, and return the gates in the way."""
    if not wanted.why:
        raise Refused(ExtensionRefusal.NO_WHY, about="why")
    first = before.started_on or before.starts_on
    if not first <= wanted.valid_from <= before.ends_on + timedelta(days=1):
        raise Refused(ExtensionRefusal.NOT_FROM_THERE, about="valid_from")
    if wanted.ends_on < max(before.ends_on, today):
        raise Refused(ExtensionRefusal.SHORTER, about="ends_on")
    if not wanted.basis_from <= wanted.valid_from:
        raise Refused(ExtensionRefusal.DECISION_LATER, about="basis_from")
    changes = {name: getattr(wanted, name) for name in OF_INTERNSHIP}
    if all(getattr(before, name) == value for name, value in changes.items()):
        raise Refused(ExtensionRefusal.SAME)
    for name, value in changes.items():
        setattr(internship, name, value)
    wanted.brings_new = bool(wanted.new_content.strip()) or not are_same_tasks(before.tasks, wanted.tasks)
    check_extension(internship, wanted, before=before, today=today)
    gates = gates_of_extension(
        internship,
        before=before,
        brings_new=wanted.brings_new,
        union_outcome=wanted.union_outcome,
    )
    return codes_of_gates(list(gates))


def _apply(wanted: Extension, internship: Internship, before: Internship, *, by: User, at: datetime) -> None:
    wanted.applied_at = at
    Extension.objects.filter(pk=wanted.pk).update(applied_at=at)
    changes: dict[str, Any] = {name: getattr(wanted, name) for name in OF_INTERNSHIP}
    gates = sorted({*before.gates, *wanted.gates})
    Internship.objects.filter(pk=internship.pk).update(gates=gates)
    write_terms(internship=internship, before=before, changes=changes, why=wanted.why, by=by, at=at)
    if wanted.ends_on > before.ends_on:
        audit.record(internship, "internship_extended", by=by, at=at)
    else:
        audit.record(internship, "terms_changed", by=by, at=at)
