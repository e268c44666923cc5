"""What is known of an employer: who may say it, what holds together, and where it is shown."""

from datetime import timedelta

import pytest
from django.urls import reverse

from backend.core.models import AuditEntry
from backend.employers.enums import EmployerKind, MembershipRole, SocialCriterion
from backend.employers.models import Employer
from backend.employers.services import update_facts
from tests.factories import MembershipFactory, ProposalFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

UNION = {"collective_agreement": "yes", "agreement_with": "Livs", "union_contact": "Klubben, Rolf"}
ALL = SocialCriterion.values


def say(cast, *, by=None, criteria=None, at=NOW, **facts):
    return update_facts(
        employer_id=cast.bakery.pk, facts=facts, criteria=criteria, by=by or cast.employer_member, at=at
    )


class TestUpdate:
    @pytest.mark.parametrize("who", ["employer_member", "coach", "administrator"])
    def test_by_who_administers_and_by_staff(self, cast, who):
        say(cast, by=getattr(cast, who), **UNION)

        cast.bakery.refresh_from_db()
        assert cast.bakery.on_unions == "Kollektivavtal: Livs · Facklig kontakt: Klubben, Rolf"
        assert AuditEntry.objects.about(cast.bakery).first().changes == {"fields": list(UNION)}

    def test_by_nobody_else(self, cast):
        contact = MembershipFactory(employer=cast.bakery, role=MembershipRole.CONTACT).user
        for who in (contact, cast.other_employer, cast.participant_user):
            with pytest.raises(Employer.DoesNotExist):
                say(cast, by=who, **UNION)

    def test_what_is_not_named_stays(self, cast):
        say(cast, **UNION)
        say(cast, employees=12)

        cast.bakery.refresh_from_db()
        assert (cast.bakery.agreement_with, cast.bakery.employees) == ("Livs", 12)

    @pytest.mark.parametrize("answer", ["no", ""])
    def test_an_agreement_is_named_only_where_there_is_one(self, cast, answer):
        with refused_for("agreement_with"):
            say(cast, collective_agreement=answer, agreement_with="Livs")

    def test_what_is_no_fact_is_a_mistake_of_the_program(self, cast):
        with pytest.raises(TypeError):
            say(cast, standing="good")

    def test_the_same_again_leaves_no_trace(self, cast):
        say(cast, **UNION)
        say(cast, **UNION)

        assert AuditEntry.objects.about(cast.bakery).filter(action="facts_changed").count() == 1


class TestCriteria:
    def test_are_attested_by_somebody_on_a_day(self, cast):
        social = EmployerKind.SOCIAL_ENTERPRISE
        say(cast, kind=social, criteria=ALL[:2], by=cast.coach)
        later = NOW + timedelta(days=3)
        say(cast, employees=3, at=later)
        say(cast, criteria=ALL[:2], at=later)
        cast.bakery.refresh_from_db()
        assert (cast.bakery.criteria_attested_on, cast.bakery.criteria_attested_by) == (TODAY, cast.coach)

        say(cast, criteria=ALL, at=later)

        cast.bakery.refresh_from_db()
        assert cast.bakery.criteria == sorted(ALL)
        assert cast.bakery.criteria_attested_on == TODAY + timedelta(days=3)
        assert cast.bakery.criteria_attested_by == cast.employer_member

    def test_are_those_of_social_enterprises_alone(self, cast):
        say(cast, kind=EmployerKind.SOCIAL_ENTERPRISE, criteria=ALL)
        say(cast, kind=EmployerKind.COMPANY)

        cast.bakery.refresh_from_db()
        assert (cast.bakery.criteria, cast.bakery.criteria_attested_by) == ([], None)


class TestPages:
    def data(self, **changes):
        return {"kind": "company", "sector": "I", "employees": "7", **UNION, **changes}

    def test_the_administrator_says_it_and_staff_read_it(self, client, cast):
        client.force_login(cast.employer_member)
        address = reverse("employers:facts_edit", args=[cast.bakery.pk])
        assert address in client.get(reverse("employers:my_organisation")).content.decode()
        client.post(address, self.data())

        client.force_login(cast.coach)
        page = client.get(reverse("employers:employer_detail", args=[cast.bakery.pk])).content.decode()

        assert "Klubben, Rolf" in page
        assert "Hotell och restaurang" in page

    def test_a_contradiction_stands_beside_its_field(self, client, cast):
        client.force_login(cast.employer_member)
        address = reverse("employers:facts_edit", args=[cast.bakery.pk])

        answer = client.post(address, self.data(collective_agreement="no"))

        assert answer.status_code == 422
        assert "agreement_with" in answer.context["form"].errors

    def test_it_stands_beside_the_question_to_the_union(self, client, cast):
        say(cast, **UNION)
        accepted = ProposalFactory(
            opening=cast.opening,
            participant=cast.pia,
            proposed_by=cast.coach,
            state="accepted",
            decided_at=NOW,
            decided_by=cast.employer_member,
        )
        client.force_login(cast.coach)

        page = client.get(reverse("internships:internship_plan", args=[accepted.pk])).content.decode()

        assert "Klubben, Rolf" in page


class TestApi:
    def test_facts_are_changed_by_who_administers(self, client, cast):
        address = f"/api/v1/employers/{cast.bakery.pk}/"
        json = {"content_type": "application/json"}
        client.force_login(cast.employer_member)

        answer = client.patch(address, {"employees": 9, "sector": "C"}, **json)

        assert (answer.status_code, answer.json()["employees"]) == (200, 9)
        client.force_login(cast.other_employer)
        assert client.patch(address, {"employees": 1}, **json).status_code == 404
