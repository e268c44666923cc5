"""What may stand in My day, and in which part of it."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Matter(TextChoices):
    """What a row of My day is about; with the key of the thing it is one matter, however much is due."""

    CONCERN = "concern", _("Concern")
    DECISION = "decision", _("Manager's decision")
    HAND_OVER = "hand_over", _("Cases without a job coach")
    PLACEMENT = "placement", _("Internship")
    PROPOSAL = "proposal", _("Proposal")
    ATTENDANCE = "attendance", _("Attendance")
    JOB = "job", _("Employment")
    PERSON = "person", _("Participant")
    OPENING = "opening", _("Opening")
    MEMBER = "member", _("Member")
    CHECKS = "checks", _("Checks")
    EMPLOYER = "employer", _("Employer")
    REVIEW = "review", _("Case review")


CANNOT_WAIT = (Matter.CONCERN, Matter.DECISION, Matter.HAND_OVER)
"""Somebody may come to harm, or stands without anybody: these are done, not put off."""

LONGEST, RED_LONGEST = timedelta(days=90), timedelta(days=7)
"""How long something is put off at most: where somebody says that it goes badly, a week."""


class Part(TextChoices):
    """The parts of My day, in the order in which they are read."""

    RED = "red", _("Concerns and red answers")
    NOW = "now", _("Today and late")
    YOURS = "yours", _("Waits for you")
    PLAN = "plan", _("To plan")
