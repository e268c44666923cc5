"""What can be told about a participant to an employer or an agency: item by item, in words that are fixed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from backend.participants.enums import ReleasedKind
from backend.participants.models import (
    Consent,
    OccupationExperience,
    OccupationWish,
    Participant,
    ReleasedItem,
    SkillEvidence,
)
from backend.skills import wording
from backend.skills.enums import Adaptation
from backend.skills.models import ResolvedText


@dataclass(frozen=True)
class Releasable:
    """One item: `key` names it in forms, `text` is what the employer reads, `concept_id` what it means."""

    key: str
    kind: ReleasedKind
    text: str
    concept_id: int | None = None


Source = Callable[[Participant], Iterator[Releasable]]
_to_agencies: list[Source] = []


def for_agencies(source: Source) -> Source:
    """Let an app higher up say what else of a case can be released to an agency."""
    _to_agencies.append(source)
    return source


def releasable_items(participant: Participant, *, to_agency: bool = False) -> list[Releasable]:
    """Return everything in the file that can be released, each text once. Listing it releases nothing.

    The words are Swedish whatever language the coach reads in: they are fixed when the consent is given.
    Never among them: address, phone, age, and anything about health or benefits. To an agency also the whole
    name, and what apps higher up hold of the case (`for_agencies`).
    """
    with translation.override(settings.LANGUAGE_CODE):
        items = [
            *(_named(participant) if to_agency else ()),
            *_person(participant),
            *_occupations(participant),
            *_can(participant),
            *_conditions(participant),
            *_words(participant),
            *(_to_agency(participant) if to_agency else ()),
        ]
    return list({(item.kind, item.text): item for item in reversed(items)}.values())[::-1]


def _person(participant: Participant) -> Iterator[Releasable]:
    yield Releasable("first_name", ReleasedKind.FIRST_NAME, participant.first_name)


def _named(participant: Participant) -> Iterator[Releasable]:
    yield Releasable("full_name", ReleasedKind.FULL_NAME, str(participant))


def _to_agency(participant: Participant) -> Iterator[Releasable]:
    for source in _to_agencies:
        yield from source(participant)


def _understood(text: ResolvedText) -> int | None:
    return None if text.needs_answer else text.concept_id


def _occupations(participant: Participant) -> Iterator[Releasable]:
    """Yield what the person has worked as, then what they want; never where: it tells more than the work."""
    experiences: Iterable[OccupationExperience] = participant.experiences.select_related("concept")
    wishes: Iterable[OccupationWish] = participant.wishes.select_related("concept")
    for past in experiences:
        text = ", ".join(filter(None, (past.name, past.words)))
        yield Releasable(f"experience:{past.pk}", ReleasedKind.EXPERIENCE, text, _understood(past))
    for wish in wishes:
        yield Releasable(f"wish:{wish.pk}", ReleasedKind.WISH, wish.name, _understood(wish))


def _can(participant: Participant) -> Iterator[Releasable]:
    skills: Iterable[SkillEvidence] = participant.skills.select_related("concept")
    for skill in skills:
        yield Releasable(f"skill:{skill.pk}", ReleasedKind.SKILL, skill.name, _understood(skill))
    for code, level in participant.languages.items():
        yield Releasable(f"language:{code}", ReleasedKind.LANGUAGES, wording.language(code, level))
    for code in participant.licences:
        yield Releasable(f"licence:{code}", ReleasedKind.LICENCES, wording.licence(code))


def _conditions(participant: Participant) -> Iterator[Releasable]:
    if participant.hours_max is not None:
        hours = wording.hours_a_week(participant.hours_min, participant.hours_max)
        yield Releasable("hours", ReleasedKind.HOURS, hours)
    for code in participant.adaptations:
        yield Releasable(f"adaptation:{code}", ReleasedKind.ADAPTATIONS, wording.adaptation(code))
    for code in participant.adaptations_good:
        yield Releasable(f"good:{code}", ReleasedKind.ADAPTATIONS, _if_it_can(code))


def _if_it_can(code: str) -> str:
    return _("%(adaptation)s, if it can be done") % {"adaptation": wording.adaptation(code)}


def released_adaptations(consent: Consent) -> set[str]:
    """Return which adaptations `consent` tells of, needed or good to have."""
    items = ReleasedItem.objects.filter(consent=consent.pk, kind=ReleasedKind.ADAPTATIONS)
    told = set(items.values_list("text", flat=True))
    with translation.override(settings.LANGUAGE_CODE):
        return {code for code in Adaptation.values if told & {wording.adaptation(code), _if_it_can(code)}}


def _words(participant: Participant) -> Iterator[Releasable]:
    if participant.presentation.strip():
        yield Releasable("presentation", ReleasedKind.PRESENTATION, participant.presentation.strip())
