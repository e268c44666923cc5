"""The same thing done to several openings with one yes; each is judged by itself, with its reason."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.core.writing.transactions import one_write
from backend.employers.events import OPENING_CLOSED
from backend.employers.models import Opening
from backend.employers.refusals import OpeningRefusal
from backend.employers.services.openings import close_opening, refresh_opening
from backend.employers.services.pausing import pause_opening


class Act(TextChoices):
    """What can be done to several at once."""

    REFRESH = "refresh", _("They still hold")
    PAUSE = "pause", _("Pause them")
    CLOSE = "close", _("Close them")


@dataclass(frozen=True)
class Outcome:
    """What became of one opening; `refused` says why nothing did."""

    opening: Opening
    refused: str = ""


_SERVICES: dict[Act, Callable[..., Opening]] = {
    Act.REFRESH: refresh_opening,
    Act.PAUSE: pause_opening,
    Act.CLOSE: close_opening,
}


@one_write
def act_on_openings(
    *, opening_ids: Iterable[UUID], act: Act, by: User, at: datetime, **arguments: Any
) -> list[Outcome]:
    """Do `act` to each opening that `by` may write, in the order of their keys; strangers' are left out.

    What one is refused leaves the others done. `arguments` are those of the service, such as `back_on`.
    """
    own = Opening.objects.editable_by(by).filter(pk__in=list(opening_ids)).order_by("pk")
    found = list(own)
    if act == Act.CLOSE:
        for opening in found:
            OPENING_CLOSED.prepare(opening.pk)  # all cases before any opening
    return [_outcome(opening, act, by=by, at=at, **arguments) for opening in found]


def _outcome(opening: Opening, act: Act, **arguments: Any) -> Outcome:
    try:
        return Outcome(_SERVICES[act](opening_id=opening.pk, **arguments))
    except TransitionNotAllowed:
        state = Opening.objects.get(pk=opening.pk).get_state_display()
        return Outcome(opening, str(OpeningRefusal.NOT_IN_THIS_STATE.label) % {"state": state})
    except ValidationError as refusal:
        return Outcome(opening, " ".join(refusal.messages))
