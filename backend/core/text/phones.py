"""Telephone numbers as people write them, and as a telephone dials them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberType,
    format_number,
    is_possible_number,
    is_valid_number_for_region,
    number_type,
    parse,
)

HERE = "SE"
"""Where a number without a country is dialled."""


def dialled(phone: str) -> str:
    """Return the number with its country (+46701740605); empty for what is none."""
    try:
        number = parse(phone, HERE)
    except NumberParseException:
        return ""
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else ""


def validate_phone(phone: str) -> None:
    """Raise ValidationError for what no telephone can dial."""
    if not dialled(phone):
        raise ValidationError(
            _("Write the whole telephone number, for example 070-123 45 67 or +46 70 123 45 67."), "phone"
        )


def swedish_mobile(phone: str) -> str:
    """Return a Swedish mobile number with its country (+46701740605); empty for what is none."""
    try:
        number = parse(phone, HERE)
    except NumberParseException:
        return ""
    is_mobile = is_valid_number_for_region(number, HERE) and number_type(number) == PhoneNumberType.MOBILE
    return format_number(number, PhoneNumberFormat.E164) if is_mobile else ""
