"""What somebody says is wrong in an internship, or at a workplace."""

from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.accounts.models import Municipality, User
from backend.core.models import Identified
from backend.employers.models import Employer, Workplace
from backend.internships.enums import WITHOUT_ACCOUNT, Voice
from backend.internships.models.placements import Internship, Reader


class ConcernQuerySet(models.QuerySet["Concern"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep the concerns about internships and employers that `user` follows as staff, and one's own."""
        if isinstance(user, AnonymousUser):
            return self.none()
        if user.persona == Persona.STAFF:
            of_case = Q(internship__in=Internship.objects.visible_to(user))
            elsewhere = Q(internship=None, employer=None, municipality__in=user.municipality_ids())
            return self.filter(of_case | Q(employer__in=Employer.objects.visible_to(user)) | elsewhere)
        return self.filter(raised_by=user)

    def unhandled(self) -> Self:
        """Keep those of which nobody has written what was done."""
        return self.filter(handled_at__isnull=True)

    def elsewhere(self) -> Self:
        """Keep those about a workplace that is known by the words of who told, and by no employer of ours."""
        return self.filter(internship=None, employer=None)

    def about_employer(self, employer: object) -> Self:
        """Keep those about an employer: at any workplace of it, in an internship or not."""
        return self.filter(Q(employer=employer) | Q(internship__workplace__employer=employer))

    def holding_back(self, workplace: Workplace) -> Self:
        """Keep the unhandled ones for which nobody new is placed at a workplace.

        Somebody whom we know has said it, about this workplace or all of the employer. What nobody stands
        for is looked into, but does not by itself close a workplace: a competitor could write it.
        """
        here = Q(internship__workplace=workplace) | Q(workplace=workplace)
        all_of_it = Q(employer=workplace.employer_id, workplace=None)
        return self.unhandled().filter(here | all_of_it, raised_by__isnull=False)


class Concern(Identified):
    """Somebody says that something is wrong. The workplace sees neither who nor what.

    It is about an internship, or about an employer (and perhaps one workplace of it) without one, or about a
    workplace that somebody has named in words: staff find the employer, or there is none here.
    """

    internship = models.ForeignKey(Internship, models.CASCADE, null=True, blank=True, related_name="concerns")
    employer = models.ForeignKey(Employer, models.CASCADE, null=True, blank=True, related_name="concerns")
    workplace = models.ForeignKey(Workplace, models.CASCADE, null=True, blank=True, related_name="concerns")
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, null=True, blank=True, related_name="concerns_told"
    )
    told_name = models.CharField(_("what the workplace is called"), max_length=150, blank=True)
    told_place = models.CharField(_("where the workplace is"), max_length=150, blank=True)
    voice = models.CharField(_("who says so"), max_length=12, choices=Voice, blank=True)
    raised_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    raised_at = models.DateTimeField()
    text = models.TextField(_("what is wrong"), max_length=2000)
    reached_at = models.CharField(_("how you can be reached"), max_length=200, blank=True)
    handled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    handled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(_("what was done"), max_length=2000, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering: ClassVar = ["-raised_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True) | (Q(handled_by__isnull=False) & ~Q(outcome="")),
                name="concern_handled_by_somebody",
                violation_error_message=_("Say what was done about the concern."),
            ),
            models.CheckConstraint(
                condition=Q(internship__isnull=False, employer__isnull=True, workplace__isnull=True)
                | Q(internship__isnull=True, employer__isnull=False)
                | (
                    Q(internship__isnull=True, employer__isnull=True, workplace__isnull=True)
                    & Q(municipality__isnull=False)
                    & ~Q(told_name="")
                ),
                name="concern_about_one_thing",
                violation_error_message=_("A concern is about an internship, or about an employer."),
            ),
            models.CheckConstraint(
                condition=Q(raised_by__isnull=False) | Q(voice__in=WITHOUT_ACCOUNT),
                name="concern_raised_by_somebody",
                violation_error_message=_("Say who says so."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.internship_id or self.employer_id or self.told_name} {self.raised_at:%Y-%m-%d}"

    @property
    def placement(self) -> Internship:
        """The internship that it is about. Raises ValueError for one that is about an employer alone."""
        if self.internship is None:
            raise ValueError("a concern about no internship")
        return self.internship
