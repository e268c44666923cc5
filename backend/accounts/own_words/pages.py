"""What is shown of mails and their words."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from backend.accounts.models import Municipality
from backend.core.models import OwnWords
from backend.core.outbox import MessageKind, kinds
from backend.core.outbox.making import sample_of
from backend.core.outbox.reached import lines_of
from backend.core.outbox.wording import Words, programmes_words
from backend.core.timeline import PERSON


@dataclass(frozen=True)
class Listed:
    """A kind of mail: what it is called, to whom it goes, and of each language whether it is changed."""

    name: str
    title: str
    receivers: list[str]
    languages: list[tuple[str, str, bool]]

    @property
    def has_own(self) -> bool:
        """Tell whether it is changed in any language."""
        return any(is_own for _code, _name, is_own in self.languages)


@dataclass(frozen=True)
class Mail:
    """A whole mail as it would be sent."""

    subject: str
    to_participants: str
    body: str


def all_mails(municipality: Municipality) -> list[Listed]:
    """Return every kind of mail: those first that have words of the municipality's own, then by subject."""
    held = set(OwnWords.objects.in_force(municipality.pk).values_list("kind", "language"))
    found = [
        Listed(
            kind.name,
            str(kind.subject),
            list(dict.fromkeys(str(each.words) for each in kind.audiences)),
            [(code, str(name), (kind.name, code) in held) for code, name in settings.LANGUAGES],
        )
        for kind in kinds.values()
    ]
    return sorted(found, key=lambda each: (not each.has_own, each.title))


class MailPage:
    """One kind of mail in one language, as a municipality has it."""

    def __init__(self, municipality: Municipality, kind: MessageKind, language: str) -> None:
        self.municipality, self.kind, self.language = municipality, kind, language
        rows = OwnWords.objects.filter(municipality_key=municipality.pk, kind=kind.name, language=language)
        self.history = list(rows.select_related("by"))
        self.language_name = str(dict(settings.LANGUAGES)[language])
        with translation.override(language):
            self.programmes = programmes_words(kind)

    @property
    def own(self) -> Words:
        """Return the words that hold; empty where the programme's do."""
        return Words(self.history[0].subject, self.history[0].text) if self.history else Words()

    @property
    def held(self) -> Words:
        """Return what mails say now."""
        return self.own if self.own.text else self.programmes

    def mail_in(self, words: Words, *, on: date) -> Mail:
        """Return the whole mail in `words`, or in the programme's where those are empty."""
        with translation.override(self.language):
            subject, body = sample_of(self.kind, words, reached=lines_of(self.municipality.pk, on=on))
            to_participants = _("You have a new message") if goes_to_participants(self.kind) else ""
        return Mail(subject, to_participants, body)


def goes_to_participants(kind: MessageKind) -> bool:
    """Tell whether a participant may get it."""
    return any(PERSON in each.personas for each in kind.audiences)
