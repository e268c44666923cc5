"""Which replies an organisation has: its own, and the programme's that it has neither changed nor removed."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from backend.employers.enums import ReplyTo
from backend.employers.models import CannedReply
from backend.employers.replies.starters import STARTERS


@dataclass(frozen=True)
class Reply:
    """A reply as it is chosen; `key` is that of its row, or the name of the programme's."""

    key: str
    answer: str
    title: str
    text: str
    is_own: bool

    @property
    def answer_label(self) -> str:
        """What it goes with, in words."""
        return str(ReplyTo(self.answer).label)


def replies_of(employer_id: UUID) -> list[Reply]:
    """Return the replies of an employer: one query, in the order of answers."""
    rows = list(CannedReply.objects.filter(employer=employer_id).order_by("title", "pk"))
    told = {row.starter for row in rows if row.starter}
    own = [
        Reply(str(row.pk), row.answer, row.title, row.text, is_own=True) for row in rows if not row.is_removed
    ]
    begun = [
        Reply(each.key, str(each.answer), str(each.title), str(each.text), is_own=False)
        for each in STARTERS
        if each.key not in told
    ]
    order = {str(each.answer): at for at, each in enumerate(STARTERS)}
    return sorted([*begun, *own], key=lambda each: order[each.answer])


def reply_with(key: str, replies: Iterable[Reply]) -> Reply | None:
    """Return the reply with a key; None where it is none of these."""
    return next((each for each in replies if each.key == key), None)
