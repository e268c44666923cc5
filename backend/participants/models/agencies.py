"""Partner agencies and those who work there: receivers of consents beside employers."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.accounts.models import Municipality, User
from backend.core.fields import WorkingDateField
from backend.core.models import Identified
from backend.core.text.keys import SortKeyField
from backend.core.ui.addresses import address
from backend.participants.enums import AgencyKind

Reader = User | AnonymousUser


class AgencyQuerySet(models.QuerySet["Agency"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep those that staff of the municipality work with; nobody else reads the list."""
        if isinstance(user, AnonymousUser):
            return self.none()
        return self.filter(municipality__in=user.municipality_ids())

    def with_readers(self, *, on: date) -> Self:
        """Read with each who may be told something on a day."""
        return self.prefetch_related(models.Prefetch("contacts", AgencyContact.objects.on(on)))


class Agency(Identified):
    """Another authority or body that helps the same people (samverkanspart)."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="agencies")
    kind = models.CharField(_("kind"), max_length=20, choices=AgencyKind)
    name = models.CharField(_("name"), max_length=120)
    sort_key = SortKeyField()

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner agency")
        verbose_name_plural = _("partner agencies")
        ordering: ClassVar = ["sort_key", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "municipality",
                Lower("name"),
                name="agency_name_once",
                violation_error_code="agency_name_taken",
                violation_error_message=_("An agency of this name is in the list already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the agency, for staff."""
        return address("cooperation:agency_detail", self.pk)

    def sorts_as(self) -> str:
        """Return what the agency stands under in a list."""
        return self.name


class AgencyContactQuerySet(models.QuerySet["AgencyContact"]):
    def on(self, day: date) -> Self:
        """Keep who may be told something on `day`: not ended, and not past the last day."""
        return self.filter(ended_at__isnull=True, last_day__gte=day)

    def visible_to(self, user: Reader) -> Self:
        """Keep those at agencies that staff of the municipality work with."""
        return self.filter(agency__in=Agency.objects.visible_to(user))

    def of(self, user: Reader, *, on: date) -> Self:
        """Keep the places in which a guest reads on a day."""
        if isinstance(user, AnonymousUser) or user.persona != Persona.AGENCY or not user.is_active:
            return self.none()
        return self.on(on).filter(user=user)


class AgencyContact(Identified):
    """Somebody who works at an agency, until a day; with an account for those who read as guests."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="contacts")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="agency_contacts")
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"), blank=True)
    last_day = WorkingDateField(_("last day"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = AgencyContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact person at an agency")
        verbose_name_plural = _("contact people at agencies")
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "agency",
                Lower("email"),
                condition=Q(ended_at__isnull=True) & ~Q(email=""),
                name="agency_contact_once",
                violation_error_code="agency_contact_there",
                violation_error_message=_("Somebody with this address is in the list already."),
            ),
            models.CheckConstraint(
                condition=(Q(email="") & Q(user__isnull=True)) | (~Q(email="") & Q(user__isnull=False)),
                name="agency_contact_signs_in_with_address",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def reads_on(self, day: date) -> bool:
        """Whether the person may be told something on `day`."""
        return self.ended_at is None and self.last_day >= day
