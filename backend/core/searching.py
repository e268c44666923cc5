"""Free text in lists."""

from django.db.models import Q

MOST_WORDS = 8


def contains_words(text: str, *fields: str) -> Q:
    """Return the condition that every word of `text` stands in one of `fields`, in any case.

    SQLite folds the case of a–z alone, so a word with å, ä or ö is asked for in the ways it is written.
    """
    wanted = Q()
    for word in text.split()[:MOST_WORDS]:
        spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
        found = Q(pk__in=[])
        for field in fields:
            for spelling in sorted(spellings):
                found |= Q(**{f"{field}__icontains": spelling})
        wanted &= found
    return wanted
