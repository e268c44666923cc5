"""The certificate: what was done and nothing else, issued with one press, made anew when mended."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User
from backend.core.documents import octets_of
from backend.core.models import OutboxMessage, StoredFile
from backend.internships.enums import EndReason, InternshipState, Side
from backend.internships.models import Certificate, Evaluation, Internship, SeenSkill
from backend.internships.services import correct_terms, issue_certificate
from tests.cast import Cast
from tests.factories import InternshipFactory, ProposalFactory
from tests.factories.activities import SessionFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

DAY = timedelta(days=1)
TOLD = "Kom ofta för sent och var borta mycket."


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def internship(cast: Cast) -> Internship:
    """Return an internship that ended early, for a reason and with an evaluation."""
    over = InternshipFactory(
        opening=cast.opening,
        participant=cast.pia,
        planned_by=cast.coach,
        proposal=ProposalFactory(opening=cast.opening, participant=cast.pia, proposed_by=cast.coach),
        state=InternshipState.ENDED_EARLY,
        starts_on=TODAY - 60 * DAY,
        ends_on=TODAY + 20 * DAY,
        started_on=TODAY - 59 * DAY,
        ended_on=TODAY - DAY,
        union_asked_on=TODAY - 70 * DAY,
        ended_by_side=Side.PARTICIPANT,
        end_reason=EndReason.ABSENCE,
        end_note=TOLD,
    )
    evaluation = Evaluation.objects.create(
        internship=over,
        side="employer",
        asked_at=NOW,
        answered_at=NOW,
        answered_by=cast.employer_member,
        way="app",
        would_hire="no",
        why_not="other",
        words=TOLD,
    )
    for text, is_evidence in (("Baka bröd", True), ("Köra truck", False)):
        SeenSkill.objects.create(evaluation=evaluation, text=text, level=2, is_evidence=is_evidence)
    return over


def issue(internship: Internship, by: User, *, with_hours: bool = True) -> Certificate:
    return issue_certificate(internship_id=internship.pk, with_hours=with_hours, by=by, at=NOW)


def said(certificate: Certificate, language: str = "sv") -> dict[str, str]:
    return {each["key"]: each["words"] for each in certificate.contents_in(language)}


class TestWhatItSays:
    def test_what_was_done_where_and_when_in_both_languages(self, cast: Cast, internship: Internship) -> None:
        words, english = said(issue(internship, cast.coach)), said(issue_again(internship, cast), "en")
        assert words["whose"] == str(cast.pia)
        assert words["employer"].startswith("Bageriet AB (")
        assert words["hours"] == "30 timmar i veckan"
        assert english["hours"] == "30 hours a week"
        assert words["tasks"] == internship.tasks
        assert words["supervisor"] == internship.supervisor_name

    def test_the_days_that_it_really_lasted(self, cast: Cast, internship: Internship) -> None:
        period = said(issue(internship, cast.coach))["period"]
        assert period.startswith("12")
        assert period.endswith("mars 2026")

    def test_skills_that_a_coach_has_taken_as_evidence_and_without_level(
        self, cast: Cast, internship: Internship
    ) -> None:
        assert said(issue(internship, cast.coach))["skills"] == "Baka bröd"

    def test_what_the_opening_asked_for_is_not_claimed(self, cast: Cast, internship: Internship) -> None:
        SeenSkill.objects.all().delete()
        assert "skills" not in said(issue(internship, cast.coach))

    def test_never_why_it_ended_what_was_thought_or_what_it_rests_on(
        self, cast: Cast, internship: Internship
    ) -> None:
        everything = str(issue(internship, cast.coach).contents)
        private = [
            TOLD,
            internship.get_end_reason_display(),
            internship.get_kind_display(),
            internship.decision_reference,
            internship.get_insurance_display(),
            str(cast.unit),
        ]
        assert not [each for each in private if str(each) in everything]

    def test_the_hours_when_every_day_is_marked_and_the_coach_lets_them_stand(
        self, cast: Cast, internship: Internship
    ) -> None:
        SessionFactory(internship=internship, date=TODAY - 3 * DAY, marked_as="present", by=cast.coach)
        assert said(issue(internship, cast.coach))["attended"].endswith("timmar")
        assert "attended" not in said(issue(internship, cast.coach, with_hours=False))

    def test_no_hours_while_a_day_is_not_marked(self, cast: Cast, internship: Internship) -> None:
        SessionFactory(internship=internship, date=TODAY - 3 * DAY, marked_as="present", by=cast.coach)
        SessionFactory(internship=internship, date=TODAY - 2 * DAY)
        assert "attended" not in said(issue(internship, cast.coach))


def issue_again(internship: Internship, cast: Cast) -> Certificate:
    Internship.objects.filter(pk=internship.pk).update(tasks=f"{internship.tasks} ")
    return issue(internship, cast.coach)


class TestIssuing:
    def test_is_kept_with_its_hash_and_the_person_is_told(self, cast: Cast, internship: Internship) -> None:
        certificate = issue(internship, cast.coach)
        assert octets_of(certificate.document).startswith(b"%PDF-")
        assert certificate.document.sha256 != certificate.document_en.sha256
        message = OutboxMessage.objects.get(kind="certificate_issued")
        assert (message.audience, message.path) == ("participant", reverse("internships:my_papers"))

    def test_says_the_same_once(self, cast: Cast, internship: Internship) -> None:
        issue(internship, cast.coach)
        with refused_for("certificate_says_so"):
            issue(internship, cast.coach)
        assert Certificate.objects.count() == 1
        assert StoredFile.objects.count() == 2

    def test_a_correction_makes_another_edition_and_the_first_stays(
        self, cast: Cast, internship: Internship
    ) -> None:
        first = issue(internship, cast.coach)
        correct_terms(
            internship_id=internship.pk, why="Fel namn.", by=cast.coach, at=NOW, supervisor_name="Bo Ek"
        )
        second = issue(internship, cast.coach)
        first.refresh_from_db()
        assert (second.number, said(second)["supervisor"]) == (2, "Bo Ek")
        assert first.superseded_at == NOW
        assert said(first)["supervisor"] != "Bo Ek"
        assert list(Certificate.objects.current()) == [second]

    @pytest.mark.parametrize("state", ["planned", "ongoing", "cancelled"])
    def test_not_before_the_end_and_not_of_what_was_called_off(
        self, cast: Cast, internship: Internship, state: str
    ) -> None:
        Internship.objects.filter(pk=internship.pk).update(state=state, ended_on=None)
        with refused_for("certificate_before_the_end"):
            issue(internship, cast.coach)

    def test_is_the_coachs_alone(self, cast: Cast, internship: Internship) -> None:
        for user in (cast.other_coach, cast.manager, cast.employer_member, cast.participant_user):
            with pytest.raises(Internship.DoesNotExist):
                issue(internship, user)

    def test_what_it_says_is_never_changed(self, cast: Cast, internship: Internship) -> None:
        issue(internship, cast.coach)
        with pytest.raises(DatabaseError), transaction.atomic():
            Certificate.objects.update(contents={"sv": []})


class TestPages:
    def get(self, user: User, name: str, *args: Any) -> Any:
        user.language = "en"
        user.save()
        client = Client()
        client.force_login(user)
        return client.get(reverse(f"internships:{name}", args=args))

    def test_the_coach_looks_and_issues_with_one_press(
        self, cast: Cast, internship: Internship, client: Client
    ) -> None:
        page = self.get(cast.coach, "certificate_issue", internship.pk).content.decode()
        assert "Baka bröd" in page
        assert "Issue the certificate" in page
        client.force_login(cast.coach)
        client.post(reverse("internships:certificate_issue", args=[internship.pk]), {})
        assert Certificate.objects.get().issued_by == cast.coach

    def test_it_is_offered_on_the_internships_page_until_it_is_issued(
        self, cast: Cast, internship: Internship
    ) -> None:
        address = reverse("internships:certificate_issue", args=[internship.pk])
        page = self.get(cast.coach, "internship_detail", internship.pk).content.decode()
        assert "Issue a certificate" in page
        assert address in page
        issue(internship, cast.coach)
        page = self.get(cast.coach, "internship_detail", internship.pk).content.decode()
        assert "The certificate is issued" in page

    def test_it_is_not_offered_while_the_internship_goes_on(self, cast: Cast, internship: Internship) -> None:
        Internship.objects.filter(pk=internship.pk).update(state="ongoing", ended_on=None)
        page = self.get(cast.coach, "internship_detail", internship.pk).content.decode()
        assert "Issue a certificate" not in page
        assert self.get(cast.coach, "certificate_issue", internship.pk).status_code == 404

    def test_what_has_changed_since_is_shown(self, cast: Cast, internship: Internship) -> None:
        issue(internship, cast.coach)
        Internship.objects.filter(pk=internship.pk).update(tasks="Sälja bröd.")
        page = self.get(cast.coach, "certificate_issue", internship.pk).content.decode()
        assert "This has changed since" in page
        assert "Issue a new edition" in page

    def test_the_person_downloads_it_in_each_language(self, cast: Cast, internship: Internship) -> None:
        certificate = issue(internship, cast.coach)
        papers = self.get(cast.participant_user, "my_papers").content.decode()
        for language in ("sv", "en"):
            assert reverse("internships:certificate_document", args=[certificate.pk, language]) in papers
            answer = self.get(cast.participant_user, "certificate_document", certificate.pk, language)
            assert answer.content == octets_of(certificate.document_in(language))
        answer = self.get(cast.participant_user, "certificate_document", certificate.pk, "de")
        assert answer.status_code == 404

    def test_no_employer_gets_it_here(self, cast: Cast, internship: Internship) -> None:
        certificate = issue(internship, cast.coach)
        for user in (cast.employer_member, cast.other_participant_user, cast.other_coach):
            assert self.get(user, "certificate_document", certificate.pk, "sv").status_code == 404

    def test_the_coach_sees_the_same_papers_on_the_persons_page(
        self, cast: Cast, internship: Internship, client: Client
    ) -> None:
        certificate = issue(internship, cast.coach)
        client.force_login(cast.coach)
        page = client.get(cast.pia.get_absolute_url()).content.decode()
        assert reverse("internships:certificate_document", args=[certificate.pk, "sv"]) in page

    def test_it_goes_with_the_case(self, cast: Cast, internship: Internship) -> None:
        issue(internship, cast.coach)
        internship.delete()
        assert not Certificate.objects.exists()
