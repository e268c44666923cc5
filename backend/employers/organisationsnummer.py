"""The number that identifies a Swedish organisation, as people write it, and what it tells of its kind."""

import re
from typing import Final

from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength
from stdnum.se import orgnr, personnummer

from backend.core.writing.refusals import Refused
from backend.employers.enums import EmployerKind
from backend.employers.refusals import OrganisationRefusal

# Between and around the digits people write spaces, hyphens of several kinds, dots and invisible marks; plus
# in the number of a person of a hundred years.
_BETWEEN = re.compile(r"[\s.\-+\u2010-\u2015\u2212\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
# Authorities put 16 before an organisation's number where a person's has its century (SKV 709).
_ORGANISATION_PREFIX = "16"
_CENTURIES = ("18", "19", "20")
SMALLEST_THIRD_DIGIT: Final = "2"
"""Smaller ones stand in a person's number, where the month is (SKV 709)."""
_COORDINATION: Final = 60
"""In a coordination number this is added to the day (folkbokföringslagen 1991:481 § 18 a, SKV 707)."""
# The first digits say the form (SKV 709): the state 20, municipalities 21, their federations 22, regions 23.
_PUBLIC = ("20", "21", "22", "23")
# Faith communities have 25; economic associations begin with 7, other associations and foundations with 8.
_ASSOCIATIONS = ("25", "7", "8")


def clean_organisationsnummer(written: str) -> str:
    """Return the ten digits of `written`. Raises Refused that says what is wrong with it.

    A sole trader's number is the owner's personal identity number or coordination number: `is_personal`.
    """
    digits = _BETWEEN.sub("", written)
    century = ""
    if len(digits) == 12 and digits.startswith((_ORGANISATION_PREFIX, *_CENTURIES)):
        century, digits = digits[:2], digits[2:]
    try:
        number: str = orgnr.validate(digits)
    except (InvalidFormat, InvalidLength):
        raise Refused(OrganisationRefusal.NUMBER_FORMAT) from None
    except InvalidChecksum:
        raise Refused(OrganisationRefusal.NUMBER_CHECKSUM) from None
    if century and is_personal(number) != (century in _CENTURIES):
        raise Refused(OrganisationRefusal.NUMBER_FORMAT)
    if is_personal(number) and not _has_birthday(number, century):
        raise Refused(OrganisationRefusal.NUMBER_CHECKSUM)
    return number


def is_personal(number: str) -> bool:
    """Tell whether ten digits are a person's number, and the organisation so a sole trader."""
    return number[2] < SMALLEST_THIRD_DIGIT


def kind_of(number: str) -> EmployerKind:
    """Return the kind of organisation that a number tells of; which company is a social one it does not."""
    if number.startswith(_PUBLIC) and not is_personal(number):
        return EmployerKind.PUBLIC_BODY
    if number.startswith(_ASSOCIATIONS) and not is_personal(number):
        return EmployerKind.ASSOCIATION
    return EmployerKind.COMPANY


def ensure_kind_fits(number: str, kind: EmployerKind | str) -> EmployerKind:
    """Return the kind, by the number where none was chosen. Raises Refused for one that cannot be.

    A municipality's own limited company has a company's number, so that may be called a public body.
    """
    if not kind:
        return kind_of(number)
    if is_personal(number) and kind in (EmployerKind.PUBLIC_BODY, EmployerKind.ASSOCIATION):
        raise Refused(OrganisationRefusal.NUMBER_PERSONAL, about="kind")
    if kind_of(number) == EmployerKind.PUBLIC_BODY != kind:
        raise Refused(OrganisationRefusal.NUMBER_PUBLIC, about="kind")
    return EmployerKind(kind)


def written_out(number: str) -> str:
    """Return a kept number as people write it: 556000-4615."""
    return f"{number[:6]}-{number[6:]}"


def _has_birthday(number: str, century: str) -> bool:
    """Tell whether there is such a day of birth; in a coordination number sixty is added to it."""
    day = int(number[4:6])
    if day > _COORDINATION:
        day -= _COORDINATION
    try:
        personnummer.get_birth_date(f"{century}{number[:4]}{day:02d}-{number[6:]}")
    except InvalidComponent:
        return False
    return True
