"""What must hold before anybody is placed anywhere. Every path that creates or extends a placement asks here.

Each reason names its rule and the source of it. The grounds follow 2000:628 §§ 9a-9c, which bind
Arbetsförmedlingen; for the other bases they are the municipality's own policy, and the words say which.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.utils.formats import date_format, localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from backend.core import rules as dated
from backend.core.writing.refusals import Reason, Refusal, Refused
from backend.employers.services import obstacles
from backend.internships.enums import (
    NEVER_BEGAN,
    UNDER_WAY,
    Basis,
    ConsultationOutcome,
    InternshipState,
    WayIn,
)
from backend.internships.models import Concern, Extension, Internship, ManagerDecision, words_of_gates
from backend.internships.refusals import InternshipRefusal
from backend.internships.safeguards import rules
from backend.internships.safeguards.capacity import beyond_capacity
from backend.internships.safeguards.consulted import against_the_union
from backend.internships.safeguards.gates import gates_of_terms, longer_with_nothing_new
from backend.internships.safeguards.going_on import may_be_decided
from backend.internships.safeguards.plans import (
    OF_RISK,
    adaptations_not_told,
    risk_not_assessed,
    too_many_goals,
)
from backend.internships.safeguards.refusals import PlacementRefusal
from backend.internships.safeguards.signed import source_of, unsigned_of

Reasons = Iterator[Reason]


def check_placement(internship: Internship, *, today: date) -> None:
    """Raise Refused with every reason why it must not be planned, ValidationError for bad values."""
    _refuse(_missing(internship))
    internship.full_clean(validate_unique=False)
    asked, outcome = internship.union_asked_on, internship.union_outcome
    _refuse(
        [
            *_against_its_basis(internship),
            *_employer_refused(internship, today=today),
            *_against_its_rule(internship),
            *_at_a_wrong_time(internship, today=today),
            *risk_not_assessed(internship, today=today),
            *adaptations_not_told(internship),
            *too_many_goals(internship),
            *_union_asked_at_a_wrong_time(internship, today=today),
            *against_the_union(internship.workplace_id, asked, outcome, today=today),
            *beyond_capacity(internship),
            *_beside_others(internship),
            *_open_concerns(internship),
        ]
    )


def check_start(internship: Internship, *, started_on: date, today: date) -> None:
    """Raise Refused with every reason why a planned placement must not start on the day.

    What was judged when it was planned stays judged: a rule that has changed since does not undo it.
    """
    _refuse(
        [
            *_start_at_a_wrong_time(internship, started_on=started_on, today=today),
            *_employer_refused(internship, today=today),
            *risk_not_assessed(internship, today=today),
            *_objection(internship),
            *_unsigned(internship),
            *_beside_others(internship),
            *_open_concerns(internship),
        ]
    )


def check_terms(internship: Internship, *, before: Internship, today: date) -> None:
    """Raise Refused with every reason why the terms of a placement must not be changed to these.

    What a manager has let pass stands, unless it becomes longer or more: that is decided on anew.
    """
    grows = internship.ends_on > before.ends_on or internship.hours_per_week > before.hours_per_week
    passed = () if grows else before.gates
    _refuse(_missing(internship))
    internship.full_clean(validate_unique=False)
    _refuse(
        [
            *_against_its_basis(internship),
            *_against_its_rule(internship),
            *_longer_by_correction(internship, before=before),
            *_risk_of_other_terms(internship, before=before, today=today),
            *adaptations_not_told(internship, agreed_before=before.adaptations),
            *too_many_goals(internship),
            *(gate for gate in gates_of_terms(internship) if gate.why.value not in passed),
            *beyond_capacity(internship, before=before),
            *_union_asked_at_a_wrong_time(internship, today=today),
            *_beside_others(internship),
        ]
    )


def _longer_by_correction(internship: Internship, *, before: Internship) -> Reasons:
    """What goes on is made longer by an extension, which asks the manager where nothing is new."""
    if internship.state in UNDER_WAY and longer_with_nothing_new(internship, before=before):
        yield Reason(InternshipRefusal.EXTEND_INSTEAD, about="ends_on")


def _risk_of_other_terms(internship: Internship, *, before: Internship, today: date) -> Reasons:
    """What began before anybody asked stays valid; what is planned, or said anew of risks, is judged."""
    is_said_anew = any(getattr(internship, name) != getattr(before, name) for name in OF_RISK)
    if internship.state == InternshipState.PLANNED or is_said_anew:
        yield from risk_not_assessed(internship, today=today)


def check_extension(internship: Internship, wanted: Extension, *, before: Internship, today: date) -> None:
    """Raise Refused with every reason why `internship`, with new terms on it, must not go on by them."""
    _refuse(_missing(internship))
    internship.full_clean(validate_unique=False, exclude={"state"})
    wanted.full_clean(validate_unique=False, exclude={"internship"}, validate_constraints=False)
    _refuse(
        [
            *_against_its_basis(internship),
            *_employer_refused(internship, today=today),
            *_against_its_rule(internship),
            *risk_not_assessed(internship, today=today),
            *_union_asked_about(wanted, internship, today=today),
            *against_the_union(
                internship.workplace_id, wanted.union_asked_on, wanted.union_outcome, today=today
            ),
            *beyond_capacity(internship, before=before),
            *_beside_others(internship),
            *_open_concerns(internship),
        ]
    )


def _union_asked_about(wanted: Extension, internship: Internship, *, today: date) -> Reasons:
    """A longer or other placement is asked about before it holds, as a new one is."""
    asked, about = wanted.union_asked_on, "union_asked_on"
    if wanted.union_outcome != ConsultationOutcome.NO_UNION and asked is None:
        yield _reason(PlacementRefusal.UNION_NOT_ASKED, about, source=_union_source(internship))
    elif asked and asked > today:
        yield Reason(PlacementRefusal.UNION_ASKED_AHEAD, about=about)
    elif asked and asked > wanted.valid_from:
        yield _reason(PlacementRefusal.UNION_ASKED_LATE, about, source=_union_source(internship))


def _refuse(reasons: Iterable[Reason]) -> None:
    found = list(reasons)
    if found:
        raise Refused.for_reasons(found)


def _missing(internship: Internship) -> Reasons:
    if internship.way_in == WayIn.BY_PHONE and not (internship.agreed_with.strip() and internship.agreed_on):
        yield Reason(PlacementRefusal.NOBODY_SAID_YES, about="agreed_with")
    stated = (internship.basis, internship.basis_by.strip(), internship.decision_reference.strip())
    if not (all(stated) and internship.basis_from and internship.basis_until):
        yield Reason(PlacementRefusal.NO_BASIS, about="basis")
    if not internship.insurance:
        yield Reason(PlacementRefusal.NO_INSURANCE, about="insurance")
    if not internship.supervisor_name.strip():
        yield Reason(PlacementRefusal.NO_SUPERVISOR, about="supervisor_name")
    if not internship.union_outcome or (
        internship.union_outcome != ConsultationOutcome.NO_UNION and not internship.union_asked_on
    ):
        yield _reason(PlacementRefusal.UNION_NOT_ASKED, "union_outcome", source=_union_source(internship))


def _against_its_basis(internship: Internship) -> Reasons:
    first, last = internship.basis_from, internship.basis_until
    if first and last and not first <= internship.starts_on <= internship.ends_on <= last:
        yield _reason(PlacementRefusal.OUTSIDE_BASIS, "basis_until", first=first, last=last)
    of_kind = rules.basis_rules(internship)
    of_basis = [rule for rule in of_kind if rule.basis == internship.basis]
    if not of_basis:
        yield _reason(
            PlacementRefusal.KIND_NOT_OF_BASIS,
            "basis",
            kind=internship.get_kind_display(),
            basis=internship.get_basis_display(),
            admitted=_words(rule.get_basis_display() for rule in of_kind),
            source=rules.sources(of_kind) or _("no rule is in force"),
        )
    elif internship.insurance not in {rule.insurance for rule in of_basis}:
        yield _reason(
            PlacementRefusal.INSURANCE_NOT_OF_BASIS,
            "insurance",
            insurance=internship.get_insurance_display(),
            admitted=_words(rule.get_insurance_display() for rule in of_basis),
            source=rules.sources(of_basis),
        )


def _employer_refused(internship: Internship, *, today: date) -> Reasons:
    employer = internship.workplace.employer
    if not employer.is_in_good_standing_on(today):
        yield Reason(PlacementRefusal.EMPLOYER_NOT_IN_GOOD_STANDING)
    source = _policy(internship, "2000:628 §§ 9 b–c")
    for obstacle in obstacles(employer=employer, on=today):
        yield _reason(PlacementRefusal.EMPLOYER_CHECK, obstacle=obstacle, source=source)


def _against_its_rule(internship: Internship) -> Reasons:
    rule = rules.length_rule(internship)
    if rule is None:
        yield Reason(PlacementRefusal.NO_RULE, about="kind")
        return
    has_answered = internship.way_in in (WayIn.PROPOSAL, WayIn.BY_PHONE)
    if not rule.employer_chooses and has_answered:
        yield _reason(PlacementRefusal.EMPLOYER_HAS_NO_SAY, "kind", source=rule.where)
    if rule.employer_chooses and internship.way_in == WayIn.NO_SAY:
        yield _reason(PlacementRefusal.EMPLOYER_HAS_A_SAY, "way_in", source=rule.where)
    last = rule.last_day(internship.started_on or internship.starts_on)
    if last and internship.ends_on > last:
        length = {"kind": capfirst(rule.get_kind_display()), "longest": rule.longest, "source": rule.where}
        yield _reason(PlacementRefusal.TOO_LONG, "ends_on", last=last, **length)
    # Where it is the municipality's own rule the manager may decide otherwise: see gates.
    if rule.is_statute and rule.most_hours_a_week and internship.hours_per_week > rule.most_hours_a_week:
        about, most = "hours_per_week", rule.most_hours_a_week
        yield _reason(PlacementRefusal.NO_TIME_TO_SEEK, about, hours=most, source=rule.where)


def _at_a_wrong_time(internship: Internship, *, today: date) -> Reasons:
    if internship.agreed_on and internship.agreed_on > today:
        yield Reason(PlacementRefusal.YES_TO_COME, about="agreed_on")
    if internship.ends_on < today:
        yield Reason(PlacementRefusal.ALREADY_OVER, about="ends_on")
    elif not internship.backdated_why.strip():
        yield from _backdated(internship.starts_on, today=today)


def _start_at_a_wrong_time(internship: Internship, *, started_on: date, today: date) -> Reasons:
    about = "started_on"
    if started_on > internship.ends_on:
        yield Reason(InternshipRefusal.ENDS_BEFORE_START, about=about)
    if started_on < internship.starts_on:
        yield _reason(InternshipRefusal.STARTED_EARLY, about, first=internship.starts_on)
    elif started_on > today:
        yield Reason(InternshipRefusal.STARTED_TO_COME, about=about)
    elif not internship.backdated_why.strip():
        yield from _backdated(started_on, today=today)


def _backdated(first: date, *, today: date) -> Reasons:
    days = dated.value_on(rules.BACKDATED_DAYS, today)
    if first < today - timedelta(days=days):
        source = rules.dated_source(rules.BACKDATED_DAYS, today)
        yield _reason(PlacementRefusal.BACKDATED, "backdated_why", days=days, source=source)


def _union_asked_at_a_wrong_time(internship: Internship, *, today: date) -> Reasons:
    asked = internship.union_asked_on
    if asked and asked > today:
        yield Reason(PlacementRefusal.UNION_ASKED_AHEAD, about="union_asked_on")
    elif asked and asked > (internship.started_on or internship.starts_on):
        source = _union_source(internship)
        yield _reason(PlacementRefusal.UNION_ASKED_LATE, "union_asked_on", source=source)


def _objection(internship: Internship) -> Reasons:
    if not may_be_decided(internship):
        return
    objects = internship.union_outcome == ConsultationOutcome.OBJECTION
    newest = internship.decisions.order_by("-decided_at", "pk").first()
    if newest is None and internship.gates:
        gates = ", ".join(words_of_gates(internship.gates))
        yield _reason(PlacementRefusal.GATE_UNDECIDED, gates=gates)
    if newest is None and objects:
        source = _union_source(internship)
        yield _reason(PlacementRefusal.OBJECTION_UNDECIDED, source=source)
    if newest is not None and not newest.allows:
        why = PlacementRefusal.OBJECTION_UPHELD if objects else PlacementRefusal.GATE_UPHELD
        yield _reason(why, reason=newest.reason)


def _unsigned(internship: Internship) -> Reasons:
    unsigned = unsigned_of(internship)
    if unsigned and unsigned.refuses:
        yield _reason(InternshipRefusal.UNSIGNED, who=unsigned.who, source=source_of(internship))


def _beside_others(internship: Internship) -> Reasons:
    """Judge the placement beside the person's others, whatever became of them."""
    others = [each for each in _others_of(internship) if _overlap(each, internship)]
    for other in others:
        if other.workplace_id == internship.workplace_id:
            first, last = _period(other)
            yield _reason(PlacementRefusal.OVERLAPS, "starts_on", first=first, last=last)
    day = internship.starts_on
    hours = internship.hours_per_week + sum(each.hours_per_week for each in others)
    most = dated.value_on(rules.HOURS_A_WEEK, day)
    if others and hours > most:
        source = rules.dated_source(rules.HOURS_A_WEEK, day)
        yield _reason(
            PlacementRefusal.TOO_MANY_HOURS, "hours_per_week", hours=localize(hours), most=most, source=source
        )


