"""What can be arranged at a workplace and how it is there: yes, no, or not said, which is asked about."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.ui.widgets import ThreeWay, ThreeWayField, ThreeWayRows
from backend.employers.models import Workplace
from backend.employers.models.offers import Offer
from backend.employers.work_facts import WorkFact, grouped
from backend.skills.enums import Adaptation

ANSWERS = [("yes", _("Can be arranged")), ("no", _("Cannot be arranged"))]


def arranging_field(**kwargs: Any) -> ThreeWayField:
    """Return a field that asks about each adaptation; its value is the answers by code."""
    return ThreeWayField(choices=Adaptation.choices, widget=ThreeWay(answers=ANSWERS), **kwargs)


def facts_field(*, not_told: Any = None, **kwargs: Any) -> ThreeWayField:
    """Return a field that asks how it is, fact by fact; its value is the answers by code.

    `not_told` are the words of the third answer, where they are not "not told".
    """
    widget = ThreeWayRows(answers=[("yes", _("Yes")), ("no", _("No"))])
    widget.not_said = not_told or widget.not_said
    groups = [(heading, [(each.value, each.label) for each in facts]) for heading, facts in grouped()]
    return ThreeWayField(choices=groups, widget=widget, **kwargs)


def facts_of(said: Workplace | Offer) -> dict[str, str]:
    """Return what a workplace, an opening or lasting places have said, as such a field shows it."""
    return dict.fromkeys(said.facts_absent, "no") | dict.fromkeys(said.facts_present, "yes")


def codes_of(answers: dict[str, bool]) -> dict[str, list[str]]:
    """Return the answers of such a field as the columns of an opening."""
    present = [code for code in WorkFact.values if answers.get(code) is True]
    absent = [code for code in WorkFact.values if answers.get(code) is False]
    return {"facts_present": sorted(present), "facts_absent": sorted(absent)}


def answers_of(workplace: Workplace) -> dict[str, str]:
    """Return what a workplace has answered, as such a field shows it."""
    said = dict.fromkeys(workplace.adaptations_refused, "no")
    return said | dict.fromkeys(workplace.adaptations_offered, "yes")
