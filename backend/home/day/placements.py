"""What is due in internships, and in the jobs that came of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.rules import value_on
from backend.core.ui import words
from backend.core.ui.next import Action, Next
from backend.home.day.todo import Todo, called, due, of_person, of_step, standing_as
from backend.home.enums import Matter, Part
from backend.internships.enums import (
    OPEN_INTERNSHIPS,
    UNDER_WAY,
    InternshipState,
    Mood,
    Party,
    RetentionAnswer,
)
from backend.internships.models import (
    Agreement,
    Concern,
    Evaluation,
    Extension,
    FollowUp,
    Internship,
    ManagerDecision,
    RetentionCheck,
    Signature,
    said_of_extension,
)
from backend.internships.pages.next import (
    next_about_check,
    next_about_concern,
    next_about_evaluation,
    next_for_coach_about,
    next_for_coach_of,
    next_for_staff,
)
from backend.internships.safeguards.rules import PAUSE_DAYS
from backend.internships.services import MAY_STAY_UNKNOWN
from backend.participants.file.contacts import FROM_MY_DAY
from backend.participants.models import ParticipantQuerySet

RELATED = ("participant", "workplace__employer", "proposal__consent", "consent")


def concerns_in_units(manager: User, *, today: date) -> Iterator[Todo]:
    """Yield the concerns in the manager's units that nobody has handled."""
    theirs = Concern.objects.filter(internship__in=Internship.objects.managed_by(manager), handled_at=None)
    for concern in theirs.select_related("internship__workplace__employer").order_by("raised_at", "pk"):
        if step := next_about_concern(concern, may_decide=False, may_manage=True):
            yield _concern(step, concern, today=today)


def _concern(step: Next, concern: Concern, *, today: date) -> Todo:
    """Return the row of a concern; it names the workplace, never the person."""
    internship, since = concern.placement, day_of(concern.raised_at)
    return Todo(
        matter=Matter.CONCERN,
        part=Part.RED,
        title=str(internship.workplace.employer),
        url=internship.get_absolute_url(),
        since=since,
        when=words.days_passed((today - since).days),
        thing=internship.pk,
        person=internship.participant_id,
        **of_step(step),
    )


def internships_of(coach: User, cases: ParticipantQuerySet) -> list[Any]:
    """Return the internships of `cases` that have not ended, and those where something is wrong.

    Each says as `wrong_since` when the oldest concern that nobody has handled was raised, and as `decided`
    what a manager said last of the union's objection; as `unsigned` which agreement not all have signed, and
    as `signed_by_…` which party has.
    """
    open_concerns = Concern.objects.visible_to(coach).filter(handled_at=None, internship=OuterRef("pk"))
    oldest = open_concerns.order_by("raised_at").values("raised_at")[:1]
    made = ManagerDecision.objects.counting().filter(internship=OuterRef("pk")).order_by("-decided_at", "pk")
    mine = Internship.objects.filter(participant__in=cases)
    mine = mine.annotate(wrong_since=Subquery(oldest), decided=Subquery(made.values("allows")[:1]))
    mine = mine.annotate(**_signatures(), extension_said=said_of_extension(OuterRef("pk")))
    found = mine.filter(Q(state__in=OPEN_INTERNSHIPS) | Q(wrong_since__isnull=False))
    found = found.select_related(*RELATED).prefetch_related("workplace__employer__measures")
    rows = list(found.order_by("starts_on", "pk"))
    prefetch_related_objects([each for each in rows if each.state == InternshipState.PAUSED], "pauses")
    return rows


def _signatures() -> dict[str, Any]:
    """Return what tells of an internship which agreement waits for signatures, and who has signed."""
    current = Agreement.objects.current().filter(internship=OuterRef("pk"), settled_at=None)
    of_current = Signature.objects.filter(agreement__internship=OuterRef("pk"), agreement__superseded_at=None)
    signed = {f"signed_by_{party}": Exists(of_current.filter(party=party)) for party in Party}
    return {"unsigned": Subquery(current.values("pk")[:1]), **signed}


def concerns(internships: list[Any], *, today: date) -> Iterator[Todo]:
    """Yield the internships where somebody has said that something is wrong."""
    for internship in internships:
        if internship.wrong_since:
            concern = Concern(internship=internship, raised_at=internship.wrong_since)
            if step := next_about_concern(concern, may_decide=True, may_manage=False):
                yield _concern(step, concern, today=today)


