"""How the internships of the demo were, said by both sides once they were over."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.demo.world import Person, Workshop, moment
from backend.employers.models import SkillRequirement
from backend.internships.enums import Again, AnswerWay, Mood, WhyNotHired, WouldHire
from backend.internships.models import Evaluation, Internship
from backend.internships.services import Verdict, answer_evaluation, look_at_evaluation

ANSWERED_BY_PARTICIPANT = 0.7


@dataclass
class Placement:
    """An internship of the story, and when it will end."""

    internship: Internship
    person: Person
    workshop: Workshop
    ends_on: date
    goes_well: bool

    @property
    def coach(self) -> User:
        """The job coach of the case."""
        return self.person.participant.coach


def say_how_it_was(placement: Placement, rng: Random, day: date, *, is_new: bool) -> None:
    """Let both sides evaluate, most from the mail, and the coach go through it; of the newest some wait."""
    for evaluation in _answered(placement, rng, is_new=is_new):
        by, at = _who(placement, evaluation, rng), moment(day, hour=14)
        key, verdict = evaluation.pk, _verdict(placement, evaluation, rng)
        answer_evaluation(evaluation_id=key, verdict=verdict, way=AnswerWay.LINK, by=by, at=at)
        if not is_new:
            taken = list(evaluation.skills.values_list("pk", flat=True))
            look_at_evaluation(evaluation_id=key, taken=taken, by=placement.coach, at=at)


def _answered(placement: Placement, rng: Random, *, is_new: bool) -> Iterator[Evaluation]:
    for evaluation in placement.internship.evaluations.order_by("side"):
        if not is_new or rng.random() < 1 / 2:
            yield evaluation


def _who(placement: Placement, evaluation: Evaluation, rng: Random) -> User:
    """Return who answers: the side itself, or the coach by phone."""
    of_workplace = evaluation.side == Persona.EMPLOYER
    side = placement.workshop.contact if of_workplace else placement.person.participant.user
    share = placement.workshop.answers if of_workplace else ANSWERED_BY_PARTICIPANT
    return side if side is not None and rng.random() < share else placement.coach


def _verdict(placement: Placement, evaluation: Evaluation, rng: Random) -> Verdict:
    goes_well = placement.goes_well
    mood = Mood.GOOD if goes_well else rng.choice([Mood.SO_SO, Mood.BAD])
    if evaluation.side == Persona.PARTICIPANT:
        words = "Jag lärde mig mycket." if goes_well else "Det blev inte som jag trodde."
        return Verdict(mood=mood, words=words)
    asked = SkillRequirement.objects.filter(opening=placement.internship.opening_id)
    asked_for = asked.order_by("position", "pk").values_list("pk", flat=True)
    return Verdict(
        mood=mood,
        would_hire=WouldHire.YES if goes_well else WouldHire.NO,
        why_not="" if goes_well else WhyNotHired.OTHER_WORK,
        again=Again.LATER,
        levels={key: rng.choice([2, 3, 3, 4]) for key in asked_for if goes_well},
    )
