"""Names of people: letters there must be, and no pictures."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Symbols that are drawings (So), skin colours of such (among Sk), and what is no character at all.
_NO_LETTERS = {"So", "Cc", "Cn", "Co", "Cs"}
_SKIN = range(0x1F3FB, 0x1F400)


def validate_name(text: str) -> None:
    """Raise ValidationError for what no person is called."""
    if text.strip() and not is_name(text):
        raise ValidationError(_("Write the name with letters, without pictures."), "not_a_name")


def is_name(text: str) -> bool:
    """Tell whether `text` can be a name: at least one letter, of any script, and nothing drawn."""
    kinds = {unicodedata.category(sign) for sign in text}
    has_letter = any(kind.startswith("L") for kind in kinds)
    return has_letter and not kinds & _NO_LETTERS and not any(ord(sign) in _SKIN for sign in text)
