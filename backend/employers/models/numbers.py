"""The number that identifies an organisation: open, or sealed where it is a person's."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from backend.core.constraints import is_digits
from backend.core.sealed import blind_index, blind_indexes, seal, unseal
from backend.employers.organisationsnummer import SMALLEST_THIRD_DIGIT, is_personal, written_out

_SEALED: Final = b"sole traders"
_INDEXED: Final = b"sole trader keys"
# Without spaces between: Django's reading of SQLite's tables parts them there.
_THIRD_DIGIT: Final = Func(
    F("organisationsnummer"), template="SUBSTR(%(expressions)s,3,1)", output_field=models.CharField()
)
_IS_OPEN: Final = (
    is_digits("organisationsnummer", count=10)
    & Q(GreaterThanOrEqual(_THIRD_DIGIT, models.Value(SMALLEST_THIRD_DIGIT)))
    & Q(sealed_number="", number_index="")
)
_IS_SEALED: Final = Q(organisationsnummer="") & ~Q(sealed_number="") & ~Q(number_index="")


def columns_of(number: str) -> dict[str, str]:
    """Return the columns that keep ten digits: a person's sealed, with a keyed hash to be known again by."""
    if not is_personal(number):
        return {"organisationsnummer": number, "sealed_number": "", "number_index": ""}
    sealed = seal(number.encode(), purpose=_SEALED)
    return {
        "organisationsnummer": "",
        "sealed_number": sealed,
        "number_index": blind_index(number, purpose=_INDEXED),
    }


def keys_of(number: str) -> list[str]:
    """Return what ten digits are known by: themselves, or for a person's a keyed hash for each key in use."""
    return blind_indexes(number, purpose=_INDEXED) if is_personal(number) else [number]


def lookup_of(number: str) -> dict[str, list[str]]:
    """Return how the rows with these ten digits are found, and no others."""
    column = "number_index" if is_personal(number) else "organisationsnummer"
    return {f"{column}__in": keys_of(number)}


class Numbered(models.Model):
    """An organisation with its number; a sole trader's is the owner's personal identity number.

    That one is encrypted, stands in no list, address, log, export or search, and is shown to who administers
    the organisation on its own page, and to staff who say why (`show_number`).
    """

    organisationsnummer = models.CharField(_("organisation number"), max_length=10, blank=True)
    sealed_number = models.TextField(blank=True, editable=False)
    number_index = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "organisationsnummer"],
                condition=~Q(organisationsnummer=""),
                name="%(class)s_once",
                violation_error_message=_("The organisation is already registered."),
            ),
            models.UniqueConstraint(
                fields=["municipality", "number_index"],
                condition=~Q(number_index=""),
                name="%(class)s_sealed_once",
                violation_error_message=_("The organisation is already registered."),
            ),
            models.CheckConstraint(
                condition=_IS_OPEN | _IS_SEALED,
                name="%(class)s_number_open_or_sealed",
                violation_error_message=_("An organisation number has ten digits."),
            ),
        ]

    @property
    def is_sole_trader(self) -> bool:
        """Whether the number is the owner's personal identity number."""
        return bool(self.number_index)

    @property
    def number_key(self) -> str:
        """What the number is known by, among `keys_of` it."""
        return self.number_index or self.organisationsnummer

    @property
    def open_number(self) -> str | None:
        """The organisation number as people write it; None for a sole trader's."""
        return None if self.is_sole_trader else written_out(self.organisationsnummer)

    @property
    def number_written_out(self) -> str:
        """The organisation number as people write it; for a sole trader's, that it is not shown."""
        return self.open_number or str(_("Sole trader – the number is not shown"))

    @property
    def own_number(self) -> str:
        """The number as people write it, a sole trader's too: for its administrator, and staff with a reason.

        Empty when the key that it was sealed with is no longer known.
        """
        if not self.is_sole_trader:
            return written_out(self.organisationsnummer)
        digits = unseal(self.sealed_number, purpose=_SEALED)
        return written_out(digits.decode()) if digits else ""
