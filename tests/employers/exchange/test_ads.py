"""Ads of JobSearch, in and out."""

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from backend.employers.enums import Intent, OpeningKind, OpeningState, Standing
from backend.employers.exchange.ads import NotAJob, ad_of, ads_in, answer_of, import_ads, jobs_as_ads
from backend.employers.exchange.bringing_in import Outcome, count
from backend.employers.jobs import look_after_openings
from backend.employers.models import Capacity, ImportedAd, Opening, Workplace
from backend.employers.services import publish_opening
from tests.employers.exchange.ads import ad, broken, concepts
from tests.factories import EmployerFactory, MembershipFactory, OpeningFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

API = "/api/v1/ads/"


@pytest.fixture(autouse=True)
def at_noon(gazetteer):
    with time_machine.travel(NOW, tick=False):
        yield


def bring(ads, cast, *, by=None, is_trial=False, **more):
    return import_ads(ads=ads, by=by or cast.employer_member, at=NOW, is_trial=is_trial, **more)


def out(openings=None):
    found = jobs_as_ads(on=TODAY) if openings is None else openings
    return answer_of(found, total=len(found), at=NOW)["hits"]


def meets(hit):
    """Return what of an ad has a place in an opening, and so comes back as it was."""
    kinds = ("must_have", "nice_to_have")
    where = {
        name: value for name, value in hit["workplace_address"].items() if not name.startswith(("reg", "cou"))
    }
    return {
        **{name: hit[name] for name in ("id", "headline", "application_deadline", "number_of_vacancies")},
        **{name: hit[name] for name in ("occupation", "scope_of_work", "driving_license", "removed")},
        "text": hit["description"]["text"],
        "employer": [hit["employer"]["organization_number"], hit["employer"]["workplace"]],
        "where": where,
        "skills": [[each["label"] for each in hit[kind]["skills"]] for kind in kinds],
    }


class TestInAndOut:
    def test_a_thousand_come_out_as_they_went_in(self, cast):
        number = cast.bakery.organisationsnummer
        ads = [ad(each, number) for each in range(1_000)]
        results = bring(ads, cast)

        assert count(results) == {"new": 1_000, "there": 0, "refused": 0}
        made = Opening.objects.filter(imported_ad__isnull=False)
        assert set(made.values_list("kind", "intent", "state")) == {
            (OpeningKind.JOB, Intent.WILL_HIRE, OpeningState.DRAFT)
        }
        # Every one is published as one by one by its writer.
        made.update(state=OpeningState.PUBLISHED, published_at=NOW)
        came_out = {hit["id"]: meets(hit) for hit in out()}
        assert came_out == {each["id"]: meets(each) for each in ads}
        assert Workplace.objects.filter(employer=cast.bakery).count() == 4  # the cast's, and three of the ads

    def test_the_same_ads_again_make_nothing(self, cast):
        ads = [ad(each, cast.bakery.organisationsnummer) for each in range(5)]
        first = bring(ads, cast)
        again = bring([*ads, ads[0]], cast)

        assert count(again) == {"new": 0, "there": 6, "refused": 0}
        assert [each.opening for each in again[:5]] == [each.opening for each in first]
        assert ImportedAd.objects.count() == 5

    def test_twice_in_one_file_is_once(self, cast):
        one = ad(1, cast.bakery.organisationsnummer)

        assert count(bring([one, one], cast)) == {"new": 1, "there": 1, "refused": 0}

    def test_what_comes_out_goes_in_elsewhere_and_says_the_same(self, cast):
        first = bring([ad(7, cast.bakery.organisationsnummer)], cast)
        publish_opening(opening_id=first[0].opening, by=cast.employer_member, at=NOW)
        [hit] = out()
        ImportedAd.objects.all().delete()
        Opening.objects.filter(pk=first[0].opening).delete()
        second = bring([hit], cast)
        publish_opening(opening_id=second[0].opening, by=cast.employer_member, at=NOW)

        assert meets(out()[0]) == meets(hit)

    @pytest.mark.parametrize("wrap", [lambda ads: {"hits": ads}, lambda ads: ads, lambda ads: ads[0]])
    def test_answers_lists_and_single_ads_are_read(self, wrap):
        assert ads_in(wrap([{"id": "1", "headline": "x"}])) == [{"id": "1", "headline": "x"}]

    @pytest.mark.parametrize("nothing", [None, 3, "text", {}, {"total": 0}])
    def test_anything_else_holds_no_ads(self, nothing):
        assert ads_in(nothing) == []


