"""Personal data where it should not be: numbers of persons, ways to reach them, names to ask for."""

import re
from typing import Final

from backend.core.text.personal import personal_in

_NAME: Final = re.compile(
    r"(?:[Kk]ontakta|[Rr]ing|[Mm]ejla|[Pp]rata med|[Ff]råga efter|[Ss]ök|[Hh]ör av dig till|[Cc]ontact|"
    r"[Cc]all|[Aa]sk for|[Ee]-?mail|[Hh]andledare(?:n)?(?: är|:)|[Ss]upervisor(?: is|:)) "
    r"(?P<name>[A-ZÅÄÖÉ][a-zåäöéü]+ (?:von |af |de |al-)?[A-ZÅÄÖÉ][a-zåäöéü]+)"
)
_NO_PERSON: Final = re.compile(
    r"\b(?:AB|HB|Kommun|Region|Café|Kafé|Bageri\w*|Restaurang\w*)\b", re.IGNORECASE
)


def of_somebody(text: str) -> str:
    """Return the first that belongs to one person in `text`; "" where there is none."""
    if found := personal_in(text):
        return found
    named = _NAME.search(text)
    return "" if named is None or _NO_PERSON.search(named["name"]) else named["name"]
