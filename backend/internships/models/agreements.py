"""Agreements: what the three parties of an internship sign, version by version."""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.fields import WorkingDateField
from backend.core.models import Identified, StoredFile
from backend.employers.models import Employer
from backend.internships.enums import PARTY_OF, Party, SignedHow
from backend.internships.models.placements import Internship, Reader


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def read_by(self, user: Reader, *, on: date) -> Self:
        """Keep the agreements of internships that `user` may read on `on`."""
        return self.filter(internship__in=Internship.objects.read_by(user, on=on))

    def decidable_by(self, user: Reader) -> Self:
        """Keep the agreements that `user` signs for the municipality, as coach of the case."""
        return self.filter(internship__in=Internship.objects.decidable_by(user))

    def signable_by(self, user: Reader, *, on: date) -> Self:
        """Keep the agreements that `user` may sign for one of the parties: coach, participant, or contact."""
        if isinstance(user, AnonymousUser):
            return self.none()
        if user.persona == Persona.STAFF:
            return self.decidable_by(user)
        return self.read_by(user, on=on)._where_signs(user)

    def _where_signs(self, user: User) -> Self:
        """Narrow what `user` may read to what they sign for their side: a supervisor signs nothing."""
        if user.persona != Persona.EMPLOYER:
            return self
        return self.filter(internship__workplace__employer__in=Employer.objects.writable_by(user))

    def current(self) -> Self:
        """Keep the newest version of each: the one that counts."""
        return self.filter(superseded_at=None)

    def unsigned_by(self, user: Reader) -> Self:
        """Keep what waits for `user`, contact or participant, to sign it: of internships that are open."""
        if isinstance(user, AnonymousUser) or user.persona == Persona.STAFF:
            return self.none()
        theirs = self.filter(internship__in=Internship.objects.visible_to(user).open()).current()
        return theirs._where_signs(user).exclude(signatures__party=PARTY_OF[Persona(user.persona)])


class Agreement(Identified):
    """One version of the terms of an internship, in words, as the parties sign them.

    `terms` holds for each language the terms as (key, label, words). The document is made of them once; what
    is signed is its bytes; `document_en` is a translation that nobody signs. A trigger refuses other terms.
    """

    internship = models.ForeignKey(Internship, models.CASCADE, related_name="agreements")
    number = models.PositiveSmallIntegerField(_("version"))
    terms = models.JSONField()
    document = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="agreement")
    document_en = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="agreement_en"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering: ClassVar = ["internship", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["internship", "number"], name="agreement_version_once"),
            models.UniqueConstraint(
                fields=["internship"],
                condition=Q(superseded_at__isnull=True),
                name="agreement_one_current",
                violation_error_message=_("There is a newer version of the agreement."),
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(document__isnull=False),
                name="agreement_settled_has_document",
                violation_error_message=_("What is signed is a document."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.internship_id} {self.number}"

    def terms_in(self, language: str) -> list[dict[str, Any]]:
        """Return the terms in `language`, each with key, label and words."""
        found: list[dict[str, Any]] = self.terms.get(language) or self.terms["sv"]
        return found

    def words_of(self, key: str, language: str = "sv") -> str:
        """Return the words of one term; empty for one that the version has not."""
        return next((term["words"] for term in self.terms_in(language) if term["key"] == key), "")


class Signature(Identified):
    """One party has signed one version: who wrote it down, how, when, and the hash of what was signed.

    `signer` is who signed for the employer or the municipality; the participant is known by the case. On
    paper it is what the coach reads there. `code_sent_to` is the address, masked, that a code was mailed to.
    A trigger refuses changes.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatures")
    party = models.CharField(_("party"), max_length=12, choices=Party)
    how = models.CharField(_("how"), max_length=10, choices=SignedHow)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signer = models.CharField(_("who signed"), max_length=150, blank=True)
    at = models.DateTimeField()
    signed_on = WorkingDateField(_("signed on"))
    sha256 = models.CharField(max_length=64)
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="signatures")
    code_sent_to = models.CharField(_("code sent to"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "party"],
                name="signature_once_a_party",
                violation_error_message=_("This party has signed already."),
            ),
            models.CheckConstraint(
                condition=Q(how=SignedHow.ON_PAPER, paper__isnull=False)
                | (~Q(how=SignedHow.ON_PAPER) & Q(paper__isnull=True)),
                name="signature_on_paper_has_paper",
                violation_error_message=_("What was signed on paper is handed in with it."),
            ),
            models.CheckConstraint(
                condition=Q(how=SignedHow.BY_CODE, code_sent_to__gt="")
                | (~Q(how=SignedHow.BY_CODE) & Q(code_sent_to="")),
                name="signature_by_code_has_address",
                violation_error_message=_("Who signs with a code has got it at an address."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.party}"

    @property
    def how_in_words(self) -> str:
        """How it was signed, with the masked address that a code was sent to."""
        if self.how != SignedHow.BY_CODE:
            return str(self.get_how_display())
        words = gettext("Signed with a one-time code that was sent to %(address)s")
        return words % {"address": self.code_sent_to}
