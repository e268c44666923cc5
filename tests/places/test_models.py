"""What the database refuses, whoever writes."""

import pytest
from django.db import IntegrityError, transaction

from backend.places.distance import Point
from backend.places.models import Locality, MunicipalityArea, Postcode
from backend.places.names import match_key, official_name
from tests.factories.accounts import AreaFactory
from tests.factories.employers import WorkplaceFactory

pytestmark = pytest.mark.django_db


def refuses(action):
    with pytest.raises(IntegrityError), transaction.atomic():
        action()


class TestGazetteer:
    @pytest.mark.parametrize(
        "wrong",
        [{"code": "48x4"}, {"code": "484"}, {"county_code": "4"}, {"latitude": 16.5}, {"longitude": 59.3}],
    )
    def test_refuses_a_wrong_municipality(self, wrong):
        refuses(lambda: AreaFactory(**{"code": "0001", **wrong}))
        assert not MunicipalityArea.objects.exists()

    def test_refuses_one_name_twice_in_a_municipality(self):
        area = AreaFactory()
        Locality.objects.create(name="Nybyn", municipality=area, latitude=59, longitude=16)
        refuses(lambda: Locality.objects.create(name="Nybyn", municipality=area, latitude=60, longitude=16))
        assert Locality.objects.count() == 1

    @pytest.mark.parametrize("wrong", [{"code": "632 2"}, {"latitude": 59}, {"latitude": 0, "longitude": 0}])
    def test_refuses_a_wrong_postcode(self, wrong):
        area = AreaFactory()
        row = {"code": "63220", "locality_name": "Eskilstuna", "municipality": area, **wrong}
        refuses(lambda: Postcode.objects.create(**row))
        assert not Postcode.objects.exists()


class TestLocated:
    NOWHERE = {"latitude": None, "longitude": None, "municipality_code": "", "precision": ""}

    def test_is_somewhere_or_nowhere(self):
        assert WorkplaceFactory().point == Point(59.371, 16.51)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"latitude": None},
            {"longitude": None},
            {"municipality_code": ""},
            {"municipality_code": "484"},
            {"precision": ""},
            {"precision": "roughly"},
            {"latitude": 0, "longitude": 0},
        ],
    )
    def test_refuses_half_a_place(self, wrong):
        workplace = WorkplaceFactory()
        refuses(lambda: type(workplace).objects.filter(pk=workplace.pk).update(**wrong))
        workplace.refresh_from_db()
        assert workplace.point == Point(59.371, 16.51)


class TestNames:
    @pytest.mark.parametrize(
        ("name", "full"),
        [
            ("Stockholm", "Stockholms kommun"),
            ("Habo", "Habo kommun"),
            ("Kalix", "Kalix kommun"),
            ("Hofors", "Hofors kommun"),
            ("Falun", "Falu kommun"),
            ("Gotland", "Region Gotland"),
            ("Dals-Ed", "Dals-Eds kommun"),
        ],
    )
    def test_official(self, name, full):
        assert official_name(name) == full

    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("Upplands-Bro", "upplands bro"),
            ("ÅÄÖ é", "aao e"),
            ("  A  b ", "a b"),
            ("🏝️", ""),
            ("\ufdfa" * 40, None),
        ],
    )
    def test_match_key(self, name, key):
        assert len(match_key(name)) <= 200
        assert key is None or match_key(name) == key
