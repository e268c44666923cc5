"""What employers offer: openings, and the lasting places behind some of them."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backend.accounts.models import User
from backend.core.fields import CodeListField, WorkingDateField
from backend.core.models import Identified
from backend.core.text.keys import Findable, SearchKeyField
from backend.core.ui.addresses import address
from backend.core.writing.lifecycle import Stateful
from backend.employers import work_facts
from backend.employers.enums import (
    LISTED_STATES,
    OFFERED_STATES,
    OVER_STATES,
    PUBLIC_STATES,
    STARTABLE_STATES,
    Intent,
    OpeningKind,
    OpeningState,
    PlacementKind,
    Standing,
    promise_of,
)
from backend.employers.models.employers import Employer, Reader
from backend.employers.models.measures import standing_in_sql
from backend.employers.models.offers import Offer
from backend.employers.models.workplaces import Workplace
from backend.skills.enums import Licence
from backend.skills.models import ResolvedText, validate_languages


class CapacityQuerySet(models.QuerySet["Capacity"]):
    def visible_to(self, user: Reader) -> Self:
        """Keep the capacity of employers that `user` may know of."""
        return self.filter(workplace__employer__in=Employer.objects.visible_to(user))

    def editable_by(self, user: Reader) -> Self:
        """Keep the capacity in whose employer's name `user` may write."""
        return self.filter(workplace__employer__in=Employer.objects.writable_by(user))

    def offered(self, day: date) -> Self:
        """Keep what is offered on `day`: its opening is published or full, and nobody pauses the employer."""
        welcome = Employer.objects.welcome(day)
        return self.filter(opening__state__in=PUBLIC_STATES, workplace__employer__in=welcome)

    def for_hours(self) -> Self:
        """Load what hours are counted of, in the order of their keys."""
        found = self.select_related("workplace__employer", "opening").prefetch_related("days", "exceptions")
        return found.order_by("pk")

    def for_calendar(self) -> Self:
        """Load with each what its calendar needs: where it is, its opening, days and exceptions."""
        related = self.select_related("workplace__employer", "opening")
        return related.prefetch_related("days", "exceptions").order_by(
            "workplace__sort_key", "starts_on", "pk"
        )


