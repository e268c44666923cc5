"""The number that identifies a Swedish organisation, as people write it and as it is kept."""

import re

from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength
from stdnum.se import orgnr

from backend.core.writing.refusals import Refused
from backend.employers.refusals import OrganisationRefusal

# Between and around the digits people write spaces, hyphens of several kinds, dots and invisible marks.
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015\u2212\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
# Authorities put 16 before an organisation's number where a person's has its century (SKV 709).
_ORGANISATION_PREFIX = "16"
_CENTURIES = ("18", "19", "20")
# In an organisation's number the third digit is at least 2; in a person's the month stands there (SKV 709).
_SMALLEST_THIRD_DIGIT = "2"


def clean_organisationsnummer(written: str) -> str:
    """Return the ten digits of `written`. Raises Refused that says what is wrong with it.

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
        raise Refused(OrganisationRefusal.NUMBER_FORMAT) from None
    except InvalidChecksum:
        raise Refused(OrganisationRefusal.NUMBER_CHECKSUM) from None
    if century in _CENTURIES or number[2] < _SMALLEST_THIRD_DIGIT:
        raise Refused(OrganisationRefusal.NUMBER_PERSONAL)
    return number


def written_out(number: str) -> str:
    """Return a kept number as people write it: 556000-4615."""
    return f"{number[:6]}-{number[6:]}"
