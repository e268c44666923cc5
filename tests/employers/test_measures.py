"""Measures: dated, graduated, reversible; what follows from their days, in Python and in SQL alike."""

from datetime import timedelta
from itertools import product

import pytest

from backend.core.models import AuditEntry
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.employers.enums import MeasureKind, Standing
from backend.employers.jobs import follow_measures
from backend.employers.models import Employer, Measure, Opening
from backend.employers.services import approve_employer, lift_measure, record_checks, take_measure
from tests.factories import EmployerFactory, MeasureFactory, ProposalFactory, UserFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for
from tests.told import told

DAY = timedelta(days=1)


def take(cast, kind="pause", *, by=None, at=NOW, **facts):
    days = {"starts_on": TODAY, "last_on": None, **facts}
    words = {"reason": "free_labour", "words": "Ingen har handlett.", "rests_on": "Två samtal"}
    return take_measure(employer_id=cast.bakery.pk, kind=kind, by=by or cast.manager, at=at, **words, **days)


def stands(employer, day=TODAY):
    row = Employer.objects.get(pk=employer.pk)
    assert row.standing_on(day) == Employer.objects.with_standing(day).get(pk=row.pk).standing
    return row.standing_on(day)


def published_on(day):
    return Opening.objects.published(day).exists()


class TestStandingIsDerived:
    def test_in_sql_and_in_python_alike(self, cast):
        """Whatever is approved, taken, over and lifted: one row and many rows get the same answer."""
        spans = [(-5, None), (-5, -1), (-5, 0), (0, 0), (1, None)]
        for approved, kind, (first, last), lifted in product(
            (NOW, None), MeasureKind, spans, (None, NOW - DAY, NOW)
        ):
            employer = EmployerFactory(municipality=cast.municipality)
            Employer.objects.filter(pk=employer.pk).update(approved_at=approved)
            MeasureFactory(
                employer=employer,
                kind=kind,
                starts_on=TODAY + first * DAY,
                last_on=None if last is None else TODAY + last * DAY,
                lifted_at=lifted,
                lifted_by=cast.manager if lifted else None,
                lifted_why="x" if lifted else "",
            )
        everybody = Employer.objects.prefetch_related("measures")
        for day in (TODAY - DAY, TODAY, TODAY + DAY, TODAY + 3 * DAY):
            said = {each.pk: each.standing_on(day) for each in everybody}
            assert said == dict(Employer.objects.with_standing(day).values_list("pk", "standing"))
            welcome = {pk for pk, standing in said.items() if standing in (Standing.NEW, Standing.GOOD)}
            assert welcome == set(Employer.objects.welcome(day).values_list("pk", flat=True))
            good = {pk for pk, standing in said.items() if standing == Standing.GOOD}
            assert good == set(Employer.objects.in_good_standing(day).values_list("pk", flat=True))
        assert set(said.values()) == set(Standing)

    def test_advice_closes_nothing(self, cast):
        take(cast, "advice")

        assert stands(cast.bakery) == Standing.GOOD

    def test_a_stop_is_more_than_a_pause(self, cast):
        take(cast, "pause")
        take(cast, "stop")

        assert stands(cast.bakery) == Standing.STOPPED

    def test_begins_and_ends_by_its_days_without_anybody(self, cast):
        take(cast, starts_on=TODAY + 2 * DAY, last_on=TODAY + 4 * DAY)

        seen = [stands(cast.bakery, TODAY + number * DAY) for number in (1, 2, 4, 5)]
        assert seen == [Standing.GOOD, Standing.PAUSED, Standing.PAUSED, Standing.GOOD]
        assert [published_on(TODAY + number * DAY) for number in (1, 2, 4, 5)] == [True, False, False, True]


