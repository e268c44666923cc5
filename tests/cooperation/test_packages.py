"""Packages: made on the person's yes, read by that agency until it is taken back, every reading kept."""

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import jsonschema
import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client

from backend.cooperation.enums import ReadHow
from backend.cooperation.models import Package, PackageRead
from backend.cooperation.pages.packages import as_data, to_agency
from backend.cooperation.services import acknowledge_package, note_handed_over, note_reading, send_package
from backend.core import outbox
from backend.participants.enums import ReleasedKind
from backend.participants.models import AgencyContact, Participant
from backend.participants.services import protect_participant, releasable_items, withdraw_consent
from tests.cast import Cast
from tests.factories import PackageFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for
from tests.schemas import package_schema


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def send(cast: Cast, **changes: Any) -> Package:
    fields = {
        "participant_id": cast.pia.pk,
        "agency_id": cast.agency.pk,
        "contact_id": AgencyContact.objects.get(user=cast.guest).pk,
        "item_keys": ["full_name"],
        "purpose": "Inför mötet",
        "means": "in_person",
        "valid_until": TODAY + timedelta(days=30),
        "by": cast.coach,
        "at": NOW,
    }
    return send_package(**{**fields, **changes})


def page(user, package: Package, part: str = "") -> Any:
    client = Client()
    client.force_login(user)
    return client.get(f"/till-oss/{package.pk}/{part}")


class TestMaking:
    def test_tells_the_agency_what_was_ticked_and_nothing_else(self, cast: Cast) -> None:
        seen = to_agency([send(cast)], on=TODAY)[0]

        assert [(each.kind, each.text) for each in seen.items] == [(ReleasedKind.FULL_NAME, str(cast.pia))]
        assert seen.purpose == "Inför mötet"

    def test_the_whole_name_is_for_agencies_alone(self, cast: Cast) -> None:
        assert "full_name" not in {each.key for each in releasable_items(cast.pia)}

    def test_asks_the_guest_in_without_naming_anybody(self, cast: Cast) -> None:
        send(cast)
        outbox.deliver_due(at=NOW + timedelta(days=1), limit=10)

        [sent] = mail.outbox
        assert sent.to == [cast.guest.email]
        assert str(cast.pia) not in f"{sent.subject} {sent.body}"
        assert "Inför mötet" not in sent.body

    def test_is_refused_without_a_purpose(self, cast: Cast) -> None:
        with refused_for("package_no_purpose"):
            send(cast, purpose=" ")

    def test_is_refused_for_what_the_file_does_not_hold(self, cast: Cast) -> None:
        with refused_for("file_changed"):
            send(cast, item_keys=["skill:none"])

    def test_is_refused_for_somebody_who_reads_at_another_agency(self, cast: Cast) -> None:
        elsewhere = AgencyContact.objects.get(user=cast.other_guest)

        with refused_for("package_no_reader"):
            send(cast, contact_id=elsewhere.pk)
        assert not Package.objects.exists()
        assert not cast.pia.consents.exists()

    def test_is_refused_for_a_protected_identity(self, cast: Cast) -> None:
        with refused_for("package_protected"):
            send(cast, participant_id=cast.skye.pk)

    def test_a_stranger_finds_nobody(self, cast: Cast) -> None:
        with pytest.raises(Participant.DoesNotExist):
            send(cast, by=cast.other_coach)


class TestReading:
    def test_each_way_leaves_its_row(self, cast: Cast) -> None:
        package = send(cast)
        for part in ("", "json/", "pdf/"):
            assert page(cast.guest, package, part).status_code == HTTPStatus.OK

        assert sorted(package.reads.values_list("how", flat=True)) == ["json", "page", "pdf"]

    def test_the_log_of_readings_is_only_added_to(self, cast: Cast) -> None:
        read = note_reading(package_id=send(cast).pk, how=ReadHow.PAGE, by=cast.guest, at=NOW)

        with pytest.raises(DatabaseError), transaction.atomic():
            PackageRead.objects.filter(pk=read.pk).update(how=ReadHow.PDF)

    def test_a_guest_of_another_agency_finds_nothing(self, cast: Cast) -> None:
        assert page(cast.other_guest, send(cast)).status_code == HTTPStatus.NOT_FOUND

    def test_taken_back_it_says_so_and_tells_nothing(self, cast: Cast) -> None:
        package = send(cast)
        assert str(cast.pia) in page(cast.guest, package).text
        withdraw_consent(consent_id=package.consent_id, by=cast.participant_user, at=NOW)

        answer = page(cast.guest, package)
        assert answer.status_code == HTTPStatus.GONE
        assert str(cast.pia) not in answer.text
        assert "Inför mötet" not in answer.text
        assert page(cast.guest, package, "json/").status_code == HTTPStatus.NOT_FOUND
        assert package.reads.count() == 1
        with refused_for("package_over"):
            acknowledge_package(package_id=package.pk, by=cast.guest, at=NOW)

    def test_taken_back_the_guest_is_told_at_once(self, cast: Cast) -> None:
        package = send(cast)
        outbox.deliver_due(at=NOW + timedelta(days=1), limit=10)
        mail.outbox.clear()
        withdraw_consent(consent_id=package.consent_id, by=cast.participant_user, at=NOW + timedelta(days=1))
        outbox.deliver_due(at=NOW + timedelta(days=1), limit=10)

        assert cast.guest.email in {to for each in mail.outbox for to in each.to}

    def test_after_the_last_day_it_is_over(self, cast: Cast) -> None:
        package = send(cast, valid_until=TODAY)

        assert not to_agency([package], on=TODAY + timedelta(days=1))[0].is_readable

    def test_a_protected_identity_is_found_by_no_guest(self, cast: Cast) -> None:
        package = send(cast)
        protect_participant(participant_id=cast.pia.pk, handlers=[cast.coach], by=cast.coach, at=NOW)

        assert page(cast.guest, package).status_code == HTTPStatus.NOT_FOUND
        assert not Package.objects.sent_to(cast.guest, on=TODAY).exists()

    def test_is_acknowledged_once(self, cast: Cast) -> None:
        package = send(cast)
        for hours in (0, 5):
            acknowledge_package(package_id=package.pk, by=cast.guest, at=NOW + timedelta(hours=hours))

        package.refresh_from_db()
        assert package.acknowledged_at == NOW


class TestOnPaper:
    def test_is_noted_by_hand(self, cast: Cast) -> None:
        package = send(cast, contact_id=None)
        note_handed_over(package_id=package.pk, by=cast.coach, at=NOW)

        assert package.reads.get().how == ReadHow.PAPER

    def test_what_is_read_here_is_not_noted_by_hand(self, cast: Cast) -> None:
        with refused_for("package_not_on_paper"):
            note_handed_over(package_id=send(cast).pk, by=cast.coach, at=NOW)


class TestTheFileForPrograms:
    def test_is_as_the_schema_says(self, cast: Cast) -> None:
        jsonschema.validate(as_data(to_agency([send(cast)], on=TODAY)[0]), package_schema())


class TestTheList:
    @pytest.mark.parametrize("count", [1, 12])
    def test_takes_the_same_queries_for_any_number(
        self, cast: Cast, count: int, django_assert_max_num_queries: Any
    ) -> None:
        reader = AgencyContact.objects.get(user=cast.guest)
        PackageFactory.create_batch(count, participant=cast.pia, contact=reader)
        client = Client()
        client.force_login(cast.guest)
        with django_assert_max_num_queries(10):
            answer = client.get("/till-oss/")

        assert len(answer.context["page"].object_list) == count
