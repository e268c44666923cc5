"""An agreement as each of its parties reads it: frozen words from which no way leads to the person's file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.documents import can_make_pdf
from backend.core.ui.next import Action, Next
from backend.internships.agreed_terms import PERSON, PROMISES, Change, Term, changes_between, person_of
from backend.internships.enums import OPEN_INTERNSHIPS, PARTY_OF, Party
from backend.internships.models import Agreement, Internship, Signature
from backend.internships.notifications import page_of_agreement
from backend.internships.pages.next.agreements import next_for_party
from backend.internships.services import LANGUAGE, is_what_was_signed

RELATED = ("workplace__employer", "participant__coach", "participant__unit", "proposal__consent", "consent")


@dataclass(frozen=True)
class Signed:
    """One party's place under a version: who, how and when, or that it is empty."""

    party: str
    how: str = ""
    who: str = ""
    on: date | None = None
    paper_url: str = ""


@dataclass(frozen=True)
class Version:
    """One version: what changed in it, who has signed it, and where it is read and verified."""

    pk: UUID
    number: int
    made_at: datetime
    changes: list[Change]
    signed: list[Signed]
    is_settled: bool
    document_url: str
    verify_url: str
    translation_url: str = ""

    @property
    def is_signed_by_somebody(self) -> bool:
        """Whether a signature stands under it."""
        return any(each.on for each in self.signed)


def context_for(internship: Internship, reader: User, *, on: date) -> dict[str, Any]:
    """Return what the page of an agreement shows to `reader`."""
    found = list(internship.agreements.order_by("-number").prefetch_related("signatures__by"))
    context: dict[str, Any] = {
        "internship_url": internship.get_absolute_url(),
        "workplace": str(internship.workplace),
        "coach": str(internship.coach),
        "coach_phone": internship.coach.phone,
        "next": None,
        "version": None,
        "may_decide": Internship.objects.decidable_by(reader).filter(pk=internship.pk).exists(),
    }
    if not found:
        return context | {"next": _none_yet(internship) if context["may_decide"] else None}
    current = found[0]
    current.internship = internship
    signed = [each.party for each in current.signatures.all()]
    may_sign = Agreement.objects.signable_by(reader, on=on).filter(pk=current.pk).exists()
    versions = versions_of(found, internship, reader, on=on)
    return context | {
        "next": next_for_party(current, PARTY_OF[Persona(reader.persona)], signed, may_sign=may_sign),
        "version": versions[0],
        "earlier": versions[1:],
        **terms_for(current, reader, on=on),
        "has_pdf": current.document_id is not None or can_make_pdf(),
        "paper_url": _paper_url(current, signed) if context["may_decide"] else "",
    }


def terms_for(agreement: Agreement, reader: User, *, on: date) -> dict[str, list[Term]]:
    """Return the terms of a version, and the promises apart, in the language and words of `reader`."""
    person = _called(agreement.internship, reader, on=on)
    terms = [_as_told(term, person) for term in agreement.terms_in(get_language() or LANGUAGE)]
    return {
        "terms": [term for term in terms if term["key"] not in PROMISES],
        "promises": [term for term in terms if term["key"] in PROMISES],
    }


def _none_yet(internship: Internship) -> Next:
    url = reverse("internships:agreement_draw_up", args=[internship.pk])
    words = _("It says what the three have agreed on. Employer and participant are asked to sign it.")
    return Next(_("There is no agreement yet"), words, (Action(_("Draw it up"), url, posts=True),))


def _paper_url(current: Agreement, signed: list[str]) -> str:
    is_open = set(signed) != set(Party.values)
    return reverse("internships:agreement_on_paper", args=[current.pk]) if is_open else ""


def _called(internship: Internship, reader: User, *, on: date) -> str:
    """Return what `reader` calls the person: an employer only what is released to it on the day."""
    if reader.persona == Persona.EMPLOYER:
        return person_of(internship, on=on)
    return str(internship.participant)


def _as_told(term: Term, person: str) -> Term:
    return {**term, "words": person} if term["key"] == PERSON else term


def versions_of(found: list[Agreement], internship: Internship, reader: User, *, on: date) -> list[Version]:
    """Return the versions `found`, the newest first, as `reader` reads them."""
    before = [*found, None][1:]
    return [_version(each, old, internship, reader, on=on) for each, old in zip(found, before, strict=True)]


