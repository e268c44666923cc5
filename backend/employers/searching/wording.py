"""Why an opening was found, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from backend.employers.searching.lexicon import Likeness
from backend.employers.searching.postings import Reason, Where


def why_in_words(reasons: Iterable[Reason]) -> str:
    """Return the reasons on one line, each once; "" where there are none."""
    return " · ".join(dict.fromkeys(map(_in_words, reasons)))


def _in_words(reason: Reason) -> str:
    """Return where the word stands, and as which word where that is not the one that was written."""
    words = _place(reason)
    if reason.likeness == Likeness.MISSPELT:
        return _("%(where)s, like “%(word)s”") % {"where": words, "word": reason.word}
    if reason.likeness == Likeness.SOUNDS:
        return _("%(where)s, sounds like “%(word)s”") % {"where": words, "word": reason.word}
    if reason.likeness == Likeness.OTHER_WORD:
        return _("%(where)s, another word for it: “%(word)s”") % {"where": words, "word": reason.word}
    return words


def _small(label: str) -> str:
    """Begin with a small letter, unless the name has capitals or signs of its own."""
    return label[:1].lower() + label[1:] if label[1:].islower() else label


def _place(reason: Reason) -> str:
    named = {"name": reason.phrase, "label": _small(reason.label)}
    match reason.where:
        case Where.OCCUPATION_TOO:
            return _("Occupation: %(name)s, also called “%(label)s”") % named
        case Where.SKILL_TOO:
            return _("Skill: %(name)s, also called “%(label)s”") % named
        case Where.OCCUPATION:
            return _("Occupation: %(name)s") % named
        case Where.SKILL:
            return _("Skill: %(name)s") % named
    return {
        Where.TITLE: _("in the title"),
        Where.EMPLOYER: _("in the employer's name"),
        Where.WORKPLACE: _("in the workplace's name or address"),
        Where.PLACE: _("the place"),
        Where.DESCRIPTION: _("in the description"),
    }[reason.where]
