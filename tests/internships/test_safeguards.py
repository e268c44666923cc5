"""What keeps a placement from being planned or started, each reason with its rule and source."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from backend.employers.enums import PlacementKind
from backend.employers.models import Opening
from backend.internships.dates import last_day_of
from backend.internships.enums import Basis, ConsultationOutcome, Insurance, InternshipState, Programme
from backend.internships.models import BasisRule, Concern, Internship, ManagerDecision, PlacementRule
from backend.internships.safeguards.rules import default_end, rule_on
from backend.internships.services import (
    complete_internship,
    decide_concern,
    decide_objection,
    handle_concern,
    plan_internship,
    start_internship,
)
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from tests.cast import Cast
from tests.factories import InternshipFactory, OpeningFactory, ParticipantFactory, ProposalFactory
from tests.factories.base import NOW, TODAY
from tests.internships.test_planning import TERMS
from tests.refusals import refused_for
from tests.told import told

DAY = timedelta(days=1)
LONG_BASIS = {"basis_from": date(2020, 1, 1), "basis_until": date(2030, 1, 1)}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def accepted(cast: Cast) -> Proposal:
    Opening.objects.filter(pk=cast.opening.pk).update(places_taken=1)
    return ProposalFactory(
        opening=cast.opening,
        participant=cast.pia,
        state=ProposalState.ACCEPTED,
        decided_at=NOW,
        decided_by=cast.employer_member,
    )


def plan(accepted: Proposal, cast: Cast, **changes: Any) -> Internship:
    return plan_internship(proposal_id=accepted.pk, by=cast.coach, at=NOW, **(TERMS | LONG_BASIS | changes))


MUNICIPAL = {"kind": PlacementKind.KOMMUNAL_PRAKTIK, "basis": Basis.SOCIAL_BOARD, "insurance": "municipal"}


class TestBasis:
    def test_the_states_insurance_does_not_cover_a_municipal_placement(
        self, cast: Cast, accepted: Proposal
    ) -> None:
        with refused_for("insurance_not_of_basis") as refusal:
            plan(accepted, cast, **(MUNICIPAL | {"insurance": Insurance.STATE}))
        [words] = refusal.value.messages
        assert "The municipality's insurance" in words
        assert "socialtjänstlagen 2025:400" in words
        assert not Internship.objects.exists()

    def test_a_municipal_placement_rests_on_the_social_board_and_its_own_insurance(
        self, cast: Cast, accepted: Proposal
    ) -> None:
        assert plan(accepted, cast, **MUNICIPAL).basis == Basis.SOCIAL_BOARD

    def test_a_kind_rests_on_no_other_basis_than_its_own(self, cast: Cast, accepted: Proposal) -> None:
        with refused_for("kind_not_of_basis") as refusal:
            plan(accepted, cast, basis=Basis.EDUCATION, insurance=Insurance.SCHOOL)
        assert "A decision of Arbetsförmedlingen" in refusal.value.messages[0]

    def test_the_placement_lies_within_the_decision(self, cast: Cast, accepted: Proposal) -> None:
        with refused_for("outside_basis"):
            plan(accepted, cast, basis_until=TERMS["ends_on"] - DAY)
        assert not Internship.objects.exists()

    def test_what_a_basis_admits_is_a_dated_row(self, cast: Cast, accepted: Proposal) -> None:
        ended = BasisRule.objects.filter(kind=PlacementKind.ARBETSPRAKTIK)
        ended.update(valid_to=TERMS["starts_on"])
        with refused_for("kind_not_of_basis"):
            plan(accepted, cast)

    def test_every_kind_has_a_basis_an_insurance_and_a_length_today(self, db: None) -> None:
        for kind in PlacementKind:
            assert BasisRule.objects.in_force(TODAY).filter(kind=kind).exists(), kind
            assert default_end(kind, TODAY), kind

    def test_a_placement_planned_by_an_older_rule_may_still_start(
        self, cast: Cast, accepted: Proposal
    ) -> None:
        planned = plan(accepted, cast)
        BasisRule.objects.update(valid_to=date(2001, 1, 1))
        PlacementRule.objects.update(longest_months=None, longest_days=1)
        first = planned.starts_on
        started = start_internship(
            internship_id=planned.pk, started_on=first, by=cast.coach, at=NOW + timedelta(days=4)
        )
        assert started.state == InternshipState.ONGOING


class TestLength:
    @pytest.mark.parametrize(
        ("kind", "programme", "last"),
        [
            (PlacementKind.ARBETSPRAKTIK, Programme.NONE, date(2026, 8, 31)),
            (PlacementKind.ARBETSPRAKTIK, Programme.YOUTH, date(2026, 5, 31)),
            (PlacementKind.ARBETSTRANING, Programme.DAYS_450, date(2027, 2, 28)),
            (PlacementKind.FORSTARKT_ARBETSTRANING, Programme.YOUTH, date(2026, 8, 31)),
            (PlacementKind.YRKESKOMPETENSBEDOMNING, Programme.NONE, date(2026, 3, 21)),
            # No row of its own: the rule for everybody.
            (PlacementKind.KOMMUNAL_PRAKTIK, Programme.YOUTH, date(2026, 8, 31)),
        ],
    )
    def test_is_in_calendar_months_or_days_by_the_programme(
        self, db: None, kind: str, programme: str, last: date
    ) -> None:
        assert default_end(kind, date(2026, 3, 1), programme=programme) == last

    def test_work_trial_had_a_statute_once(self, db: None) -> None:
        before = rule_on(PlacementKind.ARBETSPROVNING, date(2015, 12, 31))
        after = rule_on(PlacementKind.ARBETSPROVNING, date(2016, 2, 1))
        assert before is not None
        assert after is not None
        assert (before.is_statute, after.is_statute) == (True, False)

    @pytest.mark.parametrize(
        ("first", "months", "last"),
        [
            (date(2026, 3, 1), 6, date(2026, 8, 31)),
            (date(2025, 8, 31), 6, date(2026, 2, 28)),
            (date(2027, 8, 30), 6, date(2028, 2, 29)),
            (date(2026, 1, 15), 1, date(2026, 2, 14)),
        ],
    )
    def test_the_last_day_of_calendar_months(self, first: date, months: int, last: date) -> None:
        assert last_day_of(first, months=months) == last

    def test_six_whole_months_may_be_planned_and_not_a_day_more(self, cast: Cast, accepted: Proposal) -> None:
        first = date(2026, 4, 1)
        with refused_for("too_long") as refusal:
            plan(accepted, cast, starts_on=first, ends_on=date(2026, 10, 1))
        said = refusal.value.messages[0].casefold()
        assert "(förordning 2000:634 § 7)" in said
        assert "30 september 2026" in said
        assert plan(accepted, cast, starts_on=first, ends_on=date(2026, 9, 30))

    def test_the_youth_guarantee_leaves_time_to_look_for_work(self, cast: Cast, accepted: Proposal) -> None:
        with refused_for("no_time_to_seek"):
            plan(accepted, cast, programme=Programme.YOUTH, hours_per_week=40)

    def test_another_kind_does_not_reset_the_days_at_one_employer(
        self, cast: Cast, accepted: Proposal
    ) -> None:
        InternshipFactory(
            opening=cast.opening,
            participant=cast.pia,
            kind=PlacementKind.SPRAKPRAKTIK,
            state=InternshipState.COMPLETED,
            starts_on=date(2025, 9, 1),
            ends_on=date(2026, 1, 30),
        )
        assert plan(accepted, cast).gates == ["too_long_at_employer"]


class TestUnion:
    def test_cannot_have_been_asked_tomorrow(self, cast: Cast, accepted: Proposal) -> None:
        with refused_for("union_asked_ahead"):
            plan(accepted, cast, union_asked_on=TODAY + DAY)

    def test_is_asked_before_the_first_day(self, cast: Cast, accepted: Proposal) -> None:
        with refused_for("union_asked_late") as refusal:
            plan(accepted, cast, starts_on=TODAY - DAY)
        assert "2000:628 § 9 a" in refusal.value.messages[0]


class TestObjection:
    @pytest.fixture
    def objected(self, cast: Cast, accepted: Proposal) -> Internship:
        return plan(accepted, cast, union_outcome=ConsultationOutcome.OBJECTION)

    def start(self, internship: Internship, cast: Cast) -> Internship:
        first, at = internship.starts_on, NOW + timedelta(days=4)
        return start_internship(internship_id=internship.pk, started_on=first, by=cast.coach, at=at)

    def test_the_managers_of_the_unit_are_asked(self, cast: Cast, objected: Internship) -> None:
        assert told(kind="decision_wanted") == {cast.manager}
        assert list(Internship.objects.managed_by(cast.manager).awaiting_manager()) == [objected]

    def test_nothing_starts_until_the_manager_has_decided(self, cast: Cast, objected: Internship) -> None:
        with refused_for("objection_undecided"):
            self.start(objected, cast)
        objected.refresh_from_db()
        assert objected.state == InternshipState.PLANNED

    def test_the_managers_yes_lets_it_start(self, cast: Cast, objected: Internship) -> None:
        decision = decide_objection(
            internship_id=objected.pk, allows=True, reason="Extra uppgifter.", by=cast.manager, at=NOW
        )
        assert (decision.decided_by, decision.reason) == (cast.manager, "Extra uppgifter.")
        assert self.start(objected, cast).state == InternshipState.ONGOING
        assert told(kind="objection_decided") == {cast.coach}

    def test_the_managers_no_does_not_and_a_later_yes_counts(self, cast: Cast, objected: Internship) -> None:
        key: dict[str, Any] = {"internship_id": objected.pk, "by": cast.manager}
        decide_objection(allows=False, reason="Undanträngning.", at=NOW, **key)
        with refused_for("objection_upheld"):
            self.start(objected, cast)
        decide_objection(allows=True, reason="Nya uppgifter.", at=NOW + DAY, **key)
        assert self.start(objected, cast).state == InternshipState.ONGOING
        assert ManagerDecision.objects.count() == 2

    def test_needs_reasons(self, cast: Cast, objected: Internship) -> None:
        with refused_for("decision_without_reasons"):
            decide_objection(internship_id=objected.pk, allows=True, reason=" ", by=cast.manager, at=NOW)
        assert not ManagerDecision.objects.exists()

    def test_only_the_units_manager_decides(self, cast: Cast, objected: Internship) -> None:
        for by in (cast.coach, cast.other_coach, cast.administrator, cast.employer_member):
            with pytest.raises(Internship.DoesNotExist):
                decide_objection(internship_id=objected.pk, allows=True, reason="Ja.", by=by, at=NOW)
        assert not ManagerDecision.objects.exists()

    def test_there_is_nothing_to_decide_without_one(self, cast: Cast, accepted: Proposal) -> None:
        planned = plan(accepted, cast)
        with refused_for("nothing_to_decide"):
            decide_objection(internship_id=planned.pk, allows=True, reason="Ja.", by=cast.manager, at=NOW)


class TestConcernAtTheWorkplace:
    @pytest.fixture
    def concern(self, cast: Cast) -> Concern:
        somebody = ParticipantFactory(unit=cast.unit, coach=cast.coach)
        other = InternshipFactory(
            opening=OpeningFactory(workplace=cast.opening.workplace),
            participant=somebody,
            planned_by=cast.coach,
            state=InternshipState.ONGOING,
        )
        return Concern.objects.create(internship=other, raised_by=cast.coach, raised_at=NOW, text="Fel.")

    def test_nobody_is_placed_there_until_it_is_handled(
        self, cast: Cast, accepted: Proposal, concern: Concern
    ) -> None:
        with refused_for("open_concern"):
            plan(accepted, cast)
        assert not Internship.objects.filter(participant=cast.pia).exists()
        handle_concern(concern_id=concern.pk, outcome="Besökt.", by=cast.coach, at=NOW)
        assert plan(accepted, cast)

    def test_unless_the_manager_decides_so(self, cast: Cast, accepted: Proposal, concern: Concern) -> None:
        key: dict[str, Any] = {"concern_id": concern.pk, "by": cast.manager, "at": NOW}
        with pytest.raises(Concern.DoesNotExist):
            decide_concern(allows=True, reason="Ja.", **(key | {"by": cast.coach}))
        decide_concern(allows=True, reason="Gäller en annan avdelning.", **key)
        assert plan(accepted, cast)

    def test_what_is_handled_is_not_decided_on(self, cast: Cast, concern: Concern) -> None:
        handle_concern(concern_id=concern.pk, outcome="Besökt.", by=cast.coach, at=NOW)
        with refused_for("nothing_to_decide"):
            decide_concern(concern_id=concern.pk, allows=True, reason="Ja.", by=cast.manager, at=NOW)


class TestBesideOthers:
    def test_no_overlap_at_the_same_workplace(self, cast: Cast, accepted: Proposal) -> None:
        InternshipFactory(
            opening=cast.opening,
            participant=cast.pia,
            state=InternshipState.PLANNED,
            starts_on=TERMS["ends_on"],
            ends_on=TERMS["ends_on"] + timedelta(days=30),
            hours_per_week=5,
        )
        with refused_for("overlaps"):
            plan(accepted, cast)
        assert Internship.objects.count() == 1

    def test_a_week_has_forty_hours(self, cast: Cast, accepted: Proposal) -> None:
        InternshipFactory(participant=cast.pia, hours_per_week=11)
        with refused_for("too_many_hours"):
            plan(accepted, cast, hours_per_week=30)
        assert plan(accepted, cast, hours_per_week=29)

    def test_what_was_called_off_does_not_count(self, cast: Cast, accepted: Proposal) -> None:
        InternshipFactory(opening=cast.opening, participant=cast.pia, state=InternshipState.CANCELLED)
        assert plan(accepted, cast)


class TestDates:
    def test_nothing_is_planned_that_is_over(self, cast: Cast, accepted: Proposal) -> None:
        first, last = TODAY - timedelta(days=20), TODAY - DAY
        with refused_for("already_over"):
            plan(accepted, cast, starts_on=first, ends_on=last, union_asked_on=first)

    def test_a_first_day_long_past_needs_a_reason(self, cast: Cast, accepted: Proposal) -> None:
        first = TODAY - timedelta(days=8)
        with refused_for("backdated"):
            plan(accepted, cast, starts_on=first, union_asked_on=first)
        late = plan(accepted, cast, starts_on=first, union_asked_on=first, backdated_why="Coachen var sjuk.")
        assert late.backdated_why == "Coachen var sjuk."

    @pytest.mark.parametrize(
        ("days", "why"), [(-1, "started_early"), (5, "started_to_come"), (-200, "started_early")]
    )
    def test_it_starts_neither_before_its_first_day_nor_ahead(
        self, cast: Cast, accepted: Proposal, days: int, why: str
    ) -> None:
        planned = plan(accepted, cast)
        day = planned.starts_on + days * DAY
        with refused_for(why):
            start_internship(
                internship_id=planned.pk, started_on=day, by=cast.coach, at=NOW + timedelta(days=4)
            )
        planned.refresh_from_db()
        assert (planned.state, planned.started_on) == (InternshipState.PLANNED, None)

    def test_a_start_told_late_needs_a_reason(self, cast: Cast, accepted: Proposal) -> None:
        planned = plan(accepted, cast)
        key: dict[str, Any] = {
            "internship_id": planned.pk,
            "started_on": planned.starts_on,
            "by": cast.coach,
            "at": NOW + timedelta(days=20),
        }
        with refused_for("backdated"):
            start_internship(**key)
        assert start_internship(backdated_why="Glömde.", **key).backdated_why == "Glömde."

    def test_it_does_not_end_later_than_was_decided(self, cast: Cast) -> None:
        ongoing = InternshipFactory(
            opening=cast.opening,
            participant=cast.pia,
            state=InternshipState.ONGOING,
            starts_on=TODAY - timedelta(days=40),
            ends_on=TODAY - timedelta(days=10),
        )
        with refused_for("ended_past_decision"):
            complete_internship(internship_id=ongoing.pk, ended_on=TODAY, by=cast.coach, at=NOW)
        ongoing.refresh_from_db()
        assert ongoing.state == InternshipState.ONGOING
