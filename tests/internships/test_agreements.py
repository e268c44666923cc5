"""The agreement: three sign in any order, changed terms ask again, and what was signed stays what it was."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from backend.accounts.models import User
from backend.core.documents import HandedIn, octets_of
from backend.core.models import FileContent, OutboxMessage, StoredFile
from backend.core.outbox import kinds
from backend.employers.enums import MembershipRole
from backend.employers.models import EmployerMembership
from backend.home.day.my_day import coach_day
from backend.internships.enums import InternshipState, Party
from backend.internships.models import Agreement, Internship, Signature
from backend.internships.services import (
    correct_terms,
    draw_up_agreement,
    is_what_was_signed,
    make_document,
    sign_agreement,
    sign_on_paper,
)
from backend.participants.enums import ReleasedKind
from backend.participants.models import Participant, ReleasedItem
from backend.participants.services import withdraw_consent
from tests.cast import Cast
from tests.factories import InternshipFactory, MembershipFactory, ProposalFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def internship(cast: Cast) -> Internship:
    proposal = ProposalFactory(opening=cast.opening, participant=cast.pia, proposed_by=cast.coach)
    ReleasedItem.objects.create(consent=proposal.consent, kind=ReleasedKind.FIRST_NAME, text="Pia")
    return InternshipFactory(
        opening=cast.opening, participant=cast.pia, planned_by=cast.coach, proposal=proposal
    )


@pytest.fixture
def agreement(cast: Cast, internship: Internship) -> Agreement:
    return draw_up_agreement(internship_id=internship.pk, by=cast.coach, at=NOW)


def sign(agreement: Agreement, *users: User) -> Agreement:
    for user in users:
        sign_agreement(agreement_id=agreement.pk, by=user, at=NOW)
    return Agreement.objects.get(pk=agreement.pk)


def three(cast: Cast) -> list[User]:
    return [cast.employer_member, cast.participant_user, cast.coach]


def change(internship: Internship, cast: Cast, **terms: Any) -> Internship:
    return correct_terms(internship_id=internship.pk, why="Nytt beslut.", by=cast.coach, at=NOW, **terms)


def picture(kind: str = "PNG") -> bytes:
    made = BytesIO()
    Image.new("RGB", (8, 8), "white").save(made, kind)
    return made.getvalue()


def on_paper(agreement: Agreement, cast: Cast, *parties: str, **more: Any) -> Agreement:
    paper = HandedIn(picture(), "image/png")
    what: dict[str, Any] = {"parties": parties, "signed_on": TODAY, "paper": paper} | more
    return sign_on_paper(agreement_id=agreement.pk, by=cast.coach, at=NOW, **what)


def without_triggers(table: str, trigger: str, statement: str, *values: Any) -> None:
    """Change what nobody can change, as somebody with the database's own keys would."""
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}{on}")
        cursor.execute(statement, values)


class TestDrawingUp:
    def test_says_in_words_what_is_agreed_on_in_both_languages(self, agreement: Agreement) -> None:
        assert agreement.number == 1
        assert agreement.words_of("person") == "Pia"
        assert agreement.words_of("employer").startswith("Bageriet AB (")
        assert agreement.words_of("hours") == "30 timmar i veckan"
        assert agreement.words_of("hours", "en") == "30 hours a week"
        assert agreement.words_of("period") == "16\N{NO-BREAK SPACE}mars–12\N{NO-BREAK SPACE}juni 2026"
        assert "AF-2026/123" in agreement.words_of("basis")
        assert agreement.words_of("promise_municipality")

    def test_whom_nothing_was_released_of_has_no_name_in_it(self, cast: Cast) -> None:
        other = InternshipFactory(opening=cast.opening, participant=cast.pia)
        made = draw_up_agreement(internship_id=other.pk, by=cast.coach, at=NOW)
        assert "Pia" not in made.words_of("person")

    def test_is_done_once(self, cast: Cast, internship: Internship, agreement: Agreement) -> None:
        with refused_for("no_agreement_to_draw_up"):
            draw_up_agreement(internship_id=internship.pk, by=cast.coach, at=NOW)
        assert Agreement.objects.count() == 1

    def test_is_the_coachs_alone(self, cast: Cast, internship: Internship) -> None:
        for user in (cast.other_coach, cast.employer_member, cast.participant_user):
            with pytest.raises(Internship.DoesNotExist):
                draw_up_agreement(internship_id=internship.pk, by=user, at=NOW)


