"""Employers, who speaks for them, and what was looked into about them."""

from datetime import date
from typing import ClassVar, NamedTuple, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona, Role
from backend.accounts.models import Municipality, User
from backend.core.fields import CodeListField, WorkingDateField
from backend.core.models import Identified
from backend.core.text.keys import Findable, SortKeyField
from backend.core.writing.lifecycle import Stateful
from backend.employers.enums import (
    CheckKind,
    CheckOutcome,
    CollectiveAgreement,
    EmployerKind,
    MembershipRole,
    MembershipState,
    OpeningKind,
    OpeningState,
    Sector,
    SocialCriterion,
)
from backend.employers.models.measures import Measure, Measured, standing_in_sql
from backend.employers.models.merging import Mergeable
from backend.employers.models.numbers import Numbered

Reader = User | AnonymousUser


class EmployerQuerySet(models.QuerySet["Employer"]):
    def of(self, user: Reader) -> Self:
        """Keep the employers that `user` speaks for."""
        mine = EmployerMembership.objects.filter(user=user.pk, state=MembershipState.ACTIVE)
        return self.filter(pk__in=mine.values("employer"))

    def visible_to(self, user: Reader) -> Self:
        """Keep what `user` may know exists: staff their municipality's employers, members their own."""
        if isinstance(user, AnonymousUser):
            return self.none()
        if user.persona == Persona.STAFF:
            return self.filter(municipality__in=user.municipality_ids())
        return self.of(user)

    def writable_by(self, user: Reader) -> Self:
        """Keep the employers in whose name `user` may write: supervisors may not, staff may for them."""
        return self._run_by(user, MembershipRole.ADMINISTRATOR, MembershipRole.CONTACT)

    def administered_by(self, user: Reader) -> Self:
        """Keep the employers whose members and facts `user` may decide on."""
        return self._run_by(user, MembershipRole.ADMINISTRATOR)

    def welcome(self, day: date) -> Self:
        """Keep the employers whose openings others may see on `day`: no measure closes them."""
        closed = Measure.objects.in_force(day).that_close().order_by()
        return self.exclude(pk__in=closed.values("employer"))

    def in_good_standing(self, day: date) -> Self:
        """Keep whom people may be placed with on `day`: approved, and no measure closes them."""
        return self.welcome(day).filter(approved_at__isnull=False)

    def with_standing(self, day: date) -> Self:
        """Say of each employer what its standing is on `day`, as `Employer.standing_on` does of one."""
        return self.annotate(standing=standing_in_sql(day))

    def managed_by(self, user: Reader) -> Self:
        """Keep the employers about which `user` may take measures: a manager, or an administrator, there."""
        if isinstance(user, AnonymousUser):
            return self.none()
        return self.filter(municipality__in=user.municipality_ids_as(Role.MANAGER, Role.ADMINISTRATOR))

    def decidable_by(self, user: Reader) -> Self:
        """Keep the employers that `user` may check and approve: as staff, those of their municipality."""
        if isinstance(user, AnonymousUser) or user.persona != Persona.STAFF:
            return self.none()
        return self.visible_to(user)

    def with_rights(self, user: Reader) -> Self:
        """Say of each employer whether `user` may write in its name, and decide on its members and facts."""
        this = Employer.objects.filter(pk=models.OuterRef("pk"))
        return self.annotate(
            may_write=models.Exists(this.writable_by(user)),
            may_administer=models.Exists(this.administered_by(user)),
        )

    def for_page(self, *, on: date) -> Self:
        """Load with each employer what its page shows on a day."""
        members = EmployerMembership.objects.exclude(state=MembershipState.ENDED).select_related("user")
        checks = models.Prefetch("checks", EmployerCheck.objects.select_related("by"))
        members_too = models.Prefetch("memberships", members)
        measures = models.Prefetch("measures", Measure.objects.select_related("decided_by"))
        related = ("workplaces", "invitations", measures, checks, members_too)
        people = ("contact_person", "criteria_attested_by")
        return self.with_standing(on).select_related(*people).prefetch_related(*related)

    def _run_by(self, user: Reader, *roles: MembershipRole) -> Self:
        if isinstance(user, AnonymousUser):
            return self.none()
        if user.persona == Persona.STAFF:
            return self.visible_to(user)
        mine = EmployerMembership.objects.filter(user=user.pk, state=MembershipState.ACTIVE, role__in=roles)
        return self.filter(pk__in=mine.values("employer"))


_Employers = models.Manager.from_queryset(EmployerQuerySet)


