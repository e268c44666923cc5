"""What coaches have said of rows: beside the rows, and as judgements for evaluation."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from backend.accounts.models import User
from backend.employers.models import Opening
from backend.matching.enums import GAINS, Verdict
from backend.matching.models import Judgement
from backend.participants.models import Participant, ParticipantQuerySet


def with_words(people: ParticipantQuerySet, opening: Opening, *, by: User) -> ParticipantQuerySet:
    """Let each of `people` carry, as `said`, the verdict of `by` for `opening`; None where there is none."""
    own = Judgement.objects.filter(opening=opening, by=by, participant=OuterRef("pk")).order_by()
    return people.annotate(said=Subquery(own.values("verdict")))


def beside(rows: Iterable[tuple[Any, Any, dict[str, Any]]]) -> dict[str, Any]:
    """Put the reader's verdict on each row of a ranking into its keys, as `said`; return what may be said."""
    for match, _facts, pair in rows:
        pair["said"] = match.subject.said or ""
    return {"verdicts": Verdict.choices}


def qrels() -> Iterator[tuple[UUID, UUID, int]]:
    """Yield (opening, participant, gain 0-3) in a fixed order, as evaluate_matching reads them.

    Of several words on one pair the newest counts. Nobody with protected identity is among them.
    """
    said = Judgement.objects.filter(participant__in=Participant.objects.findable()).order_by("at", "pk")
    newest = {
        (opening, participant): verdict
        for opening, participant, verdict in said.values_list("opening_id", "participant_id", "verdict")
    }
    for (opening, participant), verdict in sorted(newest.items()):
        yield opening, participant, GAINS[Verdict(verdict)]
