"""What higher apps may react to."""

from django.dispatch import Signal

consent_withdrawn = Signal()
"""Sent in the transaction that ends a consent, with `consent`, `by` (None: the system itself) and `at`."""
