"""A case review: several agencies at one table about some people, and what was decided for each."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.enums import Persona, Role
from backend.accounts.models import Assignment, Unit, User
from backend.cooperation.enums import OPEN_REVIEWS, CaseReviewState
from backend.cooperation.models.packages import Package
from backend.core.fields import WorkingDateField
from backend.core.models import Identified, StoredFile
from backend.core.ui.addresses import address
from backend.core.writing.lifecycle import Stateful
from backend.participants.models import Agency, AgencyContact, Consent, Participant

Reader = User | AnonymousUser


class CaseReviewQuerySet(models.QuerySet["CaseReview"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep those of the units in which `user` is a coach or a manager."""
        if isinstance(user, AnonymousUser):
            return self.none()
        return self.filter(unit__in=user.unit_ids(Role.COACH, Role.MANAGER))

    def decidable_by(self, user: Reader) -> Self:
        """Keep those that `user` plans and holds: a coach of the unit."""
        if isinstance(user, AnonymousUser):
            return self.none()
        return self.filter(unit__in=user.unit_ids(Role.COACH))

    def open(self) -> Self:
        """Keep those on whose agenda somebody can be put."""
        return self.filter(state__in=OPEN_REVIEWS)

    def with_agencies(self) -> Self:
        """Read with each who sits at the table."""
        seats = ReviewSeat.objects.select_related("agency", "contact")
        return self.select_related("unit").prefetch_related(models.Prefetch("seats", seats))

    def with_people(self, user: Reader) -> Self:
        """Read with each how many stand on its agenda, of those who may stand in lists of `user`'s."""
        listed = Q(cases__participant__in=Participant.objects.listed_for(user))
        counted = self.annotate(people=Count("cases", filter=listed, distinct=True))
        return counted.order_by("-starts_at", "pk")


class CaseReview(Identified, Stateful):
    """Agencies meet about people of one unit (ärendegenomgång); minutes are frozen when it is closed."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), related_name="case_reviews")
    starts_at = models.DateTimeField(_("day and time"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=CaseReviewState, default=CaseReviewState.PLANNED)
    agencies = models.ManyToManyField(Agency, through="ReviewSeat", related_name="+")
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    minutes = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="case_review"
    )

    objects = CaseReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("case review")
        verbose_name_plural = _("case reviews")
        ordering: ClassVar = ["-starts_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=CaseReviewState.CLOSED, minutes__isnull=False)
                | (~Q(state=CaseReviewState.CLOSED) & Q(minutes__isnull=True)),
                name="case_review_minutes_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """The page of the review, for staff."""
        return address("cooperation:review_detail", self.pk)

    @property
    def is_open(self) -> bool:
        """Whether its agenda may still change."""
        return self.state in OPEN_REVIEWS

    @property
    def is_planned(self) -> bool:
        """Whether it has not begun."""
        return self.state == CaseReviewState.PLANNED

    @property
    def is_held(self) -> bool:
        """Whether decisions are noted now."""
        return self.state == CaseReviewState.HELD

    @property
    def is_called_off(self) -> bool:
        """Whether it will not be held."""
        return self.state == CaseReviewState.CALLED_OFF


class ReviewSeatQuerySet(models.QuerySet["ReviewSeat"]):
    def of_guest(self, user: Reader, *, on: date) -> Self:
        """Keep where `user` sits as a guest who may still come."""
        return self.filter(contact__in=AgencyContact.objects.of(user, on=on))

    def with_review(self) -> Self:
        """Read with each the review and who else sits there."""
        at_table = models.Prefetch("review__seats", ReviewSeat.objects.select_related("agency"))
        return self.select_related("review__unit", "agency", "contact").prefetch_related(at_table)


class ReviewSeat(Identified):
    """An agency at the table, with who comes; without a contact person it gets a print."""

    review = models.ForeignKey(CaseReview, models.CASCADE, related_name="seats")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="seats")
    contact = models.ForeignKey(AgencyContact, models.PROTECT, null=True, blank=True, related_name="seats")

    objects = ReviewSeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency at a case review")
        verbose_name_plural = _("agencies at a case review")
        ordering: ClassVar = ["agency__sort_key", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review", "agency"],
                name="review_seat_once",
                violation_error_code="case_review_agency_twice",
                violation_error_message=_("An agency comes once. Choose one person, or a print."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.agency)


class ReviewCaseQuerySet(models.QuerySet["ReviewCase"]):
    def listed_for(self, user: Reader) -> Self:
        """Keep those of people who may stand in lists of `user`'s; a protected identity is in none."""
        return self.filter(participant__in=Participant.objects.listed_for(user))

    def findable(self) -> Self:
        """Keep those of people who may be spoken of at a table at all."""
        return self.filter(participant__in=Participant.objects.findable())

    def with_notes(self) -> Self:
        """Read with each what was decided, and who does what."""
        actions = ReviewAction.objects.select_related("staff", "contact__agency")
        return self.prefetch_related("decisions", models.Prefetch("actions", actions))

    def with_person(self) -> Self:
        """Read with each who it is, and whether anything is noted."""
        decided = Exists(ReviewDecision.objects.filter(case=OuterRef("pk")))
        agreed = Exists(ReviewAction.objects.filter(case=OuterRef("pk")))
        return self.select_related("participant").annotate(is_noted=decided | agreed)

    def decidable_by(self, user: Reader) -> Self:
        """Keep those of reviews that `user` holds, about people whose cases `user` may act in."""
        return self.listed_for(user).filter(review__in=CaseReview.objects.decidable_by(user))