def _open_concerns(internship: Internship) -> Reasons:
    unhandled = Concern.objects.holding_back(internship.workplace)
    unhandled = unhandled.filter(Q(internship=None) | ~Q(internship=internship.pk))
    decisions = ManagerDecision.objects.filter(concern__in=unhandled).order_by("-decided_at", "pk")
    newest: dict[object, bool] = {}
    for decision in decisions:
        newest.setdefault(decision.concern_id, decision.allows)
    if any(not newest.get(pk, False) for pk in unhandled.order_by("pk").values_list("pk", flat=True)):
        yield Reason(PlacementRefusal.OPEN_CONCERN)


def _others_of(internship: Internship) -> list[Internship]:
    """Return the person's other placements, but those that never began."""
    others = Internship.objects.filter(participant=internship.participant_id).exclude(pk=internship.pk)
    others = others.exclude(state__in=NEVER_BEGAN).select_related("workplace")
    return list(others.order_by("starts_on", "pk"))


def _period(internship: Internship) -> tuple[date, date]:
    first = internship.started_on or internship.starts_on
    return first, internship.ended_on or internship.ends_on


def _overlap(one: Internship, other: Internship) -> bool:
    (first, last), (other_first, other_last) = _period(one), _period(other)
    return first <= other_last and other_first <= last


def _union_source(internship: Internship) -> str:
    return _policy(internship, "2000:628 § 9 a")


def _policy(internship: Internship, statute: str) -> str:
    """Return the statute where it binds, and else that it is a model for the municipality's own policy."""
    if internship.basis == Basis.ARBETSFORMEDLINGEN:
        return statute
    return _("own policy after %(statute)s") % {"statute": statute}


def _reason(why: Refusal, about: str = "", **params: object) -> Reason:
    shown = {
        name: date_format(value, "j F Y") if isinstance(value, date) else value
        for name, value in params.items()
    }
    return Reason(why, shown, about)


def _words(labels: Iterable[object]) -> str:
    return ", ".join(dict.fromkeys(map(str, labels))) or "–"
