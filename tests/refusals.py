"""How a test says that a service refuses, and for which reasons."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError

from backend.core.writing.refusals import codes_of


@contextmanager
def refused_for(*codes: str) -> Iterator[pytest.ExceptionInfo[ValidationError]]:
    """Expect a refusal with exactly these codes; that nothing was changed is for the test to show."""
    with pytest.raises(ValidationError) as caught:
        yield caught
    assert codes_of(caught.value) == frozenset(codes)
