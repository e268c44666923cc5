"""What needs a coach: one row each, with its one action, the most urgent first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.core.clock import day_of
from backend.employers.enums import MembershipState, OpeningState
from backend.employers.models import EmployerCheck, EmployerMembership, Opening
from backend.home.open_cases import to_hand_over
from backend.internships.enums import OPEN_INTERNSHIPS, InternshipState, Mood, RetentionAnswer
from backend.internships.going_on import doubts
from backend.internships.models import Concern, FollowUp, Internship, RetentionCheck
from backend.matching.enums import TAKEN_STATES
from backend.matching.models import Proposal
from backend.matching.pages.next import next_for_coach
from backend.participants.models import Participant, ParticipantQuerySet
from backend.participants.responsible import handled_without_coach

OLDEST = ("state_changed_at", "pk")
ENDING_SOON = timedelta(days=14)
CHECKS_END_SOON = timedelta(days=30)
WAITED_LONG = timedelta(days=90)
LONGEST_WAITING_SHOWN = 5


@dataclass(frozen=True)
class Todo:
    """One thing to do: why, about what, since when, and the one action."""

    reason: Promise | str
    title: str
    url: str
    action: str
    since: date | None
    tone: str = "info"
    person: UUID | None = None
    """Whose data the row shows, for the log of looks."""


def coach_day(coach: User, *, today: date) -> list[Todo]:
    """Return everything that waits for `coach`; the list can be emptied by doing it."""
    internships = _internships(coach)
    parts = (
        _concerns(internships),
        _decisions(coach),
        _follow_ups(coach, today),
        _proposals(coach, today),
        _starting_and_ending(internships, today),
        _retention(coach, today),
        _approvals(coach),
        _checks(coach, today),
        _without_coach(coach, today),
        _waiting(coach, today),
    )
    return [todo for part in parts for todo in part]


def manager_day(manager: User, *, today: date) -> list[Todo]:
    """Return what waits for `manager`: cases nobody coaches, objections to decide on, unhandled concerns."""
    return [*_without_coach(manager, today), *_decisions(manager), *_unhandled_concerns(manager)]


def _without_coach(user: User, today: date) -> Iterator[Todo]:
    """Yield one thing to do for all the cases that `user` has to give a coach as a manager."""
    if not user.has_role(Role.MANAGER):
        return
    if count := to_hand_over(user).count():
        title = ngettext("%(n)s case", "%(n)s cases", count) % {"n": count}
        url = reverse("home:hand_over")
        yield Todo(_("Cases without a job coach"), title, url, _("Hand over"), today, "danger")


def _unhandled_concerns(manager: User) -> Iterator[Todo]:
    theirs = Concern.objects.filter(internship__in=Internship.objects.managed_by(manager), handled_at=None)
    for concern in theirs.select_related("internship__workplace__employer").order_by("raised_at", "pk"):
        employer = str(concern.internship.workplace.employer)
        url, since = concern.internship.get_absolute_url(), day_of(concern.raised_at)
        words = _("A concern that is not handled"), employer, url, _("Read")
        yield Todo(*words, since, "danger", concern.internship.participant_id)


def _cases_of(coach: User) -> ParticipantQuerySet:
    """Return those for whom `coach` answers now, whoever proposed or planned what is open in the case."""
    return Participant.objects.decidable_by(coach).filter(coach=coach)


def _internships(coach: User) -> list[Any]:
    """Return the coach's internships that have not ended, and those where something is wrong.

    Each says as `wrong_since` when the oldest concern that nobody has handled was raised.
    """
    open_concerns = Concern.objects.visible_to(coach).filter(handled_at=None, internship=OuterRef("pk"))
    oldest = open_concerns.order_by("raised_at").values("raised_at")[:1]
    mine = Internship.objects.filter(participant__in=_cases_of(coach))
    mine = mine.annotate(wrong_since=Subquery(oldest))
    now = Q(state__in=[InternshipState.PLANNED, InternshipState.ONGOING])
    found = mine.filter(now | Q(wrong_since__isnull=False)).order_by("-state", "starts_on", "pk")
    return list(found.select_related("participant", "workplace__employer", "proposal__consent"))


def _concerns(internships: list[Any]) -> Iterator[Todo]:
    wrong = [each for each in internships if each.wrong_since]
    for internship in sorted(wrong, key=lambda each: each.wrong_since):
        url, since = internship.get_absolute_url(), day_of(internship.wrong_since)
        employer = str(internship.workplace.employer)
        words = _("Something is wrong"), employer, url, _("Read and act")
        yield Todo(*words, since, "danger", internship.participant_id)


def _decisions(user: User) -> Iterator[Todo]:
    """Yield the placements that wait for the decision of `user` as manager of the unit."""
    waiting = Internship.objects.managed_by(user).awaiting_manager()
    related = ("participant", "workplace__employer")
    for internship in waiting.select_related(*related).order_by("starts_on", "pk"):
        url = reverse("internships:objection_decide", args=[internship.pk])
        title = f"{internship.participant} · {internship.workplace.employer}"
        words = _("The union objects"), title, url, _("Decide")
        yield Todo(*words, internship.starts_on, "warning", internship.participant_id)


def _follow_ups(coach: User, today: date) -> Iterator[Todo]:
    bad = Q(employer_mood=Mood.BAD) | Q(participant_mood=Mood.BAD)
    open_ones = FollowUp.objects.still_open().filter(internship__participant__in=_cases_of(coach))
    due = open_ones.filter(Q(due_on__lte=today) | bad)
    related = ("internship__participant", "internship__workplace__employer")
    for follow_up in due.select_related(*related).order_by("due_on", "pk"):
        is_red = Mood.BAD in (follow_up.employer_mood, follow_up.participant_mood)
        reason = _("It goes badly") if is_red else follow_up.get_kind_display()
        title = f"{follow_up.internship.participant} · {follow_up.internship.workplace.employer}"
        url = reverse("internships:follow_up_answer", args=[follow_up.pk])
        tone = "danger" if is_red or follow_up.due_on < today else "warning"
        person = follow_up.internship.participant_id
        yield Todo(reason, title, url, _("Follow up"), follow_up.due_on, tone, person)


def _proposals(coach: User, today: date) -> list[Todo]:
    """Return the proposals in which it is the coach's turn; drafts come after what others wait for."""
    goes_on = Proposal.objects.that_can_go_on(today).filter(pk=OuterRef("pk"))
    mine = Proposal.objects.filter(participant__in=_cases_of(coach)).open()
    related = ("participant", "opening__workplace__employer")
    todos = []
    proposal: Any
    for proposal in mine.annotate(is_stalled=~Exists(goes_on)).select_related(*related).order_by(*OLDEST):
        step = next_for_coach(proposal, may_act=True, is_stalled=proposal.is_stalled)
        if step is not None and step.waits_for_reader:
            title, since = f"{proposal.participant} · {proposal.opening}", day_of(proposal.state_changed_at)
            url, person = proposal.get_absolute_url(), proposal.participant_id
            todos.append(Todo(step.reason, title, url, step.do, since, step.mark, person))
    return sorted(todos, key=lambda todo: todo.tone == "neutral")


