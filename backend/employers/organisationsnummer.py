"""The number that identifies a Swedish organisation, as people write it and as it is kept."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength
from stdnum.se import orgnr

# Between and around the digits people write spaces, hyphens of several kinds, dots and invisible marks.
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015\u2212\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
# Authorities put 16 before an organisation's number where a person's has its century (SKV 709).
_ORGANISATION_PREFIX = "16"
_CENTURIES = ("18", "19", "20")
# In an organisation's number the third digit is at least 2; in a person's the month stands there (SKV 709).
_SMALLEST_THIRD_DIGIT = "2"


def clean_organisationsnummer(written: str) -> str:
    """Return the ten digits of `written`. Raises ValidationError that says what is wrong with it.

    A sole trader's number is the owner's personal identity number; it is refused, so that none is ever kept.
    """
    digits = _BETWEEN.sub("", written)
    if len(digits) == 12 and digits.startswith((_ORGANISATION_PREFIX, *_CENTURIES)):
        digits, century = digits[2:], digits[:2]
    else:
        century = ""
    try:
        number: str = orgnr.validate(digits)
    except (InvalidFormat, InvalidLength):
        raise ValidationError(
            _("An organisation number has ten digits, such as 556000-4615."), "format"
        ) from None
    except InvalidChecksum:
        raise ValidationError(
            _("The organisation number is not right: one of its digits must be mistyped."), "checksum"
        ) from None
    if century in _CENTURIES or number[2] < _SMALLEST_THIRD_DIGIT:
        raise ValidationError(
            _(
                "This is a personal identity number, and we never keep those. If you are a sole trader, "
                "call the municipality's labour-market unit and they will help you."
            ),
            "personal",
        )
    return number


def written_out(number: str) -> str:
    """Return a kept number as people write it: 556000-4615."""
    return f"{number[:6]}-{number[6:]}"