class TestSigning:
    @pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
    def test_in_any_order_and_settled_when_all_have(
        self, cast: Cast, agreement: Agreement, order: tuple[int, ...]
    ) -> None:
        users = [three(cast)[n] for n in order]
        assert sign(agreement, *users[:2]).settled_at is None
        assert sign(agreement, users[2]).settled_at == NOW
        assert set(agreement.signatures.values_list("party", flat=True)) == set(Party.values)

    def test_nobody_signs_twice(self, cast: Cast, agreement: Agreement) -> None:
        sign(agreement, cast.employer_member)
        colleague = MembershipFactory(employer=cast.bakery, role="contact").user
        for user in (cast.employer_member, colleague):
            with refused_for("agreement_signed_already"):
                sign(agreement, user)
        assert agreement.signatures.count() == 1

    def test_the_database_holds_one_signature_a_party(self, cast: Cast, agreement: Agreement) -> None:
        sign(agreement, cast.employer_member)
        first = agreement.signatures.get()
        twice = Signature(agreement=agreement, party=first.party, how="in_app", by=cast.coach)
        twice.at, twice.signed_on, twice.sha256 = NOW, TODAY, first.sha256
        with pytest.raises(IntegrityError), transaction.atomic():
            twice.save(force_insert=True)

    def test_strangers_find_nothing(self, cast: Cast, agreement: Agreement) -> None:
        for user in (cast.other_coach, cast.other_employer, cast.other_participant_user, cast.manager):
            with pytest.raises(Agreement.DoesNotExist):
                sign(agreement, user)

    def test_a_supervisor_reads_and_does_not_sign(self, cast: Cast, agreement: Agreement) -> None:
        EmployerMembership.objects.filter(user=cast.employer_member).update(role=MembershipRole.SUPERVISOR)
        with pytest.raises(Agreement.DoesNotExist):
            sign(agreement, cast.employer_member)

    def test_what_was_called_off_is_not_signed(
        self, cast: Cast, internship: Internship, agreement: Agreement
    ) -> None:
        Internship.objects.filter(pk=internship.pk).update(state=InternshipState.CANCELLED)
        with refused_for("agreement_over"):
            sign(agreement, cast.coach)

    def test_without_a_pdf_nothing_is_signed_and_the_page_is_read(
        self, cast: Cast, agreement: Agreement, monkeypatch: pytest.MonkeyPatch, client: Client
    ) -> None:
        monkeypatch.setattr("backend.core.documents.pdf.import_module", without_pango)
        no_tools(monkeypatch)
        with refused_for("no_pdf_on_this_host"):
            sign(agreement, cast.coach)
        client.force_login(cast.coach)
        page = client.get(page_of(agreement)).content.decode()
        assert "Disk och enklare matlagning." in page
        assert "Det går inte att göra PDF" in page


def without_pango(_name: str) -> None:
    raise OSError("cannot load library 'libpango-1.0-0'")


def no_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    from backend.core.documents import pdf

    monkeypatch.setattr(pdf, "_tools", pdf._tools.__wrapped__)


def page_of(agreement: Agreement) -> str:
    return reverse("internships:agreement_detail", args=[agreement.internship_id])


