"""The allocation board: which of a coach's people are suggested for the week's openings, and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.employers.models import Opening
from backend.matching.board.recent import Recent, Settings, read_recent
from backend.matching.bridge.keys import Key, key_of, rows_of
from backend.matching.engine import Allocation, Exposure, Pair, Suggestion, measure_exposure
from backend.matching.enums import ChoiceKind
from backend.matching.rankings.before_asking import Known, known_of_place, with_known
from backend.matching.rankings.ranked import Match
from backend.matching.services.rankings_shown import ShownList, note_shown
from backend.participants.models import Participant

COLUMNS = 10
MOST_EMPTY = 20
LONGEST = 5
DAYS = (7, 30, 90)
"""How far back a coach may look, in days."""


@dataclass(frozen=True)
class Card:
    """A person suggested for an opening, with the reasons."""

    match: Match[Participant]
    is_pinned: bool

    @property
    def is_ticked(self) -> bool:
        """Whether a draft is made unless the coach says no.

        Of whoever the coach keeps, or lacks nothing essential where there is nothing to know first.
        """
        return self.is_pinned or (self.match.fits and not self.match.known)


@dataclass(frozen=True)
class Column:
    """An opening with its suggestions, and what is known of the place before anybody is asked.

    `banned` are those whom the coach does not want there, with the reason in words or none.
    `proposed` names stand already, `missing` had nobody left for them.
    """

    opening: Opening
    known: Sequence[Known]
    cards: Sequence[Card]
    banned: Sequence[tuple[Participant, str]]
    proposed: int
    missing: int


@dataclass(frozen=True)
class Board:
    """A page of the board, and what the whole of it does to people's chances.

    `openings` are on all pages, and `offered` of them get `suggestions`; `empty` are the newest of
    the `empties` that nobody fits.
    `price` is the share of the match (0-1) that the priority gave up; `before` is each opening's own best
    list, `after` this suggestion, both with the proposals that stand and measured over those who fit
    anything; `longest` has (person, names before, names after) of those of them who have waited most.
    """

    columns: Sequence[Column]
    empty: Sequence[Opening]
    empties: int
    page: int
    openings: int
    offered: int
    suggestions: int
    price: float
    before: Exposure
    after: Exposure
    longest: Sequence[tuple[Participant, int, int]]
    version: int | None

    @property
    def published(self) -> int:
        """How many openings are new."""
        return self.openings + self.empties

    @property
    def shown(self) -> set[Participant]:
        """Everybody whose name stands on the page."""
        on_cards = {card.match.subject for column in self.columns for card in column.cards}
        banned = {person for column in self.columns for person, _reason in column.banned}
        return on_cards | banned | {person for person, _, _ in self.longest}


def board_for(by: User, *, at: datetime, settings: Settings, page: int = 1) -> Board:
    """Suggest an allocation of the coach's waiting people to the openings published lately.

    Never among them: protected identities. Open proposals count as names of their opening and as places
    of their person. What is shown is noted down, so that it can be audited for fairness.
    """
    recent = read_recent(by, at=at, days=settings.days)
    board = _BoardReader(recent, recent.allocated(settings), settings).board(page)
    _note(board, by=by, at=at)
    return board


def explained_pairs(
    pairs: Iterable[tuple[UUID, UUID]], *, by: User, at: datetime
) -> dict[tuple[UUID, UUID], dict[str, Any]]:
    """Return why each (opening, participant) was suggested, for keeping with the draft.

    A pair that has left the board since has no reasons; whether it may be proposed is not judged here.
    """
    recent = read_recent(by, at=at, days=max(DAYS))
    people = recent.people.rows.matchable().in_bulk({participant for _, participant in pairs})
    return {
        (opening, participant): recent.match(str(opening), people[participant]).as_data()
        if participant in people and recent.knows(Pair(str(participant), str(opening)))
        else {}
        for opening, participant in pairs
    }


class _BoardReader:
    """Reads the rows behind a suggestion: a page of openings, who is named there, the longest waiting."""

    def __init__(self, recent: Recent, allocation: Allocation, settings: Settings) -> None:
        self.recent, self.settings = recent, settings
        self.missing = allocation.unfilled
        self.proposed = Counter(pair.opening for pair in recent.taken)
        self.suggested: defaultdict[Key, list[Suggestion]] = defaultdict(list)
        for suggestion in allocation.suggestions:
            if Pair(suggestion.person, suggestion.opening) not in recent.taken:
                self.suggested[suggestion.opening].append(suggestion)
        self.bans: defaultdict[Key, list[Key]] = defaultdict(list)
        for pair in sorted(recent.chosen(ChoiceKind.BAN)):
            self.bans[pair.opening].append(pair.person)
        self.price = allocation.price

    def board(self, page: int) -> Board:
        order = self.recent.newest_first
        lively = [opening for opening in order if self._is_lively(opening)]
        empty = [opening for opening in order if not self._is_lively(opening)]
        number = max(1, min(page, -(-len(lively) // COLUMNS)))
        on_page, idle = lively[(number - 1) * COLUMNS : number * COLUMNS], empty[:MOST_EMPTY]
        rows = self._rows([*on_page, *idle])
        shown = [rows[opening] for opening in on_page if opening in rows]
        before, after = self._exposures()
        people = self._named(shown, before)
        return Board(
            columns=[self._column(opening, people) for opening in shown],
            empty=[rows[opening] for opening in idle if opening in rows],
            empties=len(empty),
            page=number,
            openings=len(lively),
            offered=sum(map(bool, self.suggested.values())),
            suggestions=sum(map(len, self.suggested.values())),
            price=self.price,
            before=before,
            after=after,
            longest=self._longest(before, after, people),
            version=self.recent.pool.catalogue.number,
        )

    def _rows(self, openings: Sequence[Key]) -> dict[Key, Opening]:
        rows = self.recent.openings.rows.select_related("workplace__employer")
        return rows_of(with_known(rows, on=self.recent.today), openings)

    def _is_lively(self, opening: Key) -> bool:
        return bool(self.suggested[opening] or self.proposed[opening] or self.bans[opening])

    def _exposures(self) -> tuple[Exposure, Exposure]:
        """Measure the openings' own best lists, and this suggestion, over those who fit anything.

        Open proposals are chances in both.
        """
        names, alone = self.recent.names(self.settings), list[Key]()
        given = Counter(self.proposed)
        for option in self.recent.options:
            if given[option.opening] < names[option.opening]:
                given[option.opening] += 1
                alone.append(option.person)
        together = [each.person for found in self.suggested.values() for each in found]
        people = {option.person for option in self.recent.options} | set(together)
        proposed = [pair.person for pair in self.recent.taken]
        waits = self.recent.waiting_days
        return (
            measure_exposure(people, [*proposed, *alone], waits, longest=LONGEST),
            measure_exposure(people, [*proposed, *together], waits, longest=LONGEST),
        )

    def _named(self, shown: Sequence[Opening], before: Exposure) -> Mapping[Key, Participant]:
        keys = [person for person, _ in before.longest_waiting]
        for opening in map(key_of, shown):
            keys += [each.person for each in self.suggested[opening]]
            keys += self.bans[opening]
        return rows_of(self.recent.people.rows.matchable().select_related("unit", "coach"), keys)

    def _column(self, opening: Opening, people: Mapping[Key, Participant]) -> Column:
        key = key_of(opening)
        cards = [
            Card(self._match(opening, people[each.person]), each.pinned)
            for each in self.suggested[key]
            if each.person in people
        ]
        banned = [
            (people[person], self.recent.why_not(Pair(person, key)))
            for person in self.bans[key]
            if person in people
        ]
        return Column(
            opening=opening,
            known=known_of_place(opening),
            cards=cards,
            banned=banned,
            proposed=self.proposed[key],
            missing=self.missing.get(key, 0),
        )

    def _match(self, opening: Opening, person: Participant) -> Match[Participant]:
        match = self.recent.match(key_of(opening), person)
        return replace(match, known=self.recent.past.known_of(person.pk, opening))

    def _longest(
        self, before: Exposure, after: Exposure, people: Mapping[Key, Participant]
    ) -> list[tuple[Participant, int, int]]:
        now = dict(after.longest_waiting)
        return [
            (people[person], names, now[person])
            for person, names in before.longest_waiting
            if person in people
        ]


def _note(board: Board, *, by: User, at: datetime) -> None:
    """Keep what was suggested to whom, opening by opening."""
    shown = [
        ShownList("board", column.opening.pk, [(card.match.key, card.match.percent) for card in column.cards])
        for column in board.columns
        if column.cards
    ]
    note_shown(lists=shown, version=board.version, by=by, at=at)