class UnmergedEmployers(_Employers["Employer"]):
    """Employers without those that were merged into others."""

    def get_queryset(self) -> EmployerQuerySet:
        """Return every employer but the merged ones."""
        return EmployerQuerySet(self.model, using=self._db).filter(merged_into__isnull=True)


class ChecksByWeight(NamedTuple):
    """The checks of an employer: those that count now, and those before them; the newest first."""

    counting: list["EmployerCheck"]
    earlier: list["EmployerCheck"]


class Employer(Identified, Findable, Mergeable, Measured, Numbered):
    """An organisation that receives people: company, public body, social enterprise or association."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="employers")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind of organisation"), max_length=20, choices=EmployerKind)
    employees = models.PositiveIntegerField(_("number of employees"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    sector = models.CharField(_("sector"), max_length=1, choices=Sector, blank=True)
    collective_agreement = models.CharField(
        _("collective agreement"), max_length=3, choices=CollectiveAgreement, blank=True
    )
    agreement_with = models.CharField(_("which agreement"), max_length=100, blank=True)
    union_contact = models.CharField(_("union contact"), max_length=150, blank=True)
    criteria = CodeListField(_("criteria of a social enterprise"), codes=SocialCriterion)
    criteria_attested_on = WorkingDateField(_("attested on"), null=True, blank=True)
    criteria_attested_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("attested by")
    )
    sort_key = SortKeyField()
    created_at = models.DateTimeField(editable=False)

    objects = UnmergedEmployers()
    with_merged = EmployerQuerySet.as_manager()

    class Meta:
        verbose_name = _("employer")
        verbose_name_plural = _("employers")
        ordering: ClassVar = ["sort_key", "id"]
        indexes: ClassVar = [models.Index(fields=["municipality", "sort_key"], name="employer_by_name")]
        constraints: ClassVar = [
            *Mergeable.Meta.constraints,
            *Numbered.Meta.constraints,
            models.CheckConstraint(
                condition=Q(agreement_with="") | Q(collective_agreement=CollectiveAgreement.YES),
                name="employer_agreement_is_there",
                violation_error_code="agreement_with",
                violation_error_message=_("Name an agreement only where there is one."),
            ),
            models.CheckConstraint(
                condition=Q(criteria_attested_on__isnull=True, criteria_attested_by__isnull=True)
                | Q(criteria_attested_on__isnull=False, criteria_attested_by__isnull=False),
                name="employer_criteria_attested_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def checks_by_weight(self) -> ChecksByWeight:
        """Return the newest check of each kind, which counts, and those that it took the place of."""
        found = ChecksByWeight([], [])
        for check in self.checks.all():
            is_newest = check.kind not in {each.kind for each in found.counting}
            (found.counting if is_newest else found.earlier).append(check)
        return found

    def sorts_as(self) -> str:
        """Return what the employer stands under in a list."""
        return self.name

    def words_to_find(self) -> list[str]:
        """Return the name, and the names of those that were merged into it."""
        return [self.name, *(each.name for each in self._merged_here())]

    def codes_to_find(self) -> list[str]:
        """Return the organisation number, and those of what was merged into it; never a sole trader's."""
        return [each.organisationsnummer for each in (self, *self._merged_here()) if not each.is_sole_trader]

    def _merged_here(self) -> "list[Employer]":
        return [] if self._state.adding else list(Employer.with_merged.filter(merged_into=self.pk))

    @property
    def is_social_enterprise(self) -> bool:
        """Whether the criteria of a social enterprise are asked of it."""
        return self.kind == EmployerKind.SOCIAL_ENTERPRISE

    @property
    def criteria_in_words(self) -> list[str]:
        """The criteria of a social enterprise that somebody has attested, in words."""
        return [str(SocialCriterion(code).label) for code in self.criteria]

    @property
    def on_unions(self) -> str:
        """What the employer has said that helps to find whom to ask at the union; empty when nothing."""
        has = self.get_collective_agreement_display() if self.collective_agreement else ""
        agreement = f"{_('Collective agreement')}: {self.agreement_with or has}" if has else ""
        contact = f"{_('Union contact')}: {self.union_contact}" if self.union_contact else ""
        return " · ".join(part for part in (str(agreement), contact) if part)

    def contacts(self) -> list[User]:
        """Return who answers for the employer: active administrators and contacts."""
        roles = [MembershipRole.ADMINISTRATOR, MembershipRole.CONTACT]
        theirs = EmployerMembership.objects.active().filter(employer=self, user__is_active=True)
        memberships = theirs.filter(role__in=roles)
        return [membership.user for membership in memberships.select_related("user")]


