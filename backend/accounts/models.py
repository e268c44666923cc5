"""User, the municipality as tenant, its units, and who works in which."""

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Accessibility, Persona, Role
from backend.core.fields import PhoneField, WorkingDateField
from backend.core.models import Identified
from backend.core.text.keys import Findable, SortKeyField
from backend.places.models import MunicipalityArea


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def run_by(self, user: "User") -> Self:
        """Keep those that `user` administers now."""
        held = [each for each in user.current_assignments if each.role == Role.ADMINISTRATOR]
        return self.filter(pk__in=[each.municipality_id for each in held])


class Municipality(Identified):
    """The tenant: a municipality that uses Praktikbron."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    area = models.ForeignKey(
        MunicipalityArea, models.PROTECT, verbose_name=_("municipality code"), related_name="tenants"
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    def __str__(self) -> str:
        return self.name

    def contact_on(self, day: date) -> "MunicipalityContact | None":
        """Return how the municipality is reached on `day`; None while it has not been said."""
        return MunicipalityContact.objects.in_force(day).filter(municipality=self).first()


class MunicipalityContactQuerySet(models.QuerySet["MunicipalityContact"]):
    def in_force(self, day: date) -> Self:
        """Keep for each municipality what holds on `day`: the newest that has begun."""
        begun = MunicipalityContact.objects.filter(municipality=OuterRef("municipality"), valid_from__lte=day)
        return self.filter(pk=Subquery(begun.order_by("-valid_from").values("pk")[:1]))


class MunicipalityContact(Identified):
    """How a municipality is reached from a day on, who answers for the data, and how accessible the site is.

    The law on access to digital public service (2018:1937) and the regulation on data protection (EU
    2016/679, articles 13 and 14) ask for it in public.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="contacts")
    valid_from = WorkingDateField(_("holds from"))
    phone = PhoneField(_("phone"))
    hours = models.CharField(_("answered on"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail address"))
    address = models.CharField(_("address"), max_length=200)
    controller = models.CharField(_("controller of the data"), max_length=200)
    protection_officer = models.EmailField(_("data protection officer, e-mail address"))
    accessibility_email = models.EmailField(_("accessibility, e-mail address"))
    accessibility = models.CharField(_("follows WCAG 2.2 AA"), max_length=10, choices=Accessibility)
    shortcomings = models.TextField(_("what does not work yet"), max_length=2000, blank=True)
    tested_on = WorkingDateField(_("tested on"))
    tested_how = models.CharField(_("tested how, and by whom"), max_length=300)

    objects = MunicipalityContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact of a municipality")
        verbose_name_plural = _("contacts of municipalities")
        ordering: ClassVar = ["municipality__name", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "valid_from"],
                name="contact_once_a_day",
                violation_error_code="contact_of_the_day",
                violation_error_message=_("There is one from that day already. Change that one, or the day."),
            ),
            models.CheckConstraint(
                condition=~Q(accessibility=Accessibility.PARTLY) | ~Q(shortcomings=""),
                name="contact_says_what_does_not_work",
                violation_error_code="shortcomings_unsaid",
                violation_error_message=_("Say what does not work yet."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.valid_from}"


class UnitQuerySet(models.QuerySet["Unit"]):
    def run_by(self, user: "User") -> Self:
        """Keep those of the municipalities that `user` administers now."""
        return self.filter(municipality__in=Municipality.objects.run_by(user))

    def open(self) -> Self:
        """Keep those that work is done in."""
        return self.filter(closed_on__isnull=True)


class Unit(Identified):
    """A department of the municipality's labour-market work."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="units")
    name = models.CharField(_("name"), max_length=100)
    closed_on = WorkingDateField(_("closed on"), null=True, blank=True)
    sort_key = SortKeyField()

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering: ClassVar = ["sort_key"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="unit_name_once",
                violation_error_code="unit_name_taken",
                violation_error_message=_("The municipality has a unit of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def sorts_as(self) -> str:
        """Return what the unit stands under in a list."""
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account; without a password it signs in by code."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an operator's account, for `manage.py createsuperuser`."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(Identified, AbstractBaseUser, PermissionsMixin, Findable):
    """An account: an e-mail address, a name, and the side of the bridge it belongs to."""

    email = models.EmailField(
        _("e-mail address"), unique=True, error_messages={"unique": _("The address is taken.")}
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    phone = PhoneField(_("phone"), blank=True)
    persona = models.CharField(max_length=12, choices=Persona, default=Persona.STAFF)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="sv")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False, help_text=_("May use the administration pages."))
    date_joined = models.DateTimeField(default=timezone.now)
    sort_key = SortKeyField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("Another account has this e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def sorts_as(self) -> str:
        """Return what the user stands under in a list."""
        return str(self)

    def words_to_find(self) -> list[str]:
        """Return the name and the address."""
        return [self.name, self.email]

    def codes_to_find(self) -> list[str]:
        """Return the telephone number."""
        return [self.phone]

    def get_full_name(self) -> str:
        """Return the name that others see."""
        return str(self)

    @cached_property
    def current_assignments(self) -> "list[Assignment]":
        """What this member of staff works with now; one query, then remembered for the request."""
        if self.persona != Persona.STAFF or not self.is_active:
            return []
        return list(self.assignments.filter(ended_on__isnull=True).select_related("unit", "municipality"))

    def has_role(self, *roles: Role) -> bool:
        """Tell whether the user holds any of `roles` now."""
        return any(assignment.role in roles for assignment in self.current_assignments)

    def unit_ids(self, *roles: Role) -> set[Any]:
        """Return the keys of the units in which the user holds any of `roles` now."""
        return {each.unit_id for each in self.current_assignments if each.role in roles and each.unit_id}

    def municipality_ids_as(self, *roles: Role) -> set[Any]:
        """Return the keys of the municipalities in which the user holds any of `roles` now."""
        return {each.municipality_id for each in self.current_assignments if each.role in roles}

    def municipality_ids(self) -> set[Any]:
        """Return the keys of the municipalities that the user works for now."""
        return {each.municipality_id for each in self.current_assignments}


class Assignment(Identified):
    """A member of staff holds a role in a unit, or as administrator in the whole municipality."""

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="assignments")
    role = models.CharField(_("role"), max_length=15, choices=Role)
    last_day = WorkingDateField(_("last day"), null=True, blank=True)
    ended_on = WorkingDateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=Q(ended_on__isnull=True),
                name="assignment_held_once",
                violation_error_message=_("The user already has this role in the unit."),
            ),
            models.CheckConstraint(
                condition=Q(role=Role.ADMINISTRATOR, unit__isnull=True)
                | (~Q(role=Role.ADMINISTRATOR) & Q(unit__isnull=False)),
                name="assignment_role_fits_unit",
                violation_error_message=_("Coaches and managers belong to a unit, administrators to none."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.user}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Keep those that nobody has answered or withdrawn, also where the code has become too old."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


class Invitation(Identified):
    """A new member of staff is asked in: the code in the mail opens the account, once and for some days.

    What is kept is what the code gives under the site's key, never the code.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering: ClassVar = ["-sent_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_one_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.sent_at:%Y-%m-%d}"
