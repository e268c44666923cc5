"""What happens when a role ends, in words, before it is done."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.accounts.enums import Role
from backend.accounts.models import Assignment, User
from backend.accounts.staff.casebook import casebook


def effects_of(role: Assignment) -> list[str]:
    """Return what ending `role` means: for the person, for the cases in hand, and who sees to those."""
    effects = [_("After the last day the pages of this role open no more. The account and the log stay.")]
    if role.role != Role.COACH:
        return effects
    count = casebook().coached_by(role)
    if not count:
        return [*effects, _("No open case is in hand.")]
    words = ngettext("%(n)s open case is in hand.", "%(n)s open cases are in hand.", count) % {"n": count}
    return [*effects, words, _who_sees_to_them(role)]


def managers_of(role: Assignment) -> list[User]:
    """Return who manages the unit of `role`, the holder left out."""
    there = Assignment.objects.filter(unit=role.unit_id, role=Role.MANAGER, ended_on=None)
    managers = User.objects.filter(is_active=True, pk__in=there.order_by().values("user"))
    return list(managers.exclude(pk=role.user_id).order_by("sort_key", "pk"))


def _who_sees_to_them(role: Assignment) -> str:
    names = ", ".join(map(str, managers_of(role)))
    if not names:
        return _("The unit has no manager who could give them another job coach.")
    return _("%(names)s gives them another job coach: before the last day or after it.") % {"names": names}
