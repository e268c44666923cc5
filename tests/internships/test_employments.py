"""What is recorded of a job: for how long, with what support, and how it is known."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.internships.models import Employment
from tests.cast import Cast
from tests.factories.base import NOW, TODAY


@pytest.mark.parametrize(
    ("form", "evidence", "subsidised", "verified"),
    [
        ("ordinary", "contract", False, True),
        ("etableringsjobb", "participant", True, False),
        ("lonebidrag", "", True, False),
    ],
)
def test_how_long_with_what_support_and_how_it_is_known(
    cast: Cast, form: str, evidence: str, subsidised: bool, verified: bool
) -> None:
    said = {"employer_name": "Kaféet", "title": "Diskare", "percent": "50", "starts_on": str(TODAY)}
    said |= {"form": form, "term": "permanent", "evidence": evidence}
    with time_machine.travel(NOW, tick=False):
        client = Client()
        client.force_login(cast.coach)
        answer = client.post(reverse("internships:employment_create", args=[cast.pia.pk]), said)
        assert answer.status_code == 302
        job = Employment.objects.get()
        page = client.get(reverse("internships:employment_detail", args=[job.pk])).content.decode()
    assert (job.term, job.is_subsidised, job.is_verified) == ("permanent", subsidised, verified)
    assert "Tills vidare" in page
    assert ("Inte bekräftat" in page) is not verified
