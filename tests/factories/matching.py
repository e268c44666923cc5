import factory
from factory.django import DjangoModelFactory

from backend.accounts.enums import Persona
from backend.matching.enums import DECIDED_BY_EMPLOYER, HOLDS_PLACE, ProposalState
from backend.matching.models import Proposal
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
