"""Swedish alphabetical order, which neither SQLite nor PostgreSQL's "C" collation knows."""

import unicodedata

# å, ä and ö are letters of their own after z (SS 03 81 03); é and ü sort with e and y.
_AFTER_Z = str.maketrans(
    {"å": "z\u00e0", "ä": "z\u00e1", "æ": "z\u00e1", "ö": "z\u00e2", "ø": "z\u00e2", "ü": "y"}
)


def sort_key(text: str) -> str:
    """Return a string whose code-point order is the Swedish alphabetical order of `text`."""
    translated = text.strip().casefold().translate(_AFTER_Z)
    kept = (
        c
        for c in unicodedata.normalize("NFD", translated)
        if not unicodedata.combining(c) or c in "\u0300\u0301\u0302"
    )
    return unicodedata.normalize("NFC", "".join(kept))[:200]
