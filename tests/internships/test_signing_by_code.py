"""Signing by an e-mailed code, without signing in: link, code, read, sign; once, by who got the mail."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User
from backend.core import outbox
from backend.core.models import AuditEntry, Delivery, ReadEntry, SignInMail
from backend.core.outbox import sign_in
from backend.core.writing.refusals import codes_of
from backend.employers.enums import MembershipRole
from backend.employers.models import EmployerMembership
from backend.internships.enums import InternshipState
from backend.internships.jobs import CODES_KEPT, forget_signing_codes
from backend.internships.models import Agreement, Internship, Signature, SigningCode
from backend.internships.services import (
    READING,
    VALID_FOR,
    correct_terms,
    draw_up_agreement,
    is_what_was_signed,
    masked,
    open_by_code,
    send_signing_code,
    sign_agreement,
    sign_by_code,
)
from backend.participants.enums import ReleasedKind
from backend.participants.models import ReleasedItem
from tests.cast import Cast
from tests.factories import InternshipFactory, MembershipFactory, ProposalFactory
from tests.factories.base import NOW
from tests.refusals import refused_for

MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("sign_in_mail_waits")


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


def mails_to(user: User) -> list[str]:
    return [str(each.body) for each in mail.outbox if each.to == [user.email]]


def link_to(user: User) -> str:
    """Deliver what is due, and return the path of the link in the newest mail to `user`."""
    outbox.deliver_due(at=NOW)
    return urlsplit(re.findall(r"http\S+/skriv-under/\S+", mails_to(user)[-1])[-1]).path


def number_sent(at: datetime = NOW) -> str:
    """Let the worker send the code that waits, and return it."""
    sign_in.deliver(clock=lambda: at)
    found = re.search(r"^(\d{6})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


def ask_for_code(agreement: Agreement, user: User, at: datetime = NOW) -> tuple[SigningCode, str]:
    code = send_signing_code(agreement_id=agreement.pk, by=user, at=at)
    return code, number_sent(at)


def opened(agreement: Agreement, user: User, at: datetime = NOW) -> SigningCode:
    _code, number = ask_for_code(agreement, user, at)
    return open_by_code(agreement_id=agreement.pk, typed=number, by=user, at=at)


def another(number: str) -> str:
    return f"{(int(number) + 1) % 1_000_000:06}"


class TestACode:
    def test_is_kept_as_a_digest_and_waits_sealed(self, cast: Cast, agreement: Agreement) -> None:
        code = send_signing_code(agreement_id=agreement.pk, by=cast.employer_member, at=NOW)
        waiting = SignInMail.objects.get()
        number = number_sent()
        assert number not in f"{code.digest} {waiting.content}"
        assert len(code.digest) == 64
        assert not SignInMail.objects.exists()

    def test_goes_to_the_address_of_who_signs_and_tells_of_nobody(
        self, cast: Cast, agreement: Agreement
    ) -> None:
        ask_for_code(agreement, cast.participant_user)
        sent = mail.outbox[-1]
        assert sent.to == [cast.participant_user.email]
        assert sent.subject == "Din kod"
        assert "Pia" not in str(sent.body)

    def test_opens_once_it_is_typed_with_blanks_and_all(self, cast: Cast, agreement: Agreement) -> None:
        _code, number = ask_for_code(agreement, cast.employer_member)
        typed = f" {number[:3]} {number[3:]} "
        code = open_by_code(agreement_id=agreement.pk, typed=typed, by=cast.employer_member, at=NOW)
        assert code.opened_at == NOW

    def test_is_tried_five_times_and_each_try_is_kept(self, cast: Cast, agreement: Agreement) -> None:
        code, number = ask_for_code(agreement, cast.employer_member)
        wrong: dict[str, Any] = {"agreement_id": agreement.pk, "by": cast.employer_member, "at": NOW}
        for _n in range(4):
            with refused_for("signing_code_wrong"):
                open_by_code(typed=another(number), **wrong)
        for typed in (another(number), number):
            with refused_for("signing_code_too_many_tries"):
                open_by_code(typed=typed, **wrong)
        code.refresh_from_db()
        assert (code.tries, code.opened_at) == (5, None)

    def test_is_valid_for_ten_minutes(self, cast: Cast, agreement: Agreement) -> None:
        _code, number = ask_for_code(agreement, cast.employer_member)
        what: dict[str, Any] = {"agreement_id": agreement.pk, "typed": number, "by": cast.employer_member}
        with refused_for("signing_code_over"):
            open_by_code(**what, at=NOW + VALID_FOR)
        assert open_by_code(**what, at=NOW + VALID_FOR - MINUTE).opened_at

    def test_that_is_not_the_newest_opens_nothing(self, cast: Cast, agreement: Agreement) -> None:
        _code, first = ask_for_code(agreement, cast.employer_member)
        _code, second = ask_for_code(agreement, cast.employer_member, NOW + MINUTE)
        what: dict[str, Any] = {"agreement_id": agreement.pk, "by": cast.employer_member, "at": NOW + MINUTE}
        if first != second:
            with refused_for("signing_code_wrong"):
                open_by_code(typed=first, **what)
        assert open_by_code(typed=second, **what).opened_at

    def test_is_asked_for_three_times_in_a_quarter_and_ten_times_a_day(
        self, cast: Cast, agreement: Agreement
    ) -> None:
        quarter, at = timedelta(minutes=15), NOW
        what: dict[str, Any] = {"agreement_id": agreement.pk, "by": cast.employer_member}
        for _three in range(3):
            for minutes in range(3):
                send_signing_code(**what, at=at + minutes * MINUTE)
            with refused_for("signing_too_many_codes"):
                send_signing_code(**what, at=at + quarter - MINUTE)
            at += quarter + 2 * MINUTE
        send_signing_code(**what, at=at)
        with refused_for("signing_too_many_codes"):
            send_signing_code(**what, at=at + 2 * quarter)
        assert SigningCode.objects.count() == 10
        assert send_signing_code(**what, at=NOW + timedelta(days=1))

    def test_asked_for_twice_in_a_moment_is_sent_once(self, cast: Cast, agreement: Agreement) -> None:
        what: dict[str, Any] = {"agreement_id": agreement.pk, "by": cast.employer_member}
        first = send_signing_code(**what, at=NOW)
        assert send_signing_code(**what, at=NOW + timedelta(seconds=9)) == first
        assert SignInMail.objects.count() == 1
        assert send_signing_code(**what, at=NOW + timedelta(seconds=10)) != first

    def test_is_bound_to_who_asked_and_to_the_address_of_then(self, cast: Cast, agreement: Agreement) -> None:
        colleague = MembershipFactory(employer=cast.bakery, role="contact").user
        _code, number = ask_for_code(agreement, cast.employer_member)
        with refused_for("signing_code_over"):
            open_by_code(agreement_id=agreement.pk, typed=number, by=colleague, at=NOW)
        cast.employer_member.email = "annan@bageriet.example"
        cast.employer_member.save()
        with refused_for("signing_code_wrong"):
            open_by_code(agreement_id=agreement.pk, typed=number, by=cast.employer_member, at=NOW)

    def test_opened_at_one_address_signs_for_no_other(self, cast: Cast, agreement: Agreement) -> None:
        code = opened(agreement, cast.employer_member)
        cast.employer_member.email = "annan@bageriet.example"
        cast.employer_member.save()
        with refused_for("signing_code_over"):
            sign_by_code(code_id=code.pk, by=cast.employer_member, at=NOW)

    def test_is_for_those_who_sign_for_employer_or_participant(
        self, cast: Cast, agreement: Agreement
    ) -> None:
        EmployerMembership.objects.filter(user=cast.employer_member).update(role=MembershipRole.SUPERVISOR)
        strangers = (cast.coach, cast.other_coach, cast.other_employer, cast.other_participant_user)
        for user in (*strangers, cast.employer_member):
            with pytest.raises(Agreement.DoesNotExist):
                send_signing_code(agreement_id=agreement.pk, by=user, at=NOW)
        assert not SigningCode.objects.exists()

    def test_is_forgotten_after_a_day(self, cast: Cast, agreement: Agreement) -> None:
        ask_for_code(agreement, cast.employer_member)
        forget_signing_codes(NOW + CODES_KEPT - MINUTE)
        assert SigningCode.objects.exists()
        forget_signing_codes(NOW + CODES_KEPT)
        assert not SigningCode.objects.exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"tries": 6},
            {"party": "municipality"},
            {"opened_at": NOW + VALID_FOR},
            {"used_at": NOW + MINUTE},
        ],
    )
    def test_that_cannot_be_is_refused_by_the_database(
        self, cast: Cast, agreement: Agreement, wrong: dict[str, Any]
    ) -> None:
        code, _number = ask_for_code(agreement, cast.employer_member)
        with pytest.raises(IntegrityError), transaction.atomic():
            SigningCode.objects.filter(pk=code.pk).update(**wrong)


class TestSigning:
    def test_is_kept_with_how_the_masked_address_and_the_hash(self, cast: Cast, agreement: Agreement) -> None:
        code = opened(agreement, cast.employer_member)
        sign_by_code(code_id=code.pk, by=cast.employer_member, at=NOW + MINUTE)
        signature = Signature.objects.get()
        assert (signature.party, signature.how, signature.at) == ("employer", "by_code", NOW + MINUTE)
        assert signature.signer == str(cast.employer_member)
        assert signature.code_sent_to == masked(cast.employer_member.email)
        assert cast.employer_member.email not in signature.how_in_words
        assert signature.code_sent_to in signature.how_in_words
        assert is_what_was_signed(signature)

    def test_leaves_an_audit_row_with_how(self, cast: Cast, agreement: Agreement) -> None:
        code = opened(agreement, cast.participant_user)
        sign_by_code(code_id=code.pk, by=cast.participant_user, at=NOW)
        row = AuditEntry.objects.get(action="signed_by_participant")
        sent_to = masked(cast.participant_user.email)
        assert row.changes == {"how": "by_code", "code_sent_to": sent_to}
        assert row.by_id == cast.participant_user.pk
        assert AuditEntry.objects.filter(action="signing_code_sent").count() == 1

    def test_settles_the_agreement_with_those_who_signed_in_the_app(
        self, cast: Cast, agreement: Agreement
    ) -> None:
        sign_agreement(agreement_id=agreement.pk, by=cast.coach, at=NOW)
        for user in (cast.participant_user, cast.employer_member):
            sign_by_code(code_id=opened(agreement, user).pk, by=user, at=NOW)
        agreement.refresh_from_db()
        assert agreement.settled_at == NOW

    def test_needs_the_code_to_have_been_typed(self, cast: Cast, agreement: Agreement) -> None:
        code, _number = ask_for_code(agreement, cast.employer_member)
        with refused_for("signing_code_over"):
            sign_by_code(code_id=code.pk, by=cast.employer_member, at=NOW)
        assert not Signature.objects.exists()

    def test_is_done_within_half_an_hour_of_reading(self, cast: Cast, agreement: Agreement) -> None:
        code = opened(agreement, cast.employer_member)
        with refused_for("signing_code_over"):
            sign_by_code(code_id=code.pk, by=cast.employer_member, at=NOW + READING)
        assert not Signature.objects.exists()

    def test_is_done_by_who_got_the_code(self, cast: Cast, agreement: Agreement) -> None:
        code = opened(agreement, cast.employer_member)
        colleague = MembershipFactory(employer=cast.bakery, role="contact").user
        with pytest.raises(SigningCode.DoesNotExist):
            sign_by_code(code_id=code.pk, by=colleague, at=NOW)

    def test_a_second_time_changes_nothing(self, cast: Cast, agreement: Agreement) -> None:
        code = opened(agreement, cast.employer_member)
        sign_by_code(code_id=code.pk, by=cast.employer_member, at=NOW)
        with refused_for("agreement_signed_already"):
            sign_by_code(code_id=code.pk, by=cast.employer_member, at=NOW)
        with refused_for("agreement_signed_already"):
            ask_for_code(agreement, cast.employer_member)
        assert agreement.signatures.count() == 1

    def test_of_changed_terms_is_refused_in_words(
        self, cast: Cast, internship: Internship, agreement: Agreement
    ) -> None:
        code, number = ask_for_code(agreement, cast.employer_member)
        read = opened(agreement, cast.participant_user)
        correct_terms(
            internship_id=internship.pk, why="Nytt.", by=cast.coach, at=NOW, supervisor_name="Karin Ek"
        )
        what: dict[str, Any] = {"by": cast.employer_member, "at": NOW}
        with refused_for("agreement_superseded"):
            open_by_code(agreement_id=agreement.pk, typed=number, **what)
        with refused_for("agreement_superseded"):
            send_signing_code(agreement_id=agreement.pk, **what)
        with refused_for("agreement_superseded"):
            sign_by_code(code_id=read.pk, by=cast.participant_user, at=NOW)
        new = internship.agreements.current().get()
        with refused_for("signing_code_over"):
            open_by_code(agreement_id=new.pk, typed=number, **what)
        code.refresh_from_db()
        assert code.opened_at is None
        assert not Signature.objects.exists()

    def test_of_what_was_called_off_is_refused(
        self, cast: Cast, internship: Internship, agreement: Agreement
    ) -> None:
        code = opened(agreement, cast.employer_member)
        Internship.objects.filter(pk=internship.pk).update(state=InternshipState.CANCELLED)
        with refused_for("agreement_over"):
            sign_by_code(code_id=code.pk, by=cast.employer_member, at=NOW)

    def test_the_database_wants_the_address_of_a_code_and_of_nothing_else(
        self, cast: Cast, agreement: Agreement
    ) -> None:
        sign_agreement(agreement_id=agreement.pk, by=cast.coach, at=NOW)
        first = agreement.signatures.get()
        for how, sent_to in (("by_code", ""), ("in_app", "a***@b***.se")):
            other = Signature(agreement=agreement, party="employer", how=how, code_sent_to=sent_to)
            other.by, other.at, other.signed_on, other.sha256 = cast.coach, NOW, first.signed_on, first.sha256
            with pytest.raises(IntegrityError), transaction.atomic():
                other.save(force_insert=True)

    def test_is_never_changed(self, cast: Cast, agreement: Agreement) -> None:
        sign_by_code(code_id=opened(agreement, cast.employer_member).pk, by=cast.employer_member, at=NOW)
        with pytest.raises(Exception, match="never changed"), transaction.atomic():
            Signature.objects.update(code_sent_to="x***@y***.se")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("karin.ek@bageriet.se", "k***@b***.se"),
        ("åsa@post.exempelstad.example", "å***@p***.example"),
        ("x@localhost", "x***@l***.localhost"),
    ],
)
def test_a_masked_address_is_known_to_its_owner_alone(address: str, shown: str) -> None:
    assert masked(address) == shown


class TestTheLink:
    def test_stands_in_the_mail_to_both_sides_and_not_in_the_coachs(
        self, cast: Cast, agreement: Agreement
    ) -> None:
        for user in (cast.employer_member, cast.participant_user):
            assert link_to(user)
        assert not any("/skriv-under/" in each for each in mails_to(cast.coach))

    def test_opened_by_a_program_writes_nothing_and_shows_nobody(
        self, cast: Cast, agreement: Agreement, client: Client
    ) -> None:
        link = link_to(cast.employer_member)
        before = AuditEntry.objects.count()
        page = client.get(link).content.decode()
        client.head(link)
        assert "Skicka en kod till mig" in page
        for secret in ("Pia", str(cast.pia.pk), "AF-2026/123", cast.employer_member.email):
            assert secret not in page
        assert masked(cast.employer_member.email) in page
        assert AuditEntry.objects.count() == before
        assert not SigningCode.objects.exists()
        assert not client.session.keys()

    def test_leads_from_code_to_signature(self, cast: Cast, agreement: Agreement, client: Client) -> None:
        link = link_to(cast.employer_member)
        assert "Skriv koden" in client.post(f"{link}kod/", follow=True).content.decode()
        page = client.post(f"{link}oppna/", {"code": number_sent()}, follow=True).content.decode()
        assert "Disk och enklare matlagning." in page
        assert "Pia" in page
        assert client.get(f"{link}pdf/").content.startswith(b"%PDF-")
        answer = client.post(f"{link}klart/", follow=True)
        assert answer.status_code == 200
        assert "Tack, det är underskrivet" in answer.content.decode()
        assert agreement.signatures.get().how == "by_code"

    def test_opened_is_a_look_of_the_employers_and_none_of_the_participants(
        self, cast: Cast, agreement: Agreement
    ) -> None:
        opened(agreement, cast.participant_user)
        assert not ReadEntry.objects.exists()
        opened(agreement, cast.employer_member)
        look = ReadEntry.objects.get()
        assert (look.subject_id, look.by_id) == (cast.pia.pk, cast.employer_member.pk)
        assert look.page == "internships.agreement"

    def test_shows_the_text_in_no_other_browser(
        self, cast: Cast, agreement: Agreement, client: Client
    ) -> None:
        link = link_to(cast.employer_member)
        client.post(f"{link}kod/")
        client.post(f"{link}oppna/", {"code": number_sent()})
        other = Client()
        assert "Disk och enklare matlagning." not in other.get(link).content.decode()
        assert other.get(f"{link}pdf/").status_code == 302
        assert "Be om en ny kod" in other.post(f"{link}klart/", follow=True).content.decode()
        assert not Signature.objects.exists()

    def test_a_wrong_code_says_how_many_tries_are_left(
        self, cast: Cast, agreement: Agreement, client: Client
    ) -> None:
        link = link_to(cast.employer_member)
        client.post(f"{link}kod/")
        number = number_sent()
        answer = client.post(f"{link}oppna/", {"code": another(number)})
        assert answer.status_code == 422
        assert "Försök kvar: 4" in answer.content.decode()
        for _n in range(4):
            answer = client.post(f"{link}oppna/", {"code": another(number)})
        page = answer.content.decode()
        assert "fel fem gånger" in page
        assert "Skicka en kod till mig" in page

    def test_of_the_version_before_says_that_the_terms_have_changed(
        self, cast: Cast, internship: Internship, agreement: Agreement, client: Client
    ) -> None:
        old = link_to(cast.employer_member)
        correct_terms(
            internship_id=internship.pk, why="Nytt.", by=cast.coach, at=NOW, supervisor_name="Karin Ek"
        )
        for answer in (client.get(old), client.post(f"{old}kod/"), client.post(f"{old}klart/")):
            assert answer.status_code == 410
            assert "Villkoren har ändrats sedan mejlet skickades" in answer.content.decode()
        assert not SigningCode.objects.exists()
        new = link_to(cast.employer_member)
        assert new != old
        assert client.get(new).status_code == 200

    def test_says_that_a_colleague_has_signed(self, cast: Cast, agreement: Agreement, client: Client) -> None:
        link = link_to(cast.employer_member)
        colleague = MembershipFactory(employer=cast.bakery, role="contact").user
        sign_agreement(agreement_id=agreement.pk, by=colleague, at=NOW)
        answer = client.get(link)
        assert answer.status_code == 410
        assert "redan underskriven" in answer.content.decode()

    def test_asks_nothing_of_a_supervisor(self, cast: Cast, agreement: Agreement, client: Client) -> None:
        link = link_to(cast.employer_member)
        EmployerMembership.objects.filter(user=cast.employer_member).update(role=MembershipRole.SUPERVISOR)
        assert client.get(link).status_code == 410
        assert client.post(f"{link}kod/").status_code == 410

    def test_has_served_after_thirty_days(self, cast: Cast, agreement: Agreement, client: Client) -> None:
        link = link_to(cast.employer_member)
        with time_machine.travel(NOW + timedelta(days=30), tick=False):
            assert client.get(link).status_code == 410

    def test_that_nobody_signed_or_of_another_question_leads_nowhere(
        self, cast: Cast, agreement: Agreement, client: Client
    ) -> None:
        link = link_to(cast.employer_member)
        token = link.rstrip("/").rpartition("/")[2]
        for forged in (f"/skriv-under/{token[:-1]}/", "/skriv-under/abc/", f"/svar/{token}/"):
            assert client.get(forged).status_code == 404
        Delivery.objects.all().delete()
        assert client.get(link).status_code == 404

    def test_reads_in_the_language_of_who_got_it(
        self, cast: Cast, agreement: Agreement, client: Client
    ) -> None:
        cast.employer_member.language = "en"
        cast.employer_member.save()
        assert "Send me a code" in client.get(link_to(cast.employer_member)).content.decode()


class TestWhatIsTold:
    def test_each_reads_how_and_the_employer_nothing_of_the_persons_address(
        self, cast: Cast, agreement: Agreement, client: Client
    ) -> None:
        user = cast.participant_user
        sign_by_code(code_id=opened(agreement, user).pk, by=user, at=NOW)
        pages = {}
        for reader in (cast.coach, cast.employer_member):
            client.force_login(reader)
            for name in ("agreement_detail", "agreement_verify"):
                key = agreement.internship_id if name == "agreement_detail" else agreement.pk
                pages[reader.persona, name] = client.get(
                    reverse(f"internships:{name}", args=[key])
                ).content.decode()
        sent_to = masked(user.email)
        assert all(sent_to in page for (persona, _n), page in pages.items() if persona == "staff")
        assert not any(sent_to in page for (persona, _n), page in pages.items() if persona == "employer")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_the_same_code_sent_twice_signs_once(self, cast: Cast, agreement: Agreement) -> None:
        user = cast.employer_member
        code = opened(agreement, user)
        done = together(*[lambda: sign_by_code(code_id=code.pk, by=user, at=NOW)] * 2)
        assert sorted(done) == ["agreement_signed_already", "done"]
        assert agreement.signatures.count() == 1
        assert AuditEntry.objects.filter(action="signed_by_employer").count() == 1

    def test_a_code_asked_for_twice_is_sent_once(self, cast: Cast, agreement: Agreement) -> None:
        what: dict[str, Any] = {"agreement_id": agreement.pk, "by": cast.employer_member, "at": NOW}
        assert together(*[lambda: send_signing_code(**what)] * 2) == ["done", "done"]
        assert SigningCode.objects.count() == SignInMail.objects.count() == 1

    def test_two_sides_at_once_both_sign(self, cast: Cast, agreement: Agreement) -> None:
        sign_agreement(agreement_id=agreement.pk, by=cast.coach, at=NOW)
        users = (cast.employer_member, cast.participant_user)
        codes = {user.pk: opened(agreement, user) for user in users}
        done = together(
            *(lambda user=user: sign_by_code(code_id=codes[user.pk].pk, by=user, at=NOW) for user in users)
        )
        assert done == ["done", "done"]
        assert Agreement.objects.get(pk=agreement.pk).settled_at == NOW

    def test_two_of_one_employer_sign_once(self, cast: Cast, agreement: Agreement) -> None:
        users = (cast.employer_member, MembershipFactory(employer=cast.bakery, role="contact").user)
        codes = {user.pk: opened(agreement, user) for user in users}
        done = together(
            *(lambda user=user: sign_by_code(code_id=codes[user.pk].pk, by=user, at=NOW) for user in users)
        )
        assert sorted(done) == ["agreement_signed_already", "done"]

    def test_no_more_than_five_guesses_however_many_come_at_once(
        self, cast: Cast, agreement: Agreement
    ) -> None:
        user = cast.employer_member
        code, number = ask_for_code(agreement, user)
        guess = {"agreement_id": agreement.pk, "typed": another(number), "by": user, "at": NOW}
        together(*[lambda: open_by_code(**guess)] * 9)
        code.refresh_from_db()
        assert (code.tries, code.opened_at) == (5, None)

    def test_signed_while_the_terms_change_is_signed_before_or_not_at_all(
        self, cast: Cast, internship: Internship, agreement: Agreement
    ) -> None:
        user = cast.employer_member
        code = opened(agreement, user)
        change = {"internship_id": internship.pk, "why": "Nytt.", "by": cast.coach, "at": NOW}
        together(
            lambda: sign_by_code(code_id=code.pk, by=user, at=NOW),
            lambda: correct_terms(**change, supervisor_name="Karin Ek"),
        )
        new = internship.agreements.current().get()
        assert new.number == 2
        assert not new.signatures.exists()


def together(*acts: Any) -> list[str]:
    """Do all of `acts` at once; return of each that it was done, or why it was refused."""
    start = Barrier(len(acts))

    def does(act: Any) -> str:
        start.wait(timeout=20)
        try:
            act()
        except ValidationError as refusal:
            return next(iter(codes_of(refusal)))
        finally:
            with suppress(Exception):
                connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(does, acts))
