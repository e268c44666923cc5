"""An opening that begins with an earlier one, and several openings that are looked after at once."""

from datetime import time, timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from backend.employers.capacity.offering import Day, days_of
from backend.employers.enums import OpeningState
from backend.employers.models import Opening
from backend.employers.services import Act, act_on_openings, copy_opening, register_capacity
from tests.factories import MembershipFactory, OpeningFactory, SkillRequirementFactory, WorkplaceFactory
from tests.factories.base import NOW, TODAY

DAY = timedelta(days=1)


class TestCopy:
    def test_has_all_words_and_none_of_the_places_taken(self, cast):
        SkillRequirementFactory(opening=cast.opening, text="Baka", essential=True)
        Opening.objects.filter(pk=cast.opening.pk).update(
            places=3, places_taken=2, starts_on=TODAY - DAY, ends_on=TODAY + DAY, licences=["B"]
        )

        copy = copy_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=NOW)

        assert copy.pk != cast.opening.pk
        assert (copy.state, copy.places, copy.places_taken) == (OpeningState.DRAFT, 3, 0)
        assert (copy.starts_on, copy.ends_on, copy.licences) == (None, TODAY + DAY, ["B"])
        assert list(copy.requirements.values_list("text", "essential")) == [("Baka", True)]
        assert (copy.created_by, copy.published_at, copy.as_read) == (cast.employer_member, None, {})

    def test_of_lasting_places_is_lasting_places(self, cast):
        where = WorkplaceFactory(employer=cast.bakery)
        fields = {"workplace": where, "title": "Fika", "placement_kind": "arbetspraktik", "supervisors": 2}
        first = register_capacity(fields=fields, by=cast.employer_member, at=NOW).opening

        copy = copy_opening(opening_id=first.pk, by=cast.employer_member, at=NOW)

        assert copy.capacity.pk != first.capacity.pk
        assert (copy.capacity.supervisors, copy.capacity.placement_kind) == (2, "arbetspraktik")

    def test_of_lasting_places_has_their_days(self, cast):
        days = [Day.between("1", time(8), time(12)), Day("3", 240)]
        fields = {"workplace": WorkplaceFactory(employer=cast.bakery), "title": "Fika", "work": "Baka"}
        fields |= {"placement_kind": "arbetspraktik", "supervisors": 2, "per_supervisor": 3}
        first = register_capacity(fields=fields, days=days, by=cast.employer_member, at=NOW).opening

        copy = copy_opening(opening_id=first.pk, by=cast.employer_member, at=NOW)

        assert days_of(copy.capacity) == days
        assert (copy.weekdays, copy.hours_max) == (["1", "3"], 8)
        assert (copy.capacity.work, copy.capacity.per_supervisor) == ("Baka", 3)

    def test_is_for_those_who_write_there(self, cast):
        with pytest.raises(Opening.DoesNotExist):
            copy_opening(opening_id=cast.opening.pk, by=MembershipFactory().user, at=NOW)

    def test_is_offered_where_a_new_one_is_written_and_leads_on_to_it(self, client, cast):
        client.force_login(cast.employer_member)
        copying = reverse("employers:opening_copy", args=[cast.opening.pk])
        assert copying in client.get(reverse("employers:opening_create")).content.decode()

        answer = client.post(copying)

        copy = Opening.objects.exclude(pk=cast.opening.pk).get()
        assert answer.url == reverse("employers:opening_edit", args=[copy.pk])


class TestSeveral:
    @pytest.fixture
    def mine(self, cast):
        where = {"workplace": cast.opening.workplace}
        return [
            cast.opening,
            OpeningFactory(title="Diskare", **where),
            OpeningFactory(title="Utkast", state=OpeningState.DRAFT, **where),
        ]

    @pytest.mark.parametrize(
        ("act", "state"),
        [(Act.PAUSE, OpeningState.PAUSED), (Act.REFRESH, OpeningState.PUBLISHED)],
    )
    def test_each_is_judged_by_itself(self, cast, mine, act, state):
        done = act_on_openings(
            opening_ids=[each.pk for each in mine], act=act, by=cast.employer_member, at=NOW + DAY
        )

        refused = {each.opening.title: each.refused for each in done if each.refused}
        assert list(refused) == ["Utkast"]
        assert set(Opening.objects.exclude(title="Utkast").values_list("state", flat=True)) == {state}
        assert Opening.objects.get(title="Utkast").state == OpeningState.DRAFT

    def test_closing_is_for_all_that_can_be(self, cast, mine):
        Opening.objects.filter(title="Diskare").update(state=OpeningState.CLOSED)

        done = act_on_openings(
            opening_ids=[each.pk for each in mine], act=Act.CLOSE, by=cast.employer_member, at=NOW
        )

        assert [each.opening.title for each in done if each.refused] == ["Diskare"]

    def test_what_is_not_ones_own_is_left_out(self, cast):
        others = OpeningFactory()

        done = act_on_openings(opening_ids=[others.pk], act=Act.CLOSE, by=cast.employer_member, at=NOW)

        assert done == []
        assert Opening.objects.get(pk=others.pk).state == OpeningState.PUBLISHED

    def test_the_pages_ask_once_and_say_what_was_not_done(self, client, cast, mine):
        cast.employer_member.language = "en"
        cast.employer_member.save()
        client.force_login(cast.employer_member)
        listed = client.get(reverse("employers:my_openings")).content.decode()
        assert listed.count('name="opening"') == 3
        keys = [("opening", each.pk) for each in mine]
        address = f"{reverse('employers:several')}?{urlencode([*keys, ('act', 'pause')])}"

        asked = client.get(address).content.decode()
        assert "Proposals that are not answered wait" in asked
        assert Opening.objects.get(pk=cast.opening.pk).state == OpeningState.PUBLISHED

        said = client.post(address, {"back_on": ""}, follow=True).content.decode()
        assert "2 openings are paused." in said
        assert "Utkast: That cannot be done to it now. It is: Draft." in said

    def test_nothing_ticked_is_told(self, client, cast):
        client.force_login(cast.employer_member)

        answer = client.get(reverse("employers:several"), {"act": "pause"})

        assert answer.url == reverse("employers:my_openings")
