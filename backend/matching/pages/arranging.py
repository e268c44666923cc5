"""What a person cannot do without, held against what a workplace has said it can arrange."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from backend.employers.models import Opening
from backend.employers.work_facts import reasons_against
from backend.participants.models import Participant
from backend.skills import wording


@dataclass(frozen=True)
class Asked:
    """An adaptation that nobody at the workplace has spoken of."""

    code: str
    text: str


@dataclass(frozen=True)
class Arranging:
    """What can be arranged of what a person cannot do without, what cannot, and what is to be asked.

    `as_it_is` needs no arranging; `against` is out of the question by how it is there, each with the facts.
    """

    workplace: UUID
    arranged: list[str]
    refused: list[str]
    to_ask: list[Asked]
    good: list[str]
    as_it_is: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)

    @property
    def facts(self) -> Iterator[dict[str, str]]:
        """Yield the answers for components/_facts_line.html; what is to be asked has a line of its own."""
        if self.arranged:
            words = _("can be arranged: %(adaptations)s") % {"adaptations": ", ".join(self.arranged)}
            yield {"icon": "check", "text": words}
        if self.as_it_is:
            words = _("so as it is: %(adaptations)s") % {"adaptations": ", ".join(self.as_it_is)}
            yield {"icon": "check", "text": words}
        if self.against:
            words = _("cannot be had there: %(adaptations)s") % {"adaptations": "; ".join(self.against)}
            yield {"icon": "info", "text": words}
        if self.refused:
            words = _("cannot be arranged: %(adaptations)s") % {"adaptations": ", ".join(self.refused)}
            yield {"icon": "info", "text": words}
        if self.good:
            words = _("would be good: %(adaptations)s") % {"adaptations": ", ".join(self.good)}
            yield {"icon": "info", "text": words}


def left_to_say(told: Iterable[str], opening: Opening) -> Arranging:
    """Return what an employer may still say of what it was told, in released words, that somebody needs."""
    codes = {code: text for text in told if (code := wording.adaptation_said(text))}
    answered = opening.arranged | opening.refused
    to_ask = [Asked(code, text) for code, text in codes.items() if code not in answered]
    return Arranging(opening.workplace_id, arranged=[], refused=[], to_ask=to_ask, good=[])


def arranging(participant: Participant, opening: Opening) -> Arranging:
    """Return what is arranged for `participant` at `opening`, which is read with its workplace."""
    words = {code: wording.adaptation(code) for code in participant.adaptations}
    arranged, refused, facts = opening.arranged, opening.refused, opening.facts
    said = {*opening.adaptations, *opening.workplace.adaptations_offered}
    against = {code: ", ".join(reasons_against(code, facts)) for code in words}
    return Arranging(
        workplace=opening.workplace_id,
        arranged=[text for code, text in words.items() if code in said],
        as_it_is=[text for code, text in words.items() if code in arranged - said],
        refused=[text for code, text in words.items() if code in refused and not against[code]],
        against=[f"{words[code]} ({why})" for code, why in against.items() if code in refused and why],
        to_ask=[Asked(code, text) for code, text in words.items() if code not in arranged | refused],
        good=[wording.adaptation(code) for code in participant.adaptations_good],
    )
