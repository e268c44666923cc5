"""What the audit log says of packages, in words."""

from django.utils.translation import gettext_lazy as _

from backend.cooperation.models import Package
from backend.core import timeline

timeline.register(
    Package,
    {
        "package_sent": _("A package was made for an agency"),
        "package_read_on_paper": _("It was handed over on paper"),
        "package_acknowledged": _("The agency has acknowledged it"),
    },
)