def decisions(manager: User, *, today: date) -> Iterator[Todo]:
    """Yield the placements that wait for the decision of `manager`."""
    waiting: Any = Internship.objects.managed_by(manager).awaiting_manager()
    for internship in waiting.select_related(*RELATED).order_by("starts_on", "pk"):
        step = next_for_staff(internship, may_decide=False, may_manage=True, has_job=False, today=today)
        if step and step.waits_for_reader:
            row = _placement(step, internship, today=today)
            yield replace(row, matter=Matter.DECISION, part=Part.YOURS, url=step.actions[0].url)


def extensions_to_decide(manager: User, *, today: date) -> Iterator[Todo]:
    """Yield the extensions that wait for the decision of `manager`."""
    waiting = Extension.objects.managed_by(manager).awaiting_manager()
    related = ("internship__participant", "internship__workplace__employer")
    for wanted in waiting.select_related(*related).order_by("wanted_at", "pk"):
        yield Todo(
            matter=Matter.DECISION,
            part=Part.YOURS,
            reason=wanted.gate_words[0],
            title=_pair(wanted.internship),
            url=reverse("internships:extension_decide", args=[wanted.pk]),
            action=_("Decide"),
            since=day_of(wanted.wanted_at),
            thing=wanted.pk,
            tone="warning",
            when=words.days_passed((today - day_of(wanted.wanted_at)).days),
            page=wanted.internship.get_absolute_url(),
            **of_person(wanted.internship.participant),
        )


def starting_and_ending(internships: list[Any], *, today: date) -> Iterator[Todo]:
    """Yield what should have started, what ends, and what cannot simply go on."""
    may: dict[str, Any] = {"may_decide": True, "may_manage": False}
    if any(each.state == InternshipState.PAUSED for each in internships):
        may["longest_pause"] = value_on(PAUSE_DAYS, today)
    for internship in internships:
        if internship.state not in OPEN_INTERNSHIPS:
            continue
        said = {"decided": internship.decided, "extension": internship.extension_said}
        step = next_for_staff(internship, **may, has_job=False, today=today, **said)
        if step and step.waits_for_reader:
            yield _placement(step, internship, today=today)


def unsigned(internships: list[Any], *, today: date) -> Iterator[Todo]:
    """Yield the internships whose agreement waits for the coach, or for others shortly before it begins."""
    for internship in internships:
        missing = [party for party in Party if not getattr(internship, f"signed_by_{party}")]
        step = next_for_coach_about(internship, missing, today=today) if internship.unsigned else None
        if step:
            yield _unsigned(step, internship, today=today)


def _unsigned(step: Next, internship: Any, *, today: date) -> Todo:
    return Todo(
        matter=Matter.PLACEMENT,
        part=Part.PLAN if internship.starts_on > today else Part.NOW,
        title=_pair(internship),
        url=step.actions[0].url,
        since=internship.starts_on,
        when=due(internship.starts_on, today=today),
        thing=internship.pk,
        stands=standing_as(internship.unsigned, step.reason),
        page=internship.get_absolute_url(),
        **of_person(internship.participant),
        **of_step(step),
    )


def _placement(step: Next, internship: Internship, *, today: date) -> Todo:
    is_ongoing, pause = internship.state in UNDER_WAY, internship.pause
    day = internship.ends_on if is_ongoing else internship.starts_on
    if pause is not None:
        day = min(day, pause.back_on)
    is_in_question = bool(step.points) or step.tone == "warning"
    is_last = is_ongoing and day == internship.ends_on
    timely = Part.NOW if day < today or (day == today and not is_last) else Part.PLAN
    stands = (internship.state, internship.starts_on, internship.ends_on, len(step.points), timely, day)
    return Todo(
        matter=Matter.PLACEMENT,
        part=Part.YOURS if is_in_question else timely,
        title=_pair(internship),
        url=internship.get_absolute_url(),
        since=day,
        when="" if is_in_question else due(day, today=today),
        thing=internship.pk,
        stands=standing_as(*stands),
        **of_person(internship.participant),
        **of_step(step),
    )


def _pair(internship: Internship) -> str:
    return f"{called(internship.participant)} · {internship.workplace.employer}"


def follow_ups(cases: ParticipantQuerySet, *, today: date) -> Iterator[Todo]:
    """Yield the follow-ups that have fallen due, and those in which somebody says that it goes badly."""
    still_open = FollowUp.objects.still_open().filter(internship__participant__in=cases)
    found = still_open.filter(due_on__lte=today) | still_open.red()
    related = ("internship__participant", "internship__workplace__employer")
    for follow_up in found.select_related(*related).order_by("due_on", "pk"):
        if step := next_for_coach_of(follow_up, today=today):
            yield _follow_up(step, follow_up, today=today)