def _version(
    agreement: Agreement, before: Agreement | None, internship: Internship, reader: User, *, on: date
) -> Version:
    language = get_language() or LANGUAGE
    changes = changes_between(before.terms_in(language), agreement.terms_in(language)) if before else []
    is_readable = may_read_document(agreement, internship, reader, on=on)
    return Version(
        pk=agreement.pk,
        number=agreement.number,
        made_at=agreement.made_at,
        changes=changes,
        signed=signatures_of(agreement.signatures.all(), internship, reader),
        is_settled=agreement.settled_at is not None,
        document_url=reverse("internships:agreement_document", args=[agreement.pk]) if is_readable else "",
        verify_url=reverse("internships:agreement_verify", args=[agreement.pk]),
        translation_url=_translation_url(agreement) if is_readable and language != LANGUAGE else "",
    )


def _translation_url(agreement: Agreement) -> str:
    return reverse("internships:agreement_translation", args=[agreement.pk])


def may_read_document(agreement: Agreement, internship: Internship, reader: User, *, on: date) -> bool:
    """Tell whether `reader` may have the PDF: an employer only while what it calls the person is told."""
    if reader.persona != Persona.EMPLOYER:
        return True
    return agreement.words_of(PERSON, get_language() or LANGUAGE) == person_of(internship, on=on)


def signatures_of(rows: Iterable[Signature], internship: Internship, reader: User) -> list[Signed]:
    """Return the place of each party, in the order in which they stand on the page."""
    found = {each.party: each for each in rows}
    return [_signed(party, found.get(party), internship, reader) for party in Party]


def _signed(party: Party, signature: Signature | None, internship: Internship, reader: User) -> Signed:
    if signature is None:
        return Signed(str(party.label))
    is_employer = reader.persona == Persona.EMPLOYER
    who = signature.signer
    if party == Party.PARTICIPANT and not is_employer:
        who = str(internship.participant)
    has_paper = signature.paper_id is not None and not is_employer
    return Signed(
        party=str(party.label),
        how=_how(signature, reader),
        who=who,
        on=signature.signed_on,
        paper_url=reverse("internships:signature_paper", args=[signature.pk]) if has_paper else "",
    )


def _how(signature: Signature, reader: User) -> str:
    """Return how somebody signed; an employer learns nothing of the participant's address."""
    is_hidden = reader.persona == Persona.EMPLOYER and signature.party == Party.PARTICIPANT
    return str(signature.get_how_display()) if is_hidden else signature.how_in_words


@dataclass(frozen=True)
class Standing:
    """How an agreement stands for one reader, where something links to it."""

    title: str
    text: str
    tone: str
    label: str
    url: str
    waits: bool

    @property
    def is_settled(self) -> bool:
        """Whether all three have signed, so that it stands among the terms and asks nothing."""
        return self.tone == "success"


def standing_of(internship: Internship, reader: User, *, on: date) -> Standing | None:
    """Return how the agreement of an internship stands for `reader`; None where there is none to tell of."""
    url = page_of_agreement(internship)
    current = internship.agreements.current().prefetch_related("signatures").first()
    if current is None:
        can_be_drawn_up = internship.state in OPEN_INTERNSHIPS and reader.persona == Persona.STAFF
        return (
            Standing(_("none yet"), "", "neutral", _("Open"), url, waits=False) if can_be_drawn_up else None
        )
    current.internship = internship
    signed = [each.party for each in current.signatures.all()]
    may_sign = Agreement.objects.signable_by(reader, on=on).filter(pk=current.pk).exists()
    step = next_for_party(current, PARTY_OF[Persona(reader.persona)], signed, may_sign=may_sign)
    waits = bool(step.actions)
    label = _("Read and sign") if waits else _("Read the agreement")
    title = _("waits for your signature") if waits else step.title[:1].lower() + step.title[1:]
    text = "" if waits else step.text
    return Standing(title, text, step.tone or "warning", label, url, waits)


@dataclass(frozen=True)
class Verified:
    """Whether what is kept is what one party signed."""

    party: str
    how: str
    at: datetime
    is_same: bool
    sha256: str


def verified(agreement: Agreement, reader: User) -> list[Verified]:
    """Return for each signature whether the document that is kept has the hash that was signed."""
    rows = agreement.signatures.select_related("agreement__document").order_by("at", "pk")
    return [
        Verified(
            party=str(each.get_party_display()),
            how=_how(each, reader),
            at=each.at,
            is_same=is_what_was_signed(each),
            sha256=each.sha256,
        )
        for each in rows
    ]
