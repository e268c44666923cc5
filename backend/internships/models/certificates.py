"""Certificates: what somebody did in an internship, in words, for the person to keep."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.models import Identified, StoredFile
from backend.internships.models.placements import Internship, Reader


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep the person's own, and for staff those of files that they read; an employer gets none here."""
        if not isinstance(user, User) or user.persona == Persona.EMPLOYER:
            return self.none()
        return self.filter(internship__in=Internship.objects.visible_to(user))

    def current(self) -> Self:
        """Keep the newest edition of each: the one that counts."""
        return self.filter(superseded_at=None)


class Certificate(Identified):
    """One edition of the certificate of an internship that is over. A trigger refuses other contents.

    `contents` holds for each language what it says, as (key, label, words); its documents are made of them
    once and kept. Whoever finds something wrong in it gets another edition.
    """

    internship = models.ForeignKey(Internship, models.CASCADE, related_name="certificates")
    number = models.PositiveSmallIntegerField(_("edition"))
    contents = models.JSONField()
    document = models.OneToOneField(StoredFile, models.PROTECT, related_name="certificate")
    document_en = models.OneToOneField(StoredFile, models.PROTECT, related_name="certificate_en")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering: ClassVar = ["internship", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["internship", "number"], name="certificate_edition_once"),
            models.UniqueConstraint(
                fields=["internship"],
                condition=Q(superseded_at__isnull=True),
                name="certificate_one_current",
                violation_error_message=_("There is a newer edition of the certificate."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.internship_id} {self.number}"

    def contents_in(self, language: str) -> list[dict[str, Any]]:
        """Return what it says in `language`, each with key, label and words."""
        found: list[dict[str, Any]] = self.contents.get(language) or self.contents["sv"]
        return found

    def document_in(self, language: str) -> StoredFile:
        """Return its document in `language`, which is one of DOCUMENTS."""
        found: StoredFile = getattr(self, DOCUMENTS[language])
        return found


DOCUMENTS = {"sv": "document", "en": "document_en"}
"""Where the document in each language stands."""
