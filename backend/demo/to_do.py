"""Something to do for those whose sign-ins are printed: a question, a proposal, and invitations that wait."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from stdnum import luhn

from backend.accounts.enums import Persona, Role
from backend.accounts.models import Municipality, User
from backend.accounts.staff.services import invite_staff
from backend.core.models import SignInMail
from backend.demo.world import DOMAIN, SERIES, account, moment, place_named
from backend.employers.enums import EmployerKind, MembershipRole
from backend.employers.models import EmployerMembership, Opening
from backend.employers.models.openings import OpeningQuerySet
from backend.employers.services import ContactDetails, invite_member, register_for_employer
from backend.matching.enums import OPEN_STATES, ProposalState
from backend.matching.models import Proposal, ProposalQuerySet
from backend.matching.services import ask_participant, draft_proposal, send_proposal
from backend.participants.models import Participant, ParticipantQuerySet
from backend.participants.services import releasable_items

ASKED = "deltagare3@praktik.example"
"""Who is asked whether an employer may read about them."""
ASKED_IN = (("Ove Lund", "ove.lund", 20), ("Nina Ek", "nina.ek", 1))
"""Who were asked in as job coaches, and how many days ago."""


def leave_something_to_do(*, today: date) -> None:
    """Ask one person who waits whether they may be proposed, and let a proposal wait where none does.

    And ask two people in as job coaches: the code of the first is too old by now.
    """
    _ask_in(today=today)
    _ring_in(today=today)
    published = Opening.objects.published(today)
    _put_forward(published, today=today, asks=True)
    if not _waiting().exists():
        _put_forward(published, today=today, asks=False)
    _ask_colleague(today=today)


def _ask_in(*, today: date) -> None:
    administrator = User.objects.get(email=f"admin@{DOMAIN}")
    municipality = Municipality.objects.run_by(administrator).get()
    for name, login, ago in ASKED_IN:
        invite_staff(
            municipality_id=municipality.pk,
            name=name,
            email=f"{login}@{DOMAIN}",
            role=Role.COACH,
            unit=municipality.units.open().order_by("sort_key", "pk").first(),
            by=administrator,
            at=moment(today - timedelta(days=ago)),
        )
    SignInMail.objects.filter(expires_at__lte=moment(today)).delete()


def _ring_in(*, today: date) -> None:
    """Let a coach register an employer that nobody there has an account of yet."""
    coach = User.objects.get(email=f"coach1a@{DOMAIN}")
    assignment = coach.current_assignments[0]
    stem = f"{SERIES[EmployerKind.COMPANY]}9001"
    register_for_employer(
        municipality=assignment.municipality,
        organisationsnummer=stem + luhn.calc_check_digit(stem),
        name="Kiosken vid torget AB",
        kind=EmployerKind.COMPANY,
        contact=ContactDetails("Kim Torg", email="kim@kiosken.example", phone="070-174 06 05"),
        workplace_name="Kiosken",
        place=place_named("Eskilstuna"),
        street="Fristadstorget 1",
        by=coach,
        at=moment(today - timedelta(days=2)),
    )


def _ask_colleague(*, today: date) -> None:
    """Let the employer to try have asked a colleague in, who has not answered."""
    owner = EmployerMembership.objects.filter(user__email=employer_to_try()).select_related("user").first()
    if owner is not None:
        invite_member(
            employer_id=owner.employer_id,
            email="kollega@praktik.example",
            role=MembershipRole.CONTACT,
            by=owner.user,
            at=moment(today - timedelta(days=1)),
        )


def employer_to_try() -> str:
    """Return the address of an employer who has a proposal to answer; empty where there is none."""
    employers = _waiting().values("opening__workplace__employer")
    theirs = EmployerMembership.objects.filter(employer__in=employers, role=MembershipRole.ADMINISTRATOR)
    emails = theirs.values_list("user__email", flat=True)
    return min(emails, key=lambda email: (len(email), email), default="")


def _waiting() -> ProposalQuerySet:
    return Proposal.objects.filter(state=ProposalState.SENT)


def _put_forward(openings: OpeningQuerySet, *, today: date, asks: bool) -> None:
    """Put the first pair forward that the rules allow."""
    for opening in openings.order_by("published_at", "pk"):
        for participant in _free():
            try:
                with transaction.atomic():
                    _propose(opening, participant, today=today, asks=asks)
            except ValidationError:
                continue
            return


def _free() -> ParticipantQuerySet:
    """Return those who wait, have no account and are put forward nowhere, the longest waiting first."""
    put_forward = Proposal.objects.filter(state__in=OPEN_STATES).values("participant")
    waiting = Participant.objects.matchable().filter(is_protected=False, user=None)
    return waiting.exclude(pk__in=put_forward).order_by("enrolled_on", "pk")


def _propose(opening: Opening, participant: Participant, *, today: date, asks: bool) -> None:
    coach, at = participant.coach, moment(today - timedelta(days=1))
    draft = draft_proposal(opening_id=opening.pk, participant_id=participant.pk, by=coach, at=at)
    keys = [item.key for item in releasable_items(participant)]
    message = "Vill gärna prova på arbetet. Ring mig om du undrar något."
    if not asks:
        send_proposal(
            proposal_id=draft.pk, item_keys=keys, means="in_person", message=message, by=coach, at=at
        )
        return
    user = account(ASKED, str(participant), Persona.PARTICIPANT)
    Participant.objects.filter(pk=participant.pk).update(user=user, email=user.email)
    ask_participant(proposal_id=draft.pk, item_keys=keys, message=message, by=coach, at=at)
