"""What comes next about an internship, for its coach, the unit's manager and who only reads it."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from backend.core.templatetags.ui import day
from backend.core.ui.next import Action, Next
from backend.internships.enums import (
    NEVER_BEGAN,
    UNDER_WAY,
    ConsultationOutcome,
    InternshipState,
)
from backend.internships.models import Internship, InternshipPause, words_of_gates
from backend.internships.pages.next.agreements import words_before_start
from backend.internships.safeguards.going_on import (
    Objection,
    doubts,
    lacks_consent,
    may_be_decided,
    may_start,
    objection_of,
)
from backend.internships.safeguards.signed import Unsigned

ENDING_SOON = timedelta(days=14)


def next_for_staff(
    internship: Internship,
    *,
    may_decide: bool,
    may_manage: bool,
    has_job: bool,
    today: date,
    decided: bool | None = None,
    longest_pause: int | None = None,
    extension: bool | None = None,
    unsigned: Unsigned | None = None,
) -> Next | None:
    """Return what staff do next: the coach (`may_decide`), the unit's manager (`may_manage`), or who reads.

    `decided`: whether the newest decision of a manager lets the placement start, None before there is one.
    `longest_pause`: after how many days a pause is looked at; None: it is nobody's matter here.
    `extension`: what a manager said last of an extension that waits to be carried out.
    `unsigned`: who has not signed the agreement, where the page says so before the start.
    """
    objection = objection_of(internship, decided=decided)
    reasons = [str(each.label) for each in doubts(internship, day=today)]
    # What puts a placement that goes on in question is the coach's first, whatever else a manager decides.
    is_first = may_manage or not reasons or internship.state == InternshipState.PLANNED
    if objection is not None and is_first:
        may = {"may_decide": may_decide, "may_manage": may_manage}
        return _objected(internship, objection, **may, today=today)
    anew = [_decision(internship, variant="secondary")] if may_manage and may_be_decided(internship) else []
    if not may_decide:
        return _to_read(reasons, anew)
    if internship.state == InternshipState.PLANNED:
        return _planned(internship, reasons, anew, today=today, unsigned=unsigned)
    if internship.state in UNDER_WAY and extension is not None:
        return _extension_decided(internship, allows=extension, today=today)
    if internship.state in UNDER_WAY:
        return _under_way(internship, reasons, today=today, longest_pause=longest_pause)
    if internship.state in NEVER_BEGAN:
        return _never_began(internship)
    if has_job:
        return None
    return _over(internship)


def _to_read(reasons: Sequence[str], anew: Sequence[Action]) -> Next | None:
    """Return what who is not the coach reads; a manager who has let it start may decide anew."""
    if reasons:
        return Next(_("It cannot simply go on"), "", tuple(anew), tone="warning", points=tuple(reasons))
    return Next(_("The placement may start"), actions=tuple(anew), tone="success") if anew else None


def _objected(
    internship: Internship, objection: Objection, *, may_decide: bool, may_manage: bool, today: date
) -> Next:
    """Return what is next where the union objects; a manager who has decided may decide anew."""
    if internship.state in UNDER_WAY:
        return _gate_arose(internship, objection, may_decide=may_decide, may_manage=may_manage)
    cancel = _cancel(internship)
    off = (*_no_show(internship, today=today), cancel) if may_decide else ()
    actions = (*([_decision(internship)] if may_manage else ()), *off)
    points = tuple(words_of_gates(internship.gates))
    objects = internship.union_outcome == ConsultationOutcome.OBJECTION
    if objection == Objection.UPHELD:
        words = _("The manager has decided that the placement does not start. Call it off.")
        do = cancel.label if may_decide else ""
        return Next(_("May not start"), words, actions, reason=_("May not start"), do=do, mark="warning")
    words = _("The placement can start when the unit's manager has decided so, with reasons.")
    reason = _("The union objects") if objects else points[0]
    points = (*((_("The union objects"),) if objects else ()), *points)
    do = _("Decide") if may_manage else ""
    title = _("Waits for the manager's decision")
    return Next(title, words, actions, reason=reason, do=do, mark="warning", points=points)


def _gate_arose(internship: Internship, objection: Objection, *, may_decide: bool, may_manage: bool) -> Next:
    """Return what is next where a gate arose while it goes on; until the decision it goes on as it does."""
    end = Action(_("End early"), _to("end", internship), variant="tertiary")
    complete = Action(_("Complete"), _to("complete", internship), variant="secondary")
    own = (complete, end) if may_decide else ()
    actions = (*([_decision(internship)] if may_manage else ()), *own)
    points = tuple(words_of_gates(internship.gates))
    if objection == Objection.UPHELD:
        title, words = _("The manager has decided that it ends"), _("Read the reasons below, and end it.")
        do = end.label if may_decide else ""
        return Next(title, words, actions, tone="warning", reason=title, do=do, mark="danger", points=points)
    words = _("It goes on as agreed until the unit's manager has decided, with reasons.")
    title, do = _("Waits for the manager's decision"), _("Decide") if may_manage else ""
    return Next(title, words, actions, reason=points[0], do=do, mark="warning", points=points)


def _planned(
    internship: Internship,
    reasons: Sequence[str],
    anew: Sequence[Action],
    *,
    today: date,
    unsigned: Unsigned | None,
) -> Next:
    has_come = internship.starts_on <= today
    others = (*anew, *_no_show(internship, today=today), _cancel(internship))
    start = [Action(_("Start the internship"), _to("start", internship))] if has_come else []
    if not may_start(internship, day=today) or (unsigned and unsigned.refuses):
        start = []
    if reasons:
        return _in_question(reasons, (*_renewal(internship, today=today), *start, *others))
    follows = _("When you start it, the follow-ups are scheduled by themselves.")
    points = words_before_start(internship, unsigned) if unsigned else ()
    tone = "warning" if points else "success"
    if not has_come:
        title = _("Starts on %(day)s") % {"day": day(internship.starts_on)}
        return Next(title, follows, others, tone=tone, points=points)
    title = _("Ready to start") if start else _("Waits for signatures")
    reason, do = _("Should have started"), _("Start")
    tone = "warning" if points else ""
    return Next(
        title, follows, (*start, *others), tone=tone, reason=reason, do=do, mark="warning", points=points
    )


def _under_way(
    internship: Internship, reasons: Sequence[str], *, today: date, longest_pause: int | None
) -> Next:
    if pause := internship.pause:
        return _paused(internship, pause, reasons, today=today, longest=longest_pause)
    return _ongoing(internship, reasons, today=today)


def _ongoing(internship: Internship, reasons: Sequence[str], *, today: date) -> Next:
    actions = (
        _job(internship),
        Action(_("Complete"), _to("complete", internship), variant="secondary"),
        *_extend(internship, today=today),
        Action(_("Take a break"), _to("pause", internship), variant="tertiary"),
        Action(_("End early"), _to("end", internship), variant="tertiary"),
    )
    if reasons:
        return _in_question(reasons, (*_renewal(internship, today=today), *actions))
    words = _("Has it become a job? Record it at once: that is what it is for.")
    if internship.ends_on > today + ENDING_SOON:
        return Next(_("Ongoing"), words, actions)
    reason = _("Ends soon") if internship.ends_on >= today else _("The last day has passed")
    return Next(reason, words, actions, reason=reason, do=_("What comes after?"), mark="warning")


def _extend(internship: Internship, *, today: date) -> list[Action]:
    """Return how it is extended; nobody stays longer where nobody is placed."""
    if not internship.workplace.employer.is_in_good_standing_on(today):
        return []
    return [Action(_("Extend"), _to("extend", internship), variant="secondary")]


def _extension_decided(internship: Internship, *, allows: bool, today: date) -> Next:
    """Return what the coach does when the manager has decided about an extension."""
    if not allows:
        title = _("The manager has said no to the extension")
        words = _("Read the reasons below. The internship ends as it stands, or you write another extension.")
        actions = (
            *_extend(internship, today=today),
            Action(_("Complete"), _to("complete", internship), variant="secondary"),
            Action(_("End early"), _to("end", internship), variant="tertiary"),
        )
        return Next(title, words, (_job(internship), *actions), tone="warning", reason=title, do=_("Read"))
    title, words = _("The manager has said yes to the extension"), _("Carry it out, so that it holds.")
    url = reverse("internships:extension_apply", args=[internship.pk])
    apply = Action(_("Carry out the extension"), url, posts=True)
    others = (*_extend(internship, today=today), _job(internship))
    return Next(title, words, (apply, *others), reason=title, do=_("Carry out"), mark="warning")


def _paused(
    internship: Internship,
    pause: InternshipPause,
    reasons: Sequence[str],
    *,
    today: date,
    longest: int | None,
) -> Next:
    """Return what is next in a pause: nothing until the return, unless it has become longer than the rule."""
    can_resume = pause.from_on < today
    resume = Action(_("Let it go on"), _to("resume", internship))
    actions = (
        *([resume] if can_resume else ()),
        Action(_("Change the day of the return"), _to("return", internship), variant="secondary"),
        Action(_("It became a job"), _to("convert", internship), variant="tertiary"),
        *_extend(internship, today=today),
        Action(_("Complete"), _to("complete", internship), variant="tertiary"),
        Action(_("End early"), _to("end", internship), variant="tertiary"),
    )
    if reasons:
        return _in_question(reasons, (*_renewal(internship, today=today), *actions))
    title = _("Paused until %(day)s") % {"day": day(pause.back_on)}
    words = _("%(why)s. Nobody is asked anything until then.") % {"why": pause.get_reason_display()}
    if internship.ends_on < today:
        reason = _("The last day has passed")
        return Next(reason, words, actions, reason=reason, do=_("What comes after?"), mark="warning")
    if pause.back_on <= today:
        reason = _("The pause should be over")
        return Next(title, words, actions, reason=reason, do=resume.label, mark="warning")
    if longest is not None and (today - pause.from_on).days > longest:
        reason = _("Paused for a long time")
        return Next(title, words, actions, tone="warning", reason=reason, do=_("Decide"), mark="warning")
    return Next(title, words, actions, tone="neutral")


def _in_question(reasons: Sequence[str], actions: tuple[Action, ...]) -> Next:
    title, reason = _("It cannot simply go on"), reasons[0]
    points = tuple(reasons)
    return Next(
        title, "", actions, tone="warning", reason=reason, do=_("Decide"), mark="warning", points=points
    )


def _renewal(internship: Internship, *, today: date) -> list[Action]:
    """Return how a consent that has ended is made anew; of a protected identity nothing is told."""
    if internship.standing_consent is None or not lacks_consent(internship, day=today):
        return []
    if not internship.participant.is_findable:
        return []
    if internship.proposal_id:
        url = reverse("matching:consent_renew", args=[internship.proposal_id])
    else:
        url = reverse("internships:placement_consent", args=[internship.pk])
    return [Action(_("Write down a new consent"), url)]


def _over(internship: Internship) -> Next:
    """Return what is asked when it is over."""
    words = _("Record the job if there is one, or find the next place.")
    return Next(_("What came of it?"), words, (_job(internship), *_find(internship)))


def _never_began(internship: Internship) -> Next | None:
    """Return what is next after nobody came: another place. What was called off says it on its proposal."""
    if internship.state != InternshipState.NO_SHOW:
        return None
    title, words = (
        _("Nobody came"),
        _("The place is free again, and the person can be proposed anew at once."),
    )
    return Next(title, words, tuple(_find(internship)), tone="neutral")


def _find(internship: Internship) -> list[Action]:
    """Return the way to the next place; who is matched by no list is offered none."""
    if not internship.participant.is_matchable:
        return []
    url = reverse("matching:openings_for", args=[internship.participant_id])
    return [Action(_("Find places"), url, variant="secondary")]


def may_be_corrected(internship: Internship, *, may_decide: bool) -> bool:
    """Tell whether changing the terms is offered: what never began stays as it is."""
    return may_decide and internship.state not in NEVER_BEGAN


def _job(internship: Internship) -> Action:
    return Action(_("It became a job"), _to("convert", internship))


def _decision(internship: Internship, *, variant: str = "") -> Action:
    url = reverse("internships:objection_decide", args=[internship.pk])
    return Action(_("Decide about the placement"), url, variant=variant)


def _no_show(internship: Internship, *, today: date) -> list[Action]:
    """Return how it is written that nobody came, once the first day has come."""
    if internship.starts_on > today:
        return []
    return [Action(_("Nobody came"), _to("no_show", internship), variant="tertiary")]


def _cancel(internship: Internship) -> Action:
    return Action(_("Call it off"), _to("cancel", internship), variant="tertiary")


def _to(name: str, internship: Internship) -> str:
    return reverse(f"internships:internship_{name}", args=[internship.pk])