class ReviewCase(Identified):
    """A person on the agenda. For which agencies is not kept: it follows from what is released on the day."""

    review = models.ForeignKey(CaseReview, models.CASCADE, related_name="cases")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="review_cases")
    position = models.PositiveSmallIntegerField()

    objects = ReviewCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("person on an agenda")
        verbose_name_plural = _("people on an agenda")
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "participant"], name="review_case_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}"

    def get_absolute_url(self) -> str:
        """The prepared view of the person, for staff."""
        return address("cooperation:review_case", self.review_id, self.pk)


class ReviewDecision(Identified):
    """What was decided about a person at a review, in a sentence; not what was told."""

    case = models.ForeignKey(ReviewCase, models.CASCADE, related_name="decisions")
    text = models.CharField(_("decision"), max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("decision of a case review")
        verbose_name_plural = _("decisions of a case review")
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return self.text


class ReviewActionQuerySet(models.QuerySet["ReviewAction"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep those of people whose file `user` may open as staff."""
        if isinstance(user, AnonymousUser) or user.persona != Persona.STAFF:
            return self.none()
        return self.filter(case__participant__in=Participant.objects.visible_to(user))

    def asked_of(self, user: Reader, *, on: date) -> Self:
        """Keep what a guest is responsible for, of people whose released items the agency reads on a day."""
        theirs = self.filter(contact__in=AgencyContact.objects.of(user, on=on))
        return theirs.filter(_agency_reads(on))

    def undone(self) -> Self:
        """Keep what nobody has done."""
        return self.filter(done_at__isnull=True)

    def due(self, *, on: date) -> Self:
        """Keep what should be done by `on` and is not."""
        return self.undone().filter(by_day__lte=on)

    def in_day_of(self, user: User, *, on: date) -> Self:
        """Keep what waits for `user`: their own, and in cases that they coach whose owner cannot act."""
        theirs = self.filter(case__participant__in=Participant.objects.visible_to(user))
        fallen = Q(case__participant__coach=user) & ~_owner_can_act(on)
        return theirs.filter(Q(staff=user) | fallen)

    def with_owner(self) -> Self:
        """Read with each who is responsible and about whom it is."""
        return self.select_related("staff", "contact__agency", "case__participant", "case__review")


def _agency_reads(on: date) -> Exists:
    telling = Package.objects.filter(
        participant=OuterRef("case__participant"),
        consent__agency=OuterRef("contact__agency"),
        consent__in=Consent.objects.in_force(on),
        participant__in=Participant.objects.findable(),
    )
    return Exists(telling)


def _owner_can_act(on: date) -> Q:
    held = Assignment.objects.filter(
        user=OuterRef("staff"),
        unit=OuterRef("case__participant__unit"),
        role__in=(Role.COACH, Role.MANAGER),
        ended_on__isnull=True,
    )
    handles = Participant.handlers.through.objects.filter(
        user=OuterRef("staff"), participant=OuterRef("case__participant")
    )
    may_know = Q(case__participant__in=Participant.objects.findable()) | Q(Exists(handles))
    of_staff = Q(staff__is_active=True) & Q(Exists(held)) & may_know
    of_guest = Q(contact__ended_at__isnull=True, contact__last_day__gte=on, contact__user__is_active=True)
    return (Q(staff__isnull=False) & of_staff) | (Q(contact__isnull=False) & of_guest & Q(_agency_reads(on)))


class ReviewAction(Identified):
    """What one person does until a day, as agreed at a review; carried to the next one until it is done."""

    case = models.ForeignKey(ReviewCase, models.CASCADE, related_name="actions")
    what = models.CharField(_("what"), max_length=200)
    staff = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(AgencyContact, models.PROTECT, null=True, blank=True, related_name="+")
    by_day = WorkingDateField(_("by which day"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReviewActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action of a case review")
        verbose_name_plural = _("actions of a case review")
        ordering: ClassVar = ["by_day", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(staff__isnull=False, contact__isnull=True)
                | Q(staff__isnull=True, contact__isnull=False),
                name="review_action_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__gte=F("at"), done_by__isnull=False),
                name="review_action_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def owner(self) -> str:
        """Who is responsible, in words: a colleague, or somebody at an agency."""
        if self.contact is not None:
            return f"{self.contact}, {self.contact.agency}"
        return str(self.staff)
