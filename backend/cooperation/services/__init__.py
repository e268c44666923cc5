"""Every write about cooperation. Other apps and all pages call these and nothing else."""

from backend.cooperation.services.packages import (
    acknowledge_package,
    note_handed_over,
    note_reading,
    send_package,
)

__all__ = ["acknowledge_package", "note_handed_over", "note_reading", "send_package"]
