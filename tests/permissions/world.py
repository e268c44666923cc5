"""One row of everything, around Pia at Bageriet, for the permission matrix."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Model
from django.utils import timezone

from backend.accounts.models import Assignment, Invitation, User
from backend.activities.models import AbsenceReport, ActivitySession, WeeklySchedule
from backend.cooperation.enums import CaseReviewState
from backend.cooperation.models import CaseReview, Intervention, Package, ReviewAction, ReviewCase, ReviewSeat
from backend.core.documents import PDF, keep_file
from backend.core.enums import MessageState
from backend.core.fields import LAST_DAY
from backend.core.models import Delivery, OutboxMessage, UnsentForm
from backend.employers.enums import MembershipState, OpeningState, Standing
from backend.employers.models import (
    Capacity,
    CapacityException,
    EmployerContact,
    EmployerInvitation,
    EmployerMembership,
    Measure,
    Opening,
    Redundancy,
    SavedSearch,
    SkillRequirement,
    Workplace,
)
from backend.employers.services.inviting import as_kept
from backend.home.calendar.address import digest_of
from backend.home.day.my_day import day_of_coach
from backend.home.models import CalendarAddress, SetAside
from backend.internships.agreed_terms import terms_of
from backend.internships.certified import contents_of
from backend.internships.enums import InternshipState, Party, SignedHow, WayIn
from backend.internships.models import (
    Agreement,
    Certificate,
    Concern,
    Employment,
    Evaluation,
    Extension,
    FollowUp,
    Internship,
    RetentionCheck,
    Signature,
    UnionConsultation,
)
from backend.matching.enums import DeclineReason, ProposalState, VisitState
from backend.matching.models import Proposal, Visit, VisitTime
from backend.participants.models import (
    AgencyContact,
    Consent,
    Contact,
    OccupationExperience,
    OccupationWish,
    SkillEvidence,
)
from backend.safeguarding.models import Review
from backend.skills.enums import RelationKind, Resolution
from backend.skills.models import Concept, Relation
from tests.cast import Cast
from tests.factories import (
    AssignmentFactory,
    CaseReviewFactory,
    ConceptFactory,
    ConsentFactory,
    EmployerFactory,
    EmploymentFactory,
    ExtensionFactory,
    FollowUpFactory,
    InternshipFactory,
    InterventionFactory,
    MeasureFactory,
    MembershipFactory,
    OpeningFactory,
    PackageFactory,
    ParticipantFactory,
    ProposalFactory,
    ReviewActionFactory,
    ReviewCaseFactory,
    ReviewSeatFactory,
    SkillEvidenceFactory,
    SkillRequirementFactory,
    VisitFactory,
    VisitTimeFactory,
    WorkplaceFactory,
)
from tests.factories.accounts import MunicipalityContactFactory
from tests.factories.activities import AbsenceReportFactory, SessionFactory
from tests.factories.base import NOW, TODAY

CALENDAR = "0" * 32
"""The secret part of the address of Pia's calendar."""
INVITED = "1" * 32
"""The token of the link by which Bageriet has asked somebody in."""


@dataclass(frozen=True)
class Everything:
    """Pia's case and Bageriet's rows; each name is what the matrix puts in an address."""

    cast: Cast
    draft: Opening
    waiting: Opening
    paused: Opening
    workplace: Workplace
    capacity: Capacity
    exception: CapacityException
    membership: EmployerMembership
    colleague: EmployerMembership
    invitation: EmployerInvitation
    requirement: SkillRequirement
    skill: SkillEvidence
    experience: OccupationExperience
    wish: OccupationWish
    consent: Consent
    contact: Contact
    employer_contact: EmployerContact
    proposal: Proposal
    proposal_draft: Proposal
    accepted: Proposal
    asked: Proposal
    declined: Proposal
    aside: SetAside
    saved: SavedSearch
    followed: SavedSearch
    internship: Internship
    session: ActivitySession
    unmarked: ActivitySession
    off: ActivitySession
    absence: AbsenceReport
    schedule: WeeklySchedule
    planned: Internship
    own_place: Internship
    extension: Extension
    agreement: Agreement
    signature: Signature
    over: Internship
    certificate: Certificate
    follow_up: FollowUp
    evaluation: Evaluation
    evaluated: Evaluation
    question: Delivery
    asked_to_sign: Delivery
    concern: Concern
    told: Concern
    elsewhere: Concern
    review: Review
    measure: Measure
    consultation: UnionConsultation
    redundancy: Redundancy
    job: Employment
    check: RetentionCheck
    message: Delivery
    failed: OutboxMessage
    unsent: UnsentForm
    concept: Concept
    related_concept: Concept
    role: Assignment
    invited: User
    visit: Visit
    visit_time: VisitTime
    booked: Visit
    agency_contact: AgencyContact
    intervention: Intervention
    package: Package
    package_on_paper: Package
    case_review: CaseReview
    held_review: CaseReview
    closed_review: CaseReview
    seat: ReviewSeat
    review_case: ReviewCase
    noted_case: ReviewCase
    bare_case: ReviewCase
    staff_action: ReviewAction
    guest_action: ReviewAction


