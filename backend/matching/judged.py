"""What coaches have said of rows: beside the rows, and as judgements for evaluation."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.employers.models import Opening
from backend.matching.enums import GAINS, Verdict
from backend.matching.models import Judgement


def beside(rows: Iterable[tuple[Any, Any, dict[str, Any]]], opening: Opening, *, by: User) -> dict[str, Any]:
    """Put what `by` has said of each row for `opening` into its keys, as `said`; return what may be said."""
    judgements = Judgement.objects.filter(opening=opening, by=by).order_by()
    said = dict(judgements.values_list("participant_id", "verdict"))
    for _match, _facts, pair in rows:
        pair["said"] = said.get(pair["participant"], "")
    return {"verdicts": Verdict.choices}


def qrels() -> Iterator[tuple[UUID, UUID, int]]:
    """Yield (opening, participant, gain 0-3) in a fixed order, as evaluate_matching reads them.

    Of several words on one pair the newest counts. Nobody with protected identity is among them.
    """
    said = Judgement.objects.filter(participant__is_protected=False).order_by("at", "pk")
    newest = {
        (opening, participant): verdict
        for opening, participant, verdict in said.values_list("opening_id", "participant_id", "verdict")
    }
    for (opening, participant), verdict in sorted(newest.items()):
        yield opening, participant, GAINS[Verdict(verdict)]
