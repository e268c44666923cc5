"""The journal of an employer: what the staff's contacts with it were about, for colleagues to read."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from backend.accounts.journal.lines import JournalLine
from backend.accounts.models import Assignment, User
from backend.employers.models.employers import Employer, Reader


class EmployerContactQuerySet(models.QuerySet["EmployerContact"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep the lines about employers that `user` decides on as staff; the employer reads none."""
        if isinstance(user, AnonymousUser):
            return self.none()
        return self.filter(employer__in=Employer.objects.decidable_by(user))

    def agreed_with(self, user: User, *, by: date) -> Self:
        """Keep the newest line of each employer whose next step has come by a day, where it is for `user`.

        It is for who wrote it; once that colleague works in the municipality no more, for everybody there.
        """
        same = self.model.objects.filter(employer=OuterRef("employer"))
        works_here = Assignment.objects.filter(
            user=OuterRef("recorded_by"),
            municipality=OuterRef("employer__municipality"),
            ended_on__isnull=True,
            user__is_active=True,
        )
        due = self.visible_to(user).filter(next_on__lte=by, pk=Subquery(same.values("pk")[:1]))
        return due.filter(Q(recorded_by=user) | ~Exists(works_here.order_by()))


class EmployerContact(JournalLine):
    """A contact of staff with an employer, and what comes next. It says nothing of participants."""

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="contacts_noted")
    with_whom = models.CharField(_("with whom"), max_length=100, blank=True)

    objects = EmployerContactQuerySet.as_manager()

    class Meta(JournalLine.Meta):
        verbose_name = _("contact with an employer")
        verbose_name_plural = _("contacts with employers")
        indexes: ClassVar = [
            models.Index(fields=["employer", "-happened_on"], name="employer_contact_latest")
        ]
