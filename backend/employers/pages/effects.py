"""What follows when an opening is paused or closed, said before it is done, and who gets a message."""

from django.utils.translation import gettext as _


def of_closing() -> list[str]:
    """Return what closing means."""
    return [
        _("Nobody new can be proposed for it."),
        _("Proposals that are not answered are withdrawn."),
        _("Those who have a place keep it."),
        _("You can publish it again whenever you like."),
    ]


def of_pausing() -> list[str]:
    """Return what a pause means."""
    return [
        _("It is not shown to others, and nobody new is proposed for it."),
        _("Proposals that are not answered wait. You can say no meanwhile, and yes when it is back."),
        _("Meetings that are booked stand, and those who have a place keep it."),
        _("You can put it back on the list whenever you like."),
    ]


def of_refreshing() -> list[str]:
    """Return what it means to say that it still holds."""
    return [_("They stay on the list, and their time is counted anew from today.")]


def recipients() -> list[str]:
    """Return who is told of either."""
    return [
        _("Job coaches who have a proposal there that is not answered get an e-mail."),
        _("Your colleagues who answer for the organisation get an e-mail."),
    ]
