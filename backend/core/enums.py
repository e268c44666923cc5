"""The states of what core keeps itself."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Pace(TextChoices):
    """How often somebody wants mail that is not urgent."""

    AT_ONCE = "at_once", _("When it happens, at most one mail a day")
    DAILY = "daily", _("Once a day, in the morning")
    WEEKLY = "weekly", _("Once a week, on Monday morning")


class Way(TextChoices):
    """How a message reached its receiver; in the app it can always be read."""

    MAIL = "mail", _("E-mail")
    SMS = "sms", _("SMS")
    APP = "app", _("In the app alone")


class RunState(TextChoices):
    RUNNING = "running", _("Going on")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    LEFT = "left", _("Broken off")


class MessageState(TextChoices):
    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    SKIPPED = "skipped", _("No longer needed")
    FAILED = "failed", _("Failed")
    SET_ASIDE = "set_aside", _("Set aside by hand")
