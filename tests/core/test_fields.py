"""Days that can be meant, and hours a week with a decimal: one rule for forms, the API and the database."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import translation

from backend.core.fields import HoursField, WorkingDate, WorkingDateField
from backend.employers.models import Opening
from backend.participants.models import Participant
from backend.skills.wording import hours_a_week
from tests.architecture.source import modules
from tests.refusals import refused_for

HOURS = HoursField().formfield()


class TestWorkingDate:
    @pytest.mark.parametrize("day", ["0024-03-12", "1999-12-31", "2101-01-01", "9999-12-31"])
    def test_refuses_what_nobody_can_mean(self, day):
        with refused_for("not_in_our_time"):
            WorkingDate().clean(day)
        with refused_for("not_in_our_time"):
            WorkingDateField().clean(date.fromisoformat(day), None)

    @pytest.mark.parametrize("day", ["2000-01-01", "2100-12-31"])
    def test_takes_the_first_and_the_last(self, day):
        assert WorkingDate().clean(day) == date.fromisoformat(day)

    @pytest.mark.parametrize("day", [date(24, 3, 12), date(1999, 12, 31), date(2101, 1, 1), date.max])
    @pytest.mark.parametrize("column", ["enrolled_on", "available_from", "last_contact_on"])
    def test_the_database_refuses_it_too(self, cast, column, day):
        with pytest.raises(IntegrityError), transaction.atomic():
            Participant.objects.filter(pk=cast.pia.pk).update(**{column: day})

    def test_every_day_in_the_database_is_one(self):
        plain = [
            f"{model.__name__}.{field.name}"
            for model in apps.get_models()
            if model.__module__.startswith("backend")
            for field in model._meta.get_fields()
            if type(field) is models.DateField
        ]

        assert plain == []

    def test_every_day_in_a_form_is_one(self):
        plain = [
            module.name
            for module in modules()
            if module.name != "backend/core/fields.py" and "forms.DateField(" in module.path.read_text()
        ]

        assert plain == []


class TestHours:
    @pytest.mark.parametrize(
        ("written", "hours"), [("37,5", "37.5"), ("37.5", "37.5"), ("40", "40"), (" 20,0 ", "20")]
    )
    def test_are_written_with_a_comma_or_a_point(self, written, hours):
        assert HOURS.clean(written) == Decimal(hours)

    @pytest.mark.parametrize(
        ("written", "why"),
        [
            ("37,55", ["max_digits"]),
            ("9,55", ["max_decimal_places"]),
            ("en halv", ["invalid"]),
            ("NaN", ["invalid"]),
            ("Infinity", ["invalid"]),
        ],
    )
    def test_nothing_else_is_one(self, written, why):
        with refused_for(*why):
            HOURS.clean(written)

    def test_are_kept_and_read_as_short_as_can_be(self, cast):
        Opening.objects.filter(pk=cast.opening.pk).update(hours_min=20, hours_max=Decimal("37.5"))

        opening = Opening.objects.get(pk=cast.opening.pk)
        assert (str(opening.hours_min), str(opening.hours_max)) == ("20", "37.5")
        with translation.override("sv"):
            assert hours_a_week(opening.hours_min, opening.hours_max) == "20–37,5 timmar i veckan"

    def test_the_page_and_the_api_agree(self, client, cast):
        Opening.objects.filter(pk=cast.opening.pk).update(hours_min=20, hours_max=Decimal("37.5"))

        page = client.get(reverse("employers:opening_detail", args=[cast.opening.pk])).content.decode()
        answer = client.get(reverse("api:opening-detail", args=[cast.opening.pk])).json()

        assert "20–37,5" in page
        assert (answer["hours_min"], answer["hours_max"]) == (20, 37.5)
