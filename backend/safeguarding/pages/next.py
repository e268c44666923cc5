"""What comes next about a review, for a manager, for other staff, and for the employer."""

from django.urls import reverse
from django.utils.translation import gettext as _

from backend.core.templatetags.ui import day
from backend.core.ui.next import Action, Next
from backend.safeguarding.enums import HEARD, ReviewState
from backend.safeguarding.models import Review


def next_for_manager(review: Review, *, may_decide_appeal: bool) -> Next | None:
    """Return the one thing that a manager does about a review, with the ways beside it."""
    state = ReviewState(review.state)
    dismiss = _to("review_dismiss", review, _("Dismiss the review"), variant="tertiary")
    add = _to("evidence_add", review, _("Add what it rests on"), variant="secondary")
    if state in (ReviewState.PROPOSED, ReviewState.OPEN):
        ask = _to("reply_ask", review, _("Ask for the employer's reply"))
        title, words = _("Hear the employer"), _("Nothing is decided about anybody who has not been heard.")
        return Next(title, words, (ask, add, dismiss), reason=title, do=_("Ask"), mark="warning")
    if state == ReviewState.REPLY_ASKED:
        words = _("The employer has until %(day)s.") % {"day": day(review.reply_by)}
        return Next(_("Waits for the employer's reply"), words, (add, dismiss))
    if state in HEARD:
        decide = _to("review_decide", review, _("Decide"))
        title = str(state.label)
        return Next(
            title,
            _("Read the reply and decide."),
            (decide, add, dismiss),
            reason=title,
            do=_("Decide"),
            mark="danger",
        )
    if state == ReviewState.APPEALED:
        title = _("The employer asks for another decision")
        if not may_decide_appeal:
            return Next(title, _("You made the decision: somebody else decides now."))
        answer = _to("appeal_decide", review, _("Decide about it"))
        return Next(title, "", (answer,), reason=title, do=_("Decide"), mark="danger")
    return None


def next_for_coach(review: Review) -> Next | None:
    """Return what staff who do not decide can do."""
    state = ReviewState(review.state)
    if state not in (ReviewState.PROPOSED, ReviewState.OPEN, ReviewState.REPLY_ASKED, *HEARD):
        return None
    add = _to("evidence_add", review, _("Add what it rests on"), variant="secondary")
    return Next(str(state.label), _("A manager decides. You can add what you know."), (add,))


def next_for_employer(review: Review) -> Next | None:
    """Return what the employer does: reply, or ask for another decision."""
    state = ReviewState(review.state)
    if state == ReviewState.REPLY_ASKED:
        words = _("Reply until %(day)s. Nothing is decided before that.") % {"day": day(review.reply_by)}
        return Next(
            _("The municipality asks for your reply"), words, (_to("review_reply", review, _("Reply")),)
        )
    if state == ReviewState.UNANSWERED:
        words = _("The day has passed, but you can reply until it is decided.")
        return Next(
            _("You have not replied"), words, (_to("review_reply", review, _("Reply")),), tone="warning"
        )
    if state == ReviewState.DECIDED:
        ask = _to("review_appeal", review, _("Ask for another decision"), variant="secondary")
        return Next(
            _("It is decided"), _("If you think that it is wrong, somebody else looks at it."), (ask,)
        )
    return None


def _to(name: str, review: Review, label: str, *, variant: str = "") -> Action:
    return Action(label, reverse(f"safeguarding:{name}", args=[review.pk]), variant=variant)
