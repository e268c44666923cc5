"""Earlier efforts: written down, corrected and removed; read by the person, and by agencies let to."""

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from backend.cooperation.models import Intervention
from backend.cooperation.pages.effort_forms import EffortRow
from backend.cooperation.services import (
    Effort,
    change_intervention,
    record_interventions,
    remove_intervention,
    send_package,
)
from backend.core.models import AuditEntry
from backend.participants.models import Agency, AgencyContact, Participant
from backend.participants.services import releasable_items
from tests.cast import Cast
from tests.factories import InterventionFactory
from tests.factories.base import NOW, TODAY
from tests.factories.participants import AgencyFactory
from tests.refusals import refused_for

LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def effort(**changes: Any) -> Effort:
    said = {"kind": "course", "other_body": "Komvux", "started_year": 2020}
    return Effort(**{**said, **changes})


def record(cast: Cast, **changes: Any) -> Intervention:
    said = {"participant_id": cast.pia.pk, "by": cast.coach, "at": NOW}
    [made] = record_interventions(efforts=[effort(**changes)], **said)
    return made


def actions(about: Intervention) -> list[str]:
    return list(AuditEntry.objects.about(about).order_by("at", "pk").values_list("action", flat=True))


def page(user: Any, path: str, data: Any = None) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(path) if data is None else client.post(path, data)


class TestWritingDown:
    def test_keeps_what_was_said_and_by_whom(self, cast: Cast) -> None:
        made = record(cast, what=" Svets ", started_month=8, ended_year=2021, ended_month=6, came_of="Betyg")

        assert (made.what, made.came_of, made.body) == ("Svets", "Betyg", "Komvux")
        assert (made.recorded_by, made.recorded_at) == (cast.coach, NOW)
        assert actions(made) == ["intervention_recorded"]

    def test_an_agency_of_the_list_is_that_agency(self, cast: Cast) -> None:
        assert record(cast, agency_id=cast.agency.pk, other_body="").agency == cast.agency

    def test_an_agency_of_another_municipality_is_not_found(self, cast: Cast) -> None:
        with pytest.raises(Agency.DoesNotExist):
            record(cast, agency_id=AgencyFactory(municipality__name="Annanstad").pk, other_body="")

    def test_an_end_without_a_reason_has_one_not_known(self, cast: Cast) -> None:
        assert record(cast, ended_year=2021).why_ended == "not_known"

    @pytest.mark.parametrize(
        ("code", "said"),
        [
            ("intervention_no_body", {"other_body": " "}),
            ("intervention_to_come", {"started_year": 2026, "started_month": 4}),
            ("intervention_to_come", {"ended_year": 2027}),
            ("intervention_ends_before_start", {"ended_year": 2019}),
            ("intervention_ends_before_start", {"started_month": 5, "ended_year": 2020, "ended_month": 4}),
            ("intervention_goes_on", {"why_ended": "moved"}),
        ],
    )
    def test_is_refused(self, cast: Cast, code: str, said: dict[str, Any]) -> None:
        with refused_for(code):
            record(cast, **said)
        assert not Intervention.objects.exists()

    def test_is_refused_for_two_bodies(self, cast: Cast) -> None:
        with refused_for("intervention_no_body"):
            record(cast, agency_id=cast.agency.pk)

    @pytest.mark.parametrize(
        ("code", "said"),
        [
            ("max_value", {"started_month": 13}),
            ("min_value", {"started_year": 1800}),
            ("max_length", {"what": "x" * 201}),
            ("invalid_choice", {"kind": "medical"}),
        ],
    )
    def test_what_cannot_be_is_refused(self, cast: Cast, code: str, said: dict[str, Any]) -> None:
        with refused_for(code):
            record(cast, **said)

    def test_is_all_or_nothing(self, cast: Cast) -> None:
        said = [effort(), effort(ended_year=2019)]
        with refused_for("intervention_ends_before_start"):
            record_interventions(participant_id=cast.pia.pk, efforts=said, by=cast.coach, at=NOW)
        assert not Intervention.objects.exists()

    def test_a_stranger_finds_nobody(self, cast: Cast) -> None:
        with pytest.raises(Participant.DoesNotExist):
            record_interventions(participant_id=cast.pia.pk, efforts=[], by=cast.other_coach, at=NOW)


