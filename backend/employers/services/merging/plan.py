"""What a merger of two employers would do: read in advance for the page that asks, and again by the service.

Everything that points at the one that is closed follows to the other, whatever it is (merging.relations).
Where the database or good sense allows only one of two, what is done about it is settled here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from backend.core.text.folding import fold
from backend.core.writing.refusals import Reason
from backend.employers.enums import MembershipRole, MembershipState, OpeningState, Standing
from backend.employers.merging.names import are_alike
from backend.employers.models import (
    ContactPerson,
    Employer,
    EmployerInvitation,
    EmployerMembership,
    Opening,
    Workplace,
)
from backend.employers.refusals import MergerRefusal
from backend.employers.services.calling import to_call_back

T = TypeVar("T")
FACTS: Final = ("employees", "website", "sector", "collective_agreement", "agreement_with", "union_contact")
CRITERIA: Final = ("criteria", "criteria_attested_on", "criteria_attested_by")
SAID_OF_PLACE: Final = ("street", "environment", "nearest_stop", "walk_minutes")
"""What a workplace that stays takes over from its double where it says nothing itself."""
YES_AND_NO: Final = (("adaptations_offered", "adaptations_refused"), ("facts_present", "facts_absent"))
"""Lists of what is so and what is not so at a workplace; what neither has, the double may say."""
STRICTEST_FIRST: Final = (Standing.STOPPED, Standing.PAUSED, Standing.GOOD, Standing.NEW)
ROLES: Final = (MembershipRole.SUPERVISOR, MembershipRole.CONTACT, MembershipRole.ADMINISTRATOR)
FORBIDS: Final[list[Callable[[Employer, Employer], Iterable[Reason]]]] = []
"""What apps above know that is in the way of a merger of two."""
STATES: Final = (MembershipState.ENDED, MembershipState.REQUESTED, MembershipState.ACTIVE)


@dataclass(frozen=True)
class Double(Generic[T]):
    """Two of one thing: `left` is over, `stays` stands for both."""

    left: T
    stays: T


@dataclass(frozen=True)
class Plan:
    """What happens when `gone` is merged into `into`; with `reasons` it does not happen."""

    into: Employer
    gone: Employer
    members: list[Double[EmployerMembership]]
    invitations: list[EmployerInvitation]
    """Of `gone`, to somebody whom `into` has asked as well: taken back."""
    contact_person: Double[ContactPerson] | None
    workplaces: list[Double[Workplace]]
    neighbours: list[Double[Workplace]]
    """At one address under names that are not alike: both stay."""
    twins: list[Opening]
    """Published openings of `gone` that are in `into` already: paused, so that none stands twice."""
    facts: Mapping[str, Any]
    before: frozenset[Standing]
    standing: Standing
    reasons: list[Reason]

    @property
    def left_behind(self) -> set[UUID]:
        """The keys of rows that stay with the one that is closed, as history."""
        return {each.left.pk for each in self.members}


def plan_merger(*, into: Employer, gone: Employer, on: date) -> Plan:
    """Read what merging `gone` into `into` would do, and what forbids it."""
    members = _by_employer(into, gone, EmployerMembership.objects.select_related("user"))
    workplaces = _by_employer(into, gone, Workplace.objects.all())
    doubles = list(_same_places(workplaces[into.pk], workplaces[gone.pk]))
    people = _by_employer(into, gone, ContactPerson.objects.all())
    return Plan(
        into=into,
        gone=gone,
        members=list(_same(members[into.pk], members[gone.pk], by=lambda each: each.user_id)),
        invitations=_asked_twice(into, gone),
        contact_person=next(_same(people[into.pk], people[gone.pk], by=lambda _one: None), None),
        workplaces=doubles,
        neighbours=_neighbours(workplaces[into.pk], workplaces[gone.pk], doubles),
        twins=_twins(into, gone, doubles),
        facts=_facts(into, gone),
        before=frozenset({into.standing_on(on), gone.standing_on(on)}),
        standing=joint_standing(into, gone, on=on),
        reasons=list(_reasons(into, gone, members, on=on)),
    )


def joint_standing(*employers: Employer, on: date) -> Standing:
    """Return the strictest decision about any of them; approved, if any is and nobody has paused another."""
    return min((each.standing_on(on) for each in employers), key=STRICTEST_FIRST.index)


def strongest(double: Double[EmployerMembership]) -> tuple[str, str, datetime | None]:
    """Return state, role and confirmation of somebody who speaks for both: those that let do more."""
    both = (double.left, double.stays)
    state = max((each.state for each in both), key=lambda state: STATES.index(MembershipState(state)))
    roles = [MembershipRole(each.role) for each in both if each.state == state]
    confirmed = [each.confirmed_at for each in both if each.confirmed_at]
    return state, max(roles, key=ROLES.index), min(confirmed, default=None)


def _by_employer(into: Employer, gone: Employer, rows: Any) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {into.pk: [], gone.pk: []}
    for row in rows.filter(employer__in=[into.pk, gone.pk]).order_by("pk"):
        found[row.employer_id].append(row)
    return found


def _same(stay: Iterable[T], leave: Iterable[T], *, by: Any) -> Iterator[Double[T]]:
    known = {by(each): each for each in stay}
    return (Double(each, known[by(each)]) for each in leave if by(each) in known)


def _same_places(stay: list[Workplace], leave: list[Workplace]) -> Iterable[Double[Workplace]]:
    """Match each workplace with the first that has its address and a name like it; each once."""
    free = list(stay)
    for place in leave:
        if match := next((each for each in free if _is_same_place(each, place)), None):
            free.remove(match)
            yield Double(place, match)


def _neighbours(
    stay: list[Workplace], leave: list[Workplace], joined: list[Double[Workplace]]
) -> list[Double[Workplace]]:
    settled = {each.left.pk for each in joined}
    known = {address_of(each): each for each in stay if address_of(each)}
    others = [each for each in leave if each.pk not in settled and address_of(each) in known]
    return [Double(each, known[address_of(each)]) for each in others]


def address_of(place: Workplace) -> str:
    """Return the address folded, to compare; empty where none was written."""
    return f"{fold(place.street)} {fold(place.locality_name or place.place_text)}" if place.street else ""


def _is_same_place(one: Workplace, other: Workplace) -> bool:
    return bool(address_of(one)) and address_of(one) == address_of(other) and are_alike(one.name, other.name)


def _asked_twice(into: Employer, gone: Employer) -> list[EmployerInvitation]:
    both = _by_employer(into, gone, EmployerInvitation.objects.open())
    twice = _same(both[into.pk], both[gone.pk], by=lambda each: each.email.lower())
    return [each.left for each in twice]


def _twins(into: Employer, gone: Employer, places: list[Double[Workplace]]) -> list[Opening]:
    """Return what is on the list for both: the same ad from elsewhere, or the same work in the same place."""
    joined = {each.left.pk: each.stays.pk for each in places}
    listed = Opening.objects.filter(state=OpeningState.PUBLISHED, capacity__isnull=True)
    listed = listed.filter(workplace__employer__in=[into.pk, gone.pk])
    rows = list(listed.select_related("workplace", "imported_ad").order_by("pk"))
    known = {key for each in rows if each.workplace.employer_id == into.pk for key in _known_by(each, joined)}
    others = [each for each in rows if each.workplace.employer_id == gone.pk]
    return [each for each in others if known & set(_known_by(each, joined))]


def _known_by(opening: Opening, joined: Mapping[UUID, UUID]) -> list[object]:
    where = joined.get(opening.workplace_id, opening.workplace_id)
    ad = getattr(opening, "imported_ad", None)
    return [
        (opening.kind, fold(opening.title), where, opening.starts_on, opening.ends_on),
        *([ad.outside_id] if ad else []),
    ]


def _facts(into: Employer, gone: Employer) -> dict[str, Any]:
    """Return what is known of `gone` alone; an agreement is named only where there is one."""
    facts = {name: getattr(gone, name) for name in FACTS if _is_said(gone, name) and not _is_said(into, name)}
    has_agreement = facts.get("collective_agreement", into.collective_agreement) == "yes"
    if not has_agreement:
        facts.pop("agreement_with", None)
    if into.is_social_enterprise and gone.criteria and not into.criteria:
        facts |= {name: getattr(gone, name) for name in CRITERIA}
    return facts


def _is_said(employer: Employer, name: str) -> bool:
    return getattr(employer, name) not in (None, "")


def _reasons(
    into: Employer, gone: Employer, members: Mapping[UUID, list[EmployerMembership]], *, on: date
) -> Iterable[Reason]:
    if into.pk == gone.pk:
        yield Reason(MergerRefusal.ITSELF)
        return
    if into.is_merged or gone.is_merged:
        yield Reason(MergerRefusal.DONE)
    if into.municipality_id != gone.municipality_id:
        yield Reason(MergerRefusal.OTHER_MUNICIPALITY)
    for employer in (into, gone):
        # A stranger who has registered a name must not come to speak for the employer that has it.
        waits = not employer.is_in_good_standing_on(on) and to_call_back(members[employer.pk])
        if waits:
            who = {"name": str(waits.user), "employer": str(employer)}
            yield Reason(MergerRefusal.NOT_CALLED_BACK, who)
    for forbids in FORBIDS:
        yield from forbids(into, gone)
