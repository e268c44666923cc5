"""Agencies and those who work there: written down by staff, let in until a day, and not after."""

from datetime import timedelta

import pytest

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.accounts.signing_in.second_factor import needs_second_factor
from backend.participants.models import Agency, AgencyContact
from backend.participants.services import (
    add_agency_contact,
    end_agency_contact,
    prolong_agency_contact,
    register_agency,
)
from tests.cast import Cast
from tests.factories import AgencyContactFactory, AgencyFactory, MunicipalityFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

IN_SPRING = TODAY + timedelta(days=60)


def add(cast: Cast, **changes) -> AgencyContact:
    fields = {
        "agency_id": cast.agency.pk,
        "name": "Ines Samverkan",
        "email": "ines@af.example",
        "last_day": IN_SPRING,
        "by": cast.coach,
        "at": NOW,
    }
    return add_agency_contact(**{**fields, **changes})


class TestAgencies:
    def test_stand_once_in_the_list_whatever_the_case(self, cast: Cast) -> None:
        with refused_for("agency_name_taken"):
            register_agency(
                municipality_id=cast.municipality.pk,
                kind="other",
                name="arbetsförmedlingen",
                by=cast.coach,
                at=NOW,
            )

    def test_of_another_municipality_are_not_found(self, cast: Cast) -> None:
        elsewhere = AgencyFactory(municipality=MunicipalityFactory(name="Annanstad"))

        with pytest.raises(Agency.DoesNotExist):
            add(cast, agency_id=elsewhere.pk)


class TestContactPeople:
    def test_get_an_account_that_needs_two_factors_and_is_opened_by_a_code_alone(self, cast: Cast) -> None:
        user = add(cast).user

        assert user is not None
        assert user.persona == Persona.AGENCY
        assert not user.has_usable_password()
        assert needs_second_factor(user)

    def test_without_an_address_get_no_account(self, cast: Cast) -> None:
        before = User.objects.count()

        assert add(cast, email="").user is None
        assert User.objects.count() == before

    def test_at_two_agencies_have_one_account(self, cast: Cast) -> None:
        assert add(cast).user == add(cast, agency_id=cast.other_agency.pk).user

    def test_may_not_use_the_address_of_an_account_of_another_kind(self, cast: Cast) -> None:
        with refused_for("agency_address_taken"):
            add(cast, email=cast.employer_member.email)

    @pytest.mark.parametrize("days", [-1, 367])
    def test_are_let_in_from_today_and_for_a_year(self, cast: Cast, days: int) -> None:
        with refused_for("agency_last_day"):
            add(cast, last_day=TODAY + timedelta(days=days))

    def test_read_until_the_last_day_and_not_after(self, cast: Cast) -> None:
        contact = add(cast)

        def reads(day):
            return contact in AgencyContact.objects.of(contact.user, on=day)

        assert reads(IN_SPRING)
        assert not reads(IN_SPRING + timedelta(days=1))
        prolong_agency_contact(
            contact_id=contact.pk, last_day=IN_SPRING + timedelta(days=1), by=cast.coach, at=NOW
        )
        assert reads(IN_SPRING + timedelta(days=1))

    def test_who_work_there_no_longer_read_nothing(self, cast: Cast) -> None:
        contact = AgencyContact.objects.get(user=cast.guest)
        end_agency_contact(contact_id=contact.pk, by=cast.manager, at=NOW)

        assert not AgencyContact.objects.of(cast.guest, on=TODAY).exists()
        with pytest.raises(AgencyContact.DoesNotExist):
            end_agency_contact(contact_id=contact.pk, by=cast.manager, at=NOW)

    def test_of_another_municipality_are_not_found(self, cast: Cast) -> None:
        elsewhere = AgencyContactFactory(agency__municipality=MunicipalityFactory(name="Annanstad"))

        with pytest.raises(AgencyContact.DoesNotExist):
            end_agency_contact(contact_id=elsewhere.pk, by=cast.coach, at=NOW)
