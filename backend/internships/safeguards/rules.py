"""Reading the dated tables: which rule a placement is judged by. The day is the placement's first."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from backend.core.models import DatedRule
from backend.internships.enums import Measure, Programme
from backend.internships.models import BasisRule, Internship, PlacementRule

BACKDATED_DAYS = "placement_backdated_days"
HOURS_A_WEEK = "placement_hours_a_week"
SAME_TASKS = "same_tasks_without_hire"
OWN_LENGTHS = "own: the rules of length"
MINOR_UNDER_AGE = "minor_under_age"
UNION_DAYS = "union_answer_days"
PAUSE_DAYS = "internship_pause_days"
JOB_AHEAD_DAYS = "job_ahead_days"
AGREEMENT_SIGNED = "agreement_signed_before_start"
FOLLOW_UP_EVERY_WEEKS = "follow_up_every_weeks"
FOLLOW_UP_AFTER_FIRST_DAY = "follow_up_after_first_day"
PER_TEN_EMPLOYEES = "interns_per_ten_employees"
PER_SUPERVISOR = "interns_per_supervisor"
EARLY_ENDINGS = "early_endings_in_a_year"
WRITTEN_LATE = "placements_written_late_in_a_year"
NOTHING_NEW_DAYS = "days_with_nothing_new"
NOTHING_NEW_ASKED = "days_with_nothing_new_asked"
REDUNDANCY_MONTHS = "redundancy_months"


def length_rule(internship: Internship, measure: str = Measure.ASSIGNMENT) -> PlacementRule | None:
    """Return the rule of length for the placement: its programme's own where there is one."""
    return rule_on(internship.kind, internship.starts_on, programme=internship.programme, measure=measure)


def rule_on(
    kind: str, day: date, *, programme: str = Programme.NONE, measure: str = Measure.ASSIGNMENT
) -> PlacementRule | None:
    """Return the rule of a kind of placement that is in force on `day`, if any."""
    return rules_on(kind, day, programme=programme, measure=measure).first()


def rules_on(
    kind: Any, day: date, *, programme: Any, measure: str = Measure.ASSIGNMENT
) -> QuerySet[PlacementRule]:
    """Return the rules of a kind of placement on `day`, the one that holds first; also of an outer query."""
    own_first = Case(When(programme=Programme.NONE, then=Value(1)), default=Value(0))
    rules = PlacementRule.objects.in_force(day).filter(kind=kind, measure=measure)
    rules = rules.filter(Q(programme=programme) | Q(programme=Programme.NONE))
    return rules.order_by(own_first, "-valid_from")


def default_end(kind: str, first: date, *, programme: str = Programme.NONE) -> date | None:
    """Return the last day that a placement from `first` may have by its rule; None without one."""
    rule = rule_on(kind, first, programme=programme)
    return rule.last_day(first) if rule else None


def basis_rules(internship: Internship) -> list[BasisRule]:
    """Return every row in force about the placement's kind, whatever basis and insurance it admits."""
    rules = BasisRule.objects.in_force(internship.starts_on).filter(kind=internship.kind)
    return list(rules.order_by("basis", "insurance", "pk"))


def dated_source(key: str, day: date) -> str:
    """Return the source of the dated number `key` that holds on `day`."""
    rule = DatedRule.objects.filter(key=key, valid_from__lte=day).order_by("-valid_from").first()
    return rule.source if rule else key


def sources(rules: Iterable[BasisRule | PlacementRule]) -> str:
    """Return the sources of `rules`, each once."""
    return "; ".join(dict.fromkeys(rule.where for rule in rules))
