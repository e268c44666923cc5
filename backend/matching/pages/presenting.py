"""What the pages about matches and proposals show, in words; nothing here decides anything."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.models import AuditEntry
from backend.core.templatetags.ui import has_waited, km
from backend.core.timeline import timeline
from backend.core.ui.steps import steps_of
from backend.employers.enums import OpeningKind
from backend.employers.models import Opening
from backend.employers.pages.presenting import places_left
from backend.employers.services import obstacles
from backend.matching.enums import OPEN_STATES, PROPOSAL_LIFECYCLE, DeclineReason, ProposalState
from backend.matching.going_on import hindrances_of
from backend.matching.models import Proposal
from backend.matching.pages.arranging import arranging
from backend.matching.pages.forms import ProposeForm
from backend.matching.pages.pairs import Pair, codes_asked_for, told_last
from backend.matching.rankings.matches import marks_of_told
from backend.matching.rankings.ranked import Match, Ranked
from backend.matching.rankings.ranking import DEPTH
from backend.matching.rankings.wording import Mark
from backend.matching.services import check_may_be_proposed
from backend.participants.enums import ConsentMeans, ReleasedKind
from backend.participants.models import Participant
from backend.participants.services import Releasable, releasable_items
from backend.participants.telling.reading import in_readers_language
from backend.participants.telling.told import ToldItem
from backend.skills import wording
from backend.skills.enums import Language

DONE = (ReleasedKind.SKILL, ReleasedKind.EXPERIENCE, ReleasedKind.LANGUAGES)
"""What is held against what an opening asks for; what somebody wants is nothing that they have done."""


@dataclass(frozen=True)
class Told:
    """What an employer reads about a person: exactly the released words, and nothing else."""

    name: str
    can: Sequence[str]
    worked_as: Sequence[str]
    wants: Sequence[str]
    occupations: Sequence[str]
    adaptations: Sequence[str]
    terms: Sequence[str]
    presentation: Sequence[str]
    marks: Sequence[Mark]


def of_ranking(
    ranked: Ranked[Any], *, opening: Opening | None = None, person: Participant | None = None
) -> dict[str, Any]:
    """Return the rows with their facts and the pair: people for `opening`, or openings for `person`."""

    def row(match: Match[Any]) -> tuple[Any, Any, dict[str, Any]]:
        place, who = opening or match.subject, person or match.subject
        facts = facts_of_person(match, place) if opening else _facts_of_opening(match, who)
        keys = {"opening": place.pk, "participant": who.pk, "arranging": arranging(who, place)}
        return match, facts, keys

    return {
        "rows": [row(match) for match in ranked.matches],
        "near": [row(match) for match in ranked.near],
        "far": [row(match) for match in ranked.far],
        "obstacles": obstacles_of(opening) if opening else [],
        "is_cut": ranked.total >= DEPTH,
    }


def obstacles_of(opening: Opening) -> list[str]:
    """Return why nobody may be proposed for the opening now."""
    try:
        check_may_be_proposed(opening=opening, participant=None, day=localdate())
    except ValidationError as error:
        return error.messages
    return []


def _checks_in_the_way(opening: Opening) -> list[str]:
    """Return which checks of the employer must be mended before an internship there can be planned."""
    if opening.kind != OpeningKind.INTERNSHIP:
        return []
    return obstacles(employer=opening.workplace.employer, on=localdate())


def facts_of_person(match: Match[Participant], opening: Opening) -> list[dict[str, str]]:
    """Return waiting time, distance, hours and adaptations for components/_facts_line.html."""
    person = match.subject
    return [
        {"icon": "calendar", "text": has_waited(match.waiting_days)},
        {"icon": "place", "text": km(match.distance_km)},
        {"icon": "clock", "text": wording.hours_a_week(person.hours_min, person.hours_max)},
        *_languages_to_ask(person, opening),
        *arranging(person, opening).facts,
    ]


def _languages_to_ask(person: Participant, opening: Opening) -> Iterator[dict[str, str]]:
    """Yield which levels the opening needs and nobody has said: they are asked about, and remove nobody."""
    for code in opening.languages:
        if not person.languages.get(code):
            words = _("level in %(language)s not known – ask") % {"language": Language(code).label}
            yield {"icon": "info", "text": words}


def _facts_of_opening(match: Match[Opening], person: Participant) -> list[dict[str, str]]:
    opening = match.subject
    left = places_left(opening)
    return [
        {"icon": "building", "text": str(opening.workplace.employer)},
        {"icon": "place", "text": km(match.distance_km)},
        {"icon": "clock", "text": wording.hours_a_week(opening.hours_min, opening.hours_max)},
        {"icon": "people", "text": left},
        *_languages_to_ask(person, opening),
        *arranging(person, opening).facts,
    ]


def of_pair(pair: Pair, form: ProposeForm, *, coach: User, at: datetime) -> dict[str, Any]:
    """Return what the page shows on which a coach proposes: the items in groups, and the employer's view."""
    chosen = set(form.chosen)
    items = [item for item in pair.releasable if item.key in chosen]
    proposal = pair.proposal
    is_asked = proposal is not None and proposal.state == ProposalState.ASKED
    counting = pair.asked_for(at=at)
    return {
        "opening": pair.opening,
        "participant": pair.participant,
        "asked_at": proposal.asked_at if proposal and is_asked else None,
        "form": form,
        "groups": _groups(pair.releasable, chosen, counting),
        "last": told_last(pair),
        "obstacles": _obstacles(pair),
        "checks": _checks_in_the_way(pair.opening),
        "told": told_of(pair.opening, items, at=at),
        "message": str(form["message"].value() or ""),
        "coach": coach,
        "can_ask": not is_asked and pair.participant.user_id is not None,
        "can_save_draft": not is_asked,
        "counts": bool(counting),
    }


