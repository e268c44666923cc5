"""Conditions of constraints in words that every SQLite and PostgreSQL know by themselves.

Django's `__regex` calls a function that only its own connections to SQLite have: any other program fails to
check, copy or vacuum such a database.
"""

from django.db.models import CharField, F, Func, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact


def is_digits(field: str, *, count: int) -> Q:
    """Return the condition that the text in `field` is exactly `count` of the digits 0 to 9."""
    rest = Func(F(field), Value("0123456789"), function="LTRIM", output_field=CharField())
    return Q(Exact(Length(field), count)) & Q(Exact(rest, Value("")))