def _case_reviews(cast: Cast) -> tuple[CaseReview, CaseReview, CaseReview]:
    minutes = keep_file(octets=b"%PDF-1.7", media_type=PDF, at=NOW)
    of_unit = {"unit": cast.unit, "planned_by": cast.coach}
    return (
        CaseReviewFactory(**of_unit),
        CaseReviewFactory(**of_unit, state=CaseReviewState.HELD),
        CaseReviewFactory(**of_unit, state=CaseReviewState.CLOSED, minutes=minutes),
    )


@pytest.fixture
def everything(cast: Cast) -> Everything:
    pia, coach = cast.pia, cast.coach
    proposal = ProposalFactory(opening=cast.opening, participant=pia, proposed_by=coach)
    MunicipalityContactFactory(municipality=cast.municipality)
    new = EmployerFactory(municipality=cast.municipality, standing=Standing.NEW)
    ongoing = InternshipFactory(
        opening=cast.opening, participant=pia, planned_by=coach, state=InternshipState.ONGOING
    )
    set_by_hand = Relation.objects.create(
        source=ConceptFactory(),
        target=ConceptFactory(),
        kind=RelationKind.OVERRIDE,
        degree=0.5,
        municipality=cast.municipality,
    )
    job = EmploymentFactory(participant=pia)
    decided: dict[str, Any] = {"decided_at": NOW, "decided_by": cast.employer_member}
    workplace = cast.opening.workplace
    lasting = Capacity.objects.create(workplace=workplace, placement_kind="arbetstraning", weekdays=["1"])
    OpeningFactory(workplace=workplace, capacity=lasting, state=OpeningState.CLOSED)
    draft = ProposalFactory(
        opening=OpeningFactory(workplace=workplace),
        participant=pia,
        proposed_by=coach,
        state=ProposalState.DRAFT,
        consent=None,
        sent_at=None,
    )
    asks_to_join = MembershipFactory(employer=cast.bakery, state=MembershipState.REQUESTED, role="contact")
    on_day = day_of_coach(coach, today=TODAY).about("member", asks_to_join.pk)
    over = InternshipFactory(
        opening=OpeningFactory(workplace=workplace),
        participant=pia,
        planned_by=coach,
        state=InternshipState.COMPLETED,
        starts_on=TODAY - timedelta(days=60),
        ends_on=TODAY - timedelta(days=1),
    )
    follow_up = FollowUpFactory(internship=ongoing)
    agreement = _agreement_on(ongoing, cast)
    visit = VisitFactory(proposal=proposal)
    CalendarAddress.objects.create(user=cast.participant_user, digest=digest_of(CALENDAR), made_at=NOW)
    a_search = {"name": "Jobb", "language": "sv"} | dict.fromkeys(
        ("created_at", "confirmed_at", "told_from", "told_until"), NOW
    )
    reader = AgencyContact.objects.get(user=cast.guest)
    to_agency = {"participant": pia, "agency": cast.agency, "employer": None, "valid_until": LAST_DAY}
    planned, held, closed = _case_reviews(cast)
    seats = [ReviewSeatFactory(review=each, contact=reader) for each in (planned, held, closed)]
    case, noted, _kept = [ReviewCaseFactory(review=each, participant=pia) for each in (planned, held, closed)]
    mate = ParticipantFactory(first_name="Maj", unit=cast.unit, coach=coach)
    return Everything(
        cast=cast,
        case_review=planned,
        held_review=held,
        closed_review=closed,
        seat=seats[1],
        review_case=case,
        noted_case=noted,
        bare_case=ReviewCaseFactory(review=planned, participant=mate),
        staff_action=ReviewActionFactory(case=noted, by_day=TODAY + timedelta(days=9)),
        guest_action=ReviewActionFactory(
            case=noted, staff=None, contact=reader, by_day=TODAY + timedelta(days=9)
        ),
        agency_contact=reader,
        intervention=InterventionFactory(participant=pia),
        package=PackageFactory(participant=pia, contact=reader),
        package_on_paper=PackageFactory(participant=pia, contact=None, consent=ConsentFactory(**to_agency)),
        draft=OpeningFactory(workplace=workplace, state=OpeningState.DRAFT, created_by=cast.employer_member),
        paused=OpeningFactory(
            workplace=workplace, state=OpeningState.PAUSED, created_by=cast.employer_member
        ),
        waiting=OpeningFactory(workplace__employer=new, state=OpeningState.AWAITING_APPROVAL),
        workplace=workplace,
        capacity=lasting,
        exception=CapacityException.objects.create(
            capacity=lasting,
            kind="closed",
            first_on=TODAY,
            last_on=TODAY + timedelta(days=4),
            written_by=cast.employer_member,
            written_at=NOW,
        ),
        membership=asks_to_join,
        colleague=MembershipFactory(employer=cast.bakery, role="contact"),
        invitation=EmployerInvitation.objects.create(
            employer=cast.bakery,
            email="ines@bageriet.example",
            role="contact",
            digest=as_kept(INVITED),
            by=cast.employer_member,
            sent_at=timezone.now(),
            expires_at=timezone.now() + timedelta(days=14),
        ),
        requirement=SkillRequirementFactory(opening=cast.opening, resolution=Resolution.ASK),
        skill=SkillEvidenceFactory(participant=pia),
        experience=OccupationExperience.objects.create(participant=pia, text="Bagare", workplace="Kornet"),
        wish=OccupationWish.objects.create(participant=pia, text="Konditor", is_unsorted=True),
        consent=proposal.consent,
        contact=Contact.objects.create(
            participant=pia, channel="phone", happened_on=TODAY, recorded_by=coach, recorded_at=NOW
        ),
        employer_contact=EmployerContact.objects.create(
            employer=cast.bakery, channel="phone", happened_on=TODAY, recorded_by=coach, recorded_at=NOW
        ),
        proposal=proposal,
        proposal_draft=draft,
        declined=ProposalFactory(
            opening=OpeningFactory(workplace=workplace),
            participant=pia,
            proposed_by=coach,
            state=ProposalState.DECLINED,
            decline_reason=DeclineReason.NO_PLACE,
            decided_at=timezone.now(),
            decided_by=cast.employer_member,
        ),
        saved=SavedSearch.objects.create(user=cast.participant_user, query="kind=job", **a_search),
        followed=SavedSearch.objects.create(email="vera@example.com", query="kind=job", **a_search),
        aside=SetAside.objects.create(
            matter="member",
            thing=asks_to_join.pk,
            stands=on_day.stands,
            until=LAST_DAY,
            reason="Efter lovet",
            by=coach,
            on=TODAY,
        ),
        accepted=ProposalFactory(
            opening=OpeningFactory(workplace=workplace, places_taken=1),
            participant=pia,
            proposed_by=coach,
            state=ProposalState.ACCEPTED,
            **decided,
        ),
        asked=ProposalFactory(
            opening=OpeningFactory(workplace=workplace),
            participant=pia,
            proposed_by=coach,
            state=ProposalState.ASKED,
            consent=None,
            sent_at=None,
        ),
        internship=ongoing,
        session=SessionFactory(internship=ongoing, marked_as="sick", certificate="seen", by=coach),
        unmarked=SessionFactory(internship=ongoing, date=TODAY - timedelta(days=1)),
        off=SessionFactory(internship=ongoing, date=TODAY - timedelta(days=2), state="off_by_organiser"),
        schedule=WeeklySchedule.objects.create(
            internship=ongoing, valid_from=ongoing.starts_on, planned_by=coach, planned_at=NOW
        ),
        absence=AbsenceReportFactory(internship=ongoing, reported_by=coach),
        extension=ExtensionFactory(internship=ongoing),
        planned=InternshipFactory(
            opening=OpeningFactory(workplace=workplace, places_taken=1), participant=pia, planned_by=coach
        ),
        own_place=_placed_without_proposal(cast),
        follow_up=follow_up,
        evaluation=Evaluation.objects.create(internship=over, side="participant", asked_at=NOW),
        evaluated=Evaluation.objects.create(
            internship=over,
            side="employer",
            asked_at=NOW,
            answered_at=NOW,
            answered_by=cast.employer_member,
            way="app",
            would_hire="yes",
        ),
        question=_question_to(cast.participant_user, follow_up),
        asked_to_sign=_asked_to_sign(cast.participant_user, agreement),
        agreement=agreement,
        signature=_signed_on_paper(ongoing, cast),
        over=over,
        certificate=_certificate_of(over, cast),
        concern=Concern.objects.create(
            internship=ongoing, raised_by=cast.participant_user, raised_at=NOW, text="Fel."
        ),
        told=Concern.objects.create(
            employer=cast.bakery, voice="anonymous", raised_at=NOW, text="Långa dagar."
        ),
        elsewhere=Concern.objects.create(
            municipality=cast.municipality,
            told_name="Grillen",
            told_place="Torget",
            voice="anonymous",
            raised_at=NOW,
            text="Ingen får rast.",
        ),
        review=_review_of(cast),
        consultation=UnionConsultation.objects.create(
            workplace=cast.opening.workplace,
            work="Baka",
            union_name="Livs",
            asked_on=TODAY,
            asked_by=cast.coach,
            answer_by=TODAY + timedelta(days=14),
        ),
        # At another workplace, so that it is no gate of what is planned at the bakery's own.
        redundancy=Redundancy.objects.create(
            employer=cast.bakery,
            workplace=WorkplaceFactory(employer=cast.bakery, name="Lagret"),
            happened_on=TODAY,
            how_many=2,
            words="Kvällspasset lades ned.",
            noted_by=coach,
            noted_at=NOW,
        ),
        measure=MeasureFactory(employer=cast.bakery, kind="advice", words="Utse en handledare."),
        job=job,
        check=RetentionCheck.objects.create(employment=job, months=1, due_on=TODAY - timedelta(days=1)),
        message=_message_to(cast.participant_user, proposal),
        failed=_failed_message_about(proposal, cast),
        unsent=UnsentForm.objects.create(owner=cast.participant_user, address="/x/", content="", at=NOW),
        concept=set_by_hand.target,
        related_concept=set_by_hand.source,
        role=cast.coach.assignments.get(),
        invited=_somebody_invited(cast),
        visit=visit,
        visit_time=VisitTimeFactory(visit=visit),
        booked=VisitFactory(
            proposal=ProposalFactory(
                opening=OpeningFactory(workplace=workplace), participant=pia, state=ProposalState.INTERVIEW
            ),
            state=VisitState.BOOKED,
        ),
    )


