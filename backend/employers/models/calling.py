"""Whom to ring at an employer, and what was heard on its public number."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.fields import PhoneField
from backend.core.models import Identified
from backend.core.text.keys import Findable
from backend.employers.enums import CallBackOutcome
from backend.employers.models.employers import Employer, EmployerMembership


class ContactPerson(Identified, Findable):
    """Whom staff ring at an employer that they have registered, while nobody there has an account."""

    employer = models.OneToOneField(Employer, models.CASCADE, related_name="contact_person")
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = PhoneField(_("phone"), blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact people")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""),
                name="contact_person_can_be_reached",
                violation_error_code="contact_phone",
                violation_error_message=_("Write a telephone number or an e-mail address."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def words_to_find(self) -> list[str]:
        """Return the name and the address."""
        return [self.name, self.email]

    def codes_to_find(self) -> list[str]:
        """Return the telephone number."""
        return [self.phone]


class CallBack(Identified):
    """A call to a public number of an employer, to hear whether a member speaks for it.

    Whoever names an organisation number first administers it; only the organisation can say who they are.
    """

    membership = models.ForeignKey(EmployerMembership, models.CASCADE, related_name="call_backs")
    number = models.CharField(_("number that was called"), max_length=30)
    found_at = models.CharField(_("where the number stands"), max_length=200)
    outcome = models.CharField(_("outcome"), max_length=12, choices=CallBackOutcome)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("call back")
        verbose_name_plural = _("calls back")
        ordering: ClassVar = ["-at", "id"]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.outcome}"
