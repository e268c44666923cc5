"""What comes next about an opening, an employer and its members, for each who reads of it."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from backend.core.templatetags.ui import day
from backend.core.ui.next import Action, Next
from backend.employers.enums import (
    WELCOME,
    MembershipRole,
    MembershipState,
    Standing,
)
from backend.employers.models import Employer, EmployerCheck, EmployerMembership, Opening


def next_for_reader(opening: Opening) -> Next:
    """Return what somebody does who neither writes nor approves the opening."""
    if opening.is_listed:
        where = {"municipality": opening.workplace.employer.municipality}
        words = _(
            "Tell your job coach that you are interested. If you have none, contact the labour-market unit "
            "of %(municipality)s."
        )
        return Next(_("Does it sound like you?"), words % where)
    others = Action(_("Show other openings"), reverse("employers:opening_list"), variant="secondary")
    title = _("All places are taken") if opening.is_full else _("Nobody new is taken in here now")
    return Next(title, actions=(others,), tone="warning")


def next_for_approver(
    opening: Opening, *, obstacles: Sequence[str], to_call: EmployerMembership | None = None
) -> Next | None:
    """Return what a coach does about an opening that waits for approval; nothing about any other.

    `to_call`: the member about whom the organisation has to be called first.
    """
    if not opening.awaits_approval:
        return None
    back = Action(_("Give back"), _to("return", opening), posts=True, asks=_("Give it back for a change"))
    to = f"?next={quote(opening.get_absolute_url())}"
    if steps := _before_approval(opening.workplace.employer, obstacles, to_call, to=to):
        points, actions = steps
        title = _("Check the employer before you approve")
        return Next(title, points=points, actions=(*actions, back), tone="warning")
    words = _(
        "%(employer)s is checked. When you approve, the opening is published, and the employer gets an "
        "e-mail."
    )
    return Next(
        _("Waits for your approval"),
        words % {"employer": opening.workplace.employer},
        (Action(_("Approve and publish"), _to("approve", opening), posts=True), back),
        reason=_("Changed, to be read again") if opening.as_read else _("A new employer"),
        do=_("Look and approve"),
    )


def words_for_publishing(*, is_reviewed: bool) -> str:
    """Return what the button says: with an employer who is new to us a coach reads before anybody else."""
    return _("Send to the job coach to be read") if is_reviewed else _("Publish")


def next_for_writer(opening: Opening, *, closes_at: date | None, asked_change: str = "") -> Next | None:
    """Return what those do who write the opening; `asked_change`: why a coach has given it back."""
    is_reviewed = opening.workplace.employer.is_new
    publish = Action(words_for_publishing(is_reviewed=is_reviewed), _to("publish", opening), posts=True)
    if opening.awaits_approval:
        words = _(
            "You are new to us, so somebody reads your first opening before it is published. You get an "
            "e-mail."
        )
        if opening.as_read:
            words = _(
                "You have changed what others had read. It is shown again when a job coach has read it."
            )
        return Next(_("A job coach is reading"), words, tone="warning")
    if opening.is_draft and asked_change:
        change = Action(_("Change the opening"), _to("edit", opening))
        return Next(_("A job coach asks for a change"), asked_change, (change,), tone="warning")
    if opening.is_draft:
        words = _("This is how it looks to others. Read it through and publish.")
        if is_reviewed:
            words = _("This is how it looks to others. A job coach reads it before it is published.")
        return Next(_("Only you see this yet"), words, (publish,))
    if opening.is_over:
        again = Action(publish.label if is_reviewed else _("Publish again"), publish.url, posts=True)
        return _over(opening, again)
    if opening.is_paused:
        return _paused(opening, closes_at)
    return _published(opening, closes_at) if opening.is_listed else None


def _over(opening: Opening, again: Action) -> Next:
    """Return the one click that publishes it anew, or the way to its dates where they have passed."""
    if not opening.has_expired:
        words = _("Nobody is proposed for it. You can change it and publish it again.")
        return Next(_("The opening is closed"), words, (again,), tone="warning")
    title = _("The opening's time has run out")
    if opening.has_passed(timezone.localdate()):
        words = _("Its last day has passed. Change the days, and publish it again.")
        return Next(title, words, (Action(_("Change the days"), _to("edit", opening)),), tone="warning")
    words = _("Nobody had said for a long time that it still holds. If it does, publish it again.")
    return Next(title, words, (again,), tone="warning")


def _paused(opening: Opening, closes_at: date | None) -> Next:
    resume = Action(_("Put it back on the list"), _to("resume", opening), posts=True)
    words = _("Others do not see it, and nobody is proposed for it. It comes back by itself on %(day)s.")
    facts = {"day": day(opening.back_on)}
    if opening.back_on is None:
        words = _(
            "Others do not see it, and nobody is proposed for it. If you do not put it back, it closes by "
            "itself on %(day)s."
        )
        facts = {"day": day(closes_at)}
    return Next(_("Paused"), words % facts, (resume,), tone="warning")


def _published(opening: Opening, closes_at: date | None) -> Next:
    holds = Action(_("It still holds"), _to("refresh", opening), posts=True, variant="secondary")
    words = _(
        "Job coaches look for people who fit. It closes by itself on %(day)s unless you say that it still "
        "holds."
    )
    return Next(_("Published"), words % {"day": day(closes_at)}, (holds,), tone="success")


def _to(name: str, opening: Opening) -> str:
    return reverse(f"employers:opening_{name}", args=[opening.pk])


def _before_approval(
    employer: Employer, obstacles: Sequence[str], to_call: EmployerMembership | None, *, to: str = ""
) -> tuple[tuple[str, ...], tuple[Action, ...]] | None:
    """Return what is still to be looked into before an employer is approved, and where it is written."""
    points, actions = tuple(obstacles), []
    if obstacles:
        actions.append(Action(_("Record checks"), reverse("employers:check_create", args=[employer.pk]) + to))
    if to_call is not None:
        who, variant = {"name": to_call.user}, "secondary" if obstacles else ""
        points += (_("Nobody has called the organisation about whether %(name)s speaks for it") % who,)
        call = _for("call", to_call) + to
        actions.append(Action(_("Note a call"), call, variant=variant, about=str(to_call.user)))
    return (points, tuple(actions)) if points else None


def next_for_staff(
    employer: Employer,
    *,
    today: date,
    obstacles: Sequence[str],
    to_call: EmployerMembership | None = None,
) -> Next | None:
    """Return what staff do before people can be placed with an employer; nothing when they can, or never.

    `to_call`: the member about whom the organisation has to be called before it is approved.
    """
    if employer.standing_on(today) == Standing.STOPPED:
        return None
    is_approvable = employer.is_approvable_on(today)
    asks = to_call if is_approvable else None
    if steps := _before_approval(employer, obstacles, asks):
        points, actions = steps
        return Next(_("Before anybody can be placed here"), points=points, actions=actions, tone="warning")
    if not is_approvable:
        return None
    url = reverse("employers:employer_approve", args=[employer.pk])
    return Next(
        _("The checks are clear"),
        _("When you approve, people can be placed here, and new openings are published at once."),
        (Action(_("Approve the employer"), url, posts=True),),
    )


def next_about_checks(check: EmployerCheck, *, today: date) -> Next:
    """Return what staff do about an employer of whose checks `check` ends first, or has ended."""
    again = Action(_("Check again"), reverse("employers:check_create", args=[check.employer_id]))
    if check.valid_until < today:
        reason, mark = _("The checks have run out"), "warning"
    else:
        reason, mark = _("The checks run out soon"), "info"
    return Next(reason, actions=(again,), reason=reason, do=again.label, mark=mark)


def next_for_member(employer: Employer, *, today: date) -> Next | None:
    """Return what who speaks for an employer is told of its standing; nothing when all is well."""
    standing = employer.standing_on(today)
    if standing == Standing.NEW:
        words = _("A job coach reads your first opening before it is published, and checks the organisation.")
        return Next(_("You are new to us"), words)
    if standing in WELCOME:
        return None
    words = _("Contact the labour-market unit.")
    return Next(_("The municipality has paused its work with the organisation"), words, tone="warning")


def next_for_applicant(membership: EmployerMembership, *, may_remind: bool) -> Next | None:
    """Return what who has asked to speak for an employer waits for, with the way to hurry it and the way out.

    Nothing once there is an answer.
    """
    if membership.state != MembershipState.REQUESTED:
        return None
    words = _(
        "The organisation %(number)s is registered already. On %(day)s we asked those who look after it to "
        "let you in. You get an e-mail."
    )
    facts = {"number": membership.employer.number_written_out, "day": day(membership.state_changed_at)}
    remind = Action(_("Remind them"), _for("remind", membership), posts=True, variant="secondary")
    withdraw = Action(
        _("Take the request back"), _for("withdraw", membership), posts=True, variant="tertiary"
    )
    actions = (remind, withdraw) if may_remind else (withdraw,)
    return Next(_("Waiting for a yes"), words % facts, actions, tone="warning")


def next_about_members(
    employer: Employer, *, may_decide: bool
) -> list[tuple[EmployerMembership, Next | None]]:
    """Return each member that was loaded with `employer`, and what the reader may do about it."""
    members = list(employer.memberships.all())
    administrators = [each for each in members if each.administers]
    only = administrators[0].pk if len(administrators) == 1 else None
    return [
        (each, next_about_member(each, may_decide=may_decide, is_only_administrator=each.pk == only))
        for each in members
    ]


def next_about_member(
    member: EmployerMembership, *, may_decide: bool, is_only_administrator: bool
) -> Next | None:
    """Return what comes next about who speaks, or asks to speak, for an employer.

    The last who administers it keeps the part and the role. `do` is empty where nobody waits for the reader.
    """
    if member.state == MembershipState.REQUESTED:
        return _request(member, may_decide=may_decide)
    if member.state != MembershipState.ACTIVE or not may_decide or is_only_administrator:
        return None
    remove = Action(_("Remove"), _for("end", member), posts=True)
    return Next(_("Change"), actions=(*_other_roles(member), remove))


def _request(member: EmployerMembership, *, may_decide: bool) -> Next:
    label, about = _("Wants to join"), str(member.user)
    if not may_decide:
        return Next(label, reason=label, mark="warning")
    let_in = Action(_("Let in"), _for("approve", member), posts=True, about=about)
    no = Action(_("Turn down"), _for("end", member), posts=True, variant="tertiary", about=about)
    return Next(label, actions=(let_in, no), reason=label, do=_("Answer"), mark="warning")


def _other_roles(member: EmployerMembership) -> list[Action]:
    labels = {
        MembershipRole.ADMINISTRATOR: _("Make administrator"),
        MembershipRole.CONTACT: _("Make contact"),
        MembershipRole.SUPERVISOR: _("Make supervisor"),
    }
    url = _for("role", member)
    return [
        Action(label, url, posts=True, name="role", value=str(role))
        for role, label in labels.items()
        if role != member.role
    ]


def _for(name: str, member: EmployerMembership) -> str:
    return reverse(f"employers:membership_{name}", args=[member.pk])
