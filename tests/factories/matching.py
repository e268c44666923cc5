from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from backend.accounts.enums import Persona
from backend.matching.enums import (
    DECIDED_BY_EMPLOYER,
    HOLDS_PLACE,
    WITH_TIME,
    Chooser,
    ProposalState,
    VisitKind,
    VisitState,
)
from backend.matching.models import Proposal, Visit, VisitTime
from tests.factories.accounts import UserFactory
from tests.factories.base import NOW
from tests.factories.employers import OpeningFactory
from tests.factories.participants import ConsentFactory, ParticipantFactory


class ProposalFactory(DjangoModelFactory):
    class Meta:
        model = Proposal

    opening = factory.SubFactory(OpeningFactory)
    participant = factory.SubFactory(ParticipantFactory)
    proposed_by = factory.SelfAttribute("participant.coach")
    consent = factory.SubFactory(
        ConsentFactory,
        participant=factory.SelfAttribute("..participant"),
        employer=factory.SelfAttribute("..opening.workplace.employer"),
    )
    state = ProposalState.SENT
    state_changed_at = NOW
    created_at = NOW
    holds_place = factory.LazyAttribute(lambda o: o.state in HOLDS_PLACE)
    asked_at = factory.LazyAttribute(lambda o: NOW if o.state == ProposalState.ASKED else None)
    sent_at = NOW
    decided_at = factory.LazyAttribute(lambda o: NOW if o.state in DECIDED_BY_EMPLOYER else None)
    decided_by = factory.Maybe("decided_at", factory.SubFactory(UserFactory, persona=Persona.EMPLOYER), None)


class VisitFactory(DjangoModelFactory):
    """A meeting with one time, proposed or booked: the day after tomorrow at nine."""

    class Meta:
        model = Visit

    proposal = factory.SubFactory(ProposalFactory, state=ProposalState.INTERVIEW)
    kind = VisitKind.INTERVIEW
    state = VisitState.PROPOSED
    chooser = Chooser.PARTICIPANT
    proposed_by = factory.SelfAttribute("proposal.proposed_by")
    created_at = NOW
    state_changed_at = NOW
    sequence = factory.LazyAttribute(lambda o: int(o.state in WITH_TIME))
    starts_at = factory.LazyAttribute(lambda o: NOW + timedelta(days=2) if o.state in WITH_TIME else None)
    ends_at = factory.LazyAttribute(lambda o: o.starts_at and o.starts_at + timedelta(minutes=30))
    chosen_by = factory.LazyAttribute(lambda o: o.proposed_by if o.starts_at else None)


class VisitTimeFactory(DjangoModelFactory):
    class Meta:
        model = VisitTime

    visit = factory.SubFactory(VisitFactory)
    round = factory.SelfAttribute("visit.round")
    starts_at = NOW + timedelta(days=2)
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(minutes=30))
