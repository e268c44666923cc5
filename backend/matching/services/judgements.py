"""What coaches say of the matcher's rows: the evaluation set of the future."""

from datetime import datetime
from uuid import UUID

from backend.accounts.models import User
from backend.core.writing import audit
from backend.core.writing.transactions import one_write
from backend.matching.models import Judgement
from backend.matching.services.choices import open_pair


@one_write
def record_judgement(
    *, opening_id: UUID, participant_id: UUID, verdict: str, note: str = "", by: User, at: datetime
) -> Judgement:
    """Keep what `by` says of a person in the light of an opening; a later word replaces an earlier one.

    The same word twice changes nothing. Raises as `open_pair`.
    """
    opening, participant = open_pair(opening_id=opening_id, participant_id=participant_id, by=by)
    said = {"verdict": verdict, "note": note}
    judgement, is_new = Judgement.objects.get_or_create(
        by=by, opening=opening, participant=participant, defaults={**said, "at": at}
    )
    before = "" if is_new else judgement.verdict
    if is_new or (judgement.verdict, judgement.note) != (verdict, note):
        Judgement.objects.filter(pk=judgement.pk).update(**said, at=at)
        audit.record(judgement, "judged", by=by, at=at, from_state=before, to_state=verdict)
        judgement.refresh_from_db()
    return judgement
