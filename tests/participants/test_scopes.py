"""Whom the matcher may see is one object: the people, and the name under which they are kept."""

from collections.abc import Callable

import pytest

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.participants.models import Participant
from backend.participants.scopes import (
    People,
    listed_people,
    matched_people,
    own_people,
    people_of_municipality,
)
from tests.cast import Cast
from tests.factories import AssignmentFactory
from tests.factories.base import TODAY

SCOPES: list[Callable[[User], People]] = [listed_people, matched_people, own_people]


def again(user: User) -> User:
    """Return the user as the next request reads them."""
    return User.objects.get(pk=user.pk)


class TestScopes:
    @pytest.mark.parametrize("scope", SCOPES)
    def test_a_protected_identity_is_in_none_even_for_its_handler(
        self, cast: Cast, scope: Callable[[User], People]
    ) -> None:
        assert set(scope(cast.coach).rows) == {cast.pia}
        assert cast.skye not in people_of_municipality(cast.municipality.pk).rows

    @pytest.mark.parametrize("user", ["employer_member", "participant_user", "administrator"])
    @pytest.mark.parametrize("scope", SCOPES)
    def test_whoever_works_in_no_unit_sees_nobody(
        self, cast: Cast, scope: Callable[[User], People], user: str
    ) -> None:
        assert not scope(getattr(cast, user)).rows.exists()

    @pytest.mark.parametrize("scope", SCOPES)
    def test_people_and_key_change_together_when_a_coach_leaves_the_unit(
        self, cast: Cast, scope: Callable[[User], People]
    ) -> None:
        before = scope(cast.coach)
        cast.coach.assignments.update(ended_on=TODAY)
        after = scope(again(cast.coach))
        assert not after.rows.exists()
        assert after.key != before.key

    def test_two_coaches_of_a_unit_share_what_is_kept(self, cast: Cast) -> None:
        colleague = AssignmentFactory(unit=cast.unit, role=Role.COACH).user
        assert matched_people(colleague).key == matched_people(cast.coach).key
        assert own_people(colleague).key != own_people(cast.coach).key

    def test_scopes_agree_with_the_scopes_of_pages(self, cast: Cast) -> None:
        people = Participant.objects
        assert set(listed_people(cast.manager).rows) == set(people.listed_for(cast.manager))
        assert set(matched_people(cast.coach).rows) == set(people.matched_by(cast.coach))
