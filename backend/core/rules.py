"""Dated rules: which value held on which day."""

from datetime import date
from typing import Any

from django.db.models import Q

from backend.core.models import DatedRule


class NoRuleInForce(LookupError):
    """No row of the rule covers the day asked for."""


def value_on(key: str, day: date) -> Any:
    """Return the value of rule `key` that holds on `day`. Raises NoRuleInForce."""
    in_force = DatedRule.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day), key=key, valid_from__lte=day
    )
    rule = in_force.order_by("-valid_from").first()
    if rule is None:
        raise NoRuleInForce(f"{key} on {day}")
    return rule.value
