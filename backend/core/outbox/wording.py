"""The words of a mail: the programme's, or those that a municipality has written in their place.

Own words are the subject and what stands between greeting and link. Greeting, link, what the programme says
beside it and who sends it are in the layout of every mail, so that own words cannot lose them.
"""

import logging
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from backend.core.models import Delivery, OwnWords
from backend.core.outbox.kinds import MessageKind
from backend.core.outbox.settling import municipality_of

logger = logging.getLogger(__name__)

PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}|[{}]")


class Words(NamedTuple):
    """Subject and text; both empty where the programme's own hold."""

    subject: str = ""
    text: str = ""


def own_words_for(kind: MessageKind, delivery: Delivery, values: Mapping[str, str]) -> Words:
    """Return what the municipality of the case has written for the receiver's language, filled with `values`.

    Words that name what the kind no longer offers are not used: the mail goes in the programme's.
    """
    written = OwnWords.objects.filter(kind=kind.name, language=delivery.recipient.language)
    municipality = municipality_of(delivery.message) if written.exists() else None
    if municipality is None:
        return Words()
    newest = written.filter(municipality_key=municipality).first()
    if newest is None:
        return Words()
    try:
        return Words(newest.subject, filled(newest.text, kind, values))
    except LookupError:
        logger.error("own words %s for %s do not fit any more", newest.pk, kind.name)  # noqa: TRY400
        return Words()


def filled(text: str, kind: MessageKind, values: Mapping[str, str]) -> str:
    """Return `text` with the value of each {name}. Raises LookupError for one that `kind` does not offer."""

    def value_of(found: re.Match[str]) -> str:
        name = found[1] or ""
        if name not in kind.offers:
            raise LookupError(found[0])
        return values[name]

    return PLACEHOLDER.sub(value_of, text)


def programmes_words(kind: MessageKind) -> Words:
    """Return the programme's words in the language that is spoken now, with {name} where a value stands."""
    values = {name: f"{{{name}}}" for name in kind.offers}
    text = render_to_string(kind.template, {**values, "layout": "components/_words_of_mail.txt"})
    return Words(str(kind.subject), text.strip())


def examples() -> dict[str, str]:
    """Return what stands in a mail that nobody gets, for each of what kinds name."""
    return {
        "opening": _("Help in the kitchen"),
        "place": _("The bakery, High Street 1"),
        "when": _("Thursday 12 March at 10"),
        "where": _("High Street 1"),
    }