def _starting_and_ending(internships: list[Any], today: date) -> Iterator[Todo]:
    for internship in internships:
        if internship.state in OPEN_INTERNSHIPS:
            for doubt in doubts(internship, day=today):
                since = day_of(internship.state_changed_at)
                yield _internship_todo(internship, str(doubt.label), _("Decide"), since, "warning")
        if internship.state == InternshipState.PLANNED and internship.starts_on <= today:
            words = _("Should have started"), _("Start")
            yield _internship_todo(internship, *words, internship.starts_on, "warning")
        elif internship.state == InternshipState.ONGOING and internship.ends_on <= today + ENDING_SOON:
            reason = _("Ends soon") if internship.ends_on >= today else _("The last day has passed")
            yield _internship_todo(internship, reason, _("What comes after?"), internship.ends_on, "warning")


def _internship_todo(internship: Internship, reason: str, action: str, since: date, tone: str) -> Todo:
    title = f"{internship.participant} · {internship.workplace.employer}"
    return Todo(reason, title, internship.get_absolute_url(), action, since, tone, internship.participant_id)


def _retention(coach: User, today: date) -> Iterator[Todo]:
    """Yield the checks that fall due, and the jobs that did not last and have no last day yet."""
    due = Q(answer="", cancelled_at=None, due_on__lte=today)
    lost = Q(answer=RetentionAnswer.NO, employment__ends_on=None, employment__struck_at=None)
    checks = RetentionCheck.objects.filter(due | lost, employment__participant__in=_cases_of(coach))
    for check in checks.select_related("employment__participant").order_by("due_on", "pk"):
        title = f"{check.employment.participant} · {check.employment.employer_name}"
        if check.answer:
            url = reverse("internships:employment_end", args=[check.employment_id])
            words, tone = (_("The job did not last"), _("Write the last day")), "warning"
        else:
            url = reverse("internships:retention_answer", args=[check.pk])
            words, tone = (_("Does the job last?"), _("Ask")), "info"
        yield Todo(words[0], title, url, words[1], check.due_on, tone, check.employment.participant_id)


