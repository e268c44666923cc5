"""The message that there is something new in a user's saved search; its subject names nothing of it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.core import outbox
from backend.core.models import OutboxMessage
from backend.core.outbox import Audience, Receiver
from backend.employers.enums import SearchPace
from backend.employers.models import SavedSearch
from backend.employers.searching.news import news_of
from backend.employers.searching.visitors import MOST_NAMED, lines_of


def _search(message: OutboxMessage) -> SavedSearch | None:
    return SavedSearch.objects.filter(pk=message.subject_id).select_related("user").first()


def _is_news(message: OutboxMessage) -> bool:
    """Tell whether anything of it can still be had, and mails are still wanted."""
    search = _search(message)
    return search is not None and search.pace != SearchPace.NEVER and news_of(search).exists()


def _words(message: OutboxMessage) -> dict[str, str]:
    search = _search(message)
    return {"openings": lines_of(list(news_of(search)[: MOST_NAMED + 1]) if search else [])}


def _owner(message: OutboxMessage) -> list[Receiver]:
    search = _search(message)
    return [Receiver(search.user)] if search and search.user else []


def _municipality(_message: OutboxMessage) -> UUID | None:
    return None


WHO_SAVED = Audience("who_saved", _owner, _("who saved the search"), _municipality, tuple(Persona))
NEWS = outbox.register(
    outbox.MessageKind(
        name="saved_search_news",
        subject=_("New openings for you"),
        is_due=_is_news,
        audiences=(WHO_SAVED,),
        words=_words,
    )
)


def tell_user(search: SavedSearch, *, at: datetime) -> None:
    """Queue to the user of a search that there is something new, once for each time it was looked for."""
    step, path = f"{search.told_until:%Y-%m-%d %H:%M}", search.get_absolute_url()
    outbox.enqueue(NEWS, about=search, step=step, path=path, at=at)
