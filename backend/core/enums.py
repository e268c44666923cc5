"""The states of what core keeps itself."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
