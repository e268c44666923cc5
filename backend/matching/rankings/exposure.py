"""Who of those who wait gets chances: whom the lists have shown, who was proposed, and who neither."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.core.clock import day_of
from backend.matching.bridge.keys import Key
from backend.matching.engine import Exposure, measure_exposure
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal, RankingShown
from backend.participants.models import Participant, ParticipantQuerySet

PERIODS = (90, 30, 365)
"""How far back one may look, in days."""
LONGEST = 10


@dataclass(frozen=True)
class TeamExposure:
    """How suggestions and proposals of a period fall on those who wait in the reader's units.

    `shown` counts the openings for which a person stood in a list that somebody read, `proposed` proposals
    that left the draft; `neither` are the keys of those with none of both, the longest waiting first.
    """

    shown: Exposure
    proposed: Exposure
    neither: Sequence[Key]

    @property
    def people(self) -> int:
        """How many wait."""
        return self.shown.people

    def keys_on(self, page: Iterable[Key]) -> set[Key]:
        """Return who is named where `page` of `neither` is shown."""
        return {*page, *(key for key, _ in self.shown.longest_waiting)}

    def longest(self, people: Mapping[Key, Participant]) -> list[tuple[Participant, int, int]]:
        """Return (person, times shown, times proposed) of those of `people` who have waited longest."""
        proposed = dict(self.proposed.longest_waiting)
        return [
            (people[key], times, proposed[key]) for key, times in self.shown.longest_waiting if key in people
        ]


def waiting_for(user: User) -> ParticipantQuerySet:
    """Return who waits in the reader's units; never a protected identity."""
    return Participant.objects.listed_for(user).matchable()


def exposure_for(user: User, *, at: datetime, days: int) -> TeamExposure:
    """Measure the last `days` days for the reader's units."""
    today, since = day_of(at), at - timedelta(days=days)
    rows = waiting_for(user).order_by("waiting_since", "pk").values_list("pk", "waiting_since")
    waits = {str(pk): (today - waiting_since).days for pk, waiting_since in rows}
    shown = _shown(user, since=since)
    proposed = _proposed(user, since=since)
    reached = {*shown, *proposed}
    return TeamExposure(
        shown=_measured(shown, waits),
        proposed=_measured(proposed, waits),
        neither=[key for key in waits if key not in reached],
    )


def _measured(times: Counter[str], waits: Mapping[str, int]) -> Exposure:
    return measure_exposure(waits, times.elements(), waits, longest=LONGEST)


def _shown(user: User, *, since: datetime) -> Counter[str]:
    """Return for how many openings each person has been shown; the same list read again counts once."""
    units = user.unit_ids(Role.COACH, Role.MANAGER)
    readers = User.objects.filter(assignments__unit__in=units).values("pk")
    rankings = RankingShown.objects.filter(about__in=["opening", "board"], at__gt=since, by__in=readers)
    seen = {
        (opening, row[0])
        for opening, rows in rankings.order_by().values_list("subject_id", "rows").iterator()
        for row in rows
    }
    return Counter(person for _, person in seen)


def _proposed(user: User, *, since: datetime) -> Counter[str]:
    made = Proposal.objects.filter(participant__in=waiting_for(user).order_by().values("pk"))
    keys: Iterable[UUID] = (
        made.filter(created_at__gt=since)
        .exclude(state=ProposalState.DRAFT)
        .order_by()
        .values_list("participant_id", flat=True)
    )
    return Counter(str(key) for key in keys)
