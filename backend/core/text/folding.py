"""Words without what people write differently: case, accents, signs, ways of writing a number."""

import re
import unicodedata

# What Unicode does not take apart; æ and ø go the way of ä and ö. Casefold has made ẞ and ß to ss.
_NO_ACCENT = str.maketrans(
    {"æ": "a", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "œ": "oe", "ħ": "h"}
)
_NOT_LETTERS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\+?\(?\d[\d\s().\-\u2013/]*\d")
_VAT_NUMBER = re.compile(r"\bse(\d{10})01\b", re.IGNORECASE)
# With fewer digits it is a street number, a year or a postcode that somebody writes beside other words.
FEWEST_DIGITS = 6


def fold(text: str) -> str:
    """Return the words of `text` with one space between: "Söder-STRÖM" becomes "soder strom"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_NO_ACCENT))
    return _NOT_LETTERS.sub(" ", "".join(c for c in decomposed if not unicodedata.combining(c))).strip()


def fold_code(text: str) -> str:
    """Return a code or number in one piece: "D-ABC123" becomes "dabc123", "+46 70-123" becomes "070123"."""
    return _plain_number(text) if _NUMBER.fullmatch(text.strip()) else fold(text).replace(" ", "")


def words_to_look_for(text: str) -> list[str]:
    """Return what `text` asks for, each word once and folded, and each number in one piece."""
    text = _VAT_NUMBER.sub(r"\1", text)
    numbers = [found for found in _NUMBER.findall(text) if _digits(found) >= FEWEST_DIGITS]
    for number in numbers:
        text = text.replace(number, " ")
    return list(dict.fromkeys([*fold(text).split(), *map(_plain_number, numbers)]))


def _plain_number(text: str) -> str:
    """Return the digits; a number abroad's way begins with 0, an organisation number has no century."""
    digits = re.sub(r"[^\d+]", "", text.replace("(0)", ""))
    digits = re.sub(r"^(?:\+|00)46", "0", digits).lstrip("+")
    return digits[2:] if len(digits) == len("165566778899") and digits.startswith("16") else digits


def _digits(text: str) -> int:
    return sum(map(str.isdecimal, text))