class TestBroken:
    def test_each_is_told_of_with_its_row_and_why_and_the_rest_goes_in(self, cast):
        number = cast.bakery.organisationsnummer
        bad = broken(5_000, number)
        rows = [row for n, (raw, _words) in enumerate(bad) for row in (ad(n, number), raw)]
        results = bring(rows, cast)

        assert count(results) == {"new": len(bad), "there": 0, "refused": len(bad)}
        refused = [each for each in results if each.outcome == Outcome.REFUSED]
        assert [each.number for each in refused] == list(range(2, 2 * len(bad) + 1, 2))
        silent = [
            (result.words, words)
            for result, (_raw, words) in zip(refused, bad, strict=True)
            if words not in " ".join(map(str, result.words))
        ]
        assert silent == []
        assert ImportedAd.objects.count() == len(bad)

    def test_a_trial_says_the_same_and_writes_nothing(self, cast):
        number = cast.bakery.organisationsnummer
        rows = [ad(1, number), *(raw for raw, _words in broken(5_000, number))]
        before = Opening.objects.count(), Workplace.objects.count()
        trial = bring(rows, cast, is_trial=True)

        assert (Opening.objects.count(), Workplace.objects.count()) == before
        said = [(each.number, each.outcome, each.words) for each in trial]
        assert [(each.number, each.outcome, each.words) for each in bring(rows, cast)] == said

    def test_what_has_no_place_here_is_said(self, cast):
        asks = {"skills": [], "languages": concepts(["Svenska"]), "work_experiences": concepts(["Kock"])}
        one = ad(1, cast.bakery.organisationsnummer, must_have=asks, driving_license=concepts(["B", "A1"]))
        [result] = bring([one], cast)

        assert result.outcome == Outcome.NEW
        assert "Svenska" in result.words[0]
        assert "Kock" in result.words[1]
        assert "A1" in result.words[2]
        made = Opening.objects.get(pk=result.opening)
        assert (made.languages, made.licences) == ({}, ["B"])

    def test_too_many_at_once_are_refused(self, cast):
        with refused_for("import_too_many"):
            bring([{}] * 1_001, cast)


class TestWhoMay:
    def test_staff_for_the_employers_of_their_municipality(self, cast):
        ads = [ad(1, cast.bakery.organisationsnummer), ad(2, cast.joinery.organisationsnummer)]

        assert count(bring(ads, cast, by=cast.coach))["new"] == 2

    def test_an_employer_for_itself_alone(self, cast):
        [result] = bring([ad(1, cast.joinery.organisationsnummer)], cast)

        assert result.outcome == Outcome.REFUSED
        assert not ImportedAd.objects.exists()

    @pytest.mark.parametrize("role", ["participant_user", "other_participant_user"])
    def test_nobody_else(self, cast, role):
        [result] = bring([ad(1, cast.bakery.organisationsnummer)], cast, by=getattr(cast, role))

        assert result.outcome == Outcome.REFUSED

    def test_a_supervisor_does_not(self, cast):
        supervisor = MembershipFactory(employer=cast.bakery, role="supervisor").user
        [result] = bring([ad(1, cast.bakery.organisationsnummer)], cast, by=supervisor)

        assert result.outcome == Outcome.REFUSED

    def test_an_ad_without_a_number_is_of_the_only_employer(self, cast):
        [result] = bring([ad(1, "")], cast)

        assert Opening.objects.get(pk=result.opening).workplace.employer == cast.bakery

    def test_the_same_id_at_another_employer_is_another_ad(self, cast):
        bring([ad(1, cast.bakery.organisationsnummer)], cast)
        [other] = bring([ad(1, cast.joinery.organisationsnummer)], cast, by=cast.other_employer)

        assert other.outcome == Outcome.NEW


class TestInternshipsNeverGoOut:
    @pytest.mark.parametrize("standing", Standing)
    def test_in_no_state_and_of_no_employer(self, client, cast, standing):
        employer = EmployerFactory(municipality=cast.municipality, standing=standing)
        for state in OpeningState:
            for intent in Intent:
                OpeningFactory(workplace__employer=employer, state=state, intent=intent, title="Praktikplats")
        for user in (None, cast.coach, cast.employer_member):
            if user:
                client.force_login(user)
            answer = client.get(API, {"state": "draft", "kind": "internship"})
            assert answer.json()["hits"] == []
        words = StringIO()
        call_command("export_ads", stdout=words)
        assert "Praktikplats" not in words.getvalue()
        for opening in Opening.objects.all():
            with pytest.raises(NotAJob):
                ad_of(opening, area=None, until=TODAY)

    def test_lasting_places_are_no_job_either(self, cast):
        capacity = Capacity.objects.create(workplace=cast.opening.workplace, placement_kind="arbetspraktik")
        Opening.objects.filter(pk=cast.opening.pk).update(capacity=capacity)

        assert out() == []

    @pytest.mark.parametrize("state", sorted(set(OpeningState) - {OpeningState.PUBLISHED}))
    def test_nor_jobs_that_strangers_do_not_find(self, client, cast, state):
        OpeningFactory(kind=OpeningKind.JOB, state=state)
        OpeningFactory(kind=OpeningKind.JOB, workplace__employer__standing=Standing.PAUSED)

        assert client.get(API).json()["hits"] == []

    def test_an_ad_becomes_a_job_whatever_it_says(self, cast):
        [result] = bring([ad(1, cast.bakery.organisationsnummer, kind="internship", label=["praktik"])], cast)

        assert Opening.objects.get(pk=result.opening).kind == OpeningKind.JOB


