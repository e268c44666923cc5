"""Whatever points at an employer follows when it is merged; what may collide says how that is settled."""

import pytest
from django.db import connection

from backend.core.models import AuditEntry, OutboxMessage, ReadEntry
from backend.core.models.logs import AboutSubject
from backend.employers.merging.relations import ways_to
from backend.employers.merging.triggers import MERGEABLE
from backend.employers.models import Employer, EmployerMembership, Workplace
from backend.internships.models import Correction

SETTLED = {
    Employer: {
        "employers.contactperson.employer": "one stays (Plan.contact_person)",
        "employers.employerinvitation.employer": "the older is taken back (Plan.invitations)",
        "safeguarding.review.employer": "no merger while both have one that is not decided (FORBIDS)",
        "employers.employermembership.employer": "one stays, with the rights of both (Plan.members)",
    },
    Workplace: {},
    EmployerMembership: {},
}
"""What the database refuses two of at one end, and how a merger settles it."""
TOLD_OF_BY_KEY = {
    AuditEntry: "never altered; the page of the one that stays reads of both",
    ReadEntry: "never altered; of people alone",
    Correction: "of internships, follow-ups and jobs, whose own rows follow",
    OutboxMessage: "the audiences ask which employer stands for it",
}
"""What names rows by table and key, and how it still leads to the right employer."""


@pytest.mark.parametrize("model", SETTLED, ids=lambda model: model.__name__)
def test_two_rows_that_would_collide_are_settled(model):
    colliding = {way.name for way in ways_to(model) if way.can_collide}

    assert colliding == set(SETTLED[model]), "say in Plan and here what happens to two of them"


def test_what_is_told_of_by_key_is_known():
    def below(model):
        return {each for sub in model.__subclasses__() for each in ({sub} | below(sub))}

    assert below(AboutSubject) == set(TOLD_OF_BY_KEY)


@pytest.mark.django_db
def test_each_way_has_a_trigger_that_leads_on():
    names = {
        f"follows_{way.model._meta.db_table}_{way.field.column}" for m in MERGEABLE for way in ways_to(m)
    }
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'follows%%'"
    else:
        names = {f"{name}_{event}" for name in names for event in ("INSERT", "UPDATE")}
        query = "SELECT name FROM sqlite_master WHERE name LIKE 'follows%%'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        assert {name for (name,) in cursor.fetchall()} == names