def _placed_without_proposal(cast: Cast) -> Internship:
    """Return what a school had arranged at the joinery for somebody of Cecilia's."""
    person = ParticipantFactory(first_name="Petra", unit=cast.unit, coach=cast.coach)
    workplace = WorkplaceFactory(employer=cast.joinery)
    placed: Internship = InternshipFactory(
        opening=None,
        workplace=workplace,
        participant=person,
        way_in=WayIn.OWN_PLACE,
        consent=ConsentFactory(participant=person, employer=cast.joinery),
    )
    return placed


def _agreement_on(internship: Internship, cast: Cast) -> Agreement:
    """Return a version that nobody has signed, with a document that stands for the PDF."""
    made: Agreement = Agreement.objects.create(
        internship=internship,
        number=2,
        terms=terms_of(internship, on=TODAY),
        made_at=NOW,
        made_by=cast.coach,
        document=keep_file(octets=b"%PDF-", media_type=PDF, at=NOW),
    )
    return made


def _signed_on_paper(internship: Internship, cast: Cast) -> Signature:
    """Return the signature of an older version that was signed on paper."""
    older = Agreement.objects.create(
        internship=internship,
        number=1,
        terms=terms_of(internship, on=TODAY),
        made_at=NOW,
        made_by=cast.coach,
        superseded_at=NOW,
        document=keep_file(octets=b"%PDF-", media_type=PDF, at=NOW),
    )
    signed: Signature = Signature.objects.create(
        agreement=older,
        party=Party.EMPLOYER,
        how=SignedHow.ON_PAPER,
        by=cast.coach,
        at=NOW,
        signed_on=TODAY,
        sha256="0" * 64,
        paper=keep_file(octets=b"%PDF-", media_type=PDF, at=NOW),
    )
    return signed


