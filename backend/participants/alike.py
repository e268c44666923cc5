"""Who may be the same person as somebody who is being enrolled."""

from backend.accounts.models import User
from backend.core.text.sorting import sort_key
from backend.participants.models import Participant

# A number written with and without +46 is the same from here on.
PHONE_DIGITS = 8


def alike(participant: Participant) -> list[Participant]:
    """Return who in the municipality has the name of `participant` and the same e-mail address or phone."""
    namesakes = Participant.objects.filter(
        unit__municipality=participant.unit.municipality_id, sort_key=sort_key(participant.sorts_as())
    ).exclude(pk=participant.pk)
    return [each for each in namesakes.select_related("unit") if _reached_alike(each, participant)]


def split(people: list[Participant], *, reader: User) -> tuple[list[Participant], int]:
    """Return those of `people` whose file `reader` may open, and how many others there are.

    Of a protected identity nothing is told, not even a count.
    """
    mine = Participant.objects.visible_to(reader).in_bulk([each.pk for each in people])
    others = [each for each in people if each.pk not in mine and not each.is_protected]
    return list(mine.values()), len(others)


def _reached_alike(one: Participant, other: Participant) -> bool:
    same_email = bool(one.email) and one.email.casefold() == other.email.casefold()
    phones = _digits(one.phone), _digits(other.phone)
    return same_email or (len(phones[0]) == PHONE_DIGITS and phones[0] == phones[1])


def _digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdecimal())[-PHONE_DIGITS:]
