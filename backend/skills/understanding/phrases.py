"""Free text about a person, cut into the pieces that each tell one thing. Plain Python, for Swedish."""

import re

_BETWEEN = re.compile(r"[,;|•·]+|\.(?=\s|$)|:\s|\s[–—+-]\s")
_AND = re.compile(r"\s(?:och|samt|&)\s", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:(?:jag|hon|han|hen|deltagaren|och|att|även|också|har|hade|kan|är|vill|vana?|gillar|älskar|tycker om|"
    r"bra på|duktig på|kunnig i|kunskap(?:er)? i|kunskaper om|erfarenhet(?:er)? (?:av|inom|som)|erfaren|"
    r"arbetat|jobbat|arbetar|jobbar|arbeta|jobba|varit|vid|som|inom|tidigare|lång|mångårig|flera års|"
    r"många års|gärna|bli|utbildad|utbildning (?:till|som)|examen som)\s+)+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:\([^)]*\)|"
    r"\b(?:i|under)\s+(?:cirka |ca |över |drygt )?(?:\d+|ett|två|tre|fyra|fem|sex|tio|många|flera|några)\s+"
    r"(?:år|månader|mån)\b.*|\b\d+\s+år\b.*|\b(?:sedan\s+)?(?:19|20)\d\d\b.*)$",
    re.IGNORECASE,
)
_TELLS_OCCUPATION = re.compile(r"(?:som|bli|utbildad|utbildning till)\s+$", re.IGNORECASE)


def pieces_of(line: str) -> list[str]:
    """Cut a line at its commas, full stops and the like."""
    return [piece for piece in (" ".join(part.split()) for part in _BETWEEN.split(line)) if piece]


def parts_of(piece: str) -> list[str]:
    """Cut a piece at its "och"; one part where there is none."""
    return [part for part in (" ".join(part.split()) for part in _AND.split(piece)) if part]


def bare(text: str) -> str:
    """Leave out what only leads to the thing told ("har jobbat som"), and how long it lasted."""
    before = _BEFORE.match(text)
    return _AFTER.sub("", text[before.end() :] if before else text).strip() or text


def tells_occupation(text: str) -> bool:
    """Tell whether the words before the thing say that it is an occupation: "har jobbat som"."""
    before = _BEFORE.match(text)
    return bool(before and _TELLS_OCCUPATION.search(before[0]))
