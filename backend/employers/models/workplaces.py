"""Where employers receive people."""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from backend.core.fields import CodeListField
from backend.core.models import Identified
from backend.core.text.keys import Findable, SortKeyField
from backend.employers.models.employers import Employer, Reader
from backend.employers.models.merging import Mergeable
from backend.employers.work_facts import WorkFact
from backend.places.models import Located
from backend.skills.enums import Adaptation


class WorkplaceQuerySet(models.QuerySet["Workplace"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep the workplaces of employers that `user` may know of."""
        return self.filter(employer__in=Employer.objects.visible_to(user))

    def writable_by(self, user: Reader) -> Self:
        """Keep the workplaces of employers in whose name `user` may write."""
        return self.filter(employer__in=Employer.objects.writable_by(user))


_Workplaces = models.Manager.from_queryset(WorkplaceQuerySet)


class UnmergedWorkplaces(_Workplaces["Workplace"]):
    """Workplaces without those that were merged into others."""

    def get_queryset(self) -> WorkplaceQuerySet:
        """Return every workplace but the merged ones."""
        return WorkplaceQuerySet(self.model, using=self._db).filter(merged_into__isnull=True)


class Workplace(Identified, Located, Findable, Mergeable):
    """An address where an employer receives people."""

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="workplaces")
    name = models.CharField(_("name of the workplace"), max_length=150)
    street = models.CharField(_("street address"), max_length=150, blank=True)
    environment = models.TextField(
        _("about the workplace"),
        max_length=2000,
        blank=True,
        help_text=_("What else is good to know before one comes: the premises, the way in, whom to ask for."),
    )
    nearest_stop = models.CharField(_("nearest stop"), max_length=100, blank=True)
    walk_minutes = models.PositiveSmallIntegerField(
        _("minutes on foot from the stop"), null=True, blank=True, validators=[MaxValueValidator(240)]
    )
    # Said once, for every opening here; what stands in neither list nobody has said.
    adaptations_offered = CodeListField(_("can be arranged here"), codes=Adaptation)
    adaptations_refused = CodeListField(_("cannot be arranged here"), codes=Adaptation)
    # So here, and not so here; what stands in neither list is not told.
    facts_present = CodeListField(_("is so here"), codes=WorkFact)
    facts_absent = CodeListField(_("is not so here"), codes=WorkFact)
    sort_key = SortKeyField()

    objects = UnmergedWorkplaces()
    with_merged = WorkplaceQuerySet.as_manager()

    class Meta(Located.Meta):
        verbose_name = _("workplace")
        verbose_name_plural = _("workplaces")
        ordering: ClassVar = ["sort_key", "id"]
        constraints: ClassVar = [*Located.Meta.constraints, *Mergeable.Meta.constraints]

    def __str__(self) -> str:
        return self.name

    def sorts_as(self) -> str:
        """Return what the workplace stands under in a list."""
        return self.name

    def words_to_find(self) -> list[str]:
        """Return the name and where it is."""
        return [self.name, self.street, self.locality_name]
