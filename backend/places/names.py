"""How Swedish place names are compared, and what municipalities are called."""

import re
import unicodedata

from backend.core.text.folding import fold

LONGEST_KEY = 200

# The rule below does not give these.
_OFFICIAL = {"Falun": "Falu kommun", "Gotland": "Region Gotland"}
_SHORT = {"falu": "falun"}
_NO_GENITIVE = tuple("aeiouyåäösxz")
_MUNICIPALITY_WORDS = re.compile(r"^region\s+|\s+(?:kommun|stad)$", re.IGNORECASE)


def match_key(name: str) -> str:
    """Fold a name for comparison: no case, diacritics or signs ("Upplands-Bro" becomes "upplands bro")."""
    return fold(name)[:LONGEST_KEY]


def spelling(name: str) -> str:
    """Fold only case, spaces and Unicode form, so that Habo and Håbo stay two names."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def official_name(name: str) -> str:
    """Give a municipality's full name: "Stockholm" becomes "Stockholms kommun", "Habo" "Habo kommun"."""
    genitive = name if name.endswith(_NO_GENITIVE) else f"{name}s"
    return _OFFICIAL.get(name, f"{genitive} kommun")


def names_municipality(text: str) -> bool:
    """Tell whether `text` says in so many words that it means a municipality."""
    return _MUNICIPALITY_WORDS.search(text.strip()) is not None


def municipality_spellings(text: str) -> list[str]:
    """List the short names that "Stockholms kommun" or "Solna stad" may stand for."""
    short = spelling(_MUNICIPALITY_WORDS.sub("", text.strip()))
    return [short, short.removesuffix("s"), _SHORT.get(short, short)]