class TestTheDatabase:
    @pytest.mark.parametrize(
        "changes",
        [
            {"other_body": ""},
            {"started_month": 13},
            {"ended_month": 0},
            {"started_year": 1900},
            {"ended_year": 2018},
            {"ended_month": 2},
            {"ended_year": None, "why_ended": ""},
            {"why_ended": ""},
            {"ended_year": None, "ended_month": None},
        ],
    )
    def test_holds_nothing_that_cannot_be(self, cast: Cast, changes: dict[str, Any]) -> None:
        made = InterventionFactory(participant=cast.pia)

        with pytest.raises(IntegrityError), transaction.atomic():
            Intervention.objects.filter(pk=made.pk).update(**changes)

    def test_holds_no_effort_of_two_bodies(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            InterventionFactory(participant=cast.pia, agency=cast.agency)


class TestCorrecting:
    def test_leaves_a_trace_that_names_the_parts_alone(self, cast: Cast) -> None:
        made = record(cast, what="Svets")
        said = effort(what="Truck", ended_year=2021)
        change_intervention(intervention_id=made.pk, effort=said, by=cast.coach, at=LATER)

        made.refresh_from_db()
        assert (made.what, made.why_ended) == ("Truck", "not_known")
        entry = AuditEntry.objects.about(made).get(action="intervention_changed")
        assert entry.changes == {"parts": ["ended_year", "what", "why_ended"]}

    def test_the_same_again_changes_nothing(self, cast: Cast) -> None:
        made = record(cast)
        change_intervention(intervention_id=made.pk, effort=effort(), by=cast.coach, at=LATER)

        assert actions(made) == ["intervention_recorded"]

    def test_another_body_takes_the_place_of_an_agency(self, cast: Cast) -> None:
        made = record(cast, agency_id=cast.agency.pk, other_body="")
        change_intervention(intervention_id=made.pk, effort=effort(), by=cast.coach, at=LATER)

        made.refresh_from_db()
        assert (made.agency, made.other_body) == (None, "Komvux")

    def test_a_stranger_finds_none(self, cast: Cast) -> None:
        made = record(cast)
        with pytest.raises(Intervention.DoesNotExist):
            change_intervention(intervention_id=made.pk, effort=effort(), by=cast.other_coach, at=LATER)
        with pytest.raises(Intervention.DoesNotExist):
            remove_intervention(intervention_id=made.pk, by=cast.other_coach, at=LATER)

    def test_what_is_removed_is_shown_nowhere_and_stays_in_the_log(self, cast: Cast) -> None:
        made = record(cast)
        remove_intervention(intervention_id=made.pk, by=cast.coach, at=LATER)

        assert not Intervention.objects.visible_to(cast.coach).exists()
        assert actions(made) == ["intervention_recorded", "intervention_removed"]
        with pytest.raises(Intervention.DoesNotExist):
            remove_intervention(intervention_id=made.pk, by=cast.coach, at=LATER)


class TestReleasing:
    def test_each_can_be_told_to_an_agency_in_one_line(self, cast: Cast) -> None:
        made = record(cast, what="Svets", started_month=8, ended_year=2021, came_of="Betyg")
        key = f"intervention:{made.pk}"
        package = send_package(
            participant_id=cast.pia.pk,
            agency_id=cast.agency.pk,
            contact_id=AgencyContact.objects.get(user=cast.guest).pk,
            item_keys=[key],
            purpose="Inför mötet",
            means="in_person",
            valid_until=TODAY,
            by=cast.coach,
            at=NOW,
        )

        [item] = package.consent.items.all()
        assert item.text == ("augusti 2020 – 2021: Kurs, Komvux. Svets. Vad det ledde till: Betyg")
        assert item.text in page(cast.guest, f"/till-oss/{package.pk}/").text

    def test_none_can_be_told_to_an_employer(self, cast: Cast) -> None:
        record(cast)

        assert not [each for each in releasable_items(cast.pia) if each.key.startswith("intervention")]

    def test_one_that_is_removed_can_be_told_to_nobody(self, cast: Cast) -> None:
        remove_intervention(intervention_id=record(cast).pk, by=cast.coach, at=NOW)

        told = releasable_items(cast.pia, to_agency=True)
        assert not [each for each in told if each.key.startswith("intervention")]


class TestPages:
    def test_ten_are_written_down_at_once(self, cast: Cast) -> None:
        rows = {"efforts-TOTAL_FORMS": 12, "efforts-INITIAL_FORMS": 0, "told_by": "agency"}
        for number in range(10):
            rows |= {
                f"efforts-{number}-who": "arbetsförmedlingen" if number else "Iris",
                f"efforts-{number}-kind": "job_search",
                f"efforts-{number}-started": f"20{10 + number}-0{number % 9 + 1}",
                f"efforts-{number}-ended": f"20{10 + number}",
            }
        answer = page(cast.coach, f"/deltagare/{cast.pia.pk}/insatser/nya/", rows)

        assert answer.status_code == HTTPStatus.FOUND
        assert Intervention.objects.filter(agency=cast.agency, told_by="agency").count() == 9
        assert Intervention.objects.get(other_body="Iris").started_month == 1

    def test_a_row_more_keeps_what_is_typed(self, cast: Cast) -> None:
        rows = {
            "efforts-TOTAL_FORMS": 1,
            "efforts-INITIAL_FORMS": 0,
            "efforts-0-who": "Iris",
            "add_row": "efforts",
            "told_by": "person",
        }
        answer = page(cast.coach, f"/deltagare/{cast.pia.pk}/insatser/nya/", rows)

        assert 'value="Iris"' in answer.text
        assert 'name="efforts-1-who"' in answer.text
        assert not Intervention.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"started": "i våras"}, "started"),
            ({"ended": "2012"}, "ended"),
            ({"started": "2019-13"}, "started"),
            ({"who": ""}, "who"),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field(
        self, cast: Cast, changes: dict[str, str], field: str
    ) -> None:
        row = {"who": "Iris", "kind": "course", "started": "2018", **changes}
        rows = {"efforts-TOTAL_FORMS": 1, "efforts-INITIAL_FORMS": 0, "told_by": "person"}
        rows |= {f"efforts-0-{name}": value for name, value in row.items()}
        answer = page(cast.coach, f"/deltagare/{cast.pia.pk}/insatser/nya/", rows)

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert f'id="id_efforts-0-{field}_error"' in answer.text

    def test_words_that_look_like_health_are_asked_about_once_more(self, cast: Cast) -> None:
        rows = {
            "efforts-TOTAL_FORMS": 1,
            "efforts-INITIAL_FORMS": 0,
            "told_by": "person",
            "efforts-0-who": "Iris",
            "efforts-0-kind": "course",
            "efforts-0-started": "2018",
            "efforts-0-came_of": "Blev sjukskriven",
        }
        path = f"/deltagare/{cast.pia.pk}/insatser/nya/"
        first = page(cast.coach, path, rows)
        assert "is_reviewed" in first.text
        assert not Intervention.objects.exists()

        page(cast.coach, path, {**rows, "is_reviewed": "on"})
        assert Intervention.objects.exists()

    @pytest.mark.parametrize(
        ("words", "asks"),
        [
            ("Arbetslivsinriktad rehabilitering hos Försäkringskassan", False),
            ("Rehabilitering efter operation", True),
        ],
    )
    def test_names_of_bodies_and_of_efforts_are_not_private(self, words: str, asks: bool) -> None:
        assert EffortRow({"what": words}).is_private == asks

    def test_nothing_written_is_said(self, cast: Cast) -> None:
        rows = {"efforts-TOTAL_FORMS": 2, "efforts-INITIAL_FORMS": 0, "told_by": "person"}
        answer = page(cast.coach, f"/deltagare/{cast.pia.pk}/insatser/nya/", rows)

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert 'id="id_efforts-0-who_error"' in answer.text

    def test_one_is_corrected_and_removed(self, cast: Cast) -> None:
        made = InterventionFactory(participant=cast.pia)
        path = f"/insatser/{made.pk}/andra/"
        assert 'value="2019-03"' in page(cast.coach, path).text
        said = {"who": "Komvux", "kind": "course", "started": "2018", "ended": "", "told_by": "agency"}
        page(cast.coach, path, said)

        made.refresh_from_db()
        assert (made.body, made.started_month, made.ended_year, made.told_by) == (
            "Komvux",
            None,
            None,
            "agency",
        )
        page(cast.coach, f"/insatser/{made.pk}/ta-bort/", {})
        assert "Komvux" not in page(cast.coach, f"/deltagare/{cast.pia.pk}/insatser/").text

    @pytest.mark.parametrize("who", ["other_coach", "employer_member", "guest", "other_participant_user"])
    def test_is_not_there_for(self, cast: Cast, who: str) -> None:
        made = InterventionFactory(participant=cast.pia)
        for path in (
            f"/deltagare/{cast.pia.pk}/insatser/",
            f"/deltagare/{cast.pia.pk}/insatser/nya/",
            f"/insatser/{made.pk}/andra/",
        ):
            assert page(getattr(cast, who), path).status_code == HTTPStatus.NOT_FOUND

    def test_the_person_reads_them_and_whom_to_tell(self, cast: Cast) -> None:
        InterventionFactory(participant=cast.pia, what="Truckutbildning")
        InterventionFactory(participant=cast.pelle, other_body="Någon annans")
        answer = page(cast.participant_user, "/mina-uppgifter/insatser/").text

        assert "Truckutbildning" in answer
        assert f"mailto:{cast.coach.email}" in answer
        assert "Någon annans" not in answer
        assert "/andra/" not in answer
        assert "/mina-uppgifter/insatser/" in page(cast.participant_user, "/mina-uppgifter/").text

    @pytest.mark.parametrize("count", [1, 40])
    def test_takes_the_same_queries_for_any_number(
        self, cast: Cast, count: int, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(count):
            InterventionFactory(
                participant=cast.pia,
                started_year=2000 + number // 2,
                ended_year=2001 + number // 2,
                **({"agency": cast.agency, "other_body": ""} if number % 2 else {}),
            )
        for user, path in (
            (cast.coach, f"/deltagare/{cast.pia.pk}/insatser/"),
            (cast.participant_user, "/mina-uppgifter/insatser/"),
        ):
            client = Client()
            client.force_login(user)
            with django_assert_max_num_queries(10):
                answer = client.get(path)
            assert len(answer.context["map"].rows) == count

    def test_the_panel_says_what_stands_out(self, cast: Cast) -> None:
        InterventionFactory(participant=cast.pia, other_body="Iris")
        InterventionFactory(participant=cast.pia, other_body="Komvux", started_year=2021, ended_year=2022)
        answer = page(cast.coach, f"/deltagare/{cast.pia.pk}/").text

        assert "september 2019 – februari 2021, 18 månader" in answer
        assert "Arbetsträning, 2 gånger: Iris, Komvux" in answer
