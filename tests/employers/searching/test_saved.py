"""Saved searches: a user's, a visitor's with a confirmed address, and what is mailed of them."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.urls import reverse

from backend.core.models import OutboxMessage
from backend.core.outbox import deliver_due
from backend.employers.enums import OpeningState, SearchPace
from backend.employers.models import Opening, SavedSearch
from backend.employers.searching import jobs
from backend.employers.searching.jobs import forget_visitors_searches, look_for_news
from backend.employers.searching.visitors import token_of
from backend.employers.services import searches
from tests.factories import OpeningFactory
from tests.factories.base import NOW
from tests.refusals import refused_for

DAY = timedelta(days=1)
SAVE = reverse("employers:search_save")
LIST = reverse("employers:search_list")


def save(user, *, query="kind=job", pace=SearchPace.DAILY, at=NOW):
    return searches.save_search(name="Jobb", query=query, pace=pace, by=user, at=at)


def publish(cast, *, at, **values):
    return OpeningFactory(
        workplace__employer=cast.bakery, published_at=at, **{"kind": "job", "title": "Bagare", **values}
    )


def follow(**changes):
    asked = {"email": "Vera@example.com", "name": "Jobb", "query": "kind=job", "pace": SearchPace.DAILY}
    return searches.follow_search(**asked | changes, language="sv", at=NOW)


def queued():
    return OutboxMessage.objects.filter(kind="saved_search_news")


class TestOwn:
    def test_is_saved_once_renamed_and_deleted_by_its_owner(self, client, cast):
        client.force_login(cast.participant_user)
        client.post(f"{SAVE}?kind=job&page=3&x=1", {"name": "Jobb", "pace": "daily"})
        client.post(f"{SAVE}?kind=job", {"name": "Jobb nära", "pace": "weekly"})

        row = SavedSearch.objects.get()
        assert (row.user, row.name, row.query, row.pace) == (
            cast.participant_user,
            "Jobb nära",
            "kind=job",
            "weekly",
        )
        assert "Jobb nära" in client.get(LIST).content.decode()
        edit = reverse("employers:search_edit", args=[row.pk])
        client.post(edit, {"name": "Annat", "pace": "never"})
        row.refresh_from_db()
        assert (row.name, row.due_at) == ("Annat", None)
        client.post(reverse("employers:search_delete", args=[row.pk]))
        assert not SavedSearch.objects.exists()

    def test_is_nobody_elses(self, client, cast):
        row = save(cast.participant_user)
        client.force_login(cast.coach)

        for name in ("search_edit", "search_open"):
            assert client.get(reverse(f"employers:{name}", args=[row.pk])).status_code == 404
        assert client.post(reverse("employers:search_delete", args=[row.pk])).status_code == 404
        assert SavedSearch.objects.filter(pk=row.pk).exists()

    def test_no_more_than_anybody_needs(self, cast):
        for number in range(searches.MOST_OF_ONE):
            save(cast.coach, query=f"q={number}")
        with refused_for("too_many_searches"):
            save(cast.coach, query="q=more")
        assert SavedSearch.objects.count() == searches.MOST_OF_ONE


class TestNews:
    def test_one_mail_with_what_is_new_and_none_without(self, cast):
        save(cast.coach)
        publish(cast, at=NOW - DAY, title="Gammal")
        assert look_for_news(NOW + DAY) == "told 0"
        publish(cast, at=NOW + DAY + timedelta(hours=1))
        publish(cast, at=NOW + DAY + timedelta(hours=1), kind="internship", title="Praktikant")
        assert look_for_news(NOW + 2 * DAY) == "told 1"
        assert look_for_news(NOW + 2 * DAY) == "told 0"
        deliver_due(at=NOW + 2 * DAY)
        deliver_due(at=NOW + 3 * DAY)

        [sent] = mail.outbox
        assert sent.to == [cast.coach.email]
        assert "Bagare" in sent.body
        assert "Praktikant" not in sent.body
        assert "Gammal" not in sent.body
        assert sent.subject == "Nya platser för dig"
        assert look_for_news(NOW + 4 * DAY) == "told 0"

    def test_is_asked_again_when_it_is_sent(self, cast):
        save(cast.coach)
        opening = publish(cast, at=NOW + timedelta(hours=1))
        look_for_news(NOW + DAY)
        Opening.objects.filter(pk=opening.pk).update(state=OpeningState.CLOSED)
        deliver_due(at=NOW + 3 * DAY)

        assert mail.outbox == []

    def test_a_weekly_one_waits_a_week(self, cast):
        save(cast.coach, pace=SearchPace.WEEKLY)
        publish(cast, at=NOW + timedelta(hours=1))

        assert look_for_news(NOW + 6 * DAY) == "told 0"
        assert look_for_news(NOW + 7 * DAY) == "told 1"

    def test_a_worker_that_dies_has_told_nothing_and_the_next_tells_all(self, cast):
        save(cast.coach)
        publish(cast, at=NOW + timedelta(hours=1))
        with patch.object(jobs, "tell_user", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
            look_for_news(NOW + DAY)
        assert not queued().exists()

        assert look_for_news(NOW + DAY) == "told 1"
        assert queued().count() == 1

    def test_a_search_whose_words_make_no_sense_any_more_tells_nothing(self, cast):
        row = save(cast.coach)
        SavedSearch.objects.filter(pk=row.pk).update(query="municipality=9999")
        publish(cast, at=NOW + timedelta(hours=1))

        assert look_for_news(NOW + DAY) == "told 0"

    def test_what_was_new_is_a_page(self, client, cast):
        row = save(cast.coach)
        publish(cast, at=NOW + timedelta(hours=1))
        look_for_news(NOW + DAY)
        client.force_login(cast.coach)

        assert "Bagare" in client.get(row.get_absolute_url()).content.decode()


class TestVisitor:
    def test_is_mailed_nothing_but_the_link_until_it_is_followed(self, client, cast):
        answer = client.post(f"{SAVE}?kind=job", {"email": "vera@example.com", "pace": "daily"})

        assert "Titta i din mejl" in answer.content.decode()
        [asked] = mail.outbox
        assert asked.to == ["vera@example.com"]
        row = SavedSearch.objects.get()
        publish(cast, at=NOW + timedelta(hours=1))
        assert look_for_news(NOW + 30 * DAY) == "told 0"
        link = re.search(r"https?://[^/]+(/\S+)", asked.body)[1]
        assert client.get(link).status_code == 200
        row.refresh_from_db()
        assert row.confirmed_at is None
        client.post(link)
        row.refresh_from_db()
        assert row.confirmed_at is not None

    def test_gets_what_is_new_with_the_way_out_in_it(self, client, cast):
        row = follow()
        searches.confirm_search(token=token_of(row), at=NOW)
        publish(cast, at=NOW + timedelta(hours=1))
        mail.outbox.clear()
        assert look_for_news(NOW + DAY) == "told 1"

        [sent] = mail.outbox
        assert sent.to == ["vera@example.com"]
        assert "Bagare" in sent.body
        stop = re.search(r"<https?://[^/]+(/[^>]+)>", sent.extra_headers["List-Unsubscribe"])[1]
        assert stop in sent.body
        assert client.get(stop).status_code == 200
        assert SavedSearch.objects.exists()
        assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert not SavedSearch.objects.exists()
        assert client.get(stop).status_code == 404

    def test_whoever_types_anothers_address_learns_and_causes_nothing(self, client, cast):
        searches.confirm_search(token=token_of(follow()), at=NOW)
        mail.outbox.clear()
        answer = client.post(f"{SAVE}?kind=job", {"email": "vera@example.com", "pace": "daily"})

        assert "Titta i din mejl" in answer.content.decode()
        assert mail.outbox == []
        for number in range(10):
            follow(query=f"q={number}")
        assert len(mail.outbox) == searches.MOST_UNCONFIRMED

    def test_a_pace_of_no_mails_is_refused(self, db):
        with refused_for("search_without_mails"):
            follow(pace=SearchPace.NEVER)
        assert not SavedSearch.objects.exists()

    def test_is_forgotten_unconfirmed_after_two_days_and_in_any_case_after_a_year(self, cast):
        follow()
        kept = follow(query="kind=internship")
        searches.confirm_search(token=token_of(kept), at=NOW)
        save(cast.coach)

        assert forget_visitors_searches(NOW + 2 * DAY) == "forgot 1"
        assert forget_visitors_searches(NOW + 365 * DAY) == "forgot 1"
        assert SavedSearch.objects.get().user == cast.coach

    def test_a_link_that_nobody_signed_is_no_link(self, client, cast):
        for name in ("search_confirm", "search_stop"):
            assert client.get(reverse(f"employers:{name}", args=["x:y"])).status_code == 404
