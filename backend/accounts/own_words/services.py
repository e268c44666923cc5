"""Writing what mails of one kind say in one language, and going back to the programme's words."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.template import TemplateSyntaxError
from django.utils import translation

from backend.accounts.models import Municipality, User
from backend.accounts.refusals import OwnWordsRefusal
from backend.core.models import OwnWords
from backend.core.outbox import MessageKind, kinds
from backend.core.outbox.making import sample_of
from backend.core.outbox.wording import PLACEHOLDER, Words
from backend.core.text.personal import personal_in
from backend.core.writing import audit
from backend.core.writing.refusals import Reason, Refused
from backend.core.writing.transactions import locked, one_write

_WEB_ADDRESS: Final = re.compile(r"\b(?:[a-z][a-z0-9+.-]*://|www\.)\S*", re.IGNORECASE)
MOST: Final = {"subject": OwnWords.LONGEST_SUBJECT, "text": OwnWords.LONGEST_TEXT}


@one_write
def write_words(
    *, municipality_id: UUID, kind: str, language: str, subject: str, text: str, by: User, at: datetime
) -> OwnWords:
    """Let mails of `kind` to readers of `language` say this from now on; the same again writes nothing.

    Raises Municipality.DoesNotExist for who does not administer it, OwnWords.DoesNotExist for a kind or a
    language that there is not, and Refused for what cannot stand in a mail.
    """
    municipality, known = _theirs(municipality_id, by), known_kind(kind, language)
    words = checked(known, language=language, subject=subject, text=text)
    held = OwnWords.objects.in_force(municipality.pk).filter(kind=kind, language=language).first()
    if held and (held.subject, held.text) == words:
        return held
    return _add(municipality, kind, language, words, by=by, at=at)


@one_write
def end_words(*, municipality_id: UUID, kind: str, language: str, by: User, at: datetime) -> None:
    """Let mails of `kind` to readers of `language` say what the programme says; nothing where they do.

    Raises as `write_words` does; what was written stays in the history.
    """
    municipality = _theirs(municipality_id, by)
    known_kind(kind, language)
    if OwnWords.objects.in_force(municipality.pk).filter(kind=kind, language=language).exists():
        _add(municipality, kind, language, Words(), by=by, at=at)


def known_kind(kind: str, language: str) -> MessageKind:
    """Return the kind of message. Raises OwnWords.DoesNotExist where it, or the language, is none of ours."""
    if kind not in kinds or language not in dict(settings.LANGUAGES):
        raise OwnWords.DoesNotExist
    return kinds[kind]


def checked(kind: MessageKind, *, language: str, subject: str, text: str) -> Words:
    """Return the words as they will be kept: the text is one paragraph. Raises Refused, for every reason."""
    words = Words(subject.strip(), " ".join(text.split()))
    reasons = [*_against("subject", words.subject, offers=()), *_against("text", words.text, kind.offers)]
    if reasons:
        raise Refused.for_reasons(reasons)
    try:
        with translation.override(language):
            sample_of(kind, words)
    except (LookupError, ValueError, TemplateSyntaxError) as error:
        raise Refused(OwnWordsRefusal.NOT_RENDERED, about="text") from error
    return words


def _against(about: str, said: str, offers: tuple[str, ...]) -> Iterator[Reason]:
    """Yield what is wrong with one of the two."""
    if not said:
        yield Reason(OwnWordsRefusal.EMPTY, about=about)
    if len(said) > MOST[about]:
        yield Reason(OwnWordsRefusal.TOO_LONG, {"most": MOST[about]}, about)
    if not said.isprintable():
        yield Reason(OwnWordsRefusal.NOT_ONE_LINE, about=about)
    for found in PLACEHOLDER.finditer(said):
        if found[1] not in offers:
            yield Reason(OwnWordsRefusal.UNKNOWN_PLACEHOLDER, {"found": found[0]}, about)
    if personal := personal_in(said):
        yield Reason(OwnWordsRefusal.PERSONAL, {"found": personal}, about)
    if address := _WEB_ADDRESS.search(said):
        yield Reason(OwnWordsRefusal.WEB_ADDRESS, {"found": address[0]}, about)


def _theirs(municipality_id: UUID, by: User) -> Municipality:
    return locked(Municipality.objects.run_by(by).filter(pk=municipality_id)).get()


def _add(
    municipality: Municipality, kind: str, language: str, words: Words, *, by: User, at: datetime
) -> OwnWords:
    """Add a version, and say in the log that there is one."""
    key = {"municipality_key": municipality.pk, "kind": kind, "language": language}
    row = OwnWords(**key, **words._asdict(), written_at=at, by=by)
    row.full_clean()
    row.save()
    what = {"kind": kind, "language": language}
    audit.record(
        municipality, "own_words_written" if words.text else "own_words_ended", by=by, at=at, changes=what
    )
    return row
