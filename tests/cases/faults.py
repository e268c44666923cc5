"""What must hold of a case whatever has happened in it, said as the faults that are found."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import Count, Q

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.employers.models import Opening
from backend.home.day.my_day import coach_day
from backend.internships.enums import OPEN_INTERNSHIPS, WITHOUT_PROPOSAL
from backend.internships.models import Employment, Internship
from backend.matching.enums import AWAITING_EMPLOYER, OPEN_STATES, TELLS_EMPLOYER, UNDECIDED
from backend.matching.models import Proposal
from backend.matching.pages.for_employers import to_employer
from backend.participants.enums import MATCHABLE_STATES
from backend.participants.models import Participant

AT_WORK = ("in_internship", "employed")
UNDER_WAY = {"ongoing", "paused"}


def faults(
    people: Iterable[Participant], openings: Iterable[Opening], *, coach: User, member: User, at: datetime
) -> list[str]:
    """Return what is wrong with the cases of `people` and with `openings`; an empty list when all is well."""
    proposals = list(
        Proposal.objects.filter(participant__in=people)
        .select_related("participant__user", "consent", "opening__workplace__employer")
        .order_by("created_at", "pk")
    )
    theirs = Internship.objects.filter(participant__in=people).select_related("consent")
    internships = list(theirs.order_by("created_at", "pk"))
    day = day_of(at)
    return [
        *_places(openings),
        *_placements(proposals, internships),
        *_jobs(proposals),
        *_people(people, internships),
        *_what_is_open(proposals),
        *_what_is_told(proposals, at),
        *_own_consents(internships),
        *_days(proposals, internships, coach=coach, member=member, day=day),
    ]


def _places(openings: Iterable[Opening]) -> Iterator[str]:
    held = Count("proposals", filter=Q(proposals__holds_place=True))
    for opening in Opening.objects.filter(pk__in=[each.pk for each in openings]).annotate(held=held):
        placed = Internship.objects.filter(opening=opening, way_in__in=WITHOUT_PROPOSAL)
        used_up = Q(state="completed", opening__capacity=None)
        without_proposal = placed.filter(Q(state__in=OPEN_INTERNSHIPS) | used_up).count()
        if opening.places_taken != opening.held + without_proposal:
            yield f"{opening.places_taken} places taken, {opening.held} + {without_proposal} held"
        if opening.state in ("published", "filled") and (opening.state == "filled") == bool(
            opening.places_left
        ):
            yield f"{opening.state} with {opening.places_left} places left"


def _placements(proposals: list[Proposal], internships: list[Internship]) -> Iterator[str]:
    led_to = [each for each in internships if each.proposal_id is not None]
    going = [each.proposal_id for each in led_to if each.state in ("planned", "ongoing", "paused")]
    placed = [each.pk for each in proposals if each.state == "placed" and each.opening.kind == "internship"]
    if sorted(map(str, going)) != sorted(map(str, placed)):
        yield f"{len(going)} internships planned or under way, {len(placed)} proposals placed, not the same"


def _jobs(proposals: list[Proposal]) -> Iterator[str]:
    of = [each.pk for each in proposals if each.opening.kind == "job"]
    jobs = Employment.objects.filter(proposal__in=of)
    going = sorted(map(str, jobs.filter(ends_on=None).values_list("proposal", flat=True)))
    placed = sorted(str(each.pk) for each in proposals if each.pk in of and each.state == "placed")
    if going != placed:
        yield f"{len(going)} jobs go on, {len(placed)} proposals of jobs placed, not the same"
    over = sorted(map(str, jobs.exclude(ends_on=None).values_list("proposal", flat=True)))
    finished = sorted(str(each.pk) for each in proposals if each.pk in of and each.state == "finished")
    if over != finished:
        yield f"{len(over)} jobs are over, {len(finished)} proposals of jobs finished, not the same"


def _people(people: Iterable[Participant], internships: list[Internship]) -> Iterator[str]:
    for person in Participant.objects.filter(pk__in=[each.pk for each in people]):
        states = {each.state for each in internships if each.participant_id == person.pk}
        if states & UNDER_WAY and person.state not in AT_WORK:
            yield f"an internship is ongoing and the person is {person.state}"
        if person.state == "in_internship" and not states & UNDER_WAY:
            yield "the person is in an internship that nobody knows of"
        if "planned" in states and person.state in ("paused", "ended", "employed"):
            yield f"an internship is planned and the person is {person.state}"


def _what_is_open(proposals: list[Proposal]) -> Iterator[str]:
    for proposal in proposals:
        person, state = proposal.participant, proposal.state
        if state in OPEN_STATES and (person.state not in MATCHABLE_STATES or person.is_protected):
            yield f"a proposal is {state}, its person {person.state}, protected: {person.is_protected}"
        if state in UNDECIDED and proposal.opening.is_over:
            yield f"a proposal is {state} at an opening that is {proposal.opening.state}"


def _what_is_told(proposals: list[Proposal], at: datetime) -> Iterator[str]:
    for proposal in proposals:
        state, consent = proposal.state, proposal.consent
        ended = consent is None or consent.withdrawn_at is not None
        if state in (*AWAITING_EMPLOYER, "accepted") and ended:
            yield f"a proposal is {state} without consent"
        if state in ("withdrawn", "finished") and not ended:
            yield f"a proposal is {state} and its consent still holds"
        told = proposal.sent_at is not None and to_employer(proposal, at=at).told is not None
        may_tell = state in TELLS_EMPLOYER and consent is not None and consent.holds_on(day_of(at))
        if told and not may_tell:
            yield f"a proposal that is {state} tells of the person"


def _own_consents(internships: list[Internship]) -> Iterator[str]:
    for internship in internships:
        consent = internship.consent
        ended = consent is None or consent.withdrawn_at is not None
        if internship.state not in OPEN_INTERNSHIPS and not ended:
            yield f"an internship is {internship.state} and its consent still holds"


def _days(
    proposals: list[Proposal], internships: list[Internship], *, coach: User, member: User, day: date
) -> Iterator[str]:
    """Find what waits for somebody and stands on nobody's day."""
    on_coach_s_day = {each for todo in coach_day(coach, today=day) for each in (todo.url, todo.page)}
    can_go_on = set(Proposal.objects.that_can_go_on(day).values_list("pk", flat=True))
    for_member = set(Proposal.objects.decidable_by(member).awaiting_employer().values_list("pk", flat=True))
    for proposal in proposals:
        if proposal.state not in OPEN_STATES or proposal.get_absolute_url() in on_coach_s_day:
            continue
        with_employer = proposal.state == "sent" and proposal.pk in for_member
        with_person = proposal.state == "asked" and proposal.participant.user is not None
        if not (proposal.pk in can_go_on and (with_employer or with_person)):
            yield f"a proposal is {proposal.state} and on nobody's day"
    in_question = set(Internship.objects.in_question(day).values_list("pk", flat=True))
    for internship in internships:
        is_due = internship.state == "planned" and internship.starts_on <= day
        is_due |= internship.state in UNDER_WAY and internship.ends_on <= day
        if (is_due or internship.pk in in_question) and internship.get_absolute_url() not in on_coach_s_day:
            yield f"an internship is {internship.state}, waits for somebody and is on nobody's day"