def _follow_up(step: Next, follow_up: FollowUp, *, today: date) -> Todo:
    """Return the row of one follow-up; a red answer counts from when it was given."""
    said = _said_badly_on(follow_up)
    return Todo(
        matter=Matter.PLACEMENT,
        part=Part.RED if said else Part.NOW,
        title=_pair(follow_up.internship),
        url=f"{step.actions[0].url}?fran={FROM_MY_DAY}",
        since=said or follow_up.due_on,
        when=words.days_passed((today - said).days) if said else due(follow_up.due_on, today=today),
        thing=follow_up.internship_id,
        stands=standing_as(follow_up.pk, said),
        page=follow_up.internship.get_absolute_url(),
        **of_person(follow_up.internship.participant),
        **of_step(step),
    )


def evaluations(cases: ParticipantQuerySet, *, today: date) -> Iterator[Todo]:
    """Yield the evaluations that have arrived, and those about which the coach has to call."""
    found = Evaluation.objects.filter(internship__participant__in=cases, looked_at=None, dropped_at=None)
    related = ("internship__participant", "internship__workplace__employer")
    for evaluation in found.select_related(*related).order_by("asked_at", "pk"):
        step = next_about_evaluation(evaluation, Persona.STAFF, today=today)
        if step and step.waits_for_reader:
            yield _evaluation(step, evaluation, today=today)


def _evaluation(step: Next, evaluation: Evaluation, *, today: date) -> Todo:
    since = day_of(evaluation.answered_at or evaluation.asked_at)
    is_red = step.mark == "danger"
    part = Part.RED if is_red else Part.YOURS if evaluation.answered_at else Part.PLAN
    return Todo(
        matter=Matter.PLACEMENT,
        part=part,
        title=_pair(evaluation.internship),
        url=step.actions[0].url,
        since=since,
        when=words.days_passed((today - since).days),
        thing=evaluation.internship_id,
        stands=standing_as(evaluation.pk, evaluation.answered_at),
        page=evaluation.internship.get_absolute_url(),
        closes=next((each for each in step.actions if each.posts), None),
        **of_person(evaluation.internship.participant),
        **of_step(step),
    )


def _said_badly_on(follow_up: FollowUp) -> date | None:
    """Return the day of the last answer that it goes badly."""
    answers = (
        (follow_up.employer_mood, follow_up.employer_answered_at),
        (follow_up.participant_mood, follow_up.participant_answered_at),
    )
    return max((day_of(at) for mood, at in answers if mood == Mood.BAD and at), default=None)


def retention(cases: ParticipantQuerySet, *, today: date) -> Iterator[Todo]:
    """Yield the jobs about which is to be asked, and those that did not last and have no last day yet."""
    is_due = Q(answer="", cancelled_at=None, due_on__lte=today)
    is_lost = Q(answer=RetentionAnswer.NO, employment__ends_on=None, employment__struck_at=None)
    checks = RetentionCheck.objects.with_disputed().filter(
        is_due | is_lost | Q(is_disputed=True), employment__participant__in=cases
    )
    found = checks.select_related("employment__participant")
    found = found.order_by("employment", "due_on", "pk")
    for _job, of_job in groupby(found, key=lambda check: check.employment_id):
        if row := _job_row(list(of_job), today=today):
            yield row


def _job_row(checks: list[RetentionCheck], *, today: date) -> Todo | None:
    """Return the row of a job; the latest question is asked, for its answer tells of those before."""
    check = checks[-1]
    job, oldest = check.employment, checks[0].due_on
    step = next_about_check(check, job, may_decide=True, today=today)
    if step is None or not step.waits_for_reader:
        return None
    more = len(checks) - 1
    also = ngettext("%(n)s earlier question", "%(n)s earlier questions", more) % {"n": more}
    return Todo(
        matter=Matter.JOB,
        part=Part.YOURS if check.answer else Part.NOW,
        title=f"{called(job.participant)} · {job.employer_name}",
        url=step.actions[0].url,
        since=oldest,
        when=due(oldest, today=today),
        thing=job.pk,
        stands=standing_as(*(f"{each.pk} {each.answer}" for each in checks)),
        also=(also,) if more else (),
        page=reverse("internships:employment_detail", args=[job.pk]),
        closes=_unknown(checks, today=today),
        **of_person(job.participant),
        **of_step(step),
    )


def _unknown(checks: list[RetentionCheck], *, today: date) -> Action | None:
    """Return how questions are left that are too old to be answered."""
    if not any(not each.answer and each.due_on <= today - MAY_STAY_UNKNOWN for each in checks):
        return None
    url = reverse("internships:retention_unknown", args=[checks[0].employment_id])
    return Action(_("Unknown"), url, posts=True, variant="tertiary")
