"""What lists of openings and employers can be narrowed by."""

from collections.abc import Hashable
from copy import copy
from datetime import timedelta
from typing import Any, Final, Self

import django_filters as filters
from django.db.models import Exists, F, FloatField, Model, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import ASin, Cast, Cos, Least, Power, Radians, Sin, Sqrt
from django.forms import CheckboxSelectMultiple, Form, RadioSelect
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from backend.accounts.access import signed_in
from backend.core.text.searching import has_words, search
from backend.core.ui.filtersets import QuickFilterSet
from backend.core.ui.widgets import Combobox
from backend.employers.enums import (
    LISTED_STATES,
    EmployerKind,
    OpeningKind,
    OpeningState,
    PlacementKind,
    Standing,
)
from backend.employers.models import (
    ContactPerson,
    Employer,
    EmployerMembership,
    OccupationOfOpening,
    Opening,
    Workplace,
)
from backend.employers.pages import liveliness
from backend.employers.pages.needs import with_needs
from backend.employers.searching import index
from backend.employers.searching.fields import OccupationalField, codes_in
from backend.employers.searching.index import Hits
from backend.employers.searching.narrowing import found_among
from backend.employers.searching.shelf import Shelf
from backend.places.distance import EARTH_RADIUS_KM, Point
from backend.places.forms import PlaceField
from backend.places.found import Place
from backend.places.models import MunicipalityArea
from backend.skills.enums import Adaptation, Resolution, Weekday
from backend.skills.models import Label

KILOMETRES = [("10", "10 km"), ("30", "30 km"), ("50", "50 km"), ("100", "100 km")]
HOURS = [
    ("10", _("10 hours or fewer")),
    ("20", _("20 hours or fewer")),
    ("30", _("30 hours or fewer")),
]
STARTS: Final = {"now": 0, "month": 31, "quarter": 92}
"""Within how many days it begins."""


def km_from(point: Point, prefix: str = "") -> Combinable:
    """Return the great-circle distance in kilometres from `point` as an expression (see places.distance)."""
    latitude, longitude = F(f"{prefix}latitude"), F(f"{prefix}longitude")
    half_chord_squared = Power(Sin(Radians(latitude - Value(point.latitude)) / 2), 2) + Cos(
        Radians(Value(point.latitude))
    ) * Cos(Radians(latitude)) * Power(Sin(Radians(longitude - Value(point.longitude)) / 2), 2)
    return 2 * EARTH_RADIUS_KM * ASin(Least(Sqrt(half_chord_squared), 1.0), output_field=FloatField())


@extend_schema_field(OpenApiTypes.STR)
class PlaceFilter(filters.Filter):
    """A place as somebody writes it."""

    field_class = PlaceField


def published_areas() -> QuerySet[MunicipalityArea]:
    """Return the municipalities that have something published."""
    here = Opening.objects.published(localdate()).filter(workplace=OuterRef("pk"))
    workplaces = Workplace.objects.filter(Exists(here)).order_by()
    return MunicipalityArea.objects.filter(code__in=workplaces.values("municipality_code"))


class PlaceAndDistance(Form):
    """The filters of openings: a distance is measured from a place, so without one it is asked for."""

    def clean(self) -> dict[str, Any]:
        """Count a distance as chosen only where there is a place to measure from."""
        values = super().clean() or {}
        if values.get("within") and not values.get("near") and "near" not in self.errors:
            self.add_error("near", _("Write a place too: the distance is measured from it."))
            values["within"] = ""
        return values


