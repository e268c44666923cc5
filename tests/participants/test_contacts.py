"""The journal of a case: one line a contact, what comes next, and how a mistake is taken back."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from backend.core.models import AuditEntry
from backend.participants.models import Contact, Participant
from backend.participants.services import protect_participant, record_contact, remove_contact
from tests.cast import Cast
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

YESTERDAY, NEXT_WEEK = TODAY - timedelta(days=1), TODAY + timedelta(days=7)


def noted(cast: Cast, **what: Any) -> Contact:
    return record_contact(participant_id=cast.pia.pk, by=cast.coach, at=NOW, **{"on": TODAY, **what})


def last_contact(cast: Cast) -> date | None:
    cast.pia.refresh_from_db()
    return cast.pia.last_contact_on


def page(user: Any, name: str, *args: Any, **data: Any) -> Any:
    client = Client()
    client.force_login(user)
    address = reverse(f"participants:{name}", args=args)
    return client.post(address, data) if data else client.get(address)


class TestRecordContact:
    def test_keeps_the_latest_day(self, cast: Cast) -> None:
        noted(cast)
        noted(cast, on=date(2026, 3, 1))
        assert last_contact(cast) == TODAY
        assert [each.happened_on for each in cast.pia.contacts.all()] == [TODAY, date(2026, 3, 1)]

    def test_says_how_and_what_comes_next(self, cast: Cast) -> None:
        noted(cast, channel="meeting", line="Vill prova bageri", next_step="Ring Bageriet", next_on=NEXT_WEEK)
        [contact] = cast.pia.contacts.all()
        assert (contact.channel, contact.next_step, contact.next_on) == (
            "meeting",
            "Ring Bageriet",
            NEXT_WEEK,
        )

    def test_not_before_it_has_happened(self, cast: Cast) -> None:
        with refused_for("contact_to_come"):
            noted(cast, on=TODAY + timedelta(days=1))
        assert last_contact(cast) is None

    @pytest.mark.parametrize("half", [{"next_step": "Ring"}, {"next_on": NEXT_WEEK}])
    def test_a_next_step_has_words_and_a_day(self, cast: Cast, half: dict[str, Any]) -> None:
        with refused_for("half_a_next_step"):
            noted(cast, **half)
        assert not Contact.objects.exists()

    def test_a_next_step_comes_after(self, cast: Cast) -> None:
        with refused_for("next_before_contact"):
            noted(cast, next_step="Ring", next_on=YESTERDAY)
        assert not Contact.objects.exists()

    def test_the_database_holds_both_or_none(self, cast: Cast) -> None:
        contact = noted(cast)
        for half in ({"next_step": "Ring"}, {"next_on": NEXT_WEEK}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Contact.objects.filter(pk=contact.pk).update(**half)

    def test_is_not_for_strangers(self, cast: Cast) -> None:
        with pytest.raises(Participant.DoesNotExist):
            record_contact(participant_id=cast.pia.pk, on=TODAY, by=cast.other_coach, at=NOW)


class TestRemoveContact:
    def test_gives_back_the_day_before_it(self, cast: Cast) -> None:
        noted(cast, on=YESTERDAY)
        mistake = noted(cast)
        remove_contact(contact_id=mistake.pk, by=cast.coach, at=NOW)
        assert last_contact(cast) == YESTERDAY
        assert AuditEntry.objects.about(cast.pia).filter(action="contact_removed").count() == 1

    def test_gives_back_a_day_from_before_lines_were_kept(self, cast: Cast) -> None:
        Participant.objects.filter(pk=cast.pia.pk).update(last_contact_on=date(2026, 1, 5))
        first, second = noted(cast, on=YESTERDAY), noted(cast)
        remove_contact(contact_id=first.pk, by=cast.coach, at=NOW)
        assert last_contact(cast) == TODAY
        remove_contact(contact_id=second.pk, by=cast.coach, at=NOW)
        assert last_contact(cast) == date(2026, 1, 5)

    def test_is_not_for_strangers(self, cast: Cast) -> None:
        contact = noted(cast)
        with pytest.raises(Contact.DoesNotExist):
            remove_contact(contact_id=contact.pk, by=cast.other_coach, at=NOW)
        assert last_contact(cast) == TODAY


class TestPages:
    def test_a_line_is_written_with_what_is_filled_in_already(self, cast: Cast) -> None:
        form = page(cast.coach, "contact_record", cast.pia.pk).context["form"]
        filled_in = {name: form[name].value() for name in ("channel", "on")}
        answer = page(cast.coach, "contact_record", cast.pia.pk, **filled_in)
        assert answer["Location"] == cast.pia.get_absolute_url()
        assert cast.pia.contacts.count() == 1

    def test_what_is_refused_stands_at_its_field(self, cast: Cast) -> None:
        answer = page(
            cast.coach, "contact_record", cast.pia.pk, channel="phone", on=TODAY, next_step="Ring Bageriet"
        )
        assert answer.status_code == 422
        assert "next_on" in answer.context["form"].errors

    def test_from_my_day_the_way_goes_back_there(self, cast: Cast) -> None:
        client = Client()
        client.force_login(cast.coach)
        address = reverse("participants:contact_record", args=[cast.pia.pk])
        answer = client.post(f"{address}?fran=min-dag", {"channel": "phone", "on": TODAY})
        assert answer["Location"] == reverse("home:my_home")

    def test_the_file_shows_the_lines_and_folds_the_old(self, cast: Cast) -> None:
        for ago in range(6):
            noted(cast, on=TODAY - timedelta(days=ago), line=f"Rad {ago}")
        shown = page(cast.coach, "participant_detail", cast.pia.pk).content.decode()
        assert "Rad 0" in shown
        assert "Visa alla (6)" in shown

    def test_the_person_reads_what_is_noted(self, cast: Cast) -> None:
        noted(cast, line="Vill prova bageri")
        assert "Vill prova bageri" in page(cast.participant_user, "my_file").content.decode()

    def test_another_persons_contact_is_not_found_under_this_one(self, cast: Cast) -> None:
        contact = noted(cast)
        answer = page(cast.coach, "contact_remove", cast.skye.pk, contact.pk, x="1")
        assert answer.status_code == 404
        assert Contact.objects.filter(pk=contact.pk).exists()


class TestMyDay:
    def test_the_next_step_stands_there_on_its_day_until_another_contact(self, cast, client):
        client.force_login(cast.coach)
        day = {"participant_id": cast.pia.pk, "by": cast.coach, "at": NOW}
        agreed = {"next_step": "Ringa om studiebesöket", "next_on": TODAY}
        record_contact(channel="phone", on=TODAY - timedelta(days=3), **agreed, **day)
        with time_machine.travel(NOW, tick=False):
            assert "Ringa om studiebesöket" in client.get(reverse("home:my_home")).content.decode()

            record_contact(channel="phone", on=TODAY, **day)

            assert "Ringa om studiebesöket" not in client.get(reverse("home:my_home")).content.decode()

    def test_nothing_stands_there_before_its_day(self, cast, client):
        client.force_login(cast.coach)
        agreed = {"next_step": "Ringa om studiebesöket", "next_on": TODAY + timedelta(days=2)}
        record_contact(participant_id=cast.pia.pk, channel="phone", on=TODAY, by=cast.coach, at=NOW, **agreed)

        with time_machine.travel(NOW, tick=False):
            assert "Ringa om studiebesöket" not in client.get(reverse("home:my_home")).content.decode()

    def test_nothing_stands_there_once_the_case_has_ended(self, cast, client):
        client.force_login(cast.coach)
        noted(cast, next_step="Ringa om studiebesöket", next_on=TODAY)
        Participant.objects.filter(pk=cast.pia.pk).update(state="ended")

        with time_machine.travel(NOW, tick=False):
            assert "Ringa om studiebesöket" not in client.get(reverse("home:my_home")).content.decode()

    def test_a_protected_identity_stands_there_by_its_reference(self, cast, client):
        client.force_login(cast.coach)
        noted(cast, next_step="Ringa om studiebesöket", next_on=TODAY)
        protect_participant(participant_id=cast.pia.pk, handlers=[cast.coach], by=cast.coach, at=NOW)
        cast.pia.refresh_from_db()

        with time_machine.travel(NOW, tick=False):
            page = client.get(reverse("home:my_home")).content.decode()

        assert f"{cast.pia.reference} · Ringa om studiebesöket" in page
        assert cast.pia.last_name not in page
