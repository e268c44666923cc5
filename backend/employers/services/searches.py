"""Saving a search, changing and deleting it; following one as a visitor, confirmed from the mail.

None of it is in the log: what somebody looks for is nobody's business, and it can be deleted whole.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from backend.accounts.models import User
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.employers.enums import SearchPace
from backend.employers.models import SavedSearch
from backend.employers.refusals import SearchRefusal
from backend.employers.searching.visitors import ask_to_confirm, of_token

MOST_OF_ONE: Final = 20
MOST_UNCONFIRMED: Final = 3
PERIODS: Final = {SearchPace.DAILY: timedelta(days=1), SearchPace.WEEKLY: timedelta(days=7)}


@one_write
def save_search(*, name: str, query: str, pace: str, by: User, at: datetime) -> SavedSearch:
    """Keep what `by` looks for; the same search again is the same row, with its new name and pace.

    Raises Refused when somebody has as many as anybody may have.
    """
    locked(User.objects.filter(pk=by.pk)).get()
    theirs = SavedSearch.objects.visible_to(by)
    row = theirs.filter(query=query).first()
    if row is None and theirs.count() >= MOST_OF_ONE:
        raise Refused(SearchRefusal.TOO_MANY, most=MOST_OF_ONE)
    if row is None:
        row = SavedSearch(user=by, query=query, language=by.language, created_at=at, confirmed_at=at)
        row.told_from = row.told_until = at
    return _keep(row, name=name, pace=pace, at=at)


@one_write
def change_search(*, search_id: UUID, name: str, pace: str, by: User, at: datetime) -> SavedSearch:
    """Call a saved search something else, or be told of it more or less often.

    Raises SavedSearch.DoesNotExist when it is not `by`'s.
    """
    row = locked(SavedSearch.objects.visible_to(by).filter(pk=search_id)).get()
    return _keep(row, name=name, pace=pace, at=at)


@one_write
def delete_search(*, search_id: UUID, by: User, at: datetime) -> None:
    """Delete a saved search. Raises SavedSearch.DoesNotExist when it is not `by`'s."""
    locked(SavedSearch.objects.visible_to(by).filter(pk=search_id)).get().delete()


@one_write
def follow_search(
    *, email: str, name: str, query: str, pace: str, language: str, at: datetime
) -> SavedSearch | None:
    """Keep what a visitor looks for, and mail the link by which the address is confirmed.

    None, and no mail, where the address follows the same already or is asked about as often as it may be:
    whoever types another's address can neither learn nor cause anything by it.
    """
    if pace not in PERIODS:
        raise Refused(SearchRefusal.NO_PACE, about="pace")
    theirs = SavedSearch.objects.filter(user=None, email=email.lower())
    asked = theirs.filter(confirmed_at=None).count()
    if theirs.filter(query=query).exists() or asked >= MOST_UNCONFIRMED or theirs.count() >= MOST_OF_ONE:
        return None
    row = SavedSearch(email=email.lower(), query=query, language=language, created_at=at)
    row.told_from = row.told_until = at
    row.name, row.pace = name, pace
    row.save(force_insert=True)
    ask_to_confirm(row, at=at)
    return row


@one_write
def confirm_search(*, token: str, at: datetime) -> SavedSearch:
    """Take the word of who holds the mail that the address is theirs; a second time changes nothing.

    Raises SavedSearch.DoesNotExist for a token that nobody here signed and a search that is gone.
    """
    row: SavedSearch = locked(of_token(token)).get()
    if row.confirmed_at is None:
        row.confirmed_at = row.told_from = row.told_until = at
        _keep(row, name=row.name, pace=row.pace, at=at)
    return row


@one_write
def stop_following(*, token: str, at: datetime) -> None:
    """Delete a visitor's search and with it the address; when it is gone already nothing happens."""
    of_token(token).delete()


def _keep(row: SavedSearch, *, name: str, pace: str, at: datetime) -> SavedSearch:
    """Write the row; from the moment that mails are wanted again, only what comes then is news."""
    period = PERIODS.get(SearchPace(pace))
    if row._state.adding or row.pace != pace or row.due_at is None:
        row.due_at = at + period if period else None
    row.name, row.pace = name, pace
    row.save()
    return row