def _certificate_of(internship: Internship, cast: Cast) -> Certificate:
    """Return a certificate with documents that stand for the PDFs."""
    made: Certificate = Certificate.objects.create(
        internship=internship,
        number=1,
        contents=contents_of(internship, attended=None),
        document=keep_file(octets=b"%PDF-", media_type=PDF, at=NOW),
        document_en=keep_file(octets=b"%PDF-", media_type=PDF, at=NOW),
        issued_at=NOW,
        issued_by=cast.coach,
    )
    return made


def _somebody_invited(cast: Cast) -> User:
    """Return a member of staff who was asked in and has not come."""
    user = AssignmentFactory(unit=cast.unit).user
    Invitation.objects.create(user=user, digest="0" * 64, sent_at=NOW, expires_at=NOW + timedelta(days=7))
    return user


def _failed_message_about(proposal: Proposal, cast: Cast) -> OutboxMessage:
    """Return a message that reached neither Alice nor Pia; set aside, so that /workerz is well."""
    failed: OutboxMessage = OutboxMessage.objects.create(
        kind="proposal_received",
        key=str(uuid4()),
        audience="contacts",
        subject_type="matching.proposal",
        subject_id=proposal.pk,
        path=proposal.get_absolute_url(),
        created_at=NOW,
        due_at=NOW,
        wanted_at=NOW,
        state=MessageState.SET_ASIDE,
        failed_at=NOW,
        municipality_key=cast.municipality.pk,
    )
    for user in (cast.employer_member, cast.participant_user):
        Delivery.objects.create(
            id=uuid4(),
            message=failed,
            recipient=user,
            path=failed.path,
            created_at=NOW,
            failed_at=NOW,
            error="SMTPRecipientsRefused 550",
        )
    return failed


