"""Jobs as search engines read them: schema.org's JobPosting in the page of an opening."""

import json
import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from backend.employers.enums import OpeningKind, OpeningState, Standing
from backend.employers.models import OccupationOfOpening
from tests.factories import EmployerFactory, OpeningFactory, SkillRequirementFactory, WorkplaceFactory
from tests.factories.base import NOW, TODAY

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
# developers.google.com/search/docs/appearance/structured-data/job-posting; what nobody has told us (salary,
# remote work, education, experience) is not made up.
REQUIRED = {"title", "description", "datePosted", "hiringOrganization", "jobLocation"}
RECOMMENDED = {"validThrough", "employmentType", "identifier", "directApply"}
UNKNOWN = {"baseSalary", "jobLocationType", "educationRequirements", "experienceRequirements"}
# Properties of JobPosting, and of what stands in it (schema.org, version 29).
PROPERTIES = {
    "JobPosting": REQUIRED
    | RECOMMENDED
    | {"url", "workHours", "jobStartDate", "totalJobOpenings", "relevantOccupation", "skills"}
    | {"qualifications", "applicationContact"},
    "PropertyValue": {"name", "value"},
    "Organization": {"name", "sameAs"},
    "Place": {"name", "address", "geo"},
    "PostalAddress": {"streetAddress", "postalCode", "addressLocality", "addressRegion", "addressCountry"},
    "GeoCoordinates": {"latitude", "longitude"},
    "Occupation": {"name"},
    "ContactPoint": {"telephone", "email", "contactType"},
}
KINDS = {"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"}


@pytest.fixture(autouse=True)
def at_noon(db):
    with time_machine.travel(NOW, tick=False):
        yield


def job(**changes):
    details = {
        "kind": OpeningKind.JOB,
        "title": "Bagare",
        "starts_on": TODAY + timedelta(days=20),
        "ends_on": TODAY + timedelta(days=30),
        "languages": {"sv": "B1"},
        "licences": ["B"],
        **changes,
    }
    return OpeningFactory(**details)


def posting(client, opening):
    found = SCRIPT.findall(
        client.get(reverse("employers:opening_detail", args=[opening.pk])).content.decode()
    )
    assert len(found) <= 1
    return json.loads(found[0]) if found else None


def strangers_to_the_vocabulary(thing):
    """Return the properties, wherever they stand, that their type does not have."""
    if isinstance(thing, list):
        return [name for each in thing for name in strangers_to_the_vocabulary(each)]
    if not isinstance(thing, dict):
        return []
    own = {name for name in thing if not name.startswith("@")} - PROPERTIES[thing["@type"]]
    return [*own, *(name for each in thing.values() for name in strangers_to_the_vocabulary(each))]


class TestAJob:
    def test_has_all_that_is_required_and_recommended(self, client, gazetteer):
        workplace = WorkplaceFactory(
            street="Storgatan 1", place_text="632 20", employer__website="https://b.example"
        )
        opening = job(workplace=workplace)
        OccupationOfOpening.objects.create(opening=opening, text="bagare")
        SkillRequirementFactory(opening=opening, text="baka bröd")

        told = posting(client, opening)

        assert told["@context"] == "https://schema.org/"
        assert set(told) >= REQUIRED | RECOMMENDED
        assert not UNKNOWN & set(told)
        assert strangers_to_the_vocabulary(told) == []
        assert set(told["employmentType"]) <= KINDS
        assert told["jobLocation"]["address"] == {
            "@type": "PostalAddress",
            "streetAddress": "Storgatan 1",
            "postalCode": "63220",
            "addressLocality": "Eskilstuna",
            "addressRegion": "Södermanlands län",
            "addressCountry": "SE",
        }
        assert told["jobLocation"]["geo"] == {
            "@type": "GeoCoordinates",
            "latitude": 59.371,
            "longitude": 16.51,
        }
        assert told["hiringOrganization"]["sameAs"] == "https://b.example"
        assert told["skills"] == ["baka bröd"]
        assert told["relevantOccupation"]["name"] == "bagare"

    def test_says_in_days_with_their_zone_until_when(self, client):
        told = posting(client, job())

        assert datetime.fromisoformat(told["datePosted"]) == NOW
        until = datetime.fromisoformat(told["validThrough"])
        assert until.utcoffset() is not None
        assert timezone.localtime(until).date() == TODAY + timedelta(days=30)

    def test_without_an_end_holds_until_it_closes_by_itself(self, client):
        told = posting(client, job(ends_on=None))

        assert datetime.fromisoformat(told["validThrough"]).date() == TODAY + timedelta(days=90)
        assert "TEMPORARY" not in told["employmentType"]

    def test_in_the_middle_of_a_municipality_has_no_point(self, client):
        told = posting(client, job(workplace__precision="municipality"))

        assert "geo" not in told["jobLocation"]

    def test_the_work_is_html_that_holds_no_html_of_its_writer(self, client):
        told = posting(client, job(description="Baka & sälja\n\n<b>Nu</b>"))

        assert told["description"] == "<p>Baka &amp; sälja</p>\n\n<p>&lt;b&gt;Nu&lt;/b&gt;</p>"

    @pytest.mark.parametrize(
        "words", ["</script><script>alert(1)</script>", "<!-- <script>", "a\u2028b\u2029c", "& \" ' \\"]
    )
    def test_no_words_end_the_element(self, client, words):
        opening = job(title=words)
        page = client.get(reverse("employers:opening_detail", args=[opening.pk])).content.decode()
        [inside] = SCRIPT.findall(page)

        assert not set("<>&\u2028\u2029") & set(inside)
        assert json.loads(inside)["title"] == words

    def test_is_no_script_to_the_security_policy(self, client):
        """A block of data is never run, so that nothing need be opened for it (HTML, 4.12.1)."""
        answer = client.get(reverse("employers:opening_detail", args=[job().pk]))

        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


class TestWhoIsNotTold:
    @pytest.mark.parametrize("state", OpeningState)
    @pytest.mark.parametrize("standing", Standing)
    def test_of_an_internship_never(self, client, cast, state, standing):
        employer = EmployerFactory(municipality=cast.municipality, standing=standing)
        opening = OpeningFactory(workplace__employer=employer, state=state)
        client.force_login(cast.coach)

        assert posting(client, opening) is None

    @pytest.mark.parametrize("state", sorted(set(OpeningState) - {OpeningState.PUBLISHED}))
    def test_of_a_job_that_is_not_open(self, client, cast, state):
        opening = job(workplace__employer=cast.bakery, state=state)
        client.force_login(cast.coach)

        assert posting(client, opening) is None

    @pytest.mark.parametrize("standing", [Standing.PAUSED, Standing.STOPPED])
    def test_of_a_job_whose_employer_is_not_welcome(self, client, cast, standing):
        employer = EmployerFactory(municipality=cast.municipality, standing=standing)
        client.force_login(cast.coach)

        assert posting(client, job(workplace__employer=employer)) is None

    def test_of_a_job_that_is_over_or_full(self, client):
        assert posting(client, job(places=1, places_taken=1)) is None
        assert posting(client, job(starts_on=None, ends_on=TODAY - timedelta(days=1))) is None
