"""Letters of other alphabets that look like Latin ones, by which a name can pass for another."""

from typing import Final

from confusable_homoglyphs import confusables

_LAST_LATIN: Final = "\N{LATIN SMALL LETTER Z WITH SWASH TAIL}"


def in_latin(text: str) -> str:
    """Return `text` with every letter that looks like a Latin one as that one."""
    if all(sign <= _LAST_LATIN for sign in text):
        return text
    found = confusables.is_confusable(text, greedy=True, preferred_aliases=["latin"]) or []
    plain = {each["character"]: each["homoglyphs"][0]["c"] for each in found}
    return "".join(plain.get(sign, sign) for sign in text)


def mixes_alphabets(text: str) -> bool:
    """Tell whether one text has letters of several alphabets, some of which could pass for others."""
    return bool(confusables.is_dangerous(text))
