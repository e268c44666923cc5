"""The question to a union about a workplace: asked, answered, or without an answer in time."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.formats import date_format

from backend.accounts.models import User
from backend.core import rules as dated
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers.models import Employer, Workplace
from backend.internships.enums import ConsultationOutcome
from backend.internships.models import UnionConsultation
from backend.internships.refusals import ConsultationRefusal
from backend.internships.safeguards import rules


@one_write
def ask_union(
    *,
    workplace_id: UUID,
    union_name: str,
    work: str,
    answer_by: date,
    asked_how: str = "",
    by: User,
    at: datetime,
) -> UnionConsultation:
    """Note that a union is asked today whether a workplace suits, and until when it can answer.

    Raises Workplace.DoesNotExist for whoever is no staff there, ValidationError for what is left out, and
    Refused with too little time, or where the same union is asked about the same work and has not answered.
    """
    theirs = Workplace.objects.filter(employer__in=Employer.objects.decidable_by(by))
    workplace = theirs.select_for_update(of=("self",)).get(pk=workplace_id)
    today = day_of(at)
    days = dated.value_on(rules.UNION_DAYS, today)
    if answer_by < today + timedelta(days=days):
        first = date_format(today + timedelta(days=days), "j F Y")
        told = {"days": days, "first": first, "source": rules.dated_source(rules.UNION_DAYS, today)}
        raise Refused(ConsultationRefusal.TOO_SOON, about="answer_by", **told)
    asked = UnionConsultation.objects.waiting().filter(workplace=workplace, work__iexact=work.strip())
    if asked.filter(union_name__iexact=union_name.strip()).exists():
        raise Refused(ConsultationRefusal.ASKED_ALREADY, about="union_name")
    consultation = UnionConsultation(
        workplace=workplace,
        union_name=union_name.strip(),
        work=work.strip(),
        asked_how=asked_how.strip(),
        asked_on=today,
        asked_by=by,
        answer_by=answer_by,
    )
    consultation.full_clean()
    consultation.save(force_insert=True)
    audit.record(consultation, "union_asked", by=by, at=at)
    return consultation


@one_write
def record_union_answer(
    *,
    consultation_id: UUID,
    outcome: ConsultationOutcome | str,
    answered_by: str,
    answered_on: date,
    words: str = "",
    by: User,
    at: datetime,
) -> UnionConsultation:
    """Note what a union answered, who for it, and when; also when its time was out.

    Raises UnionConsultation.DoesNotExist for whoever is no staff there, Refused for a day to come,
    ValidationError without a name, and TransitionNotAllowed when an answer is noted already.
    """
    theirs = UnionConsultation.objects.visible_to(by)
    consultation = theirs.select_for_update(of=("self",)).get(pk=consultation_id)
    if not consultation.may_be_answered:
        raise TransitionNotAllowed(current=consultation.outcome, wanted=str(outcome))
    if answered_on > day_of(at):
        raise Refused(ConsultationRefusal.ANSWER_TO_COME, about="answered_on")
    consultation.outcome = ConsultationOutcome(outcome)
    consultation.answered_by, consultation.answered_on = answered_by.strip(), answered_on
    consultation.words, consultation.recorded_by, consultation.recorded_at = words.strip(), by, at
    consultation.full_clean()
    consultation.save()
    audit.record(consultation, "union_answered", by=by, at=at, changes={"outcome": consultation.outcome})
    return consultation


@one_write
def leave_union_unanswered(*, consultation_id: UUID, at: datetime) -> bool:
    """Note that a union has not answered in the time it had; False when it has after all."""
    late = UnionConsultation.objects.late(day_of(at)).filter(pk=consultation_id)
    consultation = late.select_for_update(of=("self",)).first()
    if consultation is None:
        return False
    consultation.outcome, consultation.recorded_at = ConsultationOutcome.NO_ANSWER, at
    consultation.save(update_fields=["outcome", "recorded_at"])
    audit.record(consultation, "union_did_not_answer", by=None, at=at)
    return True
