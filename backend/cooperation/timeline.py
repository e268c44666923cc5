"""What the audit log says of packages and earlier efforts, in words."""

from django.utils.translation import gettext_lazy as _

from backend.cooperation.models import Intervention, Package
from backend.core import timeline

timeline.register(
    Package,
    {
        "package_sent": _("A package was made for an agency"),
        "package_read_on_paper": _("It was handed over on paper"),
        "package_acknowledged": _("The agency has acknowledged it"),
    },
)
timeline.register(
    Intervention,
    {
        "intervention_recorded": _("An earlier effort was written down"),
        "intervention_changed": _("An earlier effort was corrected"),
        "intervention_removed": _("An earlier effort was removed"),
    },
)
