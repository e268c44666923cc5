"""Every write about cooperation. Other apps and all pages call these and nothing else."""

from backend.cooperation.services.closing import close_review
from backend.cooperation.services.interventions import (
    Effort,
    change_intervention,
    oddity,
    record_interventions,
    remove_intervention,
)
from backend.cooperation.services.packages import (
    acknowledge_package,
    note_handed_over,
    note_reading,
    send_package,
)
from backend.cooperation.services.reviews import (
    call_off_review,
    finish_action,
    hold_review,
    note_outcome,
    note_review_reading,
    plan_review,
    put_on_agenda,
    take_off_agenda,
)

__all__ = [
    "Effort",
    "acknowledge_package",
    "call_off_review",
    "change_intervention",
    "close_review",
    "finish_action",
    "hold_review",
    "note_handed_over",
    "note_outcome",
    "note_reading",
    "note_review_reading",
    "oddity",
    "plan_review",
    "put_on_agenda",
    "record_interventions",
    "remove_intervention",
    "send_package",
    "take_off_agenda",
]
