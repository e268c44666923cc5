"""Personas and roles."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Persona(TextChoices):
    """Which side of the bridge an account belongs to. One account has one: secrecy ends at the door."""

    STAFF = "staff", _("Staff of the municipality")
    EMPLOYER = "employer", _("Employer")
    PARTICIPANT = "participant", _("Participant")
    AGENCY = "agency", _("Partner agency")


class Role(TextChoices):
    """What a member of staff may do: in a unit (coach, manager) or in the municipality (administrator)."""

    COACH = "coach", _("Job coach")
    MANAGER = "manager", _("Unit manager")
    ADMINISTRATOR = "administrator", _("Administrator")


class Accessibility(TextChoices):
    """How far a site follows the guidelines, in the three steps of an accessibility statement."""

    FULL = "full", _("Wholly")
    PARTLY = "partly", _("Partly")
    NOT = "not", _("Not")
