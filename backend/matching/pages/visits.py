"""Meetings as coach, employer and participant see them: what is booked, and what comes next about it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.templatetags.ui import moment
from backend.core.ui.next import Action, Next
from backend.matching.calendar import title_of, where
from backend.matching.enums import AWAITING_EMPLOYER, Chooser, VisitState
from backend.matching.models import Proposal, ProposalQuerySet, Visit, VisitTime

SEEN: Final = "visits_seen"


def with_visits(proposals: ProposalQuerySet) -> ProposalQuerySet:
    """Read the meetings of `proposals` with them, for lists."""
    newest = Visit.objects.order_by("-created_at", "pk")
    return proposals.prefetch_related(Prefetch("visits", newest, to_attr=SEEN))


def seen_visit(proposal: Proposal) -> Visit | None:
    """Return the newest meeting about a proposal that was read `with_visits`; None for one that was not."""
    return next(iter(vars(proposal).get(SEEN, ())), None)


def newest_visit(proposal: Proposal) -> Visit | None:
    """Return the newest meeting about a proposal whose page is open."""
    return proposal.visits.order_by("-created_at", "pk").first()


def was_before(visit: Visit | None, day: date) -> bool:
    """Tell whether a booked meeting was to be before `day`: then somebody is asked how it went."""
    return visit is not None and visit.ends_at is not None and day_of(visit.ends_at) < day


def next_about_visit(
    visit: Visit | None,
    *,
    side: str,
    may_act: bool = True,
    is_over: bool = False,
    times: Sequence[VisitTime] = (),
) -> Next | None:
    """Return what a `side` (a persona) does next about a meeting; None where there is nothing about it.

    `is_over`: its time has been; `times`: those that can be chosen, for a page with a button for each.
    """
    if visit is None:
        return None
    if visit.state == VisitState.PROPOSED:
        return _to_choose(visit, times, side=side, may_act=may_act)
    if visit.state == VisitState.BOOKED:
        return _has_been(visit, side=side) if is_over else _booked(visit, side=side, may_act=may_act)
    if visit.state == VisitState.HELD and side == Persona.STAFF:
        return _held()
    return None


def for_page(proposal: Proposal, reader: User, *, at: datetime) -> Next | None:
    """Return what the page of a proposal says to `reader` of meeting, at `at`."""
    if proposal.state not in AWAITING_EMPLOYER:
        return None
    visit = newest_visit(proposal)
    if visit is None:
        return None
    visit.proposal = proposal
    may_act = Proposal.objects.arranged_by(reader).filter(pk=proposal.pk).exists()
    is_to_choose = visit.state == VisitState.PROPOSED
    return next_about_visit(
        visit,
        side=reader.persona,
        may_act=may_act,
        is_over=visit.is_over(at),
        times=list(visit.times_now()) if is_to_choose else (),
    )


def way_to_offer(proposal: Any, *, variant: str = "") -> Action:
    """Return the button that leads to proposing times."""
    url = reverse("matching:visit_offer", args=[proposal.pk])
    return Action(_("Propose times to meet"), url, variant=variant, icon="calendar")


def meeting_in_short(visit: Visit | None, *, side: str) -> str:
    """Return where a meeting stands, in a few words for a list; "" where there is none."""
    if visit is None or visit.state not in (VisitState.PROPOSED, VisitState.BOOKED):
        return ""
    if visit.state == VisitState.BOOKED:
        return _("You meet on %(when)s") % {"when": moment(visit.starts_at)}
    return _("Choose a time to meet") if visit.chooser == side else _who_chooses(visit)


def _who_chooses(visit: Visit) -> str:
    by_employer = visit.chooser == Chooser.EMPLOYER
    return _("The employer chooses a time") if by_employer else _("The participant chooses a time")


def _to_choose(visit: Visit, times: Iterable[VisitTime], *, side: str, may_act: bool) -> Next:
    place = f"{title_of(visit)} · {where(visit)}"
    if not may_act or side not in (Persona.STAFF, visit.chooser):
        changes = _changes(visit, side=side, may_act=may_act)
        proposed = tuple(words_of(each) for each in times)
        return Next(_who_chooses(visit), place, changes, tone="warning", points=proposed)
    asks_by_phone = _("If you have the answer by phone, choose it here.")
    return Next(
        _who_chooses(visit) if side == Persona.STAFF else _("Choose a time to meet"),
        f"{place}. {asks_by_phone}" if side == Persona.STAFF else place,
        (*(_time(visit, each) for each in times), *_changes(visit, side=side, may_act=may_act)),
        tone="warning" if side == Persona.STAFF else "",
        # A coach waits for the other: only who is asked has something to do.
        do="" if side == Persona.STAFF else _("Choose a time"),
    )


def _time(visit: Visit, time: VisitTime) -> Action:
    url = reverse("matching:visit_choose", args=[visit.pk, time.pk])
    return Action(words_of(time), url, posts=True, icon="check")


def words_of(time: VisitTime) -> str:
    """Return a time in words, with how long it takes."""
    minutes = int((time.ends_at - time.starts_at).total_seconds() // 60)
    return _("%(when)s, %(minutes)s minutes") % {"when": moment(time.starts_at), "minutes": minutes}


def _booked(visit: Visit, *, side: str, may_act: bool) -> Next:
    file = reverse("matching:visit_file", args=[visit.pk])
    to_calendar = Action(_("Save in my calendar"), file, variant="secondary", icon="calendar")
    return Next(
        _("You meet on %(when)s") % {"when": moment(visit.starts_at)}
        if side != Persona.STAFF
        else _("They meet on %(when)s") % {"when": moment(visit.starts_at)},
        f"{title_of(visit)} · {where(visit)}",
        (to_calendar, *_changes(visit, side=side, may_act=may_act)),
        tone="success",
    )


def _changes(visit: Visit, *, side: str, may_act: bool) -> tuple[Action, ...]:
    if not may_act:
        return ()
    cancel = Action(_("Cancel"), reverse("matching:visit_cancel", args=[visit.pk]), variant="tertiary")
    if side == Persona.PARTICIPANT:
        return (cancel,)
    move = Action(
        _("Propose other times"), reverse("matching:visit_move", args=[visit.pk]), variant="secondary"
    )
    return (move, cancel)


def _has_been(visit: Visit, *, side: str) -> Next | None:
    if side != Persona.STAFF:
        return Next(_("You were to meet on %(when)s") % {"when": moment(visit.starts_at)}, where(visit))
    note, no = reverse("matching:visit_note", args=[visit.pk]), _("No, it did not happen")
    another = reverse("matching:visit_move", args=[visit.pk])
    return Next(
        _("How did the meeting go?"),
        _("They were to meet on %(when)s. A meeting places nobody: the employer still answers.")
        % {"when": moment(visit.starts_at)},
        (
            Action(_("Yes, they have met"), note, posts=True, name="took_place", value="yes", icon="check"),
            Action(no, note, posts=True, name="took_place", value="no", variant="secondary"),
            Action(_("Another time"), another, variant="secondary", icon="calendar"),
        ),
        reason=_("How did the meeting go?"),
        do=_("Say how it went"),
        mark="info",
    )


def _held() -> Next:
    return Next(
        _("Ask the employer for an answer"),
        _("They have met. The employer answers on the proposal's page: yes or no."),
        reason=_("They have met"),
        do=_("Ask for the answer"),
        mark="success",
    )
