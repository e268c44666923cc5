"""Writing and removing the replies that an organisation keeps."""

from datetime import datetime
from uuid import UUID

from backend.accounts.models import User
from backend.core.text.personal import personal_in
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.employers.models import CannedReply, Employer
from backend.employers.refusals import ReplyRefusal
from backend.employers.replies.starters import starter_of

MOST_REPLIES = 30


@one_write
def write_reply(
    *, employer_id: UUID, key: str = "", answer: str, title: str, text: str, by: User, at: datetime
) -> CannedReply:
    """Keep a new reply, or change the one with `key`; one of the programme's becomes the organisation's own.

    Raises Employer.DoesNotExist when `by` may not write for it, CannedReply.DoesNotExist for a key that is
    none of its replies, Refused (personal data, a name twice, too many), and ValidationError for the rest.
    """
    employer = _lock(employer_id, by)
    row = _begun(employer, key) if key else CannedReply(employer=employer)
    text, title = text.strip(), " ".join(title.split())
    if found := personal_in(f"{title}\n{text}"):
        raise Refused(ReplyRefusal.PERSONAL, about="text", found=found)
    if row._state.adding and employer.canned_replies.filter(is_removed=False).count() >= MOST_REPLIES:
        raise Refused(ReplyRefusal.TOO_MANY, most=MOST_REPLIES)
    if employer.canned_replies.filter(is_removed=False, title__iexact=title).exclude(pk=row.pk).exists():
        raise Refused(ReplyRefusal.TITLE_TWICE, about="title")
    row.answer, row.title, row.text = answer, title, text
    row.is_removed, row.written_by, row.written_at = False, by, at
    row.full_clean()
    row.save()
    audit.record(employer, "reply_written", by=by, at=at)
    return row


@one_write
def remove_reply(*, employer_id: UUID, key: str, by: User, at: datetime) -> Employer:
    """Take a reply away: one's own is deleted, the programme's offered no more. Raises as `write_reply`."""
    employer = _lock(employer_id, by)
    row = _begun(employer, key)
    if row.starter:
        row.is_removed, row.written_by, row.written_at = True, by, at
        row.save()
    else:
        row.delete()
    audit.record(employer, "reply_removed", by=by, at=at)
    return employer


def _lock(employer_id: UUID, by: User) -> Employer:
    return locked(Employer.objects.writable_by(by).filter(pk=employer_id)).get()


def _begun(employer: Employer, key: str) -> CannedReply:
    """Return the row with a key, or a new one that stands instead of the programme's reply."""
    if starter := starter_of(key):
        row = employer.canned_replies.filter(starter=key).first()
        words = {"answer": starter.answer, "title": str(starter.title), "text": str(starter.text)}
        return row or CannedReply(employer=employer, starter=key, **words)
    try:
        pk = UUID(key)
    except ValueError as error:
        raise CannedReply.DoesNotExist from error
    found: CannedReply = employer.canned_replies.filter(is_removed=False).get(pk=pk)
    return found
