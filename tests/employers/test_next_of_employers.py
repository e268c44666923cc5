"""What comes next about an employer and its members: what is offered is what the service would do."""

from functools import partial

import pytest
from django.urls import reverse
from django.utils import translation

from backend.employers.enums import CheckKind, MembershipRole, MembershipState, Standing
from backend.employers.models import Employer
from backend.employers.pages.next import (
    next_about_members,
    next_for_applicant,
    next_for_member,
    next_for_staff,
)
from backend.employers.services import (
    approve_employer,
    approve_membership,
    change_role,
    end_membership,
    obstacles,
    record_checks,
)
from tests.employers.checks import clear_checks
from tests.factories import EmployerFactory, MembershipFactory, UserFactory
from tests.factories.base import TODAY
from tests.offers import goes_through

STATES, ROLES = list(MembershipState), list(MembershipRole)
# What who works at an employer is told of its standing.
TOLD = {
    Standing.NEW: "You are new to us",
    Standing.GOOD: None,
    Standing.PAUSED: "The municipality has paused its work with the organisation",
    Standing.STOPPED: "The municipality has paused its work with the organisation",
}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.django_db
class TestMember:
    def writes(self, member, by):
        """Every write about a member, by the address and value of the button that would do it."""
        address = partial(reverse, args=[member.pk])
        key = {"membership_id": member.pk, "by": by}
        roles = {
            (address("employers:membership_role"), role.value): partial(change_role, role=role, **key)
            for role in ROLES
            if role != member.role
        }
        return {
            (address("employers:membership_approve"), "1"): partial(approve_membership, **key),
            (address("employers:membership_end"), "1"): partial(end_membership, **key),
            **roles,
        }

    def offered(self, member, *, may_decide):
        [employer] = Employer.objects.filter(pk=member.employer_id).prefetch_related("memberships__user")
        steps = {each.pk: step for each, step in next_about_members(employer, may_decide=may_decide)}
        step = steps[member.pk]
        return {(action.url, action.value) for action in step.actions} if step else set()

    @pytest.mark.parametrize("others", [[], ["contact"], ["administrator"]])
    @pytest.mark.parametrize("role", ROLES)
    @pytest.mark.parametrize("state", STATES)
    def test_who_decides_is_offered_what_the_services_do(self, cast, state, role, others):
        member = MembershipFactory(employer=EmployerFactory(), state=state, role=role)
        for other in others:
            MembershipFactory(employer=member.employer, role=other)
        by = cast.coach

        possible = {key for key, write in self.writes(member, by).items() if goes_through(write)}

        assert self.offered(member, may_decide=True) == possible

    @pytest.mark.parametrize("state", STATES)
    def test_who_may_not_decide_is_offered_nothing(self, cast, state):
        member = MembershipFactory(employer=cast.bakery, state=state)
        by = MembershipFactory(employer=cast.bakery, role="contact").user

        possible = {key for key, write in self.writes(member, by).items() if goes_through(write)}

        assert self.offered(member, may_decide=False) == possible == set()

    @pytest.mark.parametrize("state", STATES)
    def test_who_has_asked_waits_until_there_is_an_answer(self, cast, state):
        step = next_for_applicant(MembershipFactory(employer=cast.bakery, state=state), may_remind=False)

        assert (step is not None) == (state == MembershipState.REQUESTED)

    def test_a_request_alone_waits_for_the_reader(self, cast):
        MembershipFactory(employer=cast.bakery, state="requested")
        MembershipFactory(employer=cast.bakery, role="contact")

        steps = [step for _each, step in next_about_members(cast.bakery, may_decide=True) if step]

        assert sorted(step.do for step in steps) == ["", "Answer"]


@pytest.mark.django_db
class TestEmployer:
    @pytest.mark.parametrize("is_checked", [True, False])
    @pytest.mark.parametrize("standing", list(Standing))
    def test_staff_are_offered_what_the_services_do(self, cast, standing, is_checked):
        employer = EmployerFactory(municipality=cast.bakery.municipality, standing=standing)
        if is_checked:
            clear_checks(employer, by=cast.coach)
        by = {"by": cast.coach}
        approve = partial(approve_employer, employer_id=employer.pk, **by)
        facts = {"kinds": CheckKind, "outcome": "clear", "evidence": "Registret"}
        check = partial(record_checks, employer=employer, **facts, **by)

        step = next_for_staff(employer, today=TODAY, obstacles=obstacles(employer=employer, on=TODAY))

        offered = [action.url for action in step.actions] if step else []
        approval = reverse("employers:employer_approve", args=[employer.pk])
        checks = reverse("employers:check_create", args=[employer.pk])
        assert (approval in offered) == goes_through(approve)
        assert checks not in offered or goes_through(check)
        assert (checks in offered) == (not is_checked and standing != Standing.STOPPED)

    @pytest.mark.parametrize("standing", list(Standing))
    def test_its_members_are_told_of_its_standing(self, standing):
        step = next_for_member(EmployerFactory(standing=standing), today=TODAY)

        assert (step.title if step else None) == TOLD[standing]

    def test_a_member_is_never_offered_what_staff_do(self):
        assert not any(
            step.actions
            for each in Standing
            if (step := next_for_member(EmployerFactory(standing=each), today=TODAY))
        )


@pytest.mark.django_db
def test_the_pages_show_it(client, cast):
    MembershipFactory(employer=cast.bakery, user=UserFactory(persona="employer"), state="requested")
    for reader, name, args in (
        ("coach", "employer_detail", [cast.bakery.pk]),
        ("employer_member", "my_organisation", []),
    ):
        user = getattr(cast, reader)
        type(user).objects.filter(pk=user.pk).update(language="en")
        client.force_login(user)
        page = client.get(reverse(f"employers:{name}", args=args))
        assert b"Let in" in page.content
        assert b"Make contact" not in page.content, "the only administrator keeps the role"
