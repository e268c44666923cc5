"""What a page says before something is done: what will happen, and to whom a message goes."""

from typing import Any

from django.utils.translation import gettext as _

from backend.participants.enums import ParticipantState
from backend.participants.models import Consent, Participant


def of_state(participant: Participant, to: str) -> dict[str, Any]:
    """Return what moving `participant` to state `to` leads to, for components/_confirm.html."""
    name = {"name": participant.first_name}
    leaving = [
        _("Open proposals are withdrawn, and accepted places become free."),
        _("A planned internship is called off. One that is ongoing must be ended first."),
    ]
    words: dict[str, tuple[str, str, list[str]]] = {
        ParticipantState.PAUSED: (
            _("Pause the case?"),
            _("Pause"),
            [
                _("%(name)s is not shown as a candidate and is not proposed for places.") % name,
                _("The place in the line is kept."),
                *leaving,
            ],
        ),
        ParticipantState.ENDED: (
            _("End the case?"),
            _("End the case"),
            [
                _("%(name)s leaves the list and is not proposed for places.") % name,
                *leaving,
                _("Every consent that still holds is taken back, and what stands on it is withdrawn."),
            ],
        ),
        ParticipantState.ACTIVE: (
            _("Look for a place?"),
            _("Look for a place"),
            [_("%(name)s is shown as a candidate again.") % name],
        ),
        ParticipantState.ENROLLED: (
            _("Open the case again?"),
            _("Open the case again"),
            [_("The waiting is counted from today.")],
        ),
    }
    title, label, effects = words[to]
    return {
        "title": title,
        "confirm_label": label,
        "effects": effects,
        "danger": to == ParticipantState.ENDED,
    }


def of_invitation(participant: Participant) -> dict[str, Any]:
    """Return what inviting `participant` leads to."""
    return {
        "title": _("Invite %(name)s to sign in?") % {"name": participant.first_name},
        "effects": [
            _("The person can read what is told to whom, answer proposals and see who has looked."),
            _("Sign-in is by a code that comes by e-mail. No password is needed."),
        ],
        "recipients": [_("An invitation without personal data goes to %(to)s.") % {"to": participant.email}],
        "confirm_label": _("Send the invitation"),
    }


def of_withdrawal(consent: Consent) -> dict[str, Any]:
    """Return what it leads to when the coach takes `consent` back."""
    to = {"name": consent.receiver}
    return {
        "title": _("Take back the consent to %(name)s?") % to,
        "effects": [_("%(name)s can no longer read anything of what was released.") % to, _stops(consent)],
        "recipients": [_is_told(consent)],
        "confirm_label": _("Take back the consent"),
        "danger": True,
    }


def of_own_withdrawal(consent: Consent) -> dict[str, Any]:
    """Return what it leads to when the participant takes `consent` back."""
    to = {"name": consent.receiver}
    return {
        "title": _("Stop telling %(name)s about you?") % to,
        "effects": [
            _("%(name)s can no longer read about you.") % to,
            _stops(consent),
            _("You do not have to say why, and you lose nothing else."),
        ],
        "recipients": [_("Your job coach gets a message."), _is_told(consent)],
        "confirm_label": _("Yes, stop telling"),
    }


def _stops(consent: Consent) -> str:
    if consent.agency_id:
        return _("What they have read before cannot be called back.")
    return _("A proposal for a place there, if there is one, is withdrawn.")


def _is_told(consent: Consent) -> str:
    to = {"name": consent.receiver}
    if consent.agency_id:
        return _("%(name)s gets a message that it may not be used any more. It names nobody.") % to
    return _("%(name)s gets a message if a proposal is withdrawn. It does not say why.") % to


def of_lifting(participant: Participant) -> dict[str, Any]:
    """Return what lifting the protection of an identity leads to."""
    return {
        "title": _("Lift the protection?"),
        "effects": [
            _("%(name)s is seen by everybody in %(unit)s.")
            % {"name": participant.first_name, "unit": participant.unit},
            _("The person stands in lists, searches and Excel files again."),
        ],
        "confirm_label": _("Lift the protection"),
    }
