"""Which employers may be registered twice."""

import pytest

from backend.core.models import AuditEntry
from backend.employers.merging.likely import doubles_of, likely_doubles
from backend.employers.merging.names import are_alike
from backend.employers.models import ContactPerson, Employer
from backend.employers.services import keep_apart
from tests.factories import (
    EmployerFactory,
    MembershipFactory,
    MunicipalityFactory,
    UserFactory,
    WorkplaceFactory,
)
from tests.factories.base import NOW, TODAY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bageriet AB", "Bageriet"),
        ("Bageriet AB", "AB Bageriet"),
        ("Café Solen", "Cafe Solen HB"),
        ("Hantverkshuset", "Hantverkhuset"),
        ("Eskilstuna Bygg & Måleri AB", "Eskilstuna Måleri och Bygg"),
        ("Fören. Fritid", "Fören Fritid"),
    ],
)
def test_names_of_one(one, other):
    assert are_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Förskolan 1", "Förskolan 2"),
        ("Bageriet AB", "Snickeriet AB"),
        ("ICA", "IKEA"),
        ("Eskilstuna Bygg AB", "Eskilstuna Plåt AB"),
    ],
)
def test_names_of_two(one, other):
    assert not are_alike(one, other)


def why(cast, other) -> list[str]:
    """Return what speaks for Bageriet and the other being one; the list and the page say the same."""
    theirs = Employer.objects.decidable_by(cast.coach)
    listed = [each for each in likely_doubles(theirs) if {each.one, each.other} == {cast.bakery, other}]
    beside = [
        each
        for each in doubles_of(theirs.for_page(on=TODAY).get(pk=cast.bakery.pk), theirs)
        if each.other == other
    ]
    assert [each.why for each in listed] == [each.why for each in beside]
    return list(listed[0].why) if listed else []


def test_nothing_speaks_for_it_where_nothing_is_shared(cast):
    assert why(cast, cast.joinery) == []


@pytest.mark.parametrize(
    ("name", "words"), [("Bageriet", ["samma namn"]), ("Bagerriet", ["nästan samma namn"])]
)
def test_a_name(cast, name, words):
    assert why(cast, EmployerFactory(name=name, municipality=cast.municipality)) == words


def test_a_domain_that_is_not_everybodys(cast):
    other = EmployerFactory(name="Konditoriet", municipality=cast.municipality)
    Employer.objects.filter(pk=cast.bakery.pk).update(website="https://www.bageriet.example/om")
    facts = {"name": "Kim", "recorded_by": cast.coach, "recorded_at": NOW}
    ContactPerson.objects.create(employer=other, email="kim@bageriet.example", **facts)

    assert why(cast, other) == ["samma domän: bageriet.example"]


def test_two_who_write_from_gmail_share_nothing(cast):
    other = EmployerFactory(name="Konditoriet", municipality=cast.municipality)
    for employer, mail in ((cast.bakery, "a@gmail.com"), (other, "b@gmail.com")):
        MembershipFactory(employer=employer, user=UserFactory(persona="employer", email=mail))

    assert why(cast, other) == []


def test_a_domain_that_many_have_tells_nothing(cast):
    others = [
        EmployerFactory(name=name, municipality=cast.municipality) for name in ("Skolan", "Badet", "Parken")
    ]
    for employer in (cast.bakery, *others):
        Employer.objects.filter(pk=employer.pk).update(website="https://exempelstad.example")

    assert why(cast, others[0]) == []


def test_an_address(cast):
    other = EmployerFactory(name="Konditoriet", municipality=cast.municipality)
    for employer in (cast.bakery, other):
        WorkplaceFactory(employer=employer, street="Storgatan 1")

    assert why(cast, other) == ["en arbetsplats på samma adress"]


def test_a_person(cast):
    other = EmployerFactory(name="Konditoriet", municipality=cast.municipality)
    MembershipFactory(employer=other, user=cast.employer_member)

    assert why(cast, other)[-1] == "samma person företräder båda"


def test_not_in_another_municipality(cast):
    foreign = EmployerFactory(name="Bageriet", municipality=MunicipalityFactory(name="Grannby"))

    assert why(cast, foreign) == []


def test_nobody_is_asked_again_about_two_that_are_two(cast):
    other = EmployerFactory(name="Bageriet", municipality=cast.municipality)

    keep_apart(employer_id=other.pk, other_id=cast.bakery.pk, by=cast.coach, at=NOW)

    assert why(cast, other) == []
    assert AuditEntry.objects.about(other).get(action="kept_apart").by == cast.coach


@pytest.mark.parametrize("employers", [3, 30])
def test_the_list_asks_as_many_questions_of_many_as_of_few(cast, employers, django_assert_num_queries):
    for number in range(employers):
        EmployerFactory(name=f"Företaget nummer {number}", municipality=cast.municipality)
        EmployerFactory(name=f"Företaget nummer {number} AB", municipality=cast.municipality)

    theirs = Employer.objects.filter(municipality=cast.municipality)
    with django_assert_num_queries(2):
        assert len(likely_doubles(theirs)) == employers
