"""Two people merge at once, or somebody writes to the employer that is being closed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from backend.accounts.enums import Role
from backend.core.models import AuditEntry
from backend.core.writing.refusals import Refused
from backend.employers.models import Employer, EmployerCheck, Opening, Workplace
from backend.employers.services import merge_employers, record_checks
from tests.factories import (
    AssignmentFactory,
    EmployerCheckFactory,
    EmployerFactory,
    OpeningFactory,
    UnitFactory,
    UserFactory,
    WorkplaceFactory,
)
from tests.factories.base import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def two():
    unit = UnitFactory()
    coach = UserFactory()
    AssignmentFactory(user=coach, unit=unit, municipality=unit.municipality, role=Role.COACH)
    one, other = (EmployerFactory(municipality=unit.municipality) for _each in range(2))
    for each in (one, other):
        OpeningFactory(workplace=WorkplaceFactory(employer=each, street="Storgatan 1"))
    return coach, one, other


def outcome(write) -> str:
    try:
        write()
    except Refused as refusal:
        return refusal.error_list[0].code
    finally:
        connection.close()
    return "done"


def test_of_two_who_merge_the_pair_both_ways_at_once_one_does(two):
    coach, one, other = two
    together = Barrier(2)

    def act(pair):
        together.wait(timeout=30)
        return outcome(lambda: merge_employers(into_id=pair[0], gone_id=pair[1], by=coach, at=NOW))

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(act, [(one.pk, other.pk), (other.pk, one.pk)]))

    assert said == ["done", "merger_done"]
    [left] = Employer.objects.all()
    assert Opening.objects.filter(workplace__employer=left).count() == 2
    assert AuditEntry.objects.filter(action="merged_in").count() == 1


def test_what_is_written_while_the_merger_goes_on_follows(two):
    coach, into, gone = two
    is_merged, may_end = Event(), Event()
    workplace = Workplace.objects.get(employer=gone)

    def merging():
        def both():
            with transaction.atomic():
                merge_employers(into_id=into.pk, gone_id=gone.pk, by=coach, at=NOW)
                is_merged.set()
                may_end.wait(timeout=30)

        return outcome(both)

    def writing(write):
        def both():
            is_merged.wait(timeout=30)
            write()

        return outcome(both)

    writes = [
        lambda: EmployerCheckFactory(employer=gone, by=coach),
        lambda: WorkplaceFactory(employer=gone, name="Kajen"),
        lambda: OpeningFactory(workplace=workplace),
    ]
    with ThreadPoolExecutor(4) as pool:
        merger = pool.submit(merging)
        others = [pool.submit(writing, write) for write in writes]
        is_merged.wait(timeout=30)
        wait_until_blocked(len(writes))
        may_end.set()
        said = [each.result(timeout=60) for each in (merger, *others)]

    assert said == ["done"] * 4
    assert not EmployerCheck.objects.filter(employer=gone).exists()
    assert not Workplace.with_merged.filter(employer=gone).exists()
    assert Opening.objects.filter(workplace__employer=into).count() == 3


def test_what_was_being_written_when_the_merger_began_follows(two):
    coach, into, gone = two
    is_written, may_end = Event(), Event()

    def writing():
        def both():
            with transaction.atomic():
                facts = {"kinds": ["tax_debt"], "outcome": "clear", "evidence": "Registret"}
                record_checks(employer=gone, **facts, by=coach, at=NOW)
                is_written.set()
                may_end.wait(timeout=30)

        return outcome(both)

    def merging():
        is_written.wait(timeout=30)
        return outcome(lambda: merge_employers(into_id=into.pk, gone_id=gone.pk, by=coach, at=NOW))

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(writing), pool.submit(merging)]
        is_written.wait(timeout=30)
        wait_until_blocked(1)
        may_end.set()
        said = [each.result(timeout=60) for each in both]

    assert said == ["done", "done"]
    [check] = EmployerCheck.objects.all()
    assert check.employer == into


def wait_until_blocked(count: int) -> None:
    """Return when so many connections to this database wait for a lock."""
    here = "datname = current_database() AND wait_event_type = 'Lock'"
    query = f"SELECT count(*) FROM pg_stat_activity WHERE {here}"
    with connection.cursor() as cursor:
        for _try in range(100_000):
            cursor.execute(query)
            if cursor.fetchone()[0] >= count:
                return
    raise AssertionError(f"{count} should wait")
