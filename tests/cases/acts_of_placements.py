"""What is done in a placement and after it: signed, marked, followed up, evaluated, asked about the job."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from backend.activities.models import ActivitySession
from backend.activities.planning import usual_week
from backend.activities.services import mark_session, plan_schedule
from backend.core.clock import day_of
from backend.internships import services as of_internships
from backend.internships.models import Agreement, Evaluation, FollowUp, RetentionCheck
from backend.internships.services import Verdict
from tests.cases.acts import Case

MOODS = ("good", "so_so", "bad")


def _follow_up(case: Case) -> FollowUp:
    mine = FollowUp.objects.filter(internship__participant__in=case.people)
    found: FollowUp = case.any_of(mine.still_open().filter(due_on__lte=day_of(case.at)) or mine)
    return found


def _answer(case: Case, follow_up: FollowUp, side: str) -> object:
    person = follow_up.internship.participant.user
    by = case.member if side == "employer" else person
    if by is None or case.rng.random() < 0.3:
        by = case.coach
    words = {"side": side, "mood": case.rng.choice(MOODS)}
    return of_internships.answer_follow_up(follow_up_id=follow_up.pk, by=by, at=case.at, **words)


def answer_for_the_employer(case: Case) -> object:
    return _answer(case, _follow_up(case), "employer")


def answer_for_the_participant(case: Case) -> object:
    return _answer(case, _follow_up(case), "participant")


def close_a_follow_up(case: Case) -> object:
    key = _follow_up(case).pk
    return of_internships.close_follow_up(follow_up_id=key, coach_note="Samtal.", **case.as_coach())


def add_a_follow_up(case: Case) -> object:
    day = day_of(case.at) + timedelta(days=case.rng.randrange(9))
    key = case.internship("ongoing").pk
    return of_internships.add_follow_up(internship_id=key, due_on=day, **case.as_coach())


def change_the_last_day(case: Case) -> object:
    internship = case.internship("planned", "ongoing")
    ends_on = internship.ends_on + timedelta(days=case.rng.choice([-14, 7, 21]))
    return of_internships.correct_terms(
        internship_id=internship.pk, ends_on=ends_on, why="Ny tid", **case.as_coach()
    )


def plan_the_days(case: Case) -> object:
    key = case.internship("planned", "ongoing").pk
    first = day_of(case.at) + timedelta(days=1)
    week = usual_week(Decimal(case.rng.choice([10, 20])))
    return plan_schedule(internship_id=key, valid_from=first, days=week, **case.as_coach())


def sign(case: Case) -> object:
    agreement = case.any_of(Agreement.objects.filter(internship__participant__in=case.people))
    person = agreement.internship.participant.user
    by = case.rng.choice([each for each in (case.member, person, case.coach) if each is not None])
    return of_internships.sign_agreement(agreement_id=agreement.pk, by=by, at=case.at)


def mark(case: Case) -> object:
    mine = ActivitySession.objects.filter(internship__participant__in=case.people)
    session = case.any_of(mine.filter(date__lte=day_of(case.at)) or mine)
    code = case.rng.choice(["present", "absent"])
    by = case.rng.choice([case.member, case.coach])
    return mark_session(session_id=session.pk, code=code, why="Så var det", by=by, at=case.at)


def _evaluation(case: Case) -> Evaluation:
    mine = Evaluation.objects.filter(internship__participant__in=case.people)
    found: Evaluation = case.any_of(mine.unanswered() or mine)
    return found


def evaluate(case: Case) -> object:
    evaluation = _evaluation(case)
    of_workplace = evaluation.side == "employer"
    verdict = Verdict(would_hire="yes", again="yes", again_places=1) if of_workplace else Verdict(mood="bad")
    by = case.member if of_workplace else evaluation.internship.participant.user
    return of_internships.answer_evaluation(
        evaluation_id=evaluation.pk, verdict=verdict, by=by or case.coach, at=case.at
    )


def go_through_an_evaluation(case: Case) -> object:
    mine = Evaluation.objects.filter(internship__participant__in=case.people)
    key = case.any_of(mine.to_look_at() or mine).pk
    return of_internships.look_at_evaluation(evaluation_id=key, **case.as_coach())


def leave_an_evaluation(case: Case) -> object:
    return of_internships.leave_evaluation(evaluation_id=_evaluation(case).pk, **case.as_coach())


def _check(case: Case) -> RetentionCheck:
    mine = RetentionCheck.objects.filter(employment__participant__in=case.people)
    found: RetentionCheck = case.any_of(mine.unanswered().filter(due_on__lte=day_of(case.at)) or mine)
    return found


def reply_about_a_job(case: Case) -> object:
    check = _check(case)
    by = case.rng.choice([case.member, check.employment.participant.user or case.member])
    answer = case.rng.choice(["yes", "no", "unknown"])
    return of_internships.reply_about_job(check_id=check.pk, answer=answer, by=by, at=case.at)


def answer_about_a_job(case: Case) -> object:
    said = {"answer": case.rng.choice(["yes", "no"]), "said_by": "Telefon", "why": "Annat svar"}
    return of_internships.answer_retention(check_id=_check(case).pk, **said, **case.as_coach())


IN_A_PLACEMENT: dict[str, Callable[[Case], object]] = {
    "answer for the employer": answer_for_the_employer,
    "answer for the participant": answer_for_the_participant,
    "close a follow-up": close_a_follow_up,
    "add a follow-up": add_a_follow_up,
    "change the last day": change_the_last_day,
    "plan the days": plan_the_days,
    "sign": sign,
    "mark": mark,
    "evaluate": evaluate,
    "go through an evaluation": go_through_an_evaluation,
    "leave an evaluation": leave_an_evaluation,
    "reply about a job": reply_about_a_job,
    "answer about a job": answer_about_a_job,
}
