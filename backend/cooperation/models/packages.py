"""A package: items that a person released to one agency, for a purpose and until a day; and its readers."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.cooperation.enums import ReadHow
from backend.core.models import Identified
from backend.core.ui.addresses import address
from backend.participants.models import Agency, AgencyContact, Consent, Participant

Reader = User | AnonymousUser


class PackageQuerySet(models.QuerySet["Package"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep those of people whose file `user` may open, as staff or as the person."""
        return self.filter(participant__in=Participant.objects.visible_to(user))

    def decidable_by(self, user: Reader) -> Self:
        """Keep those in whose cases `user` may act as a coach."""
        return self.filter(participant__in=Participant.objects.decidable_by(user))

    def sent_to(self, user: Reader, *, on: date) -> Self:
        """Keep those that `user` was sent as a guest who may still come; also what was taken back since.

        A protected identity is in none of them: nobody at an agency shall learn that the person is here.
        """
        theirs = AgencyContact.objects.of(user, on=on)
        return self.filter(contact__in=theirs, participant__in=Participant.objects.findable())

    def with_receiver(self) -> Self:
        """Read with each for whom it is, and on what it stands."""
        return self.select_related("consent__agency", "contact", "sent_by")


class Package(Identified):
    """What one agency is told about one person, as long as the consent under it holds."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="packages")
    consent = models.OneToOneField(Consent, models.PROTECT, related_name="package")
    contact = models.ForeignKey(AgencyContact, models.PROTECT, null=True, blank=True, related_name="packages")
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent"))
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)

    objects = PackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("package")
        verbose_name_plural = _("packages")
        ordering: ClassVar = ["-sent_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | Q(contact__isnull=False),
                name="package_acknowledged_by_reader",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consent_id} {self.sent_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """The page of the package, for staff."""
        return address("cooperation:package_detail", self.pk)

    @property
    def agency(self) -> Agency:
        """The agency that is told."""
        agency = self.consent.agency
        assert agency is not None  # noqa: S101 - a package is made on a consent to an agency
        return agency


class PackageRead(Identified):
    """Somebody at an agency read a package. Rows are only added: what has been read cannot be called back."""

    package = models.ForeignKey(Package, models.CASCADE, related_name="reads")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    how = models.CharField(_("how"), max_length=10, choices=ReadHow)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("reading of a package")
        verbose_name_plural = _("readings of packages")
        ordering: ClassVar = ["-at", "id"]

    def __str__(self) -> str:
        return f"{self.get_how_display()} {self.at:%Y-%m-%d}"
