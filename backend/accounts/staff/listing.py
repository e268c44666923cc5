"""Who works for the municipalities that somebody administers, as the list and the pages show them."""

from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona, Role
from backend.accounts.models import Assignment, Invitation, Municipality, Unit, User
from backend.core.text.searching import search

STANDS = [("working", _("Working here")), ("invited", _("Invited, not yet here")), ("left", _("Have left"))]


def staff_of(user: User) -> QuerySet[User]:
    """Return who works, or has worked, in a municipality that `user` administers now."""
    held = Assignment.objects.filter(municipality__in=Municipality.objects.run_by(user))
    return User.objects.filter(persona=Persona.STAFF, pk__in=held.order_by().values("user"))


def with_roles(people: QuerySet[User]) -> QuerySet[User]:
    """Return `people` with their roles (`held`), and the invitation that waits for each (`waiting`)."""
    roles = Assignment.objects.filter(ended_on=None).select_related("unit", "municipality")
    waiting = Invitation.objects.open()
    return people.prefetch_related(
        Prefetch("assignments", queryset=roles.order_by("role", "unit__sort_key", "pk"), to_attr="held"),
        Prefetch("invitations", queryset=waiting, to_attr="waiting"),
    )


def _units(request: Any) -> QuerySet[Unit]:
    return Unit.objects.run_by(request.user).open() if request else Unit.objects.none()


class StaffFilter(filters.FilterSet):
    """What the list of people can be narrowed by."""

    q = filters.CharFilter(label=_("Search"), method="having_words", max_length=200)
    stand = filters.ChoiceFilter(
        label=_("Status"), choices=STANDS, method="who_stands", empty_label=_("Working here or invited")
    )
    role = filters.ChoiceFilter(label=_("Role"), choices=Role.choices, method="in_role", empty_label=_("All"))
    unit = filters.ModelChoiceFilter(label=_("Unit"), queryset=_units, method="in_unit", empty_label=_("All"))

    class Meta:
        model = User
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        """Leave out who has left, unless they are asked for."""
        found: QuerySet[User] = super().filter_queryset(queryset)
        has_left = self.form.cleaned_data.get("stand") == "left"
        return found.filter(~_holds() if has_left else _holds())

    def having_words(self, people: QuerySet[User], name: str, text: str) -> QuerySet[User]:
        """Keep those in whose name, address or number every word stands, the best found first."""
        return search(people, text, "")

    def who_stands(self, people: QuerySet[User], name: str, stand: str) -> QuerySet[User]:
        """Keep those who are waited for, or who are here."""
        waiting = Q(pk__in=Invitation.objects.open().values("user"))
        return {"working": people.exclude(waiting), "invited": people.filter(waiting)}.get(stand, people)

    def in_role(self, people: QuerySet[User], name: str, role: str) -> QuerySet[User]:
        """Keep those who hold the role."""
        return people.filter(_holds(role=role))

    def in_unit(self, people: QuerySet[User], name: str, unit: Unit) -> QuerySet[User]:
        """Keep those who work in the unit."""
        return people.filter(_holds(unit=unit))


def _holds(**what: Any) -> Exists:
    return Exists(Assignment.objects.filter(user=OuterRef("pk"), ended_on=None, **what))
