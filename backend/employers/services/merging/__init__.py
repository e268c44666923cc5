"""Making one employer of two that are the same."""

from backend.employers.services.merging.plan import Double, Plan, plan_merger, strongest
from backend.employers.services.merging.writing import keep_apart, merge_employers

__all__ = ["Double", "Plan", "keep_apart", "merge_employers", "plan_merger", "strongest"]
