"""What participants announces to the apps above it."""

from django.dispatch import Signal

# Sent inside the transaction with `consent`, `by` (User or None) and `at`.
consent_withdrawn = Signal()
