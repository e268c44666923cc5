"""The papers of an internship in the API: drawn up, signed in three ways, downloaded, verified, issued."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from backend.core.documents import octets_of
from backend.core.models import OutboxMessage, ReadEntry, SignInMail
from backend.internships.enums import InternshipState
from backend.internships.models import Agreement, Certificate, Internship, SigningCode
from backend.internships.services import draw_up_agreement, make_document
from backend.participants.enums import ReleasedKind
from backend.participants.models import Consent, ReleasedItem
from tests.cast import Cast
from tests.factories import InternshipFactory, ProposalFactory
from tests.factories.base import NOW, TODAY
from tests.internships.calling import client_of, get, post, refused, send, twice

DAY = timedelta(days=1)
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def planned(cast: Cast) -> Internship:
    proposal = ProposalFactory(opening=cast.opening, participant=cast.pia, proposed_by=cast.coach)
    ReleasedItem.objects.create(consent=proposal.consent, kind=ReleasedKind.FIRST_NAME, text="Pia")
    made: Internship = InternshipFactory(
        opening=cast.opening, participant=cast.pia, planned_by=cast.coach, proposal=proposal
    )
    return made


@pytest.fixture
def agreement(cast: Cast, planned: Internship) -> Agreement:
    return draw_up_agreement(internship_id=planned.pk, by=cast.coach, at=NOW)


def paper(octets: bytes = PDF, name: str = "avtal.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, octets, "application/pdf")


class TestDrawingUp:
    def test_is_done_once_and_asks_the_others(self, cast: Cast, planned: Internship) -> None:
        made = twice(cast.coach, "agreement_draw_up", planned)
        assert (made["number"], made["internship"]) == (1, str(planned.pk))
        assert OutboxMessage.objects.filter(kind="agreement_asked").exists()
        assert refused(cast.coach, "agreement_draw_up", planned) == "no_agreement_to_draw_up"

    def test_is_nobody_elses(self, cast: Cast, planned: Internship) -> None:
        for other in (cast.manager, cast.other_coach, cast.employer_member, cast.participant_user):
            assert post(other, "agreement_draw_up", planned).status_code == 404
        assert not Agreement.objects.exists()


class TestTheDocument:
    @pytest.mark.parametrize("who", ["coach", "employer_member", "participant_user"])
    def test_is_given_byte_for_byte_to_each_of_the_three(
        self, cast: Cast, agreement: Agreement, who: str
    ) -> None:
        address = reverse("api:agreement-document", args=[agreement.pk])
        answer = client_of(getattr(cast, who)).get(address, headers={"Accept": "application/pdf"})
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
        assert answer.content == octets_of(make_document(agreement_id=agreement.pk, at=NOW))
        looks = ReadEntry.objects.filter(page="internships.agreement")
        assert looks.exists() is (who != "participant_user")

    def test_is_not_given_to_an_employer_who_is_told_nothing_any_more(
        self, cast: Cast, agreement: Agreement
    ) -> None:
        Consent.objects.update(withdrawn_at=NOW)
        for name in ("agreement-document", "agreement-translation"):
            assert get(cast.employer_member, name, agreement).status_code == 404
            assert get(cast.coach, name, agreement).status_code == 200

    def test_says_in_json_that_none_can_be_made(
        self, cast: Cast, agreement: Agreement, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("backend.internships.api.agreements.services.document_of", lambda **_: None)
        answer = get(cast.coach, "agreement-document", agreement)
        assert (answer.status_code, answer.json()["code"]) == (422, "no_pdf_on_this_host")


class TestOnPaper:
    def test_the_coach_hands_it_in(self, cast: Cast, agreement: Agreement) -> None:
        said = {"parties": ["employer", "participant"], "signer": "Alice", "signed_on": TODAY}
        answer = send(cast.coach, "agreement-sign-on-paper", agreement, paper=paper(), **said)
        assert answer.status_code == 200, answer.json()
        assert [each["on"] for each in answer.json()["signed"]].count(TODAY.isoformat()) == 2

        address = reverse("api:agreement-paper", args=[agreement.pk, "participant"])
        assert client_of(cast.coach).get(address).content == PDF
        assert client_of(cast.participant_user).get(address).content == PDF
        assert client_of(cast.employer_member).get(address).status_code == 404
        nobodys = reverse("api:agreement-paper", args=[agreement.pk, "municipality"])
        assert client_of(cast.coach).get(nobodys).status_code == 404

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"paper": b"GIF89a"}, "file_of_wrong_kind"),
            ({"paper": b"%PDF-1.7"}, "file_of_wrong_kind"),
            ({"parties": ["mayor"]}, "invalid_choice"),
            ({"signed_on": TODAY + DAY}, "agreement_signed_to_come"),
        ],
    )
    def test_what_is_no_paper_is_refused(
        self, cast: Cast, agreement: Agreement, changed: dict[str, Any], code: str
    ) -> None:
        form = {"parties": ["employer"], "signed_on": TODAY, "paper": PDF, **changed}
        form["paper"] = paper(form["paper"])
        answer = send(cast.coach, "agreement-sign-on-paper", agreement, **form)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert not agreement.signatures.exists()

    def test_is_no_json_and_nobody_elses(self, cast: Cast, agreement: Agreement) -> None:
        assert post(cast.coach, "agreement-sign-on-paper", agreement).status_code == 415
        address = reverse("api:agreement-sign-on-paper", args=[agreement.pk])
        without_boundary = client_of(cast.coach).post(address, b"x", content_type="multipart/form-data")
        assert without_boundary.status_code == 400
        form = {"parties": ["employer"], "signed_on": TODAY}
        for other in (cast.manager, cast.other_coach, cast.employer_member, cast.participant_user):
            answer = send(other, "agreement-sign-on-paper", agreement, paper=paper(), **form)
            assert answer.status_code == 404


class TestByCode:
    @pytest.fixture
    def digits(self, cast: Cast, agreement: Agreement, monkeypatch: pytest.MonkeyPatch) -> str:
        monkeypatch.setattr("backend.internships.services.signing.secrets.randbelow", lambda _most: 4321)
        return "004321"

    @pytest.mark.parametrize("who", ["employer_member", "participant_user"])
    def test_is_sent_typed_and_signed_with(
        self, cast: Cast, agreement: Agreement, digits: str, who: str
    ) -> None:
        signer = getattr(cast, who)
        code = twice(signer, "agreement-signing-code", agreement)
        assert re.fullmatch(r".\*\*\*@.\*\*\*\.\w+", code["sent_to"])
        assert digits not in str(code)
        opened = post(signer, "agreement-open-by-code", agreement, code=digits).json()
        assert (opened["id"], opened["opened_at"] is not None) == (code["id"], True)

        signed = twice(signer, "agreement-sign-by-code", agreement, signing_code=code["id"])

        assert [each["on"] for each in signed["signed"]].count(TODAY.isoformat()) == 1
        assert agreement.signatures.get().how == "by_code"
        answer = refused(signer, "agreement-sign-by-code", agreement, signing_code=code["id"])
        assert answer == "agreement_signed_already"

    def test_each_try_counts_also_with_a_key(self, cast: Cast, agreement: Agreement, digits: str) -> None:
        alice = cast.employer_member
        post(alice, "agreement-signing-code", agreement)
        for number in range(5):
            answer = post(alice, "agreement-open-by-code", agreement, key=f"k{number}", code="999999")
            assert answer.status_code == 422
        assert SigningCode.objects.get().tries == 5
        assert (
            refused(alice, "agreement-open-by-code", agreement, code=digits) == "signing_code_too_many_tries"
        )

    def test_is_of_its_owner_and_its_version(self, cast: Cast, agreement: Agreement, digits: str) -> None:
        code = post(cast.participant_user, "agreement-signing-code", agreement).json()["id"]
        post(cast.participant_user, "agreement-open-by-code", agreement, code=digits)
        sent = {"signing_code": code}
        assert post(cast.employer_member, "agreement-sign-by-code", agreement, **sent).status_code == 404
        for other in (cast.coach, cast.manager, cast.other_employer, cast.other_participant_user):
            for name in ("signing-code", "open-by-code", "sign-by-code"):
                answer = post(other, f"agreement-{name}", agreement, code=digits, **sent)
                assert answer.status_code == 404
        assert not agreement.signatures.exists()
        assert SignInMail.objects.count() <= 1


class TestVerification:
    def test_tells_whether_it_is_what_was_signed(self, cast: Cast, agreement: Agreement) -> None:
        post(cast.participant_user, "agreement-sign", agreement)
        [found] = get(cast.employer_member, "agreement-verification", agreement).json()
        assert (found["is_same"], len(found["sha256"])) == (True, 64)
        assert get(cast.other_employer, "agreement-verification", agreement).status_code == 404


class TestCertificates:
    @pytest.fixture
    def over(self, cast: Cast, planned: Internship) -> Internship:
        past = {"starts_on": TODAY - 60 * DAY, "started_on": TODAY - 60 * DAY}
        past |= {"ends_on": TODAY - DAY, "ended_on": TODAY - DAY, "union_asked_on": TODAY - 70 * DAY}
        Internship.objects.filter(pk=planned.pk).update(state=InternshipState.COMPLETED, **past)
        planned.refresh_from_db()
        return planned

    def test_is_issued_once_and_downloaded_by_the_person(self, cast: Cast, over: Internship) -> None:
        made = twice(cast.coach, "certificate_issue", over, with_hours=False)
        assert made["number"] == 1
        assert {"key", "label", "words"} == made["contents"][0].keys()
        assert refused(cast.coach, "certificate_issue", over) == "certificate_says_so"

        certificate = Certificate.objects.get()
        listed = get(cast.participant_user, "certificate-list").json()["results"]
        assert [each["id"] for each in listed] == [made["id"]]
        assert "contents" not in listed[0]
        for code, file in (("sv", certificate.document), ("en", certificate.document_en)):
            address = reverse("api:certificate-document", args=[certificate.pk, code])
            assert client_of(cast.participant_user).get(address).content == octets_of(file)
        other = reverse("api:certificate-document", args=[certificate.pk, "fi"])
        assert client_of(cast.participant_user).get(other).status_code == 404

    def test_is_refused_while_it_goes_on(self, cast: Cast, planned: Internship) -> None:
        assert refused(cast.coach, "certificate_issue", planned) == "certificate_before_the_end"

    def test_is_not_the_employers_or_a_strangers(self, cast: Cast, over: Internship) -> None:
        post(cast.coach, "certificate_issue", over)
        certificate = Certificate.objects.get()
        for other in (cast.employer_member, cast.other_coach, cast.other_participant_user):
            assert get(other, "certificate-detail", certificate).status_code == 404
            assert get(other, "certificate-list").json()["count"] == 0
            assert post(other, "certificate_issue", over).status_code == 404
        assert post(cast.manager, "certificate_issue", over).status_code == 404