def _question_to(user: User, follow_up: FollowUp) -> Delivery:
    """Return a mail that has just asked how it goes, and can be answered by its link."""
    return _mailed_to(user, "follow_up_asked", follow_up)


def _asked_to_sign(user: User, agreement: Agreement) -> Delivery:
    """Return a mail that has just asked to sign, and by whose link that can be done."""
    return _mailed_to(user, "agreement_asked", agreement)


def _mailed_to(user: User, kind: str, about: Model) -> Delivery:
    message = OutboxMessage.objects.create(
        kind=kind,
        key=str(uuid4()),
        audience="participant",
        subject_type=about._meta.label_lower,
        subject_id=about.pk,
        path="/",
        created_at=NOW,
        due_at=NOW + timedelta(days=20),
        wanted_at=NOW + timedelta(days=20),
        state=MessageState.SENT,
        sent_at=NOW,
    )
    key, now = uuid4(), timezone.now()
    return Delivery.objects.create(
        id=key, mail_key=key, message=message, recipient=user, path="/", created_at=now, sent_at=now
    )


def _message_to(user: User, proposal: Proposal) -> Delivery:
    message = OutboxMessage.objects.create(
        kind="proposal_asked",
        key=str(uuid4()),
        audience="participant",
        subject_type="matching.proposal",
        subject_id=proposal.pk,
        path=proposal.get_absolute_url(),
        created_at=NOW,
        due_at=NOW,
        wanted_at=NOW,
        state=MessageState.SENT,
        sent_at=NOW,
    )
    return Delivery.objects.create(
        id=uuid4(), message=message, recipient=user, path=message.path, created_at=NOW, sent_at=NOW
    )


def _review_of(cast: Cast) -> Review:
    return Review.objects.create(
        employer=cast.bakery,
        state="reply_asked",
        state_changed_at=NOW,
        opened_at=NOW,
        opened_by=cast.coach,
        asked_words="Vem handleder?",
        asked_at=NOW,
        asked_by=cast.manager,
        reply_by=TODAY + timedelta(days=30),
    )