class TestOnPaper:
    def test_several_sign_one_paper(self, cast: Cast, agreement: Agreement) -> None:
        on_paper(agreement, cast, "employer", "participant", signer="Karin Ek")
        assert StoredFile.objects.filter(media_type="image/png").count() == 1
        employer = agreement.signatures.get(party="employer")
        assert (employer.signer, employer.how) == ("Karin Ek", "on_paper")
        assert sign(agreement, cast.coach).settled_at == NOW

    def test_a_day_to_come_and_nobody_are_refused(self, cast: Cast, agreement: Agreement) -> None:
        with refused_for("agreement_signed_to_come"):
            on_paper(agreement, cast, "employer", signed_on=TODAY + DAY)
        with refused_for("agreement_without_party"):
            on_paper(agreement, cast)
        assert not Signature.objects.exists()

    def test_what_is_kept_is_what_was_handed_in(self, cast: Cast, agreement: Agreement) -> None:
        on_paper(agreement, cast, "employer")
        paper = agreement.signatures.get().paper
        assert paper is not None
        assert octets_of(paper) == picture()

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"MZ\x90\x00 program", "ingen PDF, JPEG eller PNG"),
            (b"<html><script>alert(1)</script></html>", "ingen PDF, JPEG eller PNG"),
            (b"%PDF-1.7 cut off", "ingen PDF, JPEG eller PNG"),
            (picture()[:40], "ingen PDF, JPEG eller PNG"),
            (b"%PDF-1.7" + b" " * (10 * 1024 * 1024) + b"%%EOF", "större än 10 MB"),
        ],
    )
    def test_other_files_are_refused_in_words_whatever_they_are_called(
        self, cast: Cast, agreement: Agreement, client: Client, content: bytes, words: str
    ) -> None:
        client.force_login(cast.coach)
        paper = SimpleUploadedFile("avtal.pdf", content, content_type="application/pdf")
        data = {"parties": ["employer"], "signed_on": TODAY.isoformat(), "paper": paper}
        response = client.post(reverse("internships:agreement_on_paper", args=[agreement.pk]), data)
        assert response.status_code == 422
        assert words in response.content.decode()
        assert not Signature.objects.exists()

    @pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
    def test_a_photo_is_taken_and_given_back_to_be_saved(
        self, cast: Cast, agreement: Agreement, client: Client, kind: str, media_type: str
    ) -> None:
        client.force_login(cast.coach)
        paper = SimpleUploadedFile("bild.exe", picture(kind), content_type="text/html")
        data = {"parties": ["employer"], "signed_on": TODAY.isoformat(), "paper": paper}
        client.post(reverse("internships:agreement_on_paper", args=[agreement.pk]), data)
        address = reverse("internships:signature_paper", args=[agreement.signatures.get().pk])
        response = client.get(address)
        assert response["Content-Type"] == media_type
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
        client.force_login(cast.employer_member)
        assert client.get(address).status_code == 404

    def test_who_signed_for_the_employer_is_not_asked_when_it_has_signed(
        self, cast: Cast, agreement: Agreement, client: Client
    ) -> None:
        client.force_login(cast.coach)
        address = reverse("internships:agreement_on_paper", args=[agreement.pk])
        assert "signer" in client.get(address).context["form"].fields
        sign(agreement, cast.employer_member)
        assert "signer" not in client.get(address).context["form"].fields


class TestInEnglish:
    def test_a_translation_is_made_once_and_is_not_what_is_signed(
        self, cast: Cast, agreement: Agreement, client: Client
    ) -> None:
        cast.participant_user.language = "en"
        cast.participant_user.save()
        client.force_login(cast.participant_user)
        address = reverse("internships:agreement_translation", args=[agreement.pk])
        assert address in client.get(page_of(agreement)).content.decode()
        first, again = client.get(address).content, client.get(address).content
        assert first.startswith(b"%PDF-")
        assert first == again
        sign(agreement, cast.participant_user)
        agreement.refresh_from_db()
        assert octets_of(agreement.document_en) == first
        assert agreement.signatures.get().sha256 == agreement.document.sha256 != agreement.document_en.sha256

    def test_who_reads_swedish_is_offered_none(
        self, cast: Cast, agreement: Agreement, client: Client
    ) -> None:
        client.force_login(cast.participant_user)
        address = reverse("internships:agreement_translation", args=[agreement.pk])
        assert address not in client.get(page_of(agreement)).content.decode()


