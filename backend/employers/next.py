"""What comes next about an opening, for who writes it, who approves it and who only reads it."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from backend.core.templatetags.ui import day
from backend.core.ui.next import Action, Next
from backend.employers.enums import OPENING_LIFECYCLE, OpeningState
from backend.employers.models import Opening


def next_for_reader(opening: Opening) -> Next:
    """Return what somebody does who neither writes nor approves the opening."""
    if opening.state == OpeningState.PUBLISHED:
        where = {"municipality": opening.workplace.employer.municipality}
        words = _(
            "Tell your job coach that you are interested. Have you none? Contact the labour-market unit of "
            "%(municipality)s."
        )
        return Next(_("Does it sound like you?"), words % where)
    others = Action(_("Show other openings"), reverse("employers:opening_list"), variant="secondary")
    return Next(_("All places are taken"), actions=(others,), tone="warning")


def next_for_approver(opening: Opening, *, obstacles: Sequence[str]) -> Next | None:
    """Return what a coach does about an opening that waits for approval; nothing about any other."""
    if opening.state != OpeningState.AWAITING_APPROVAL:
        return None
    back = Action(_("Give back"), _to("return", opening), posts=True, asks=_("Give it back for a change"))
    if obstacles:
        check = reverse("employers:check_create", args=[opening.workplace.employer_id])
        check = f"{check}?next={quote(opening.get_absolute_url())}"
        title = _("Check the employer before you approve")
        return Next(title, " ".join(obstacles), (Action(_("Record checks"), check), back), tone="warning")
    words = _(
        "%(employer)s is checked. When you approve, the opening is published, and the employer gets an "
        "e-mail."
    )
    return Next(
        _("Waits for your approval"),
        words % {"employer": opening.workplace.employer},
        (Action(_("Approve and publish"), _to("approve", opening), posts=True), back),
        do=_("Look and approve"),
    )


def next_for_writer(opening: Opening, *, closes_at: date | None, asked_change: str = "") -> Next | None:
    """Return what those do who write the opening; `asked_change`: why a coach has given it back."""
    state = OpeningState(opening.state)
    publish = Action(_("Publish"), _to("publish", opening), posts=True)
    if state == OpeningState.AWAITING_APPROVAL:
        words = _(
            "You are new to us, so somebody reads your first opening before it is published. You get an "
            "e-mail."
        )
        return Next(_("A job coach is reading"), words, tone="warning")
    if state == OpeningState.DRAFT and asked_change:
        change = Action(_("Change the opening"), _to("edit", opening))
        return Next(_("A job coach asks for a change"), asked_change, (change,), tone="warning")
    if state == OpeningState.DRAFT:
        words = _("This is how it looks to others. Read it through and publish.")
        return Next(_("Only you see this yet"), words, (publish,))
    if state == OpeningState.CLOSED:
        again = Action(_("Publish again"), publish.url, posts=True)
        words = _("Nobody is proposed for it. You can change it and publish it again.")
        return Next(_("The opening is closed"), words, (again,), tone="warning")
    return _published(opening, closes_at) if state == OpeningState.PUBLISHED else None


def _published(opening: Opening, closes_at: date | None) -> Next:
    holds = Action(_("It still holds"), _to("refresh", opening), posts=True, variant="secondary")
    words = _(
        "Job coaches look for people who fit. It closes by itself on %(day)s unless you say that it still "
        "holds."
    )
    return Next(_("Published"), words % {"day": day(closes_at)}, (holds,), tone="success")


def may_be_closed(opening: Opening) -> bool:
    """Tell whether closing is offered: what nobody sees yet is changed or left, not closed."""
    seen = opening.state in (OpeningState.PUBLISHED, OpeningState.FILLED)
    return seen and OPENING_LIFECYCLE.allows(opening.state, OpeningState.CLOSED)


def _to(name: str, opening: Opening) -> str:
    return reverse(f"employers:opening_{name}", args=[opening.pk])
