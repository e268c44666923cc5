"""What the unit's manager decides where the coach may not go on alone."""

from datetime import datetime
from uuid import UUID

from backend.accounts.models import User
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.internships import notifications
from backend.internships.enums import UNDER_WAY
from backend.internships.models import Concern, Extension, Internship, ManagerDecision
from backend.internships.refusals import InternshipRefusal
from backend.internships.safeguards.gates import codes_of_gates, gates_that_arise
from backend.internships.safeguards.going_on import may_be_decided
from backend.participants.services import lock_cases


@one_write
def decide_objection(
    *, internship_id: UUID, allows: bool, reason: str, by: User, at: datetime
) -> ManagerDecision:
    """Record a manager's reasoned yes or no to a placement that is held back, or in which a gate arose.

    The coach is told; what goes on and may not is ended by the coach.

    A later decision counts instead of an earlier one, which is kept. Raises Internship.DoesNotExist for
    anybody but the unit's managers, Refused without reasons or when there is no objection to decide on.
    """
    _check_reasons(reason)
    theirs = Internship.objects.managed_by(by)
    lock_cases(participant_ids=[theirs.values_list("participant", flat=True).get(pk=internship_id)])
    internship = theirs.select_for_update(of=("self",)).get(pk=internship_id)
    if not may_be_decided(internship):
        raise Refused(InternshipRefusal.NOTHING_TO_DECIDE)
    decision = ManagerDecision.objects.create(
        internship=internship, allows=allows, reason=reason.strip(), decided_by=by, decided_at=at
    )
    audit.record(internship, "objection_decided", by=by, at=at, changes={"allows": allows})
    notifications.tell_decided(internship, decision, at=at)
    return decision


@one_write
def notice_gates(*, internship_id: UUID, at: datetime) -> bool:
    """Judge a placement that goes on by the gates anew, and ask the manager about what was not there before.

    Returns whether there was something new. What a manager has let pass is not asked about again.
    """
    under_way = Internship.objects.filter(state__in=UNDER_WAY, pk=internship_id)
    lock_cases(participant_ids=list(under_way.values_list("participant", flat=True)))
    related = ("participant", "workplace")
    internship = under_way.select_for_update(of=("self",)).select_related(*related).first()
    if internship is None:
        return False
    new = set(codes_of_gates(list(gates_that_arise(internship)))) - set(internship.gates)
    if not new:
        return False
    gates = sorted(new | set(internship.gates))
    under_way.update(gates=gates, gates_noticed_at=at)
    audit.record(internship, "gates_noticed", by=None, at=at, changes={"gates": sorted(new)})
    notifications.tell_of_gates(internship, at=at)
    return True


@one_write
def decide_extension(
    *, extension_id: UUID, allows: bool, reason: str, by: User, at: datetime
) -> ManagerDecision:
    """Record a manager's reasoned yes or no to an extension that waits; the coach is told and goes on.

    Raises Extension.DoesNotExist for anybody but the unit's managers, Refused without reasons or when it
    waits no more.
    """
    _check_reasons(reason)
    theirs = Extension.objects.managed_by(by)
    case = theirs.values_list("internship__participant", flat=True).get(pk=extension_id)
    lock_cases(participant_ids=[case])
    wanted = theirs.pending().select_related("internship").filter(pk=extension_id).first()
    if wanted is None:
        raise Refused(InternshipRefusal.NOTHING_TO_DECIDE)
    decision = ManagerDecision.objects.create(
        extension=wanted, allows=allows, reason=reason.strip(), decided_by=by, decided_at=at
    )
    audit.record(wanted.internship, "extension_decided", by=by, at=at, changes={"allows": allows})
    notifications.tell_extension_decided(wanted, decision, at=at)
    return decision


@one_write
def decide_concern(*, concern_id: UUID, allows: bool, reason: str, by: User, at: datetime) -> ManagerDecision:
    """Record whether people may be placed at the workplace before the concern has been handled, and why.

    Raises Concern.DoesNotExist for anybody but the managers of the unit of the person concerned, Refused
    without reasons or when the concern has been handled.
    """
    _check_reasons(reason)
    theirs = Concern.objects.filter(internship__in=Internship.objects.managed_by(by))
    case = theirs.values_list("internship__participant", flat=True).get(pk=concern_id)
    lock_cases(participant_ids=[case])
    concern = theirs.select_for_update(of=("self",)).get(pk=concern_id)
    if concern.handled_at:
        raise Refused(InternshipRefusal.NOTHING_TO_DECIDE)
    decision = ManagerDecision.objects.create(
        concern=concern, allows=allows, reason=reason.strip(), decided_by=by, decided_at=at
    )
    audit.record(concern, "concern_decided", by=by, at=at, changes={"allows": allows})
    return decision


def _check_reasons(reason: str) -> None:
    if not reason.strip():
        raise Refused(InternshipRefusal.NO_REASONS, about="reason")
