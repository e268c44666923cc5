"""The link in a mail by which an agreement is signed with a code, without signing in, and what it shows.

The page behind it says which placement is meant and of no person more than that. What is to be signed stands
on it once the code from the second mail was typed, to the one who got both.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.answering import Question, is_still_asked, opened_by, register
from backend.core.answering.links import token_of
from backend.core.clock import day_of
from backend.core.documents import can_make_pdf
from backend.core.models import Delivery
from backend.core.outbox.sign_in import is_late
from backend.core.templatetags.ui import day
from backend.internships import services
from backend.internships.enums import OPEN_INTERNSHIPS, PARTY_OF
from backend.internships.models import MOST_TRIES, Agreement, SigningCode
from backend.internships.notifications import AGREEMENT_ASKED
from backend.internships.pages.agreements import RELATED, may_read_document, terms_for, versions_of

ASKED = register(
    Question(AGREEMENT_ASKED.name, good_for=timedelta(days=30), page="internships:signing_detail")
)
MINUTES: Final = services.VALID_FOR // timedelta(minutes=1)
TO_READ: Final = services.READING // timedelta(minutes=1)


class SigningCodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label=gettext_lazy("Code from the e-mail"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


@dataclass(frozen=True)
class SigningLink:
    """A link in a mail: who got it, and which version it asks to sign."""

    delivery: Delivery
    agreement: Agreement
    at: datetime

    @property
    def reader(self) -> User:
        """Who got the mail, and who acts by its link."""
        reader: User = self.delivery.recipient
        return reader

    @property
    def asks(self) -> bool:
        """Whether the reader is still asked to sign the version."""
        if not is_still_asked(self.delivery, ASKED, at=self.at):
            return False
        theirs = Agreement.objects.signable_by(self.reader, on=day_of(self.at))
        return theirs.filter(pk=self.agreement.pk).exists()

    def address(self, name: str = "detail") -> str:
        """Return the address of one of the steps behind the link."""
        return reverse(f"internships:signing_{name}", args=[token_of(self.delivery)])

    @property
    def remembers(self) -> str:
        """The name under which the session remembers which code was typed."""
        return f"signing:{self.delivery.pk.hex}"

    def opened(self, request: HttpRequest) -> SigningCode | None:
        """Return the code that was typed in this browser, as long as it opens the version."""
        key = request.session.get(self.remembers)
        if key is None or not self.asks:
            return None
        code = services.opened_code(code_id=key, by=self.reader, at=self.at)
        return code if code and code.agreement_id == self.agreement.pk else None


def link_of(token: str, *, at: datetime) -> SigningLink | None:
    """Return what a token opens; None for one that nobody here has signed, or whose case is gone."""
    delivery = opened_by(token)
    if delivery is None or delivery.message.kind != ASKED.kind:
        return None
    related = (f"internship__{each}" for each in (*RELATED, "opening"))
    found = Agreement.objects.select_related("document", *related).filter(pk=delivery.message.subject_id)
    agreement = found.prefetch_related("signatures__by").first()
    return SigningLink(delivery, agreement, at) if agreement else None


def closed_context(link: SigningLink) -> dict[str, Any]:
    """Return what the page says when its link asks nothing any more: why, and what to do."""
    title, text, is_done = _why_closed(link)
    return {"title": title, "text": text, "is_done": is_done, "sign_in_to": link.delivery.path}


def _why_closed(link: SigningLink) -> tuple[str, str, bool]:
    """Return title and text, and whether the reader has signed."""
    agreement, party = link.agreement, PARTY_OF[Persona(link.reader.persona)]
    signed = next((each for each in agreement.signatures.all() if each.party == party), None)
    if agreement.superseded_at:
        words = _("Look for the newest mail: it has a link to the version that is to be signed now.")
        return _("The terms have changed since this mail was sent"), words, False
    if signed and signed.by_id == link.reader.pk:
        words = _("Your signature of %(day)s is kept. You are done here.") % {"day": day(signed.signed_on)}
        return _("Thank you, it is signed"), words, True
    if signed:
        words = _("It was signed on %(day)s. You need do nothing.") % {"day": day(signed.signed_on)}
        return _("The agreement is signed already"), words, False
    if agreement.internship.state not in OPEN_INTERNSHIPS:
        words = _("The internship is over or called off, so the agreement is not signed any more.")
        return _("There is nothing to sign any more"), words, False
    words = _("Sign in to read and sign, or ask the job coach to send the agreement again.")
    return _("The link cannot be used any more"), words, False


def start_context(link: SigningLink, form: SigningCodeForm | None = None) -> dict[str, Any]:
    """Return what the page shows before the version is opened: where a code is asked for and typed."""
    waits = services.waiting_code(agreement_id=link.agreement.pk, by=link.reader, at=link.at)
    return {
        **_steps(link),
        **_which(link),
        "form": form or SigningCodeForm(),
        "waits": waits if waits and waits.tries < MOST_TRIES else None,
        "address": services.masked(link.reader.email),
        "minutes": MINUTES,
        "mail_is_late": bool(waits) and is_late(link.at),
        "has_pdf": link.agreement.document_id is not None or can_make_pdf(),
    }


def read_context(link: SigningLink) -> dict[str, Any]:
    """Return what the page shows once the code was typed: the version, as its party reads it."""
    agreement, reader, on = link.agreement, link.reader, day_of(link.at)
    earlier = agreement.internship.agreements.filter(number__lt=agreement.number).order_by("-number")
    before = list(earlier.prefetch_related("signatures__by")[:1])
    return {
        **_steps(link),
        **_which(link),
        **terms_for(agreement, reader, on=on),
        "version": versions_of([agreement, *before], agreement.internship, reader, on=on)[0],
        "has_document": gives_document(link),
        "coach": str(agreement.internship.coach),
        "coach_phone": agreement.internship.coach.phone,
        "minutes": TO_READ,
    }


def gives_document(link: SigningLink) -> bool:
    """Tell whether the reader may have the PDF: an employer only while what it calls the person is told."""
    on = day_of(link.at)
    return may_read_document(link.agreement, link.agreement.internship, link.reader, on=on)


def _steps(link: SigningLink) -> dict[str, str]:
    steps = ("send", "open", "sign", "document")
    return {f"{step}_url": link.address(step) for step in steps} | {"sign_in_to": link.delivery.path}


def _which(link: SigningLink) -> dict[str, Any]:
    internship = link.agreement.internship
    return {
        "workplace": str(internship.workplace),
        "work": internship.title,
        "starts_on": internship.starts_on,
        "number": link.agreement.number,
    }