class OpeningFilter(QuickFilterSet):
    """The public list."""

    q = filters.CharFilter(
        label=_("Search"),
        method="having_words",
        max_length=200,
        help_text=_("Occupation, skill, employer, place or any other word."),
    )
    kind = filters.ChoiceFilter(
        label=_("Internship or job"), choices=OpeningKind.choices, empty_label=_("Both"), widget=RadioSelect
    )
    occupation = filters.CharFilter(
        label=_("Occupation"),
        method="in_occupation",
        max_length=200,
        widget=Combobox("skills:occupation_suggestion_list"),
    )
    municipality = filters.ModelChoiceFilter(
        label=_("Municipality"),
        queryset=MunicipalityArea.objects.none(),
        method="in_municipality",
        empty_label=_("All"),
    )
    near = PlaceFilter(label=_("Near"), method="near_place", help_text=_("A postcode or a town."))
    within = filters.ChoiceFilter(
        label=_("At most"), choices=KILOMETRES, method="within_km", empty_label=_("Any distance")
    )
    field = filters.ChoiceFilter(
        label=_("Occupational field"),
        choices=OccupationalField.choices,
        method="in_field",
        empty_label=_("All"),
    )
    placement = filters.ChoiceFilter(
        label=_("Kind of placement"),
        choices=PlacementKind.choices,
        field_name="capacity__placement_kind",
        empty_label=_("All"),
    )
    hours = filters.ChoiceFilter(
        label=_("Hours a week"), choices=HOURS, method="for_hours", empty_label=_("Any number")
    )
    start = filters.ChoiceFilter(
        label=_("Starts"),
        choices=[
            ("now", _("At once")),
            ("month", _("Within a month")),
            ("quarter", _("Within three months")),
        ],
        method="starting",
        empty_label=_("Any time"),
    )
    days = filters.MultipleChoiceFilter(
        label=_("Days that suit me"),
        choices=Weekday.choices,
        method="on_days",
        widget=CheckboxSelectMultiple,
    )
    adaptations = filters.MultipleChoiceFilter(
        label=_("What can be arranged"),
        choices=Adaptation.choices,
        method="arranging",
        widget=CheckboxSelectMultiple,
    )

    more: Final = ("placement", "hours", "start", "days", "adaptations")
    """What stands folded, since most look for neither."""

    class Meta:
        model = Opening
        fields: list[str] = []
        form = PlaceAndDistance

    own = ("municipality",)
    shelf: Shelf | None = None
    """Where what others have asked for stands; None where nothing is to be kept."""

    @property
    def form(self) -> Any:
        """The form with what is asked for, and the municipalities of now to choose from."""
        is_new = not hasattr(self, "_form")
        form = super().form
        if is_new:
            field = form.fields["municipality"]
            field.queryset = published_areas() if self.shelf is None else MunicipalityArea.objects.all()
            if self.shelf is not None:
                field.widget.choices = [("", field.empty_label), *_areas_on(self.shelf)]
        return form

    @property
    def place(self) -> Place | None:
        """The place that the list is seen from, when one was written and understood."""
        self.form.is_valid()
        place: Place | None = self.form.cleaned_data.get("near")
        return place

    def asked(self, *, but: str = "") -> Hashable:
        """Return what is asked for, `but` for one filter; lists of one scope that ask alike have the same."""
        self.form.is_valid()
        values = self.form.cleaned_data.items()
        return tuple((name, _as_key(value)) for name, value in values if value and name != but)

    def without(self, name: str) -> Self:
        """Return the same without one filter; what was read of the others is not read anew."""
        other = copy(self)
        self.form.is_valid()
        other._form = copy(self.form)
        other._form.cleaned_data = {**self.form.cleaned_data, name: None}
        other.__dict__.pop("_qs", None)
        return other

    def having_words(self, openings: QuerySet[Opening], name: str, text: str) -> QuerySet[Opening]:
        """Keep the openings that have every word of `text`, or mean what it means; the best found first."""
        return found_among(openings, self.hits(text))

    def hits(self, text: str) -> Hits:
        """Return what `text` finds, looked for once."""
        found: dict[str, Hits] = self.__dict__.setdefault("_hits", {})
        if text not in found:
            found[text] = self._find(text) if self.shelf is None else self._kept_hits(text, self.shelf)
        return found[text]

    def _find(self, text: str) -> Hits:
        words = index.current()
        version = words.catalogue.version
        if self.shelf is not None and self.shelf.catalogue != (version and version[0]):
            self.shelf.let_go()  # a newer catalogue has come, and its words are still being read
        return words.find(text)

    def _kept_hits(self, text: str, shelf: Shelf) -> Hits:
        return shelf.take(("hits", text), lambda: self._find(text))

    def in_field(self, openings: QuerySet[Opening], name: str, field: str) -> QuerySet[Opening]:
        """Keep the openings whose occupation is of an occupational field."""
        known = OccupationOfOpening.objects.exclude(resolution=Resolution.ASK)
        occupations = known.filter(codes_in(field, path="concept__ssyk"))
        return openings.filter(pk__in=occupations.values("opening"))

    def for_hours(self, openings: QuerySet[Opening], name: str, hours: str) -> QuerySet[Opening]:
        """Keep what can be done in so many hours a week."""
        return openings.filter(hours_min__lte=int(hours))

    def starting(self, openings: QuerySet[Opening], name: str, start: str) -> QuerySet[Opening]:
        """Keep what begins by then; what has no first day begins whenever somebody comes."""
        last = localdate() + timedelta(days=STARTS[start])
        return openings.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=last))

    def on_days(self, openings: QuerySet[Opening], name: str, days: list[str]) -> QuerySet[Opening]:
        """Keep what is on none but these weekdays; what names no days can be had on any."""
        if not days:
            return openings
        openings = openings.alias(days_in_words=Cast("weekdays", TextField()))
        for day in set(Weekday.values) - set(days):
            openings = openings.exclude(days_in_words__contains=f'"{day}"')
        return openings

    def arranging(self, openings: QuerySet[Opening], name: str, codes: list[str]) -> QuerySet[Opening]:
        """Keep where all of it can be had: arranged there, or so as it is."""
        return with_needs(openings, codes)

    def in_occupation(self, openings: QuerySet[Opening], name: str, text: str) -> QuerySet[Opening]:
        """Keep the openings whose occupation is called so by their writer or by the catalogue."""
        labels = Label.objects.filter(has_words(text, ""))
        occupations = OccupationOfOpening.objects.filter(
            has_words(text, "") | Q(concept__in=labels.values("concept"))
        )
        return openings.filter(pk__in=occupations.values("opening"))

    @extend_schema_field(OpenApiTypes.STR)
    def in_municipality(
        self, openings: QuerySet[Opening], name: str, area: MunicipalityArea
    ) -> QuerySet[Opening]:
        """Keep the openings whose workplace lies in `area`."""
        return openings.filter(workplace__municipality_code=area.code)

    def near_place(self, openings: QuerySet[Opening], name: str, place: Place) -> QuerySet[Opening]:
        """Say of each opening how far from `place` it is."""
        return openings.annotate(km=km_from(place.point, "workplace__"))

    def within_km(self, openings: QuerySet[Opening], name: str, km: str) -> QuerySet[Opening]:
        """Keep what is at most so far away; without a place to measure from, keep all."""
        return openings.filter(Q(km__lte=int(km))) if "km" in openings.query.annotations else openings


