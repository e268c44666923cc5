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
from backend.core.ui.next import Next
from backend.employers.enums import MembershipState, OpeningState
from backend.employers.models import EmployerCheck, EmployerMembership, Opening
from backend.employers.next import next_about_checks, next_about_member, next_for_approver
from backend.home.open_cases import to_hand_over
from backend.internships.enums import OPEN_INTERNSHIPS, InternshipState, Mood, RetentionAnswer
from backend.internships.models import Concern, FollowUp, Internship, ManagerDecision, RetentionCheck
from backend.internships.pages.next import (
    next_about_check,
    next_about_concern,
    next_for_coach_of,
    next_for_staff,
)
from backend.matching.enums import TAKEN_STATES
from backend.matching.models import Proposal
from backend.matching.pages.next import next_for_coach
from backend.participants.enums import ParticipantState
from backend.participants.file.contacts import FROM_MY_DAY, address_from_my_day
from backend.participants.models import Contact, Participant, ParticipantQuerySet
from backend.participants.responsible import handled_without_coach

OLDEST = ("state_changed_at", "pk")
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


def _todo(step: Next, title: str, url: str, since: date | None, person: UUID | None = None) -> Todo:
    """Return the row of what comes next about a thing."""
    return Todo(step.reason, title, url, step.do, since, step.mark, person)


def coach_day(coach: User, *, today: date) -> list[Todo]:
    """Return everything that waits for `coach`; the list can be emptied by doing it."""
    internships = _internships(coach)
    parts = (
        _concerns(internships),
        _decisions(coach, today),
        _follow_ups(coach, today),
        _proposals(coach, today),
        _starting_and_ending(internships, today),
        _retention(coach, today),
        _next_steps(coach, today),
        _approvals(coach),
        _checks(coach, today),
        _without_coach(coach, today),
        _waiting(coach, today),
    )
    return [todo for part in parts for todo in part]


def manager_day(manager: User, *, today: date) -> list[Todo]:
    """Return what waits for `manager`: cases nobody coaches, objections to decide on, unhandled concerns."""
    return [*_without_coach(manager, today), *_decisions(manager, today), *_unhandled_concerns(manager)]


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
        if step := next_about_concern(concern, may_decide=False, may_manage=True):
            yield _concern_todo(step, concern.internship, since=day_of(concern.raised_at))


def _concern_todo(step: Next, internship: Internship, *, since: date) -> Todo:
    """Return the row of a concern; it names the workplace, never the person."""
    employer, url = str(internship.workplace.employer), internship.get_absolute_url()
    return _todo(step, employer, url, since, internship.participant_id)


def _cases_of(coach: User) -> ParticipantQuerySet:
    """Return those for whom `coach` answers now, whoever proposed or planned what is open in the case."""
    return Participant.objects.decidable_by(coach).filter(coach=coach)


def _internships(coach: User) -> list[Any]:
    """Return the coach's internships that have not ended, and those where something is wrong.

    Each says as `wrong_since` when the oldest concern that nobody has handled was raised, and as `decided`
    what a manager said last of the union's objection.
    """
    open_concerns = Concern.objects.visible_to(coach).filter(handled_at=None, internship=OuterRef("pk"))
    oldest = open_concerns.order_by("raised_at").values("raised_at")[:1]
    made = ManagerDecision.objects.filter(internship=OuterRef("pk")).order_by("-decided_at", "pk")
    mine = Internship.objects.filter(participant__in=_cases_of(coach))
    mine = mine.annotate(wrong_since=Subquery(oldest), decided=Subquery(made.values("allows")[:1]))
    found = mine.filter(Q(state__in=OPEN_INTERNSHIPS) | Q(wrong_since__isnull=False))
    found = found.order_by("-state", "starts_on", "pk")
    return list(found.select_related("participant", "workplace__employer", "proposal__consent"))


def _concerns(internships: list[Any]) -> Iterator[Todo]:
    wrong = [each for each in internships if each.wrong_since]
    for internship in sorted(wrong, key=lambda each: each.wrong_since):
        concern = Concern(internship=internship, raised_at=internship.wrong_since)
        if step := next_about_concern(concern, may_decide=True, may_manage=False):
            yield _concern_todo(step, internship, since=day_of(internship.wrong_since))


def _decisions(user: User, today: date) -> Iterator[Todo]:
    """Yield the placements that wait for the decision of `user` as manager of the unit."""
    if not user.has_role(Role.MANAGER):
        return
    waiting: Any = Internship.objects.managed_by(user).awaiting_manager()
    related = ("participant", "workplace__employer", "proposal__consent")
    for internship in waiting.select_related(*related).order_by("starts_on", "pk"):
        step = next_for_staff(internship, may_decide=False, may_manage=True, has_job=False, today=today)
        if step and step.waits_for_reader:
            yield _todo(step, _pair(internship), step.actions[0].url, *_of(internship))


def _pair(internship: Internship) -> str:
    return f"{internship.participant} · {internship.workplace.employer}"


def _of(internship: Internship) -> tuple[date, UUID]:
    """Return since when a row of an internship stands there, and whose data it shows."""
    is_ongoing = internship.state == InternshipState.ONGOING
    return (internship.ends_on if is_ongoing else internship.starts_on), internship.participant_id