class TestNewVersions:
    def test_changed_terms_ask_all_again_and_the_old_stays_verifiable(
        self, cast: Cast, internship: Internship, agreement: Agreement
    ) -> None:
        sign(agreement, *three(cast))
        change(internship, cast, hours_per_week=20, supervisor_name="Karin Ek")
        new = internship.agreements.current().get()
        assert new.number == 2
        assert not new.signatures.exists()
        old = Agreement.objects.get(pk=agreement.pk)
        assert old.superseded_at == NOW
        assert all(is_what_was_signed(each) for each in old.signatures.all())
        with refused_for("agreement_superseded"):
            sign(agreement, cast.coach)

    def test_what_the_parties_do_not_read_makes_none(
        self, cast: Cast, internship: Internship, agreement: Agreement
    ) -> None:
        change(internship, cast, backdated_why="Skrevs sent.")
        assert internship.agreements.count() == 1

    def test_the_page_says_what_was_and_what_is(
        self, cast: Cast, internship: Internship, agreement: Agreement, client: Client
    ) -> None:
        change(internship, cast, hours_per_week=20)
        client.force_login(cast.employer_member)
        response = client.get(page_of(agreement))
        changes = response.context["version"].changes
        assert [(each.before, each.after) for each in changes] == [
            ("30 timmar i veckan", "20 timmar i veckan")
        ]
        assert "Det här har ändrats" in response.content.decode()

    def test_nobody_is_asked_about_what_is_over(self, cast: Cast) -> None:
        over = InternshipFactory(opening=cast.opening, participant=cast.pia, state=InternshipState.COMPLETED)
        with refused_for("no_agreement_to_draw_up"):
            draw_up_agreement(internship_id=over.pk, by=cast.coach, at=NOW)

    def test_terms_that_stand_in_a_version_are_never_changed(self, agreement: Agreement) -> None:
        with pytest.raises(Exception, match="never changed"), transaction.atomic():
            Agreement.objects.filter(pk=agreement.pk).update(terms={})


class TestTampering:
    def test_other_bytes_are_told_of(self, cast: Cast, agreement: Agreement, client: Client) -> None:
        sign(agreement, cast.coach)
        file = Agreement.objects.get(pk=agreement.pk).document
        assert file is not None
        without_triggers(
            "core_filecontent",
            "core_filecontent_never_changes",
            "UPDATE core_filecontent SET octets = %s",
            octets_of(file) + b" ",
        )
        assert not is_what_was_signed(agreement.signatures.get())
        client.force_login(cast.coach)
        page = client.get(reverse("internships:agreement_verify", args=[agreement.pk])).content.decode()
        assert "INTE det som skrevs under" in page

    def test_bytes_and_signatures_refuse_every_change(self, cast: Cast, agreement: Agreement) -> None:
        sign(agreement, cast.coach)
        for rows, values in (
            (FileContent.objects.all(), {"octets": b""}),
            (StoredFile.objects.all(), {"sha256": "0" * 64}),
            (Signature.objects.all(), {"sha256": "0" * 64}),
        ):
            with pytest.raises(Exception, match="never changed"), transaction.atomic():
                rows.update(**values)

    def test_it_is_said_that_nothing_has_happened(
        self, cast: Cast, agreement: Agreement, client: Client
    ) -> None:
        sign(agreement, cast.coach)
        client.force_login(cast.employer_member)
        page = client.get(reverse("internships:agreement_verify", args=[agreement.pk])).content.decode()
        assert "byte för byte" in page


class TestTheDocument:
    def test_is_made_once(self, agreement: Agreement) -> None:
        first = make_document(agreement_id=agreement.pk, at=NOW)
        assert make_document(agreement_id=agreement.pk, at=NOW) == first
        assert StoredFile.objects.count() == 1

    def test_is_given_to_be_saved(self, cast: Cast, agreement: Agreement, client: Client) -> None:
        address = reverse("internships:agreement_document", args=[agreement.pk])
        for user in three(cast):
            client.force_login(user)
            response = client.get(address)
            assert response["Content-Type"] == "application/pdf"
            assert response["Content-Disposition"].startswith("attachment")
            assert response["X-Content-Type-Options"] == "nosniff"
            assert response.content.startswith(b"%PDF-")
        client.force_login(cast.other_employer)
        assert client.get(address).status_code == 404

    def test_the_employer_has_it_while_the_name_is_told(
        self, cast: Cast, internship: Internship, agreement: Agreement, client: Client
    ) -> None:
        assert internship.proposal is not None
        assert internship.proposal.consent is not None
        client.force_login(cast.employer_member)
        page = page_of(agreement)
        assert "Pia" in client.get(page).content.decode()
        withdraw_consent(consent_id=internship.proposal.consent.pk, by=cast.participant_user, at=NOW)
        assert "Pia" not in client.get(page).content.decode()
        assert client.get(reverse("internships:agreement_document", args=[agreement.pk])).status_code == 404

    def test_a_protected_identity_hides_all_of_it(
        self, cast: Cast, agreement: Agreement, client: Client
    ) -> None:
        sign(agreement, cast.employer_member)
        Participant.objects.filter(pk=cast.pia.pk).update(is_protected=True)
        client.force_login(cast.employer_member)
        for name in ("document", "verify"):
            address = reverse(f"internships:agreement_{name}", args=[agreement.pk])
            assert client.get(address).status_code == 404
        assert client.get(page_of(agreement)).status_code == 404


