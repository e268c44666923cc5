from datetime import date, timedelta

import factory
from factory.django import DjangoModelFactory

from backend.employers.enums import PlacementKind
from backend.internships.enums import (
    Basis,
    ConsultationOutcome,
    EmploymentForm,
    FollowUpKind,
    Insurance,
    InternshipState,
    WayIn,
)
from backend.internships.models import Employment, Extension, FollowUp, Internship, InternshipPause
from tests.factories.base import NOW
from tests.factories.employers import OpeningFactory
from tests.factories.participants import ParticipantFactory


class InternshipFactory(DjangoModelFactory):
    class Meta:
        model = Internship
        skip_postgeneration_save = True

    proposal = None
    way_in = factory.LazyAttribute(lambda o: WayIn.PROPOSAL if o.proposal else WayIn.EARLIER)
    opening = factory.SubFactory(OpeningFactory)
    workplace = factory.SelfAttribute("opening.workplace")
    participant = factory.SubFactory(ParticipantFactory)
    planned_by = factory.SelfAttribute("participant.coach")
    kind = PlacementKind.ARBETSPRAKTIK
    state = InternshipState.PLANNED
    state_changed_at = NOW
    starts_on = date(2026, 3, 16)
    ends_on = date(2026, 6, 12)
    hours_per_week = 30
    tasks = "Disk och enklare matlagning."
    supervisor_name = "Sara Svensson"
    basis = Basis.ARBETSFORMEDLINGEN
    basis_by = "Arbetsförmedlingen"
    basis_from = factory.SelfAttribute("starts_on")
    basis_until = factory.SelfAttribute("ends_on")
    decision_reference = "AF-2026/123"
    insurance = Insurance.STATE
    union_outcome = ConsultationOutcome.NO_OBJECTION
    union_asked_on = date(2026, 3, 2)
    started_on = factory.LazyAttribute(
        lambda o: None if o.state in ("planned", "cancelled", "no_show") else o.starts_on
    )
    ended_on = factory.LazyAttribute(lambda o: o.ends_on if o.state in ("completed", "ended_early") else None)
    ended_by_side = factory.LazyAttribute(lambda o: "participant" if o.state == "no_show" else "")
    created_at = NOW

    @factory.post_generation
    def pause(self, create, extracted, **kwargs):
        """Let a paused one have the pause that it is in."""
        if create and self.state == "paused":
            InternshipPauseFactory(internship=self, from_on=self.starts_on, **kwargs)


class InternshipPauseFactory(DjangoModelFactory):
    class Meta:
        model = InternshipPause

    internship = factory.SubFactory("tests.factories.internships.InternshipFactory", state="paused")
    from_on = factory.SelfAttribute("internship.starts_on")
    back_on = factory.LazyAttribute(lambda o: o.from_on + timedelta(days=14))
    reason = "closed"
    paused_by = factory.SelfAttribute("internship.planned_by")
    paused_at = NOW


class ExtensionFactory(DjangoModelFactory):
    class Meta:
        model = Extension

    internship = factory.SubFactory(InternshipFactory, state="ongoing")
    valid_from = factory.SelfAttribute("internship.ends_on")
    ends_on = factory.LazyAttribute(lambda o: o.internship.ends_on + timedelta(days=30))
    hours_per_week = factory.SelfAttribute("internship.hours_per_week")
    tasks = factory.SelfAttribute("internship.tasks")
    basis_by = "Arbetsförmedlingen"
    decision_reference = "AF-2026/456"
    basis_from = factory.SelfAttribute("valid_from")
    basis_until = factory.SelfAttribute("ends_on")
    union_outcome = ConsultationOutcome.NO_UNION
    why = "Mer tid behövs."
    gates = factory.LazyFunction(lambda: ["nothing_new"])
    wanted_by = factory.SelfAttribute("internship.planned_by")
    wanted_at = NOW


class FollowUpFactory(DjangoModelFactory):
    class Meta:
        model = FollowUp

    internship = factory.SubFactory(InternshipFactory)
    kind = FollowUpKind.FIRST_WEEK
    due_on = date(2026, 3, 20)


class EmploymentFactory(DjangoModelFactory):
    class Meta:
        model = Employment

    participant = factory.SubFactory(ParticipantFactory)
    employer_name = factory.Sequence(lambda n: f"Bolaget {n}")
    form = EmploymentForm.ORDINARY
    title = "Köksbiträde"
    starts_on = date(2026, 3, 1)
    end_reason = factory.LazyAttribute(lambda o: "fixed_term" if getattr(o, "ends_on", None) else "")
    recorded_by = factory.SelfAttribute("participant.coach")
    recorded_at = NOW
