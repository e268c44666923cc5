"""A municipality's own words in mails: written, previewed, used, taken back; and what can never be lost."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from backend.accounts.models import Municipality, User
from backend.accounts.own_words.services import checked, end_words, write_words
from backend.core import outbox
from backend.core.models import AuditEntry, Delivery, OwnWords
from backend.core.outbox import kinds, texting
from backend.core.outbox.making import sample_of
from backend.core.outbox.wording import Words, examples, programmes_words
from backend.matching import notifications
from backend.matching.enums import DeclineReason, ProposalState
from backend.matching.models import Proposal
from tests.cast import Cast
from tests.factories import MunicipalityFactory, ProposalFactory
from tests.factories.base import NOW
from tests.refusals import refused_for

SUBJECT = "Ni har fått ett förslag från oss"
TEXT = "Vi har någon till {opening} som vi tror på. Svara gärna i dag."
NAMES = sorted(kinds)


@pytest.fixture(autouse=True)
def frozen_time() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    return ProposalFactory(opening=cast.opening, participant=cast.pia)


def write(cast: Cast, *, by: User | None = None, **more: Any) -> OwnWords:
    said = {"kind": "proposal_received", "language": "sv", "subject": SUBJECT, "text": TEXT, **more}
    return write_words(municipality_id=cast.municipality.pk, by=by or cast.administrator, at=NOW, **said)


def end(cast: Cast, *, by: User | None = None, **more: Any) -> None:
    said = {"kind": "proposal_received", "language": "sv", **more}
    end_words(municipality_id=cast.municipality.pk, by=by or cast.administrator, at=NOW, **said)


def sent(proposal: Proposal) -> tuple[str, str]:
    """Return the subject and the body of the mail that tells the employer of `proposal`."""
    notifications.tell_employer_of_proposal(proposal, at=NOW)
    outbox.deliver_due(at=NOW)
    [email] = mail.outbox
    return email.subject, str(email.body)


class TestWriting:
    def test_is_kept_and_written_in_the_log(self, cast: Cast) -> None:
        write(cast)

        row = OwnWords.objects.get()
        assert (row.municipality_key, row.by, row.written_at) == (
            cast.municipality.pk,
            cast.administrator,
            NOW,
        )
        assert (row.subject, row.text) == (SUBJECT, TEXT)
        entry = AuditEntry.objects.get(action="own_words_written")
        assert entry.subject_id == cast.municipality.pk
        assert entry.changes == {"kind": "proposal_received", "language": "sv"}

    def test_anew_adds_a_version_and_changes_none(self, cast: Cast) -> None:
        first = write(cast)
        write(cast, text="Vi har någon till {opening}.")

        first.refresh_from_db()
        assert first.text == TEXT
        [held] = OwnWords.objects.in_force(cast.municipality.pk)
        assert held.text == "Vi har någon till {opening}."

    def test_the_same_again_writes_nothing(self, cast: Cast) -> None:
        assert write(cast) == write(cast, text=f"  {TEXT} ".replace(" ", "\n", 1))
        assert AuditEntry.objects.filter(action="own_words_written").count() == 1

    def test_back_to_the_programmes_is_a_row_too(self, cast: Cast) -> None:
        write(cast)
        for _again in range(2):
            end(cast)

        assert not OwnWords.objects.in_force(cast.municipality.pk).exists()
        assert list(OwnWords.objects.values_list("text", flat=True)) == ["", TEXT]
        assert AuditEntry.objects.filter(action="own_words_ended").count() == 1

    def test_is_the_administrators_of_the_municipality(self, cast: Cast) -> None:
        elsewhere = MunicipalityFactory(name="Annanstad")
        for user in (cast.manager, cast.coach, cast.employer_member):
            with pytest.raises(Municipality.DoesNotExist):
                write(cast, by=user)
            with pytest.raises(Municipality.DoesNotExist):
                end(cast, by=user)
        with pytest.raises(Municipality.DoesNotExist):
            end_words(
                municipality_id=elsewhere.pk,
                kind="proposal_received",
                language="sv",
                by=cast.administrator,
                at=NOW,
            )
        assert not OwnWords.objects.exists()

    @pytest.mark.parametrize("wrong", [{"kind": "no_such_mail"}, {"language": "fi"}])
    def test_is_of_a_mail_and_a_language_that_there_are(self, cast: Cast, wrong: dict[str, str]) -> None:
        with pytest.raises(OwnWords.DoesNotExist):
            write(cast, **wrong)
        with pytest.raises(OwnWords.DoesNotExist):
            end(cast, **wrong)

    def test_half_of_it_is_refused_by_the_database_too(self, cast: Cast) -> None:
        half = {"kind": "proposal_received", "language": "sv", "subject": "Hej", "text": ""}
        with pytest.raises(IntegrityError), transaction.atomic():
            OwnWords.objects.create(
                municipality_key=cast.municipality.pk, by=cast.administrator, written_at=NOW, **half
            )


class TestWhatCannotStandInAMail:
    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"subject": " "}, "own_words_empty"),
            ({"text": "\n"}, "own_words_empty"),
            ({"subject": "x" * 81}, "own_words_too_long"),
            ({"text": "x" * 401}, "own_words_too_long"),
            ({"subject": "Hej\nBcc: alla"}, "own_words_not_one_line"),
            ({"subject": "Hej\r\nhopp"}, "own_words_not_one_line"),
            ({"text": "Hej \u202ehopp"}, "own_words_not_one_line"),
            ({"subject": "Förslag till {opening}"}, "own_words_unknown_placeholder"),
            ({"text": "På {place} finns någon."}, "own_words_unknown_placeholder"),
            ({"text": "Till {opening.__class__}."}, "own_words_unknown_placeholder"),
            ({"text": "Till {opening!r}."}, "own_words_unknown_placeholder"),
            ({"text": "Till {}."}, "own_words_unknown_placeholder"),
            ({"text": "En ensam } här."}, "own_words_unknown_placeholder"),
            ({"text": "Skriv till pia@exempel.se."}, "own_words_personal"),
            ({"text": "Det gäller 900312-1234."}, "own_words_personal"),
            ({"text": "Det gäller 19900372 1234."}, "own_words_personal"),
            ({"text": "Ring 070-174 06 05."}, "own_words_personal"),
            ({"subject": "Ring 08-123 456 78"}, "own_words_personal"),
            ({"text": "Läs på https://exempel.se/sida i dag."}, "own_words_web_address"),
            ({"text": "Läs på www.exempel.se."}, "own_words_web_address"),
        ],
    )
    def test_is_refused(self, cast: Cast, wrong: dict[str, str], code: str) -> None:
        with refused_for(code):
            write(cast, **wrong)
        assert not OwnWords.objects.exists()

    def test_each_reason_is_told_beside_its_field(self, cast: Cast) -> None:
        with refused_for("own_words_empty", "own_words_personal") as refusal:
            write(cast, subject="", text="Ring 070-174 06 05.")
        assert set(refusal.value.message_dict) == {"subject", "text"}

    def test_no_mail_that_can_be_made_is_refused(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_args: Any, **_more: Any) -> None:
            raise ValueError

        monkeypatch.setattr("backend.accounts.own_words.services.sample_of", broken)
        with refused_for("own_words_not_rendered"):
            write(cast)

    @pytest.mark.parametrize(
        "text",
        [
            "Vi svarar i telefon kl. 8.00–16.30.",
            "Från 2026-03-12 gäller nya tider.",
            "Det tar 10 minuter & är lätt.",
        ],
    )
    def test_hours_days_and_signs_can(self, cast: Cast, text: str) -> None:
        assert write(cast, text=text).text == text

    @pytest.mark.parametrize("language", ["sv", "en"])
    @pytest.mark.parametrize("name", NAMES)
    def test_the_programmes_own_words_could_be_written(self, name: str, language: str) -> None:
        with translation.override(language):
            words = programmes_words(kinds[name])
        assert checked(kinds[name], language=language, **words._asdict()) == words


class TestEveryMail:
    @pytest.mark.parametrize("language", ["sv", "en"])
    @pytest.mark.parametrize("name", NAMES)
    def test_keeps_greeting_link_and_sender_in_own_words(self, name: str, language: str) -> None:
        kind = kinds[name]
        with translation.override(language):
            subject, programmes = sample_of(kind, Words())
            own_subject, own = sample_of(kind, Words("Ett eget ämne", "Egna ord."))
            said = programmes_words(kind).text
        assert (subject, own_subject) == (spoken(kind.subject, language), "Ett eget ämne")
        for part in ({"sv": "Hej!", "en": "Hello!"}[language], "/…", "\nPraktikbron"):
            assert part in own
        assert own == programmes.replace(filled_with_examples(said, language), "Egna ord.")
        assert "Egna ord." in own

    def test_offers_what_it_names(self) -> None:
        """Each {name} stands in the words of its own mail, so that nobody is offered what is empty."""
        for kind in kinds.values():
            assert all(f"{{{name}}}" in programmes_words(kind).text for name in kind.offers), kind.name


def spoken(words: Any, language: str) -> str:
    with translation.override(language):
        return str(words)


def filled_with_examples(text: str, language: str) -> str:
    with translation.override(language):
        for name, value in examples().items():
            text = text.replace(f"{{{name}}}", value)
    return text


class TestDelivery:
    def test_uses_them_and_keeps_the_rest(self, cast: Cast, proposal: Proposal) -> None:
        write(cast)
        subject, body = sent(proposal)

        assert subject == SUBJECT
        assert f"Vi har någon till {cast.opening.title} (praktik) som vi tror på. Svara gärna i dag." in body
        assert "En jobbcoach föreslår" not in body
        assert body.startswith("Hej!")
        assert proposal.get_absolute_url() in body
        assert "I meddelandet står inget om någon person." in body
        assert "\nPraktikbron" in body

    def test_speaks_the_receivers_language(self, cast: Cast, proposal: Proposal) -> None:
        write(cast)
        write(cast, language="en", subject="News for you", text="Somebody for {opening}.")
        User.objects.filter(pk=cast.employer_member.pk).update(language="en")

        subject, body = sent(proposal)
        assert subject == "News for you"
        assert f"Somebody for {cast.opening.title} (internship)." in body

    def test_of_a_language_without_them_is_in_the_programmes(self, cast: Cast, proposal: Proposal) -> None:
        write(cast)
        User.objects.filter(pk=cast.employer_member.pk).update(language="en")
        assert sent(proposal)[0] == "You have received a proposal"

    def test_in_another_municipality_is_in_the_programmes(self, cast: Cast, proposal: Proposal) -> None:
        OwnWords.objects.create(
            municipality_key=MunicipalityFactory(name="Annanstad").pk,
            kind="proposal_received",
            language="sv",
            subject=SUBJECT,
            text=TEXT,
            written_at=NOW,
            by=cast.administrator,
        )
        subject, body = sent(proposal)
        assert subject == "Ni har fått ett förslag"
        assert "som vi tror på" not in body

    def test_after_the_way_back_is_in_the_programmes(self, cast: Cast, proposal: Proposal) -> None:
        write(cast)
        end(cast)
        assert sent(proposal)[0] == "Ni har fått ett förslag"

    def test_tells_a_participant_nothing_in_the_subject(self, cast: Cast) -> None:
        write(cast, kind="proposal_asked", text="Vi undrar något. Svara när du kan.")
        asked = ProposalFactory(opening=cast.opening, participant=cast.pia, state=ProposalState.ASKED)
        notifications.tell_participant(asked, at=NOW)
        outbox.deliver_due(at=NOW)

        [email] = mail.outbox
        assert email.subject == "Du har ett nytt meddelande"
        assert "Vi undrar något. Svara när du kan." in email.body

    def test_by_sms_has_their_subject(self, cast: Cast, proposal: Proposal) -> None:
        write(cast)
        sent(proposal)
        words = texting.words_of(kinds["proposal_received"], Delivery.objects.get())
        assert words.startswith(f"{SUBJECT} – Praktikbron: http")

    def test_of_words_that_fit_no_more_is_in_the_programmes_and_logged(
        self, cast: Cast, proposal: Proposal, caplog: pytest.LogCaptureFixture
    ) -> None:
        written = write(cast)
        OwnWords.objects.filter(pk=written.pk).update(text="Till {workplace} med {opening}.")

        with caplog.at_level(logging.ERROR):
            subject, body = sent(proposal)
        assert subject == "Ni har fått ett förslag"
        assert cast.opening.title in body
        assert "{workplace}" not in body
        assert any("do not fit" in record.getMessage() for record in caplog.records)

    def test_several_in_one_mail_stand_under_their_own_subject(self, cast: Cast) -> None:
        write(cast, kind="proposal_answered", subject="Svar har kommit", text="Läs svaret när du hinner.")
        decided: dict[str, Any] = {"decided_at": NOW, "decided_by": cast.employer_member}
        decided |= {"state": ProposalState.DECLINED, "decline_reason": DeclineReason.OTHER}
        for _one in range(2):
            row = ProposalFactory(opening=cast.opening, participant=cast.pia, **decided)
            notifications.tell_coach(row, at=NOW)
        outbox.deliver_due(at=NOW)

        [email] = mail.outbox
        assert str(email.body).count("* Svar har kommit") == 2
        assert str(email.body).count("Läs svaret när du hinner.") == 2
        assert str(email.body).count("Hej!") == 1


class TestPages:
    @pytest.fixture
    def page(self, client: Client, cast: Cast) -> Client:
        client.force_login(cast.administrator)
        return client

    def address(self, cast: Cast, name: str = "words_edit") -> str:
        return reverse(f"own_words:{name}", args=[cast.municipality.pk, "proposal_received", "sv"])

    def test_the_list_says_which_are_changed(self, page: Client, cast: Cast) -> None:
        address = reverse("own_words:words_list", args=[cast.municipality.pk])
        assert "egna ord</span>" not in page.get(address).content.decode()
        write(cast)
        html = page.get(address).content.decode()
        assert html.count("egna ord</span>") == 1
        first = html.index('class="row-title"')
        assert "Ni har fått ett förslag" in html[first : first + 60]

    def test_the_list_takes_as_many_queries_however_many_are_changed(
        self, page: Client, cast: Cast, django_assert_max_num_queries: Any
    ) -> None:
        for name in NAMES[:5]:
            write(cast, kind=name, text="Läs mer.")
        page.get(reverse("home:my_home"))
        with django_assert_max_num_queries(10):
            page.get(reverse("own_words:words_list", args=[cast.municipality.pk]))
        with django_assert_max_num_queries(10):
            page.get(self.address(cast))

    def test_the_form_begins_with_the_programmes_words(self, page: Client, cast: Cast) -> None:
        html = page.get(self.address(cast)).content.decode()
        assert "till er annons ”{opening}”" in html
        assert "Tillbaka till programmets ord" not in html

    def test_a_preview_shows_the_whole_mail_and_writes_nothing(self, page: Client, cast: Cast) -> None:
        answer = page.post(self.address(cast), {"subject": SUBJECT, "text": TEXT, "preview": "1"})
        html = answer.content.decode()

        assert answer.status_code == 200
        assert "Vi har någon till Hjälp i köket som vi tror på." in html
        assert "inte sparat än" in html
        assert not OwnWords.objects.exists()

    @pytest.mark.parametrize("more", [{}, {"preview": "1"}])
    def test_what_cannot_be_is_told_and_what_was_typed_stays(
        self, page: Client, cast: Cast, more: dict[str, str]
    ) -> None:
        answer = page.post(self.address(cast), {"subject": SUBJECT, "text": "Ring 070-174 06 05.", **more})
        assert answer.status_code == 422
        assert "ser ut som någons nummer" in answer.content.decode()
        assert "inte sparat än" not in answer.content.decode()
        assert not OwnWords.objects.exists()

    def test_a_form_that_comes_twice_is_saved_once(self, page: Client, cast: Cast) -> None:
        for _again in range(2):
            said = {"subject": SUBJECT, "text": TEXT, "form_token": "token"}
            assert page.post(self.address(cast), said).status_code == 302
        assert OwnWords.objects.count() == 1
        assert SUBJECT in page.get(self.address(cast)).content.decode()

    def test_the_way_back_asks_first(self, page: Client, cast: Cast) -> None:
        write(cast)
        assert "Ni har fått ett förslag" in page.get(self.address(cast, "words_end")).content.decode()
        assert OwnWords.objects.in_force(cast.municipality.pk).exists()

        assert page.post(self.address(cast, "words_end")).status_code == 302
        assert not OwnWords.objects.in_force(cast.municipality.pk).exists()

    def test_no_mail_of_that_name_is_no_page(self, page: Client, cast: Cast) -> None:
        for kind, language in (("no_such_mail", "sv"), ("proposal_received", "fi")):
            address = reverse("own_words:words_edit", args=[cast.municipality.pk, kind, language])
            assert page.get(address).status_code == 404

    def test_another_municipalitys_are_no_page(self, page: Client, cast: Cast) -> None:
        address = reverse("own_words:words_list", args=[MunicipalityFactory(name="Annanstad").pk])
        assert page.get(address).status_code == 404