def _follow_ups(coach: User, today: date) -> Iterator[Todo]:
    bad = Q(employer_mood=Mood.BAD) | Q(participant_mood=Mood.BAD)
    open_ones = FollowUp.objects.still_open().filter(internship__participant__in=_cases_of(coach))
    due = open_ones.filter(Q(due_on__lte=today) | bad)
    related = ("internship__participant", "internship__workplace__employer")
    for follow_up in due.select_related(*related).order_by("due_on", "pk"):
        if step := next_for_coach_of(follow_up, today=today):
            internship, since = follow_up.internship, follow_up.due_on
            url = f"{step.actions[0].url}?fran={FROM_MY_DAY}"
            yield _todo(step, _pair(internship), url, since, internship.participant_id)


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
            todos.append(_todo(step, title, proposal.get_absolute_url(), since, proposal.participant_id))
    return sorted(todos, key=lambda todo: todo.tone == "neutral")


def _starting_and_ending(internships: list[Any], today: date) -> Iterator[Todo]:
    may = {"may_decide": True, "may_manage": False}
    for internship in internships:
        if internship.state not in OPEN_INTERNSHIPS:
            continue
        step = next_for_staff(internship, **may, has_job=False, today=today, decided=internship.decided)
        if step and step.waits_for_reader:
            yield _todo(step, _pair(internship), internship.get_absolute_url(), *_of(internship))


def _retention(coach: User, today: date) -> Iterator[Todo]:
    """Yield the checks that fall due, and the jobs that did not last and have no last day yet."""
    due = Q(answer="", cancelled_at=None, due_on__lte=today)
    lost = Q(answer=RetentionAnswer.NO, employment__ends_on=None, employment__struck_at=None)
    checks = RetentionCheck.objects.filter(due | lost, employment__participant__in=_cases_of(coach))
    for check in checks.select_related("employment__participant").order_by("due_on", "pk"):
        job = check.employment
        step = next_about_check(check, job, may_decide=True, today=today)
        if step and step.waits_for_reader:
            title = f"{job.participant} · {job.employer_name}"
            yield _todo(step, title, step.actions[0].url, check.due_on, job.participant_id)


def _next_steps(coach: User, today: date) -> Iterator[Todo]:
    """Yield what was agreed at a person's last contact, once its day has come.

    Another contact ends it, and so does the end of the case.
    """
    newest = Contact.objects.filter(participant=OuterRef("participant")).values("pk")[:1]
    open_cases = _cases_of(coach).exclude(state=ParticipantState.ENDED)
    agreed = Contact.objects.filter(participant__in=open_cases, next_on__lte=today, pk=Subquery(newest))
    for contact in agreed.select_related("participant").order_by("next_on", "pk"):
        person, since = contact.participant, contact.next_on
        title = f"{_called(person)} · {contact.next_step}"
        url = address_from_my_day(person.pk)
        yield Todo(_("Next step"), title, url, _("Note a contact"), since, person=person.pk)


def _approvals(coach: User) -> Iterator[Todo]:
    waiting = Opening.objects.visible_to(coach).filter(state=OpeningState.AWAITING_APPROVAL)
    for opening in waiting.select_related("workplace__employer").order_by("state_changed_at", "pk"):
        if step := next_for_approver(opening, obstacles=()):
            title, since = f"{opening} · {opening.workplace.employer}", day_of(opening.state_changed_at)
            yield _todo(step, title, opening.get_absolute_url(), since)
    requests = EmployerMembership.objects.filter(
        employer__municipality__in=coach.municipality_ids(), state=MembershipState.REQUESTED
    )
    for request in requests.select_related("employer", "user").order_by("created_at", "pk"):
        if step := next_about_member(request, may_decide=True, is_only_administrator=False):
            url = reverse("employers:employer_detail", args=[request.employer_id])
            yield _todo(step, f"{request.user} · {request.employer}", url, day_of(request.created_at))


def _checks(coach: User, today: date) -> Iterator[Todo]:
    """Yield the employers with places whose checks have run out or soon will, the first day of each."""
    theirs = EmployerCheck.objects.filter(employer__municipality__in=coach.municipality_ids())
    ending = theirs.running_out(by=today + CHECKS_END_SOON).select_related("employer")
    met: set[UUID] = set()
    for check in ending.order_by("valid_until", "pk"):
        if check.employer_id in met:
            continue
        met.add(check.employer_id)
        step = next_about_checks(check, today=today)
        yield _todo(step, str(check.employer), step.actions[0].url, check.valid_until)


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


def _called(participant: Participant) -> str:
    """Return what a row calls somebody: a protected identity is known by its reference alone."""
    return str(participant) if participant.is_findable else participant.reference


def _way_on(participant: Participant) -> tuple[str, str, str]:
    """Return title, address and action for who waits; a protected identity is matched by no list."""
    if not participant.is_findable:
        return _called(participant), participant.get_absolute_url(), _("Open the file")
    return _called(participant), reverse("matching:openings_for", args=[participant.pk]), _("Find places")