class MembershipQuerySet(models.QuerySet["EmployerMembership"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep what `user` may know of: one's own, and those of employers that `user` may know of."""
        return self.filter(Q(user=user.pk) | Q(employer__in=Employer.objects.visible_to(user)))

    def decidable_by(self, user: Reader) -> Self:
        """Keep the memberships that `user` may approve or end."""
        return self.filter(employer__in=Employer.objects.administered_by(user))

    def requested_by(self, user: Reader) -> Self:
        """Keep the requests of `user` that nobody has answered."""
        return self.filter(user=user.pk, state=MembershipState.REQUESTED)

    def waiting_for(self, user: Reader) -> Self:
        """Keep the requests that `user` may answer, the oldest first."""
        waiting = self.decidable_by(user).filter(state=MembershipState.REQUESTED)
        return waiting.select_related("user", "employer").order_by("state_changed_at", "pk")

    def active(self) -> Self:
        """Keep those who speak for their employer now."""
        return self.filter(state=MembershipState.ACTIVE)

    def administrators(self) -> Self:
        """Keep those who answer for the other members, and can sign in to do so."""
        return self.active().filter(role=MembershipRole.ADMINISTRATOR, user__is_active=True)


class EmployerMembership(Identified, Stateful):
    """A user speaks for an employer."""

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="employer_memberships")
    role = models.CharField(_("role"), max_length=15, choices=MembershipRole)
    state = models.CharField(max_length=10, choices=MembershipState, default=MembershipState.ACTIVE)
    created_at = models.DateTimeField(editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    """When the organisation itself said, on a public number, that this person speaks for it."""

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering: ClassVar = ["created_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["employer", "user"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.employer}"

    @property
    def administers(self) -> bool:
        """Whether the member answers for the employer's other members now; a closed account does not."""
        return self.is_at_work and self.role == MembershipRole.ADMINISTRATOR

    @property
    def is_at_work(self) -> bool:
        """Whether the member speaks for the employer and can still sign in."""
        return self.state == MembershipState.ACTIVE and self.user.is_active

    @property
    def answers(self) -> bool:
        """Whether the member answers for the employer now: an administrator or a contact."""
        roles = (MembershipRole.ADMINISTRATOR, MembershipRole.CONTACT)
        return self.is_at_work and self.role in roles

    @property
    def is_requested(self) -> bool:
        """Whether somebody waits to be let in."""
        return self.state == MembershipState.REQUESTED


class EmployerCheckQuerySet(models.QuerySet["EmployerCheck"]):
    def that_count(self) -> Self:
        """Keep of several checks of a kind the one recorded last, for that one counts."""
        same = EmployerCheck.objects.filter(
            employer=models.OuterRef("employer"), kind=models.OuterRef("kind")
        )
        newest = same.order_by("-recorded_at", "kind", "id").values("pk")[:1]
        return self.filter(pk=models.Subquery(newest))

    def that_hold(self, day: date) -> Self:
        """Keep the checks that count, found nothing, and hold on a day."""
        return self.that_count().filter(outcome=CheckOutcome.CLEAR, valid_until__gte=day)

    def running_out(self, *, by: date, on: date) -> Self:
        """Keep the checks that end by a day where people can be placed on `on` with an internship."""
        places = models.Q(employer__workplaces__openings__state=OpeningState.PUBLISHED)
        places &= models.Q(employer__workplaces__openings__kind=OpeningKind.INTERNSHIP)
        offering = EmployerCheck.objects.filter(places).values("employer")
        good = Employer.objects.in_good_standing(on)
        return self.that_count().filter(valid_until__lte=by, employer__in=good).filter(employer__in=offering)


class EmployerCheck(Identified):
    """One thing looked into about an employer: outcome, evidence, who, when, valid until."""

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="checks")
    kind = models.CharField(_("what was checked"), max_length=25, choices=CheckKind)
    outcome = models.CharField(_("outcome"), max_length=10, choices=CheckOutcome)
    evidence = models.CharField(_("evidence"), max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    checked_on = WorkingDateField(_("checked on"))
    valid_until = WorkingDateField(_("valid until"))
    recorded_at = models.DateTimeField(editable=False)

    objects = EmployerCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering: ClassVar = ["-recorded_at", "kind", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("checked_on")),
                name="check_validity",
                violation_error_code="valid_until",
                violation_error_message=_("A check cannot expire before it was made."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_outcome_display()}"
