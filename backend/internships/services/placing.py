"""Placing somebody without a proposal: the employer has no say, the place is one's own, or the coach rang."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers.enums import OpeningKind
from backend.employers.models import Employer, Opening, Workplace
from backend.employers.services import take_place
from backend.internships.enums import NEVER_BEGAN, OPEN_INTERNSHIPS, WITHOUT_PROPOSAL
from backend.internships.models import Internship
from backend.internships.refusals import InternshipRefusal
from backend.internships.safeguards.placements import check_placement
from backend.internships.services.corrections import lock_internship
from backend.internships.services.placements import write_plan
from backend.matching.enums import WithdrawalReason
from backend.matching.going_on import hindrances_of_person
from backend.matching.models import Proposal
from backend.matching.services import chosen_items, consent_valid_until, withdraw_all
from backend.participants.enums import ConsentEnd
from backend.participants.models import Consent, Participant
from backend.participants.services import close_consent, lock_case, record_consent


@one_write
def plan_without_proposal(
    *,
    participant_id: UUID,
    workplace_id: UUID,
    way_in: str,
    item_keys: Sequence[str],
    means: str,
    opening_id: UUID | None = None,
    by: User,
    at: datetime,
    **terms: Any,
) -> Internship:
    """Plan an internship to which no proposal leads; `way_in` is one of WITHOUT_PROPOSAL.

    The participant has said yes (`means`) to what is told to the employer (`item_keys`): that is written down
    as a consent. With `opening_id` one of the opening's places is taken. Every safeguard is asked as of any
    placement, and the person's open proposals are withdrawn. Raises Participant.DoesNotExist or
    Workplace.DoesNotExist for what is not `by`'s to decide, and Refused with every reason.
    """
    person = lock_case(participant_id=participant_id, by=by)
    places = Workplace.objects.filter(employer__in=Employer.objects.decidable_by(by))
    workplace = places.select_related("employer").get(pk=workplace_id)
    opening = _opening_at(workplace, opening_id)
    if way_in not in WITHOUT_PROPOSAL:
        raise Refused(InternshipRefusal.NO_WAY_IN, about="way_in")
    if hindering := hindrances_of_person(person):
        raise Refused.for_reasons(hindering)
    internship = Internship(
        way_in=way_in,
        opening=opening,
        workplace=workplace,
        participant=person,
        planned_by=by,
        state_changed_at=at,
        created_at=at,
        **terms,
    )
    internship.consent = _consent_to(internship, item_keys=item_keys, means=means, by=by, at=at)
    check_placement(internship, today=day_of(at))
    theirs = Proposal.objects.filter(participant=person.pk)
    withdraw_all(proposals=theirs, why=WithdrawalReason.PLACED, by=by, at=at)
    if opening is not None:
        take_place(opening_id=opening.pk, by=by, at=at)
    # On the person too: whoever has a place is read no more among those who wait.
    audit.record(person, "got_place", by=by, at=at)
    write_plan(internship=internship, by=by, at=at)
    return internship


@one_write
def renew_placement_consent(
    *, internship_id: UUID, item_keys: Sequence[str], means: str, by: User, at: datetime
) -> Internship:
    """Let a placement without a proposal stand on a new consent; the earlier one ends.

    Raises Internship.DoesNotExist for strangers and for one that stands on a proposal, and Refused when it
    is over.
    """
    internship = lock_internship(internship_id=internship_id, by=by)
    if internship.proposal_id is not None:
        raise Internship.DoesNotExist
    if internship.state not in OPEN_INTERNSHIPS:
        why = InternshipRefusal.CALLED_OFF if internship.state in NEVER_BEGAN else InternshipRefusal.IS_OVER
        raise Refused(why)
    earlier = internship.consent
    internship.consent = _consent_to(internship, item_keys=item_keys, means=means, by=by, at=at)
    Internship.objects.filter(pk=internship.pk).update(consent=internship.consent)
    audit.record(internship, "consent_renewed", by=by, at=at)
    if earlier is not None and earlier.holds_on(day_of(at)):
        close_consent(consent=earlier, why=ConsentEnd.RENEWED, by=by, at=at)
    return internship


def _opening_at(workplace: Workplace, opening_id: UUID | None) -> Opening | None:
    """Return the opening whose place is taken. Raises Refused for one of another workplace, or a job."""
    if opening_id is None:
        return None
    there = Opening.objects.filter(workplace=workplace, kind=OpeningKind.INTERNSHIP, pk=opening_id)
    opening = there.select_related("workplace__employer").first()
    if opening is None:
        raise Refused(InternshipRefusal.NOT_ITS_OPENING, about="opening")
    return opening


def _consent_to(
    internship: Internship, *, item_keys: Sequence[str], means: str, by: User, at: datetime
) -> Consent:
    """Record that the person lets the employer of the placement read the items."""
    person: Participant = internship.participant
    return record_consent(
        participant=person,
        receiver=internship.workplace.employer,
        items=chosen_items(participant=person, item_keys=item_keys),
        purpose=_("Placement at %(workplace)s") % {"workplace": internship.workplace},
        means=means,
        valid_until=consent_valid_until(at),
        by=by,
        at=at,
    )