def _obstacles(pair: Pair) -> list[str]:
    try:
        check_may_be_proposed(opening=pair.opening, participant=pair.participant, day=localdate())
    except ValidationError as error:
        return error.messages
    return []


def _groups(items: Iterable[Releasable], chosen: set[str], asked_for: set[str]) -> list[dict[str, Any]]:
    return [
        {
            "label": ReleasedKind(kind).label,
            "items": [
                {
                    "key": each.key,
                    "text": each.text,
                    "ticked": each.key in chosen,
                    "is_asked_for": each.key in asked_for,
                }
                for each in group
            ],
        }
        for kind, group in groupby(items, key=lambda item: item.kind)
    ]


def told_of(opening: Opening, items: Iterable[Releasable | ToldItem], *, at: datetime) -> Told:
    """Return what these items tell an employer, held against what the opening asks for."""
    items = list(items)

    def texts(*kinds: ReleasedKind) -> list[str]:
        return [item.text for item in items if item.kind in kinds]

    return Told(
        name=", ".join(texts(ReleasedKind.FIRST_NAME)),
        can=texts(ReleasedKind.SKILL),
        worked_as=texts(ReleasedKind.EXPERIENCE),
        wants=texts(ReleasedKind.WISH),
        occupations=texts(ReleasedKind.OCCUPATION),
        adaptations=texts(ReleasedKind.ADAPTATIONS),
        terms=texts(ReleasedKind.HOURS, ReleasedKind.LANGUAGES, ReleasedKind.LICENCES),
        presentation=texts(ReleasedKind.PRESENTATION),
        marks=marks_of_told(
            opening, [(item.concept_id, item.text) for item in items if item.kind in DONE], at=at
        ),
    )


@dataclass(frozen=True)
class Choice:
    """One line that the participant may release; `is_needed`: the place asks for it and cannot do without."""

    key: str
    kind: str
    text: str
    is_needed: bool
    lang: str = ""


def as_read(items: Iterable[Any]) -> list[tuple[str, str, str]]:
    """Return kind, words and their language of items, as the participant reads them."""
    listed = list(items)
    words = in_readers_language(listed)
    return [
        (str(ReleasedKind(item.kind).label), each.text, each.lang)
        for item, each in zip(listed, words, strict=True)
    ]


def choices_of(proposal: Proposal, items: Sequence[Any]) -> list[Choice]:
    """Return of `items`, which the participant is asked to release, each line while the question waits."""
    if proposal.state != ProposalState.ASKED or proposal.consent is not None:
        return []
    opening = proposal.opening
    concepts = set(opening.requirements.filter(essential=True).values_list("concept", flat=True)) - {None}
    codes = codes_asked_for(opening)
    return [
        Choice(
            each.key,
            kind,
            text,
            each.key in codes or each.concept_id in concepts,
            lang,
        )
        for each, (kind, text, lang) in zip(items, as_read(items), strict=True)
    ]


def asked_for(proposal: Proposal) -> list[Releasable]:
    """Return the items that the participant is asked to release, in the words that would be read."""
    keys = set(proposal.asked_items)
    return [item for item in releasable_items(proposal.participant) if item.key in keys]


def asked_but_not_told(proposal: Proposal) -> list[Releasable]:
    """Return what the participant was asked for in the app and left out when saying yes."""
    consent = proposal.consent
    if consent is None or proposal.asked_at is None or consent.means != ConsentMeans.IN_APP:
        return []
    told = {(each.kind, each.text) for each in consent.items.all()}
    return [item for item in asked_for(proposal) if (item.kind, item.text) not in told]


def steps(proposal: Proposal) -> list[dict[str, Any]]:
    """Return the way of a proposal, without the steps that it never took."""
    state = ProposalState(proposal.state)
    way = [ProposalState.DRAFT]
    if proposal.asked_at or state == ProposalState.ASKED:
        way.append(ProposalState.ASKED)
    way.append(ProposalState.SENT)
    if state == ProposalState.INTERVIEW:
        way.append(ProposalState.INTERVIEW)
    way += [ProposalState.ACCEPTED, ProposalState.PLACED]
    ended = state in (ProposalState.DECLINED, ProposalState.WITHDRAWN, ProposalState.FINISHED)
    reached = ProposalState.SENT if proposal.sent_at else ProposalState.ASKED if proposal.asked_at else way[0]
    if state == ProposalState.FINISHED:
        reached = ProposalState.PLACED
    note = state.label if ended else ""
    lifecycle = replace(PROPOSAL_LIFECYCLE, steps=tuple(way))
    return steps_of(lifecycle, state, dict(ProposalState.choices), reached=reached, note=note)


def timeline_of(proposal: Proposal, reader: User) -> list[dict[str, Any]]:
    """Return what has happened to a proposal; an employer's no with its reason."""

    def why(entry: AuditEntry) -> str | None:
        if entry.to_state != ProposalState.DECLINED or not proposal.decline_reason:
            return None
        reason = str(DeclineReason(proposal.decline_reason).label)
        return f"{reason}. {proposal.decline_note}" if proposal.decline_note else reason

    return timeline(proposal, *proposal.visits.all(), reader=reader.persona, why=why)


def what_hinders(proposal: Proposal, *, at: datetime) -> list[str]:
    """Return in words why an open proposal cannot go on as things are."""
    if proposal.state not in OPEN_STATES:
        return []
    return [str(reason.label) for reason in hindrances_of(proposal, day=day_of(at))]


def age_in_days(proposal: Proposal, today: date) -> int:
    """Return for how many days a proposal has been in its state."""
    return (today - day_of(proposal.state_changed_at)).days