class TestTakeMeasure:
    def test_stops_at_once_and_tells(self, cast):
        proposal = ProposalFactory(opening=cast.opening, participant=cast.pia, state="sent")

        measure = take(cast)

        assert (stands(cast.bakery), measure.announced_at) == (Standing.PAUSED, NOW)
        assert told(kind="measure_taken") == {cast.employer_member}
        assert told(kind="proposal_stalled") == {cast.coach}
        assert AuditEntry.objects.about(cast.bakery).filter(action="measure_pause", by=cast.manager).exists()
        proposal.refresh_from_db()
        assert proposal.state == "sent"

    @pytest.mark.parametrize("role", ["coach", "employer_member", "participant_user", "stranger"])
    def test_is_a_managers(self, cast, role):
        who = UserFactory() if role == "stranger" else getattr(cast, role)
        with pytest.raises(Employer.DoesNotExist):
            take(cast, by=who)

        assert not Measure.objects.exists()

    def test_nothing_is_taken_for_a_day_that_has_passed(self, cast):
        with refused_for("measure_begins_in_the_past"):
            take(cast, starts_on=TODAY - DAY)

        assert not Measure.objects.exists()

    @pytest.mark.parametrize(
        ("facts", "why"),
        [({"last_on": TODAY, "starts_on": TODAY + DAY}, "last_on"), ({"kind": "nonsense"}, "invalid_choice")],
    )
    def test_what_does_not_hold_together_is_refused(self, cast, facts, why):
        with refused_for(why):
            take(cast, **facts)

        assert not Measure.objects.exists()

    def test_the_same_again_is_refused_but_a_harsher_is_not(self, cast):
        take(cast)
        with refused_for("measure_stands_already"):
            take(cast, last_on=TODAY + 9 * DAY)
        with refused_for("measure_stands_already"):
            take(cast, "advice")

        take(cast, "stop")

        assert Measure.objects.count() == 2


class TestLiftMeasure:
    def test_brings_back_what_waited(self, cast):
        ProposalFactory(opening=cast.opening, participant=cast.pia, state="sent")
        measure = take(cast)
        later = NOW + 3 * DAY

        lift_measure(measure_id=measure.pk, why="Handledare finns nu.", by=cast.manager, at=later)

        assert stands(cast.bakery, TODAY + 3 * DAY) == Standing.GOOD
        assert published_on(TODAY + 3 * DAY)
        cast.opening.refresh_from_db()
        assert cast.opening.fresh_at == later
        assert told(kind="measure_lifted") == {cast.employer_member}

    def test_nothing_comes_back_while_another_closes(self, cast):
        measure = take(cast)
        take(cast, "stop")

        lift_measure(measure_id=measure.pk, why="Ersatt.", by=cast.manager, at=NOW)

        assert stands(cast.bakery) == Standing.STOPPED

    def test_once(self, cast):
        measure = take(cast)
        lift_measure(measure_id=measure.pk, why="Handledare finns nu.", by=cast.manager, at=NOW)

        with pytest.raises(TransitionNotAllowed):
            lift_measure(measure_id=measure.pk, why="En gång till.", by=cast.manager, at=NOW)

    def test_needs_a_reason_and_a_manager(self, cast):
        measure = take(cast)
        with refused_for("measure_lifted_without_reason"):
            lift_measure(measure_id=measure.pk, why=" ", by=cast.manager, at=NOW)
        for who in (cast.coach, cast.employer_member):
            with pytest.raises(Measure.DoesNotExist):
                lift_measure(measure_id=measure.pk, why="x", by=who, at=NOW)

        assert stands(cast.bakery) == Standing.PAUSED

    def test_clear_checks_lift_only_what_a_check_paused(self, cast):
        facts = {"employer": cast.bakery, "kinds": ["tax_debt"], "evidence": "Kronofogden", "by": cast.coach}
        record_checks(**facts, outcome="refuse", at=NOW)
        assert stands(cast.bakery) == Standing.PAUSED
        record_checks(**facts, outcome="clear", at=NOW + timedelta(hours=1))

        approve_employer(employer_id=cast.bakery.pk, by=cast.coach, at=NOW + timedelta(hours=2))
        assert stands(cast.bakery) == Standing.GOOD

        take(cast)
        with pytest.raises(TransitionNotAllowed):
            approve_employer(employer_id=cast.bakery.pk, by=cast.coach, at=NOW + timedelta(hours=3))
        assert stands(cast.bakery) == Standing.PAUSED


class TestTheNightlyJob:
    def test_tells_once_when_a_measure_begins_and_ends_by_its_day(self, cast):
        ProposalFactory(opening=cast.opening, participant=cast.pia, state="sent")
        take(cast, starts_on=TODAY + DAY, last_on=TODAY + 2 * DAY)

        said = [follow_measures(NOW + number * DAY) for number in (0, 1, 1, 2, 3, 3)]

        assert said == ["told 0", "told 1", "told 0", "told 0", "told 1", "told 0"]
        actions = AuditEntry.objects.about(cast.bakery).order_by("at", "pk").values_list("action", flat=True)
        assert list(actions)[-2:] == ["measure_begun", "measure_over"]

    def test_a_lifted_one_never_begins(self, cast):
        measure = take(cast, starts_on=TODAY + DAY)
        lift_measure(measure_id=measure.pk, why="Behövs inte.", by=cast.manager, at=NOW)

        assert follow_measures(NOW + DAY) == "told 0"
