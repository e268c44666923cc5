"""Every write about cooperation. Other apps and all pages call these and nothing else."""

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

__all__ = [
    "Effort",
    "acknowledge_package",
    "change_intervention",
    "note_handed_over",
    "note_reading",
    "oddity",
    "record_interventions",
    "remove_intervention",
    "send_package",
]
