"""What can be arranged at a workplace: yes, no, or not said, which is asked about when somebody needs it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.core.ui.widgets import ThreeWay, ThreeWayField
from backend.employers.models import Workplace
from backend.skills.enums import Adaptation

ANSWERS = [("yes", _("Can be arranged")), ("no", _("Cannot be arranged"))]


def arranging_field(**kwargs: Any) -> ThreeWayField:
    """Return a field that asks about each adaptation; its value is the answers by code."""
    return ThreeWayField(choices=Adaptation.choices, widget=ThreeWay(answers=ANSWERS), **kwargs)


def answers_of(workplace: Workplace) -> dict[str, str]:
    """Return what a workplace has answered, as such a field shows it."""
    said = dict.fromkeys(workplace.adaptations_refused, "no")
    return said | dict.fromkeys(workplace.adaptations_offered, "yes")
