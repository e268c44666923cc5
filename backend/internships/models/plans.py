"""How a placement is prepared: tasks, learning goals, adaptations, equipment, risks, and whom to ring."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.fields import CodeListField, PhoneField, WorkingDateField
from backend.core.models import Identified
from backend.internships.enums import Party, TaskKind
from backend.skills.enums import Adaptation
from backend.skills.models import ResolvedText

AGE_IS_SAID = ((None, _("Not said")), (True, _("Yes")), (False, _("No")))


def lines_of(text: str) -> list[str]:
    """Return what stands in `text`, one thing a line, each once and without what a list begins with."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        words = " ".join(line.strip(" \t-–•*").split())
        found.setdefault(words.casefold(), words)
    return [words for words in found.values() if words]


class Plan(models.Model):
    """What is planned of a placement beside days and decision; all of it can wait but what a law demands.

    Each kind of task has a column of its own, one task a line: what the workplace would do anyway, and what
    is made for the person.
    """

    tasks = models.TextField(_("tasks"), max_length=2000, blank=True)
    tasks_constructed = models.TextField(_("tasks made for the person"), max_length=2000, blank=True)
    goals = models.TextField(_("learning goals"), max_length=1000, blank=True)
    adaptations = CodeListField(_("arranged at the workplace"), codes=Adaptation)
    equipment = models.CharField(_("equipment"), max_length=300, blank=True)
    equipment_by = models.CharField(_("who provides it"), max_length=12, choices=Party, blank=True)
    is_minor = models.BooleanField(
        _("under 18 on the first day"), null=True, blank=True, choices=AGE_IS_SAID, default=None
    )
    risk_words = models.TextField(_("risks, and what is done about them"), max_length=2000, blank=True)
    risk_assessed_on = WorkingDateField(_("assessed on"), null=True, blank=True)
    risk_assessed_by = models.CharField(_("assessed by"), max_length=100, blank=True)
    emergency_name = models.CharField(_("whom to ring at the workplace"), max_length=100, blank=True)
    emergency_phone = PhoneField(_("that person's phone"), blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(tasks="") | ~Q(tasks_constructed=""),
                name="internship_has_tasks",
                violation_error_code="tasks",
                violation_error_message=_("Write what the participant will do."),
            ),
            models.CheckConstraint(
                condition=Q(equipment="") | ~Q(equipment_by=""),
                name="internship_equipment_by_somebody",
                violation_error_code="equipment_by",
                violation_error_message=_("Say who provides the equipment."),
            ),
            models.CheckConstraint(
                condition=Q(risk_words="", risk_assessed_by="", risk_assessed_on__isnull=True)
                | (~Q(risk_words="") & ~Q(risk_assessed_by="") & Q(risk_assessed_on__isnull=False)),
                name="internship_risk_assessed_by_somebody",
                violation_error_code="risk_words",
                violation_error_message=_(
                    "A risk assessment says what the risks are, who assessed them and when."
                ),
            ),
            models.CheckConstraint(
                condition=Q(emergency_name="", emergency_phone="")
                | (~Q(emergency_name="") & ~Q(emergency_phone="")),
                name="internship_emergency_can_be_rung",
                violation_error_code="emergency_phone",
                violation_error_message=_("Whom to ring has a name and a phone number."),
            ),
        ]

    @property
    def has_risk_assessment(self) -> bool:
        """Whether the risks were assessed, by somebody on a day."""
        return bool(self.risk_words.strip() and self.risk_assessed_by.strip() and self.risk_assessed_on)

    @property
    def planned_tasks(self) -> list[tuple[TaskKind, str]]:
        """The tasks one by one, with their kind."""
        regular = [(TaskKind.REGULAR, task) for task in lines_of(self.tasks)]
        return regular + [(TaskKind.CONSTRUCTED, task) for task in lines_of(self.tasks_constructed)]


class LearningGoal(Identified, ResolvedText):
    """One line of an internship's learning goals, as the catalogue understands it: follows the column."""

    internship = models.ForeignKey(
        "internships.Internship", models.CASCADE, related_name="learning_goals", editable=False
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("learning goal")
        verbose_name_plural = _("learning goals")
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["internship", "text"], name="learning_goal_once"),
        ]

    def __str__(self) -> str:
        return self.text


class EmergencyContact(models.Model):
    """Whom the participant wants to be rung; beside the internship, so that no agreement or list has it.

    The workplace sees it while the internship goes on, and it is gone when that is over.
    """

    internship = models.OneToOneField(
        "internships.Internship", models.CASCADE, primary_key=True, related_name="emergency_contact"
    )
    name = models.CharField(_("name"), max_length=100)
    phone = PhoneField(_("phone"))
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("emergency contact")
        verbose_name_plural = _("emergency contacts")

    def __str__(self) -> str:
        return str(self.internship_id)
