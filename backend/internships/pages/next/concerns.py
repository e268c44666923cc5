"""What comes next about a concern, for the coach, the unit's manager and who only reads it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from backend.core.ui.next import Action, Next
from backend.internships.models import Concern


def next_about_concern(concern: Concern, *, may_decide: bool, may_manage: bool) -> Next | None:
    """Return what a reader does about a concern; nothing once it is handled, or for who only reads.

    `may_decide`: as the coach of the case; `may_manage`: as manager of its unit.
    """
    if concern.handled_at or not (may_decide or may_manage):
        return None
    handle = reverse("internships:concern_handle", args=[concern.pk])
    actions = [Action(_("Write what was done"), handle, variant="secondary")]
    if may_manage:
        decide, words = (
            reverse("internships:concern_decide", args=[concern.pk]),
            _("Decide whether people may be placed here meanwhile"),
        )
        actions.append(Action(words, decide, variant="tertiary"))
    reason = _("Concern raised") if may_decide else _("A concern that is not handled")
    do = _("Read and answer") if may_decide else _("Read")
    return Next(reason, actions=tuple(actions), reason=reason, do=do, mark="danger")
