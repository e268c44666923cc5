"""What is looked into about an employer, and whether people may be placed there."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core import rules
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Reason, Refused
from backend.core.writing.transactions import one_write
from backend.employers.enums import CheckKind, CheckOutcome, MeasureKind, MeasureReason, Standing
from backend.employers.models import Employer, EmployerCheck
from backend.employers.refusals import OrganisationRefusal
from backend.employers.services.calling import to_call_back
from backend.employers.services.measures import lift, write_measure

VALIDITY_RULE = "employer_check_valid_days"


def valid_until(*, day: date) -> date:
    """Return until when a check made on `day` holds unless somebody says otherwise."""
    return day + timedelta(days=rules.value_on(VALIDITY_RULE, day))


def obstacles(*, employer: Employer, on: date) -> list[str]:
    """Return in words what hinders placing people with `employer` on the day, judged by its checks.

    Every kind of check must have been made, hold on the day, and have found nothing; of several checks of
    a kind the one recorded last counts. Model: 2000:628 §§ 9a–9c.
    """
    newest: dict[str, EmployerCheck] = {}
    for check in employer.checks.all():
        newest.setdefault(check.kind, check)
    found = ((kind, _obstacle(newest.get(kind), on)) for kind in CheckKind)
    return [f"{kind.label}: {words}" for kind, words in found if words]


def _obstacle(check: EmployerCheck | None, on: date) -> str:
    if check is None:
        return _("not checked yet")
    if check.outcome == CheckOutcome.REFUSE:
        return _("must be refused")
    if check.outcome == CheckOutcome.DOUBT:
        return _("needs a decision")
    return _("the check has expired") if check.valid_until < on else ""


@one_write
def record_checks(
    *,
    employer: Employer,
    kinds: Iterable[CheckKind | str],
    outcome: CheckOutcome | str,
    evidence: str,
    by: User,
    at: datetime,
    checked_on: date | None = None,
    until: date | None = None,
) -> list[EmployerCheck]:
    """Note what somebody looked into and found; what must be refused pauses the employer at once.

    Raises Employer.DoesNotExist when `by` may not decide on the employer, and ValidationError when the
    facts do not hold together; then nothing is noted.
    """
    own = Employer.objects.decidable_by(by).get(pk=employer.pk)
    day = checked_on or day_of(at)
    facts: dict[str, Any] = {
        "outcome": outcome,
        "evidence": evidence,
        "by": by,
        "checked_on": day,
        "recorded_at": at,
    }
    facts["valid_until"] = until or valid_until(day=day)
    checks = [EmployerCheck(employer=own, kind=kind, **facts) for kind in kinds]
    for check in checks:
        check.clean_fields()
        check.validate_constraints()
    EmployerCheck.objects.bulk_create(checks)
    noted = [str(check.kind) for check in checks]
    audit.record(own, "checked", by=by, at=at, changes={"kinds": noted, "outcome": str(outcome)})
    if outcome == CheckOutcome.REFUSE and own.is_welcome_on(day_of(at)):
        why = ", ".join(str(CheckKind(kind).label) for kind in noted)
        facts = {"kind": MeasureKind.PAUSE, "reason": MeasureReason.CHECK, "words": why, "rests_on": evidence}
        among = Employer.objects.decidable_by(by)
        write_measure(key=own.pk, among=among, **facts, starts_on=day_of(at), last_on=None, by=by, at=at)
    return checks


@one_write
def approve_employer(*, employer_id: UUID, by: User, at: datetime) -> Employer:
    """Let people be placed with a new or paused employer from now on.

    Raises Employer.DoesNotExist when `by` may not decide it, Refused naming every check that
    stands in the way, also that of who speaks for it, and TransitionNotAllowed when somebody else decided
    first, or a manager has paused or stopped it: what a manager decided is lifted by a manager.
    """
    theirs = Employer.objects.decidable_by(by)
    employer = theirs.select_for_update(of=("self",)).get(pk=employer_id)
    reasons = [
        Reason(OrganisationRefusal.CHECK_IN_THE_WAY, {"obstacle": each})
        for each in obstacles(employer=employer, on=day_of(at))
    ]
    if member := to_call_back(employer.memberships.select_related("user")):
        reasons.append(Reason(OrganisationRefusal.NOT_CALLED_BACK, {"name": str(member.user)}))
    if reasons:
        raise Refused.for_reasons(reasons)
    today = day_of(at)
    if not employer.is_approvable_on(today):
        raise TransitionNotAllowed(current=employer.standing_on(today), wanted=Standing.GOOD)
    for measure in employer.measures.in_force(today).that_close().select_related("employer").order_by("pk"):
        lift(measure=measure, why=_("The checks are clear again."), by=by, at=at)
    if employer.is_new:
        Employer.objects.filter(pk=employer.pk).update(approved_at=at)
        employer.approved_at = at
    audit.record(employer, "standing_good", by=by, at=at, to_state=Standing.GOOD)
    return employer
