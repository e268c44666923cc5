"""Asking both sides how an internship was, taking their answers, and what a coach makes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers.models import SkillRequirement
from backend.internships import notifications
from backend.internships.enums import Again, AnswerWay, WouldHire
from backend.internships.models import Evaluation, Internship, LearningGoal, SeenSkill
from backend.internships.refusals import EvaluationRefusal
from backend.internships.services.again import offer_again
from backend.internships.services.answers import SIDES, way_of
from backend.participants.enums import EvidenceSource
from backend.participants.services import SkillDraft, lock_case, lock_cases, write_seen_skills

MOST_SEEN = 20


@dataclass(frozen=True)
class Verdict:
    """What one side answers; the participant is asked `mood` and `words` alone.

    `levels` are the skills that the workplace has seen, by the key of the learning goal or the opening's
    requirement, with the level (SkillLevel); what was not seen is left out.
    """

    mood: str = ""
    words: str = ""
    would_hire: str = ""
    why_not: str = ""
    adaptations_worked: Sequence[str] = ()
    again: str = ""
    again_places: int | None = None
    again_from: date | None = None
    levels: Mapping[UUID, int] = field(default_factory=dict)


def ask_evaluations(internship: Internship, *, at: datetime) -> None:
    """Ask both sides of an internship that has ended; whoever never came is asked nothing."""
    asked = set(Evaluation.objects.filter(internship=internship).values_list("side", flat=True))
    for side in SIDES:
        if side not in asked:
            evaluation = Evaluation.objects.create(internship=internship, side=side, asked_at=at)
            notifications.ask_evaluation(evaluation, at=at)


@one_write
def answer_evaluation(
    *, evaluation_id: UUID, verdict: Verdict, way: str = AnswerWay.APP, by: User, at: datetime
) -> Evaluation:
    """Record what one side says; a coach may write down what it says by phone, and stands as author.

    Until the coach has gone through it the side may answer anew. Raises Evaluation.DoesNotExist for
    strangers and for the other side, and Refused for an answer without its essential part, for one that is
    asked no more or has been gone through.
    """
    evaluation = _locked(evaluation_id, by=by)
    if not evaluation.may_be_changed:
        raise Refused(EvaluationRefusal.CLOSED)
    is_employer = evaluation.side == Persona.EMPLOYER
    _check(verdict, is_employer=is_employer)
    for name, value in _columns(verdict, is_employer=is_employer).items():
        setattr(evaluation, name, value)
    evaluation.answered_at, evaluation.answered_by, evaluation.way = at, by, way_of(by=by, way=way)
    evaluation.full_clean(validate_unique=False)
    evaluation.save()
    if is_employer:
        _keep_seen(evaluation, verdict.levels)
        offer_again(evaluation=evaluation, by=by, at=at)
    said = {"way": str(evaluation.way), **({"mood": verdict.mood} if verdict.mood else {})}
    audit.record(evaluation, f"{evaluation.side}_evaluated", by=by, at=at, changes=said)
    notifications.tell_of_evaluation(evaluation, at=at)
    return evaluation


def _check(verdict: Verdict, *, is_employer: bool) -> None:
    if is_employer and not verdict.would_hire:
        raise Refused(EvaluationRefusal.NO_ANSWER, about="would_hire")
    if is_employer and verdict.would_hire == WouldHire.NO and not verdict.why_not:
        raise Refused(EvaluationRefusal.NO_REASON, about="why_not")
    if not is_employer and not verdict.mood:
        raise Refused(EvaluationRefusal.NO_ANSWER, about="mood")


def _columns(verdict: Verdict, *, is_employer: bool) -> dict[str, Any]:
    """Return what the answer writes; what hangs on another answer than was given says nothing."""
    if not is_employer:
        return {"mood": verdict.mood, "words": verdict.words}
    is_again = verdict.again == Again.YES
    return {
        "mood": verdict.mood,
        "words": verdict.words,
        "would_hire": verdict.would_hire,
        "why_not": verdict.why_not if verdict.would_hire == WouldHire.NO else "",
        "adaptations_worked": sorted(set(verdict.adaptations_worked)),
        "again": verdict.again,
        "again_places": verdict.again_places if is_again else None,
        "again_from": verdict.again_from if is_again else None,
    }


def _keep_seen(evaluation: Evaluation, levels: Mapping[UUID, int]) -> None:
    """Let the skills seen be those that were answered: of what is asked about, nothing else."""
    evaluation.skills.all().delete()
    answered = [each for each in skills_to_ask(evaluation.internship) if each.pk in levels]
    for asked in answered[:MOST_SEEN]:
        concept = None if asked.needs_answer else asked.concept_id
        row = SeenSkill(evaluation=evaluation, text=asked.text, concept_id=concept, level=levels[asked.pk])
        row.full_clean(exclude=["concept"])
        row.save()


def skills_to_ask(internship: Internship) -> list[LearningGoal | SkillRequirement]:
    """Return what a workplace is asked about: first what was to be learnt, then what the opening asked for.

    What both mean is asked about once, by the words of the goal.
    """
    goals = list(LearningGoal.objects.filter(internship=internship.pk).order_by("position", "pk"))
    of_opening = SkillRequirement.objects.filter(opening__isnull=False, opening=internship.opening_id)
    texts = {each.text.casefold() for each in goals}
    concepts = {each.concept_id for each in goals if each.concept_id and not each.needs_answer}
    others = [
        each
        for each in of_opening.order_by("-essential", "position", "pk")
        if each.text.casefold() not in texts and each.concept_id not in concepts
    ]
    return [*goals, *others]


@one_write
def look_at_evaluation(
    *, evaluation_id: UUID, taken: Sequence[UUID] = (), by: User, at: datetime
) -> Evaluation:
    """Record that the coach has gone through an answer; the seen skills in `taken` become evidence.

    Raises Evaluation.DoesNotExist for whoever is not the coach of the case, and Refused before there is an
    answer or when it has been gone through.
    """
    theirs = Evaluation.objects.filter(internship__in=Internship.objects.decidable_by(by))
    case = theirs.values_list("internship__participant", flat=True).get(pk=evaluation_id)
    participant = lock_case(participant_id=case, by=by)
    evaluation = theirs.select_for_update(of=("self",)).get(pk=evaluation_id)
    if evaluation.answered_at is None:
        raise Refused(EvaluationRefusal.NOT_ANSWERED)
    if evaluation.looked_at is not None:
        raise Refused(EvaluationRefusal.CLOSED)
    seen = list(evaluation.skills.filter(pk__in=taken))
    drafts = [SkillDraft(each.text, each.level, EvidenceSource.INTERNSHIP, each.concept_id) for each in seen]
    write_seen_skills(drafts=drafts, participant=participant, by=by, at=at)
    SeenSkill.objects.filter(pk__in=[each.pk for each in seen]).update(is_evidence=True)
    evaluation.looked_at, evaluation.looked_by = at, by
    Evaluation.objects.filter(pk=evaluation.pk).update(looked_at=at, looked_by=by)
    audit.record(evaluation, "evaluation_looked_at", by=by, at=at, changes={"evidence": len(seen)})
    return evaluation


@one_write
def leave_evaluation(*, evaluation_id: UUID, by: User, at: datetime) -> Evaluation:
    """Ask one side no more: it could not be reached. Raises as `look_at_evaluation`."""
    theirs = Evaluation.objects.filter(internship__in=Internship.objects.decidable_by(by))
    lock_case(
        participant_id=theirs.values_list("internship__participant", flat=True).get(pk=evaluation_id), by=by
    )
    evaluation = theirs.select_for_update(of=("self",)).get(pk=evaluation_id)
    if not evaluation.is_asked:
        raise Refused(EvaluationRefusal.CLOSED)
    evaluation.dropped_at = at
    Evaluation.objects.filter(pk=evaluation.pk).update(dropped_at=at)
    audit.record(evaluation, "evaluation_left", by=by, at=at)
    return evaluation


def _locked(evaluation_id: UUID, *, by: User) -> Evaluation:
    """Lock the case that an evaluation belongs to, and return it as it is now."""
    readable = Evaluation.objects.visible_to(by)
    case = readable.values_list("internship__participant", flat=True).get(pk=evaluation_id)
    lock_cases(participant_ids=[case])
    if by.persona == Persona.STAFF:
        readable = readable.filter(internship__in=Internship.objects.decidable_by(by))
    return readable.select_for_update(of=("self",)).select_related("internship").get(pk=evaluation_id)
