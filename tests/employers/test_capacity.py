"""Lasting places: the short form, their days, when they are different, and the calendar."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from backend.core.models import AuditEntry
from backend.employers.capacity.calendar import calendar_of
from backend.employers.capacity.hours import hours_between
from backend.employers.capacity.occupied import Stay, stays_at
from backend.employers.capacity.offering import Day, Offering
from backend.employers.enums import EmployerKind, ExceptionKind, OpeningState, Standing
from backend.employers.models import Capacity, Opening
from backend.employers.services import (
    add_exception,
    change_places,
    offer_places,
    register_capacity,
    take_place,
    withdraw_exception,
)
from tests.factories import InternshipFactory, OpeningFactory, UserFactory, stand
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

MONDAY = TODAY - timedelta(days=TODAY.weekday()) + timedelta(weeks=1)
DAYS = [Day.between("1", time(9), time(15)), Day.between("3", time(9), time(12))]


def said(workplace, **changes):
    return {
        "workplace": workplace,
        "work": "sortera kläder, laga möbler och servera kaffe",
        "placement_kind": "arbetstraning",
        "places": 4,
        "supervisors": 2,
        "per_supervisor": 2,
        "support": "Handledare hela dagen.",
        **changes,
    }


@pytest.fixture
def capacity(cast):
    return offer_places(fields=said(cast.opening.workplace), days=DAYS, by=cast.employer_member, at=NOW)


def read(capacity):
    return Capacity.objects.for_calendar().get(pk=capacity.pk)


def calendar(capacity, **more):
    return calendar_of([read(capacity)], since=MONDAY, today=TODAY, **more)


class TestOffering:
    def test_makes_the_opening_of_what_was_said_and_publishes_it(self, capacity):
        opening = Opening.objects.get(capacity=capacity)

        assert opening.title == "Sortera kläder, laga möbler och servera kaffe"
        assert opening.description.endswith("servera kaffe.\n\nHandledare hela dagen.")
        assert {each.text for each in opening.requirements.all()} == {
            "sortera kläder",
            "laga möbler",
            "servera kaffe",
        }
        assert not opening.requirements.filter(essential=True).exists()
        assert opening.state == OpeningState.PUBLISHED

    def test_hours_and_weekdays_that_it_is_matched_by_follow_from_its_days(self, capacity):
        opening = Opening.objects.get(capacity=capacity)

        assert (opening.weekdays, opening.hours_max) == (["1", "3"], Decimal("8.5"))
        assert opening.hours_min == 3

    def test_waits_for_approval_at_a_new_employer(self, cast):
        stand(cast.bakery, Standing.NEW)
        cast.bakery.kind = EmployerKind.ASSOCIATION
        cast.bakery.save()

        offered = offer_places(
            fields=said(cast.opening.workplace), days=DAYS, by=cast.employer_member, at=NOW
        )

        assert offered.opening.state == OpeningState.AWAITING_APPROVAL

    @pytest.mark.parametrize(
        ("code", "changes", "days"),
        [
            ("capacity_too_many_places", {"places": 5}, DAYS),
            ("capacity_without_days", {}, []),
            ("capacity_day_twice", {}, [DAYS[0], DAYS[0]]),
            ("capacity_day_ends_first", {}, [Day.between("1", time(15), time(9))]),
        ],
    )
    def test_a_refused_one_leaves_nothing_behind(self, cast, code, changes, days):
        with refused_for(code):
            offer_places(
                fields=said(cast.opening.workplace, **changes), days=days, by=cast.employer_member, at=NOW
            )

        assert not Capacity.objects.exists()
        assert Opening.objects.get() == cast.opening


class TestChanging:
    def change(self, capacity, by, days=DAYS, **changes):
        return change_places(capacity=read(capacity), fields=changes, days=days, by=by, at=NOW)

    def test_words_that_were_made_follow_and_words_that_were_written_stay(self, capacity, cast):
        self.change(capacity, cast.employer_member, work="baka bröd")
        opening = Opening.objects.get(capacity=capacity)
        assert (opening.title, opening.requirements.get().text) == ("Baka bröd", "baka bröd")

        Opening.objects.filter(pk=opening.pk).update(title="I vårt kök")
        self.change(capacity, cast.employer_member, work="diska")

        assert Opening.objects.get(capacity=capacity).title == "I vårt kök"

    def test_never_to_fewer_places_than_are_taken(self, capacity, cast):
        for _each in range(3):
            take_place(opening_id=capacity.opening.pk, by=cast.coach, at=NOW)

        with refused_for("capacity_places_taken"):
            self.change(capacity, cast.employer_member, places=2)

        capacity.refresh_from_db()
        assert (capacity.places, capacity.opening.places) == (4, 4)

    def test_a_day_on_which_somebody_is_there_stays(self, capacity, cast, monkeypatch):
        there = [
            Stay(
                capacity=capacity.pk,
                placement=cast.pia.pk,
                first=TODAY,
                last=TODAY + timedelta(days=60),
                hours_a_week=5,
                minutes={3: 180},
            )
        ]
        monkeypatch.setattr("backend.employers.capacity.occupied._providers", [lambda *_args: there])

        with refused_for("capacity_day_taken"):
            self.change(capacity, cast.employer_member, days=DAYS[:1])

        assert read(capacity).days.count() == 2
        self.change(capacity, cast.employer_member, days=DAYS[1:])
        assert read(capacity).weekdays == ["3"]

    def test_strangers_change_nothing(self, capacity, cast):
        with pytest.raises(Opening.DoesNotExist):
            self.change(capacity, UserFactory(persona="employer"), places=1)

        assert read(capacity).places == 4


class TestExceptions:
    def add(self, capacity, by, kind=ExceptionKind.CLOSED, **more):
        days = {"first_on": MONDAY, "last_on": MONDAY + timedelta(days=6)}
        return add_exception(capacity_id=capacity.pk, kind=kind, by=by, at=NOW, **{**days, **more})

    def test_a_closed_week_offers_nothing_and_comes_back(self, capacity, cast):
        usual = Offering(read(capacity)).minutes_in_week(MONDAY)
        row = self.add(capacity, cast.employer_member)
        assert (usual, Offering(read(capacity)).minutes_in_week(MONDAY)) == (4 * 510, 0)

        withdraw_exception(exception_id=row.pk, by=cast.employer_member, at=NOW)

        assert Offering(read(capacity)).minutes_in_week(MONDAY) == usual
        actions = AuditEntry.objects.about(capacity).values_list("action", flat=True)
        assert {"capacity_excepted", "capacity_exception_withdrawn"} <= set(actions)

    def test_only_mornings(self, capacity, cast):
        times = {"starts_at": time(8), "ends_at": time(11)}
        self.add(capacity, cast.employer_member, ExceptionKind.HOURS, **times)

        assert Offering(read(capacity)).minutes_in_week(MONDAY) == 4 * 2 * 180

    def test_nobody_new_leaves_the_hours_and_stops_a_start(self, capacity, cast):
        self.add(capacity, cast.employer_member, ExceptionKind.NO_INTAKE)
        offering = Offering(read(capacity))

        assert offering.on(MONDAY).places == 4
        assert offering.refuses_newcomers_on(MONDAY)
        assert not offering.refuses_newcomers_on(MONDAY + timedelta(weeks=1))

    @pytest.mark.parametrize(
        ("code", "more"),
        [
            ("capacity_exception_past", {"first_on": date(2020, 1, 1), "last_on": date(2020, 1, 2)}),
            ("last_on", {"last_on": MONDAY - timedelta(days=1)}),
            ("ends_at", {"kind": ExceptionKind.HOURS}),
        ],
    )
    def test_refused(self, capacity, cast, code, more):
        with refused_for(code):
            self.add(capacity, cast.employer_member, **more)

        assert not read(capacity).exceptions.exists()

    def test_the_same_twice_and_taking_back_twice(self, capacity, cast):
        row = self.add(capacity, cast.employer_member)
        with refused_for("capacity_exception_twice"):
            self.add(capacity, cast.employer_member)
        withdraw_exception(exception_id=row.pk, by=cast.employer_member, at=NOW)

        with refused_for("capacity_exception_withdrawn"):
            withdraw_exception(exception_id=row.pk, by=cast.employer_member, at=NOW)

        assert read(capacity).exceptions.count() == 1

    def test_strangers_learn_nothing(self, capacity, cast):
        with pytest.raises(Capacity.DoesNotExist):
            self.add(capacity, UserFactory(persona="employer"))


class TestCalendar:
    def test_counts_what_is_taken_reserved_and_free(self, capacity, cast, monkeypatch):
        period = {"first": TODAY, "last": MONDAY + timedelta(days=20), "hours_a_week": 5}
        there = [
            Stay(capacity=capacity.pk, placement=cast.pia.pk, minutes={1: 330}, **period),
            Stay(capacity=capacity.pk, placement=cast.coach.pk, is_planned=True, **period),
        ]
        monkeypatch.setattr("backend.employers.capacity.occupied._providers", [lambda *_args: there])
        for _each in range(3):
            take_place(opening_id=capacity.opening.pk, by=cast.coach, at=NOW)

        monday, wednesday = calendar(capacity).rows[0].cells

        # One is there, one is planned without a schedule, and one has the employer's yes alone.
        assert (monday.offered, monday.taken, monday.reserved, monday.free) == (4, 1, 2, 1)
        assert (wednesday.taken, wednesday.reserved, wednesday.free) == (0, 2, 2)

    def test_is_never_negative(self, capacity, cast, monkeypatch):
        period = {"first": TODAY, "last": MONDAY + timedelta(days=20), "hours_a_week": 5}
        there = [
            Stay(capacity=capacity.pk, placement=UserFactory().pk, minutes={1: 60}, **period)
            for _each in range(6)
        ]
        monkeypatch.setattr("backend.employers.capacity.occupied._providers", [lambda *_args: there])

        cell = calendar(capacity).rows[0].cells[0]

        assert (cell.taken, cell.free) == (6, 0)

    def test_reads_the_same_number_of_queries_for_many(self, cast, django_assert_num_queries):
        for _each in range(3):
            offer_places(fields=said(cast.opening.workplace), days=DAYS, by=cast.employer_member, at=NOW)
        keys = list(Capacity.objects.order_by("pk").values_list("pk", flat=True))

        for some in (keys[:1], keys):
            rows = Capacity.objects.filter(pk__in=some).for_calendar()
            with django_assert_num_queries(4):
                calendar_of(rows, since=MONDAY, today=TODAY)

    def test_is_read_from_placements_with_their_breaks(self, capacity, cast):
        internship = InternshipFactory(
            opening=capacity.opening,
            workplace=capacity.workplace,
            proposal__opening=capacity.opening,
            state="ongoing",
            starts_on=TODAY,
            started_on=TODAY,
            ends_on=TODAY + timedelta(days=40),
        )
        back_on = MONDAY + timedelta(days=2)
        internship.pauses.create(
            from_on=MONDAY, back_on=back_on, reason="closed", paused_by=cast.coach, paused_at=NOW
        )

        stays = stays_at([capacity.pk], TODAY, TODAY + timedelta(days=40))[capacity.pk]

        assert [(stay.first, stay.last) for stay in stays] == [
            (TODAY, MONDAY - timedelta(days=1)),
            (back_on, TODAY + timedelta(days=40)),
        ]
        assert len({stay.placement for stay in stays}) == 1


class TestHours:
    def test_are_counted_by_week_and_never_negative(self, capacity, cast, monkeypatch):
        stay = {
            "capacity": capacity.pk,
            "first": MONDAY,
            "last": MONDAY + timedelta(days=6),
            "hours_a_week": 8,
        }
        there = [
            Stay(placement=cast.pia.pk, minutes={1: 330, 3: 180}, **stay),
            Stay(placement=cast.coach.pk, minutes={1: 300}, is_planned=True, **stay),
        ]
        monkeypatch.setattr("backend.employers.capacity.occupied._providers", [lambda *_args: there])

        found = hours_between([read(capacity)], since=MONDAY, weeks=2, today=TODAY)
        busy, after = found.weeks.values()

        assert (busy.offered, busy.used, busy.reserved) == (4 * 510, 510, 300)
        assert busy.free == 4 * 510 - 510 - 300
        assert (after.used, after.free) == (0, 4 * 510)
        assert (found.in_all.offered, list(found.areas)) == (8 * 510, [cast.opening.workplace.locality_name])
        assert found.unused == []

    def test_places_that_nobody_is_at_are_named(self, capacity, cast):
        [(employer, minutes)] = hours_between([read(capacity)], since=MONDAY, weeks=1, today=TODAY).unused

        assert (employer, minutes.free) == (cast.bakery, 4 * 510)

    def test_a_closed_week_and_a_holiday_are_offered_nowhere(self, capacity, cast):
        epiphany = date(2027, 1, 6)  # a Wednesday

        [week] = hours_between([read(capacity)], since=epiphany, weeks=1, today=TODAY).weeks.values()

        assert week.offered == 4 * 330

    def test_asks_the_same_number_of_queries_for_a_thousand_in_a_year(self, client, cast):
        workplace = cast.opening.workplace
        many = Capacity.objects.bulk_create(
            Capacity(workplace=workplace, placement_kind="arbetstraning", places=2) for _each in range(1000)
        )
        Opening.objects.bulk_create(
            OpeningFactory.build(workplace=workplace, capacity=each, created_by=cast.coach) for each in many
        )
        client.force_login(cast.coach)
        client.get(reverse("employers:workplace_hours"))  # what is kept between requests is read

        counts = []
        for kept in (1000, 1):
            Capacity.objects.exclude(pk__in=[each.pk for each in many[:kept]]).delete()
            with CaptureQueriesContext(connection) as asked:
                page = client.get(reverse("employers:workplace_hours"), {"weeks": "52"})
            counts.append(len(asked))
            assert page.status_code == 200

        assert counts[0] == counts[1] <= 12

    def test_page_filters_and_excel(self, client, cast, capacity):
        client.force_login(cast.coach)
        address = reverse("employers:workplace_hours")

        def offered(**asked):
            return dict(client.get(address, asked).context["figures"])["Erbjudet"]

        assert offered() > 0
        assert offered(employer_kind=cast.bakery.kind, placement_kind="arbetstraning") == offered()
        assert offered(placement_kind="prao") == 0
        assert offered(since="x", weeks="y", area="z") == offered()
        assert client.get(reverse("employers:workplace_hours_export")).status_code == 200


class TestApi:
    def send(self, client, address, **data):
        return client.post(address, data, content_type="application/json")

    def test_offers_reads_excepts_and_takes_back(self, client, cast):
        client.force_login(cast.employer_member)
        days = [{"weekday": "1", "starts_at": "09:00", "ends_at": "15:00"}]
        sent = {"work": "sortera kläder", "placement_kind": "arbetstraning", "places": 2, "days": days}

        made = self.send(
            client, reverse("api:capacity-list"), workplace=str(cast.opening.workplace.pk), **sent
        )

        assert made.status_code == 201, made.content
        key = made.json()["id"]
        assert made.json()["days"][0]["minutes"] == 330
        first = localdate() + timedelta(days=1)
        days = {"kind": "closed", "first_on": str(first), "last_on": str(first + timedelta(days=6))}
        put = self.send(client, reverse("api:capacity-add-exception", args=[key]), **days)
        assert put.status_code == 201, put.content
        cells = client.get(reverse("api:capacity-calendar", args=[key])).json()
        assert sum(cell["is_closed"] for cell in cells) == 1
        exception = put.json()["exceptions"][0]["id"]
        self.send(client, reverse("api:capacity-withdraw", args=[key, exception]))
        cells = client.get(reverse("api:capacity-calendar", args=[key])).json()
        assert not any(cell["is_closed"] for cell in cells)

    def test_another_employer_finds_nothing(self, client, cast, capacity):
        client.force_login(UserFactory(persona="employer"))

        assert client.get(reverse("api:capacity-list")).json()["results"] == []
        assert client.get(reverse("api:capacity-calendar", args=[capacity.pk])).status_code == 404


class TestPages:
    def typed(self, workplace, **changes):
        return {
            "workplace": workplace.pk,
            "work": "sortera kläder",
            "placement_kind": "arbetstraning",
            "weekdays": ["1", "2"],
            "starts_at": "09:00",
            "ends_at": "15:00",
            "places": "2",
            "supervisors": "1",
            **changes,
        }

    def test_one_short_form_registers_and_leads_to_the_calendar(self, client, cast):
        client.force_login(cast.employer_member)
        sent = self.typed(cast.opening.workplace, starts_at_5="09:00", ends_at_5="11:00")

        answer = client.post(reverse("employers:capacity_create"), sent)

        capacity = Capacity.objects.get()
        assert answer["Location"] == reverse("employers:capacity_detail", args=[capacity.pk])
        assert list(capacity.days.values_list("weekday", "minutes")) == [("1", 330), ("2", 330), ("5", 120)]
        assert "2 av 2 lediga" in client.get(answer["Location"]).content.decode()

    def test_a_phone_asks_eight_things_with_answers_to_half_of_them(self, client, cast):
        client.force_login(cast.employer_member)

        form = client.get(reverse("employers:capacity_create")).context["form"]

        unanswered = {
            name for name, field in form.fields.items() if field.required and not form[name].value()
        }
        assert unanswered == {"work", "placement_kind", "weekdays"}

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"weekdays": []}, "weekdays"),
            ({"ends_at": "08:00"}, "ends_at"),
            ({"starts_at_5": "09:00"}, "ends_at_5"),
            ({"per_supervisor": "1"}, "places"),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field(self, client, cast, wrong, field):
        client.force_login(cast.employer_member)

        answer = client.post(
            reverse("employers:capacity_create"), self.typed(cast.opening.workplace, **wrong)
        )

        assert answer.status_code == 422
        assert answer.context["form"].errors.keys() == {field}
        assert not Capacity.objects.exists()

    def test_edit_shows_what_was_said_and_keeps_it(self, client, cast, capacity):
        client.force_login(cast.employer_member)
        address = reverse("employers:capacity_edit", args=[capacity.pk])
        form = client.get(address).context["form"]
        shown = {name: form[name].value() for name in form.fields}
        sent = {name: value for name, value in shown.items() if value not in (None, "")}

        answer = client.post(address, sent | {"places": "3"})

        assert answer.status_code == 302
        stored = read(capacity)
        assert stored.places == 3
        assert {(each.weekday, each.minutes) for each in stored.days.all()} == {("1", 330), ("3", 180)}

    def test_an_exception_is_put_in_and_taken_back(self, client, cast, capacity):
        client.force_login(cast.employer_member)
        today = localdate()
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=3)
        days = {"kind": "closed", "first_on": str(monday), "last_on": str(monday + timedelta(days=4))}

        client.post(reverse("employers:exception_add", args=[capacity.pk]), days)
        page = client.get(reverse("employers:capacity_detail", args=[capacity.pk]), {"since": str(monday)})
        assert "Stängt" in page.content.decode()

        row = read(capacity).exceptions.get()
        client.post(reverse("employers:exception_withdraw", args=[row.pk]))
        row.refresh_from_db()
        assert not row.stands

    def test_both_sides_see_the_calendar_of_an_employer(self, client, cast, capacity):
        for user, address in (
            (cast.employer_member, reverse("employers:capacity_calendar")),
            (cast.coach, reverse("employers:employer_calendar", args=[cast.bakery.pk])),
        ):
            client.force_login(user)
            page = client.get(address, {"since": str(MONDAY)})
            assert "4 av 4 lediga" in page.content.decode()

    @pytest.mark.parametrize("since", ["x", "9999-12-31", "0001-01-01", "2026-02-30"])
    def test_a_day_that_is_none_shows_this_week(self, client, cast, capacity, since):
        client.force_login(cast.employer_member)

        page = client.get(reverse("employers:capacity_detail", args=[capacity.pk]), {"since": since})

        assert page.status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs rows that are locked one by one")
def test_many_at_once_never_get_more_than_there_is(cast):
    """While the employer makes the places fewer, as many as there are places then get one, and no more."""
    capacity = register_capacity(
        fields={
            "workplace": cast.opening.workplace,
            "title": "Sortera",
            "description": "Du sorterar.",
            "places": 8,
            "placement_kind": "arbetstraning",
        },
        by=cast.employer_member,
        at=NOW,
    )
    Opening.objects.filter(pk=capacity.opening.pk).update(state="published", published_at=NOW)
    together = Barrier(13)

    def one(number):
        try:
            together.wait()
            if number == 0:
                register_capacity(fields={"places": 5}, capacity=capacity, by=cast.employer_member, at=NOW)
            else:
                take_place(opening_id=capacity.opening.pk, by=cast.coach, at=NOW)
        except ValidationError as refusal:
            return "; ".join(refusal.codes)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(13) as crowd:
        answers = list(crowd.map(one, range(13)))

    opening = Opening.objects.get(pk=capacity.opening.pk)
    assert opening.places == (5 if answers[0] == "done" else 8)
    assert answers[1:].count("done") == opening.places_taken == opening.places
    assert Capacity.objects.get().places == opening.places