class TestMessages:
    def is_due(self, party: str, step: str) -> bool:
        message = OutboxMessage.objects.get(kind="agreement_asked", audience=party, key__contains=f":{step}:")
        return kinds["agreement_asked"].is_due(message)

    def test_each_is_reminded_three_times_by_working_days(self, agreement: Agreement) -> None:
        due = OutboxMessage.objects.filter(kind="agreement_asked", key__contains="reminder")
        days = {each.due_at.date() - NOW.date() for each in due}
        assert due.count() == 6
        assert len(days) == 3
        assert min(days) >= 3 * DAY

    def test_reminders_stop_for_who_has_signed_and_for_all_when_it_is_settled(
        self, cast: Cast, agreement: Agreement
    ) -> None:
        assert self.is_due("contacts", "reminder 1")
        sign(agreement, cast.employer_member)
        assert not self.is_due("contacts", "reminder 1")
        assert self.is_due("participant", "reminder 1")
        sign(agreement, cast.participant_user, cast.coach)
        assert not self.is_due("participant", "reminder 3")

    def test_they_stop_when_it_is_called_off_or_drawn_up_anew(
        self, cast: Cast, internship: Internship, agreement: Agreement
    ) -> None:
        Internship.objects.filter(pk=internship.pk).update(state=InternshipState.CANCELLED)
        assert not self.is_due("contacts", "reminder 1")
        Internship.objects.filter(pk=internship.pk).update(state=InternshipState.PLANNED)
        change(internship, cast, hours_per_week=20)
        old = OutboxMessage.objects.filter(subject_id=agreement.pk)
        assert not any(kinds["agreement_asked"].is_due(each) for each in old)

    def test_the_place_is_named_and_nobody(self, cast: Cast, agreement: Agreement) -> None:
        message = OutboxMessage.objects.filter(kind="agreement_asked").first()
        assert message is not None
        words = kinds["agreement_asked"].words(message)
        assert words == {"place": str(agreement.internship.workplace)}


class TestMyDay:
    def reasons(self, cast: Cast) -> list[str]:
        return [f"{row.reason} {row.also}" for row in coach_day(cast.coach, today=TODAY)]

    def test_says_who_has_not_signed_until_all_have(self, cast: Cast, agreement: Agreement) -> None:
        assert any("Osignerad: arbetsgivaren, deltagaren, kommunen" in each for each in self.reasons(cast))
        sign(agreement, *three(cast))
        assert not any("Osignerad" in each for each in self.reasons(cast))

    def test_of_the_others_only_when_it_is_about_to_begin(
        self, cast: Cast, internship: Internship, agreement: Agreement
    ) -> None:
        sign(agreement, cast.coach)
        Internship.objects.update(starts_on=TODAY + 8 * DAY)
        assert not any("Osignerad" in each for each in self.reasons(cast))
        Internship.objects.update(starts_on=TODAY + 7 * DAY)
        assert any("Osignerad: arbetsgivaren, deltagaren" in each for each in self.reasons(cast))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_sign_and_both_stand_and_it_is_settled(self, cast: Cast, agreement: Agreement) -> None:
        sign(agreement, cast.coach)
        in_turns(agreement, cast.employer_member, cast.participant_user)
        assert agreement.signatures.count() == 3
        assert Agreement.objects.get(pk=agreement.pk).settled_at == NOW

    def test_one_who_signs_twice_signs_once(self, cast: Cast, agreement: Agreement) -> None:
        in_turns(agreement, cast.employer_member, cast.employer_member)
        assert agreement.signatures.count() == 1
        assert StoredFile.objects.count() == 1


def in_turns(agreement: Agreement, *users: User) -> None:
    start = Barrier(len(users))

    def signs(user: User) -> None:
        start.wait(timeout=20)
        with suppress(ValidationError):
            sign_agreement(agreement_id=agreement.pk, by=user, at=NOW)
        connection.close()

    with ThreadPoolExecutor(len(users)) as pool:
        list(pool.map(signs, users))
