"""Whether the agreement is signed before an internship starts, and whether one that is not refuses it."""

from collections.abc import Iterable
from typing import NamedTuple

from backend.core import rules as dated
from backend.internships.enums import InternshipState, Party
from backend.internships.models import Internship, Signature
from backend.internships.safeguards import rules


class Unsigned(NamedTuple):
    """Who has not signed what holds for an internship, and whether it may start before they have."""

    parties: list[Party]
    refuses: bool

    @property
    def who(self) -> str:
        """The parties in words."""
        return words_of(self.parties)


def unsigned_of(internship: Internship) -> Unsigned | None:
    """Return what is missing before an internship starts; None when all three have signed, and afterwards.

    Where there is no agreement nobody has signed. The rule is that of the first day.
    """
    if internship.state != InternshipState.PLANNED:
        return None
    signed = Signature.objects.filter(agreement__internship=internship, agreement__superseded_at=None)
    parties = set(signed.values_list("party", flat=True))
    missing = [each for each in Party if each not in parties]
    if not missing:
        return None
    return Unsigned(missing, bool(dated.value_on(rules.AGREEMENT_SIGNED, internship.starts_on)))


def source_of(internship: Internship) -> str:
    """Return the source of the rule about signing that an internship is judged by."""
    return rules.dated_source(rules.AGREEMENT_SIGNED, internship.starts_on)


def words_of(parties: Iterable[Party]) -> str:
    """Return parties in words, as they stand in a sentence."""
    return ", ".join(str(each.label).lower() for each in parties)