class Capacity(Identified, Offer):
    """Lasting places at a workplace: so many, for a period and a kind of placement.

    Each row has one lasting `Opening`, through which it is matched, proposed for and filled.
    """

    workplace = models.ForeignKey(Workplace, models.CASCADE, related_name="capacities")
    placement_kind = models.CharField(_("kind of placement"), max_length=30, choices=PlacementKind)
    supervisors = models.PositiveSmallIntegerField(_("number of supervisors"), default=1)
    per_supervisor = models.PositiveSmallIntegerField(
        _("how many each supervisor can take at once"), null=True, blank=True
    )
    # What its writer said of the work, where the opening's title and words were made of that.
    work = models.CharField(_("what one can do there"), max_length=300, blank=True)
    support = models.TextField(_("support offered"), max_length=2000, blank=True)

    objects = CapacityQuerySet.as_manager()

    class Meta(Offer.Meta):
        verbose_name = _("capacity")
        verbose_name_plural = _("capacity")
        ordering: ClassVar = ["-starts_on", "id"]
        constraints: ClassVar = [
            *Offer.Meta.constraints,
            models.CheckConstraint(
                condition=Q(supervisors__gte=1),
                name="capacity_supervisors",
                violation_error_code="supervisors",
                violation_error_message=_("Somebody must supervise."),
            ),
            models.CheckConstraint(
                condition=Q(per_supervisor__isnull=True)
                | Q(per_supervisor__gte=1, places__lte=F("supervisors") * F("per_supervisor")),
                name="capacity_places_are_supervised",
                violation_error_code="places",
                violation_error_message=_("There are more places than the supervisors can take at once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workplace}: {self.places}"


class OpeningQuerySet(models.QuerySet["Opening"]):
    def in_state(self, *states: OpeningState) -> Self:
        """Keep what is in one of `states`."""
        return self.filter(state__in=states)

    def listed(self) -> Self:
        """Keep what is published and neither paused nor full; its last day may have passed."""
        return self.in_state(*LISTED_STATES)

    def waiting_for_approval(self) -> Self:
        """Keep what a coach has to read before others do."""
        return self.in_state(OpeningState.AWAITING_APPROVAL)

    def not_over(self) -> Self:
        """Keep what was neither closed nor has run out of time."""
        return self.exclude(state__in=OVER_STATES)

    def open_on(self, day: date) -> Self:
        """Keep what has a free place on `day`: published, and its last day has not passed."""
        is_published = self.listed().filter(places_taken__lt=F("places"))
        return is_published.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def published(self, day: date) -> Self:
        """Keep the list that everybody may read on `day`: open, by an employer whom nobody has paused."""
        return self.open_on(day).filter(workplace__employer__in=Employer.objects.welcome(day))

    def visible_to(self, user: Reader, *, on: date) -> Self:
        """Keep what `user` may know exists on a day: the public ones, one's own, the staff's municipality."""
        public = Q(state__in=PUBLIC_STATES, workplace__employer__in=Employer.objects.welcome(on))
        if not user.is_authenticated:
            return self.filter(public)
        return self.filter(public | Q(workplace__employer__in=Employer.objects.visible_to(user)))

    def editable_by(self, user: Reader) -> Self:
        """Keep what `user` may write: the openings of one's employer, and for staff their municipality's."""
        return self.filter(workplace__employer__in=Employer.objects.writable_by(user))

    def decidable_by(self, user: Reader) -> Self:
        """Keep what `user` may approve: as staff, the openings of their municipality's employers."""
        return self.filter(workplace__employer__in=Employer.objects.decidable_by(user))

    def with_standing(self, day: date) -> Self:
        """Say of each opening what its employer's standing is on `day`, with no further query."""
        standing = standing_in_sql(day, "workplace__employer__")
        return self.annotate(standing=standing, stands_on=models.Value(day, models.DateField()))

    def with_rights(self, user: Reader) -> Self:
        """Say of each opening whether `user` may write it and whether `user` may approve it."""
        this = Opening.objects.filter(pk=models.OuterRef("pk"))
        return self.annotate(
            may_edit=models.Exists(this.editable_by(user)), may_decide=models.Exists(this.decidable_by(user))
        )

    def for_page(self) -> Self:
        """Load with each opening what its page shows, in one query beside its own."""
        related = ("workplace__employer__municipality", "occupation__concept", "capacity", "imported_ad")
        requirements = SkillRequirement.objects.select_related("concept")
        return self.select_related(*related).prefetch_related(models.Prefetch("requirements", requirements))


class Opening(Identified, Offer, Stateful, Findable):
    """A published internship or job with a number of places."""

    workplace = models.ForeignKey(Workplace, models.PROTECT, related_name="openings")
    capacity = models.OneToOneField(
        Capacity, models.CASCADE, null=True, blank=True, related_name="opening", editable=False
    )
    kind = models.CharField(_("internship or job"), max_length=12, choices=OpeningKind)
    intent = models.CharField(_("afterwards"), max_length=20, choices=Intent, default=Intent.MAY_HIRE)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("the work in plain words"), max_length=4000, blank=True)
    licences = CodeListField(_("licences needed"), codes=Licence)
    languages = models.JSONField(
        _("languages needed"), default=dict, blank=True, validators=[validate_languages]
    )
    state = models.CharField(_("state"), max_length=20, choices=OpeningState, default=OpeningState.DRAFT)
    places_taken = models.PositiveSmallIntegerField(default=0, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    fresh_at = models.DateTimeField(
        editable=False, help_text=_("When somebody last said that it still holds.")
    )
    back_on = WorkingDateField(
        _("back on"), null=True, blank=True, editable=False, help_text=_("The day a paused one comes back.")
    )
    as_read = models.JSONField(
        default=dict, blank=True, editable=False, help_text=_("What matters in it, as others read it last.")
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(editable=False)
    description_key = SearchKeyField(of="words_of_description")

    objects = OpeningQuerySet.as_manager()

    class Meta(Offer.Meta):
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        ordering: ClassVar = ["-published_at", "-created_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["state", "-published_at"], name="opening_state"),
            # All that the public list is counted and sorted by, so that no row is read for it.
            models.Index(
                fields=[
                    *("state", "workplace", "ends_on", "places", "places_taken"),
                    *("published_at", "created_at", "id"),
                ],
                name="opening_listed",
            ),
        ]
        constraints: ClassVar = [
            *Offer.Meta.constraints,
            models.CheckConstraint(
                condition=Q(places_taken__lte=F("places")),
                name="opening_places_not_exceeded",
                violation_error_code="places",
                violation_error_message=_("More places are taken than there are."),
            ),
            models.CheckConstraint(
                condition=~Q(state=OpeningState.PUBLISHED) | Q(published_at__isnull=False),
                name="opening_published_has_time",
                violation_error_message=_("A published opening has a time of publishing."),
            ),
            models.CheckConstraint(
                condition=Q(back_on__isnull=True) | Q(state=OpeningState.PAUSED),
                name="opening_back_from_pause",
                violation_error_message=_("Only what is paused comes back."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(kind=OpeningKind.INTERNSHIP),
                name="opening_capacity_is_internship",
                violation_error_message=_("Standing capacity is for internships."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The opening's public page."""
        return address("employers:opening_detail", self.pk)

    def words_to_find(self) -> list[str]:
        """Return the title; what the work is stands in a key of its own, because it counts for less."""
        return [self.title]

    def words_of_description(self) -> list[str]:
        """Return the work in plain words."""
        return [self.description]

    def is_received_on(self, day: date) -> bool:
        """Tell whether people may be placed with the opening's employer on `day`."""
        if getattr(self, "stands_on", None) == day:
            return bool(self.standing == Standing.GOOD)  # type: ignore[attr-defined]
        return self.workplace.employer.is_in_good_standing_on(day)

    def is_open_on(self, day: date) -> bool:
        """Whether a place is free on `day`; the job that closes openings may not have run yet."""
        return self.is_listed and self.places_left > 0 and not self.has_passed(day)

    def has_passed(self, day: date) -> bool:
        """Whether its last day was before `day`."""
        return self.ends_on is not None and self.ends_on < day

    @property
    def is_draft(self) -> bool:
        """Whether only its employer and the staff know of it, and nobody is asked to read it."""
        return self.state == OpeningState.DRAFT

    @property
    def awaits_approval(self) -> bool:
        """Whether a coach has to read it before others do."""
        return self.state == OpeningState.AWAITING_APPROVAL

    @property
    def is_listed(self) -> bool:
        """Whether it is published, and neither paused nor full."""
        return self.state in LISTED_STATES

    @property
    def is_paused(self) -> bool:
        """Whether its employer has taken it off the list for a while."""
        return self.state == OpeningState.PAUSED

    @property
    def is_full(self) -> bool:
        """Whether it is published and all its places are taken."""
        return self.state == OpeningState.FILLED

    @property
    def is_offered(self) -> bool:
        """Whether its employer offers it, seen by others at the moment or not."""
        return self.state in OFFERED_STATES

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it, as long as its employer is welcome."""
        return self.state in PUBLIC_STATES

    @property
    def is_over(self) -> bool:
        """Whether it was closed by hand or its time has run out."""
        return self.state in OVER_STATES

    @property
    def has_expired(self) -> bool:
        """Whether its time has run out, which nobody has decided."""
        return self.state == OpeningState.EXPIRED

    @property
    def is_startable(self) -> bool:
        """Whether its employer may publish it now."""
        return self.state in STARTABLE_STATES

    @property
    def facts(self) -> dict[str, bool]:
        """What is so in the work and what is not, by code of WorkFact; what is not told is not in it."""
        there, own_present, own_absent = self.workplace, self.facts_present, self.facts_absent
        present, absent = there.facts_present, there.facts_absent
        return work_facts.in_force(present, absent, own_present=own_present, own_absent=own_absent)

    @property
    def arranged(self) -> set[str]:
        """The adaptations that can be had: offered here or at the workplace, or so without being arranged."""
        return set(self._had[0])

    @property
    def refused(self) -> set[str]:
        """The adaptations that cannot be had: the workplace has said so, or how it is stands against them."""
        return set(self._had[1])

    @property
    def _had(self) -> tuple[frozenset[str], frozenset[str]]:
        offered, refused = self.workplace.adaptations_offered, self.workplace.adaptations_refused
        return work_facts.can_be_had(
            self.facts, offered_here=self.adaptations, offered=offered, refused=refused
        )

    @property
    def promise(self) -> str:
        """What comes after the internship; nothing for a job."""
        return promise_of(self.kind, self.intent)

    @property
    def places_left(self) -> int:
        """Places that nobody has been accepted to."""
        return self.places - self.places_taken


class OccupationOfOpening(ResolvedText):
    """The occupation that the work belongs to, as written and as understood."""

    opening = models.OneToOneField(Opening, models.CASCADE, related_name="occupation")

    def __str__(self) -> str:
        return self.text


class SkillRequirement(Identified, ResolvedText):
    """A skill that an opening asks for."""

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="requirements")
    essential = models.BooleanField(_("essential"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering: ClassVar = ["-essential", "position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["opening", "text"], name="requirement_once"),
        ]

    def __str__(self) -> str:
        return self.text