class TestOut:
    def test_a_job_says_all_that_is_known(self, cast):
        ends = TODAY + timedelta(days=200)
        OpeningFactory(kind=OpeningKind.JOB, ends_on=ends, hours_min=30, hours_max=40, languages={"sv": "B1"})
        [hit] = out()

        assert hit["scope_of_work"] == {"min": 75, "max": 100}
        assert hit["working_hours_type"]["label"] == "Deltid"
        assert hit["duration"]["label"] == "6 månader – upp till 12 månader"
        assert hit["must_have"]["languages"][0]["label"] == "svenska"
        assert hit["workplace_address"]["municipality"] == "Eskilstuna"
        assert hit["workplace_address"]["coordinates"] == [16.51, 59.371]

    def test_closes_when_the_last_day_to_apply_is_over(self, cast):
        one = ad(1, cast.bakery.organisationsnummer, application_deadline=f"{TODAY}T23:59:59")
        [result] = bring([one], cast)
        publish_opening(opening_id=result.opening, by=cast.employer_member, at=NOW)
        look_after_openings(NOW)
        assert Opening.objects.get(pk=result.opening).state == OpeningState.PUBLISHED
        look_after_openings(NOW + timedelta(days=1))

        assert Opening.objects.get(pk=result.opening).state == OpeningState.EXPIRED

    def test_asks_the_same_few_questions_for_many(self, client, cast, django_assert_max_num_queries):
        OpeningFactory.create_batch(9, kind=OpeningKind.JOB)
        with django_assert_max_num_queries(8):
            assert len(client.get(API).json()["hits"]) == 9


class TestApi:
    def send(self, client, body, **query):
        return client.post(API + ("?trial=true" if query else ""), json.dumps(body), "application/json")

    def test_takes_ads_and_says_what_became_of_each(self, client, cast):
        client.force_login(cast.employer_member)
        number = cast.bakery.organisationsnummer
        answer = self.send(client, {"hits": [ad(1, number), {"id": "2"}]})

        assert answer.status_code == 200
        told = answer.json()
        assert (told["new"], told["refused"]) == (1, 1)
        assert [row["outcome"] for row in told["rows"]] == ["new", "refused"]
        assert told["rows"][0]["opening"] == str(ImportedAd.objects.get().opening_id)

    def test_tries_without_writing(self, client, cast):
        client.force_login(cast.employer_member)
        answer = self.send(client, {"hits": [ad(1, cast.bakery.organisationsnummer)]}, trial=True)

        assert answer.json()["new"] == 1
        assert not ImportedAd.objects.exists()

    def test_what_holds_no_ads_is_refused(self, client, cast):
        client.force_login(cast.employer_member)

        assert self.send(client, {"total": 3}).status_code == 422


class TestCommands:
    def test_what_one_writes_the_other_reads(self, cast, tmp_path):
        OpeningFactory(kind=OpeningKind.JOB, workplace__employer=cast.bakery, title="Bagare")
        (tmp_path / "ads.json").write_text(_told("export_ads"))
        email = cast.employer_member.email

        assert "1 new" in _told("import_ads", str(tmp_path / "ads.json"), "--as", email, "--dry-run")
        assert not ImportedAd.objects.exists()
        assert "1 new" in _told("import_ads", str(tmp_path / "ads.json"), "--as", email)
        assert ImportedAd.objects.count() == 1

    def test_a_file_that_is_none_is_refused(self, cast, tmp_path):
        (tmp_path / "ads.json").write_text("{")
        with pytest.raises(CommandError):
            _told("import_ads", str(tmp_path / "ads.json"), "--as", cast.employer_member.email)


def _told(*words):
    said = StringIO()
    call_command(*words, stdout=said)
    return said.getvalue()
