"""What of a case, beside the file, can be released to an agency."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from backend.cooperation.enums import WhyEnded
from backend.cooperation.models import Intervention
from backend.participants.enums import ReleasedKind
from backend.participants.models import Participant
from backend.participants.telling.releasable import Releasable, for_agencies


@for_agencies
def earlier_efforts(participant: Participant) -> Iterator[Releasable]:
    """Yield each effort in one line, so that each is released by itself."""
    efforts = Intervention.objects.standing().filter(participant=participant).select_related("agency")
    for each in efforts:
        yield Releasable(f"intervention:{each.pk}", ReleasedKind.INTERVENTION, words_of(each))


def words_of(intervention: Intervention) -> str:
    """Return an effort in one line: when, what kind, by whom, what, why it ended, what came of it."""
    said = [f"{intervention.when}: {intervention.get_kind_display()}, {intervention.body}"]
    if intervention.what:
        said.append(intervention.what)
    if intervention.why_ended not in ("", WhyEnded.NOT_KNOWN):
        said.append(_("Ended: %(why)s") % {"why": intervention.get_why_ended_display()})
    if intervention.came_of:
        said.append(_("What came of it: %(words)s") % {"words": intervention.came_of})
    return ". ".join(part.rstrip(".") for part in said)