class StaffOpeningFilter(OpeningFilter):
    """The same list with everything in it that the municipality's staff may see."""

    state = filters.ChoiceFilter(
        label=_("State"), choices=OpeningState.choices, empty_label=_("Published"), method="in_state"
    )

    def filter_queryset(self, queryset: QuerySet[Opening]) -> QuerySet[Opening]:
        """Keep the published ones unless a state was chosen."""
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.filter(state__in=LISTED_STATES)
        filtered: QuerySet[Opening] = super().filter_queryset(queryset)
        return filtered

    def in_state(self, openings: QuerySet[Opening], name: str, state: str) -> QuerySet[Opening]:
        """Keep the openings in `state`."""
        return openings.filter(state=state)


ACTIVITIES = [("unused", _("Has free places")), ("dormant", _("Nothing for half a year"))]


class EmployerFilter(filters.FilterSet):
    """The staff's list of employers."""

    q = filters.CharFilter(label=_("Search"), method="having_words", max_length=200)
    kind = filters.ChoiceFilter(
        label=_("Kind of organisation"), choices=EmployerKind.choices, empty_label=_("All")
    )
    standing = filters.ChoiceFilter(
        label=_("Status"), choices=Standing.choices, empty_label=_("All"), method="in_standing"
    )
    activity = filters.ChoiceFilter(
        label=_("What goes on"), choices=ACTIVITIES, method="being", empty_label=_("All")
    )

    class Meta:
        model = Employer
        fields: list[str] = []

    def being(self, employers: QuerySet[Employer], name: str, activity: str) -> QuerySet[Employer]:
        """Keep the employers that are dormant, or those with places that nobody has."""
        keep = {"dormant": liveliness.dormant, "unused": liveliness.with_unused_places}[activity]
        return keep(employers, today=localdate())

    def in_standing(self, employers: QuerySet[Employer], name: str, standing: str) -> QuerySet[Employer]:
        """Keep the employers of a standing; they were read `with_standing`."""
        return employers.filter(Q(("standing", standing)))

    def having_words(self, employers: QuerySet[Employer], name: str, text: str) -> QuerySet[Employer]:
        """Keep the employers by name, organisation number, workplace or who speaks for them."""
        return search(employers, text, "", elsewhere=_of_the_employer)


def _of_the_employer(word: str) -> Q:
    """Look for `word` among an employer's workplaces and the people who speak for it."""
    workplaces = Workplace.objects.filter(has_words(word, ""))
    members = EmployerMembership.objects.active().filter(has_words(word, "user__"))
    return (
        Q(pk__in=workplaces.values("employer"))
        | Q(pk__in=members.values("employer"))
        | Q(pk__in=ContactPerson.objects.filter(has_words(word, "")).values("employer"))
    )


def _as_key(value: Any) -> Hashable:
    key: Hashable = tuple(value) if isinstance(value, list) else value
    return value.pk if isinstance(value, Model) else key


def _areas_on(shelf: Shelf) -> list[tuple[str, str]]:
    return shelf.take(("areas", localdate()), lambda: [(each.code, str(each)) for each in published_areas()])


def opening_filter_for(request: HttpRequest) -> type[OpeningFilter]:
    """Return the filter that fits the reader."""
    is_staff = request.user.is_authenticated and bool(signed_in(request).municipality_ids())
    return StaffOpeningFilter if is_staff else OpeningFilter


def filtered(filter_class: Any, request: HttpRequest, rows: Any) -> Any:
    """Return `rows` with the filter that the address asks for."""
    return filter_class(request.GET, queryset=rows, request=request)