def _approvals(coach: User) -> Iterator[Todo]:
    waiting = Opening.objects.visible_to(coach).filter(state=OpeningState.AWAITING_APPROVAL)
    for opening in waiting.select_related("workplace__employer").order_by("state_changed_at", "pk"):
        title = f"{opening} · {opening.workplace.employer}"
        since = day_of(opening.state_changed_at)
        yield Todo(_("A new employer"), title, opening.get_absolute_url(), _("Look and approve"), since)
    requests = EmployerMembership.objects.filter(
        employer__municipality__in=coach.municipality_ids(), state=MembershipState.REQUESTED
    )
    for request in requests.select_related("employer", "user").order_by("created_at", "pk"):
        url = reverse("employers:employer_detail", args=[request.employer_id])
        since = day_of(request.created_at)
        yield Todo(_("Wants to join"), f"{request.user} · {request.employer}", url, _("Answer"), since)


def _checks(coach: User, today: date) -> Iterator[Todo]:
    """Yield the employers with places whose checks have run out or soon will, the first day of each."""
    theirs = EmployerCheck.objects.filter(employer__municipality__in=coach.municipality_ids())
    ending = theirs.running_out(by=today + CHECKS_END_SOON).select_related("employer")
    met: set[UUID] = set()
    for check in ending.order_by("valid_until", "pk"):
        if check.employer_id in met:
            continue
        met.add(check.employer_id)
        is_over = check.valid_until < today
        why = _("The checks have run out") if is_over else _("The checks run out soon")
        url = reverse("employers:check_create", args=[check.employer_id])
        tone = "warning" if is_over else "info"
        yield Todo(why, str(check.employer), url, _("Check again"), check.valid_until, tone)


def _waiting(coach: User, today: date) -> Iterator[Todo]:
    """Yield who has waited longest, after the protected identities that need another handler as coach."""
    open_proposals = Proposal.objects.filter(state__in=TAKEN_STATES)
    long = Q(pk__in=_cases_of(coach).matchable().order_by().values("pk"))
    long &= Q(waiting_since__lte=today - WAITED_LONG) & ~Q(pk__in=open_proposals.values("participant"))
    handled = Q(pk__in=handled_without_coach(coach).order_by().values("pk"))
    found: Any = Participant.objects.visible_to(coach).filter(long | handled)
    found = found.annotate(lacks_coach=Case(When(handled, then=Value(0)), default=Value(1)))
    for participant in found.order_by("lacks_coach", "waiting_since", "pk")[:LONGEST_WAITING_SHOWN]:
        since = participant.waiting_since
        if participant.lacks_coach == 0:
            title, url = participant.reference, reverse("home:hand_over")
            words = _("Cases without a job coach"), title, url, _("Hand over")
            yield Todo(*words, today, "danger", participant.pk)
            continue
        yield Todo(_("Has waited long"), *_way_on(participant), since, "neutral", participant.pk)


def _way_on(participant: Participant) -> tuple[str, str, str]:
    """Return title, address and action for who waits; a protected identity is matched by no list."""
    if not participant.is_findable:
        return participant.reference, participant.get_absolute_url(), _("Open the file")
    return str(participant), reverse("matching:openings_for", args=[participant.pk]), _("Find places")
