"""Agreements: drawn up from the terms, signed by three in any order, drawn up anew when the terms change."""

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.documents import (
    PDF,
    CannotMakePdf,
    HandedIn,
    is_as_kept,
    keep_file,
    octets_of,
    render_pdf,
)
from backend.core.models import StoredFile
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.internships import notifications
from backend.internships.agreed_terms import PERSON, PROMISES, changes_between, terms_of
from backend.internships.enums import OPEN_INTERNSHIPS, PARTY_OF, InternshipState, Party, SignedHow
from backend.internships.models import Agreement, Internship, Signature
from backend.internships.refusals import AgreementRefusal
from backend.participants.services import lock_cases

LANGUAGE = "sv"
"""The language of what is signed; the page says the same in the reader's own."""
RELATED = (
    "document",
    "internship__workplace__employer",
    "internship__participant__unit__municipality",
    "internship__participant__coach",
    "internship__proposal__consent",
    "internship__consent",
)


def draw_up(*, internship: Internship, by: User, at: datetime) -> Agreement:
    """Freeze the terms in a new version; the older one asks no more. The caller holds the case."""
    internship.agreements.current().update(superseded_at=at)
    number = internship.agreements.count() + 1
    terms = terms_of(internship, on=day_of(at))
    made = Agreement.objects.create(internship=internship, number=number, terms=terms, made_at=at, made_by=by)
    changes = {"number": number}
    audit.record(
        made, "agreement_drawn_up" if number == 1 else "agreement_changed", by=by, at=at, changes=changes
    )
    return made


def draw_up_anew(*, internship: Internship, by: User, at: datetime) -> Agreement | None:
    """Draw the agreement up as `draw_up` does; None where the terms are those that stand, or it is over."""
    if internship.state not in OPEN_INTERNSHIPS:
        return None
    now = terms_of(internship, on=day_of(at))[LANGUAGE]
    stands = internship.agreements.current().first()
    if stands is not None and not changes_between(stands.terms_in(LANGUAGE), now):
        return None
    return draw_up(internship=internship, by=by, at=at)


@one_write
def draw_up_agreement(*, internship_id: UUID, by: User, at: datetime) -> Agreement:
    """Draw the agreement up for an internship that was planned before agreements were written here.

    Raises Internship.DoesNotExist for whoever is not the coach of the case, and Refused when there is one
    already or the internship is over.
    """
    theirs = Internship.objects.decidable_by(by)
    lock_cases(participant_ids=[theirs.values_list("participant", flat=True).get(pk=internship_id)])
    related = [each.removeprefix("internship__") for each in RELATED[1:]]
    internship = theirs.select_related(*related).get(pk=internship_id)
    made = draw_up_anew(internship=internship, by=by, at=at)
    if made is None:
        raise Refused(AgreementRefusal.NOTHING_TO_DRAW_UP)
    notifications.ask_to_sign(made, at=at)
    return made


def make_document(*, agreement_id: UUID, at: datetime) -> StoredFile:
    """Make the PDF of a version and keep it, or return the one that is kept.

    It is made before anything is locked: whoever comes first keeps theirs. Raises Refused where no PDF can be
    made.
    """
    agreement = Agreement.objects.select_related("document").get(pk=agreement_id)
    if agreement.document is not None:
        return agreement.document
    return _keep_document(agreement_id, _rendered(agreement, LANGUAGE), at=at)


def translation_of(*, agreement_id: UUID, at: datetime) -> StoredFile | None:
    """Return the translation of a version into English, made when it is first asked for; None without a PDF.

    It says of itself that it is one: what is signed is the document.
    """
    agreement = Agreement.objects.select_related("document_en").get(pk=agreement_id)
    if agreement.document_en is not None:
        return agreement.document_en
    try:
        return _keep_document(agreement_id, _rendered(agreement, "en"), at=at, name="document_en")
    except Refused:
        return None


def document_of(*, agreement_id: UUID, at: datetime) -> StoredFile | None:
    """Return the PDF of a version as `make_document` does; None where none can be made."""
    try:
        return make_document(agreement_id=agreement_id, at=at)
    except Refused:
        return None


@one_write
def _keep_document(agreement_id: UUID, made: bytes, *, at: datetime, name: str = "document") -> StoredFile:
    agreement = locked(Agreement.objects.filter(pk=agreement_id), name).get()
    kept: StoredFile | None = getattr(agreement, name)
    if kept is None:
        kept = keep_file(octets=made, media_type=PDF, at=at)
        Agreement.objects.filter(pk=agreement_id).update(**{name: kept})
    return kept


def _rendered(agreement: Agreement, language: str) -> bytes:
    terms = agreement.terms_in(language)
    context = {
        "number": agreement.number,
        "is_translation": language != LANGUAGE,
        "made_at": agreement.made_at,
        "terms": [term for term in terms if term["key"] not in PROMISES],
        "promises": [term for term in terms if term["key"] in PROMISES],
        "employer": agreement.words_of("employer", language),
        "person": agreement.words_of(PERSON, language),
    }
    try:
        return render_pdf("documents/agreement.html", context, language)
    except CannotMakePdf as error:
        raise Refused(AgreementRefusal.NO_PDF) from error


@one_write
def sign_agreement(*, agreement_id: UUID, by: User, at: datetime) -> Agreement:
    """Sign a version in the app: for the employer, as the participant, or as coach for the municipality.

    Raises Agreement.DoesNotExist for strangers, and Refused when the party has signed, when the terms have
    changed since, when the internship is over, and where no document can be made.
    """
    theirs = Agreement.objects.signable_by(by, on=day_of(at))
    agreement = lock_agreement(theirs, agreement_id)
    check_is_open(agreement)
    put_own_signature(agreement=agreement, signature=Signature(how=SignedHow.IN_APP), by=by, at=at)
    return agreement


@one_write
def sign_on_paper(
    *,
    agreement_id: UUID,
    parties: Iterable[str],
    signed_on: date,
    paper: HandedIn,
    signer: str = "",
    by: User,
    at: datetime,
) -> Agreement:
    """Hand in the paper that `parties` have signed, as the coach of the case; it is kept as it is.

    `signer` is who signed for the employer. An internship may have ended meanwhile, but not been called off.
    Raises as sign_agreement, and Refused without a party and for a day that has not come.
    """
    agreement = lock_agreement(Agreement.objects.decidable_by(by), agreement_id)
    check_is_open(agreement, states=set(InternshipState) - {InternshipState.CANCELLED})
    signing = list(parties)
    if not signing:
        raise Refused(AgreementRefusal.NO_PARTY, about="parties")
    if signed_on > day_of(at):
        raise Refused(AgreementRefusal.SIGNED_TO_COME, about="signed_on")
    file = make_document(agreement_id=agreement.pk, at=at)
    kept = keep_file(octets=paper.octets, media_type=paper.media_type, at=at)
    names = {Party.EMPLOYER: signer.strip(), Party.MUNICIPALITY: str(by)}
    for party in signing:
        name = names.get(Party(party), "")
        on_paper = Signature(
            party=party, how=SignedHow.ON_PAPER, signer=name, signed_on=signed_on, paper=kept
        )
        _sign(agreement, on_paper, file, by=by, at=at)
    _settle(agreement, at=at)
    return agreement


def put_own_signature(*, agreement: Agreement, signature: Signature, by: User, at: datetime) -> None:
    """Put the signature of `by` under a version that the caller has locked and found open."""
    file = make_document(agreement_id=agreement.pk, at=at)
    signature.party = PARTY_OF[Persona(by.persona)]
    signature.signer = "" if signature.party == Party.PARTICIPANT else str(by)
    _sign(agreement, signature, file, by=by, at=at)
    _settle(agreement, at=at)


def lock_agreement(among: "QuerySet[Agreement]", agreement_id: UUID) -> Agreement:
    """Lock the case of an agreement that is `among` those, and return it as it is now."""
    case = among.values_list("internship__participant", flat=True).get(pk=agreement_id)
    lock_cases(participant_ids=[case])
    return among.select_related(*RELATED).get(pk=agreement_id)


def check_is_open(agreement: Agreement, *, states: Iterable[str] = OPEN_INTERNSHIPS) -> None:
    """Raise Refused for a version that is not signed any more."""
    if agreement.superseded_at:
        raise Refused(AgreementRefusal.SUPERSEDED)
    if agreement.internship.state not in states:
        raise Refused(AgreementRefusal.OVER)


def _sign(agreement: Agreement, signature: Signature, file: StoredFile, *, by: User, at: datetime) -> None:
    if agreement.signatures.filter(party=signature.party).exists():
        party = Party(signature.party).label
        raise Refused(AgreementRefusal.SIGNED_ALREADY, party=party)
    signature.agreement, signature.by, signature.at = agreement, by, at
    signature.signed_on = signature.signed_on or day_of(at)
    # Of the bytes and not of what is said about them: who signs, signs what can be read.
    signature.sha256 = sha256(octets_of(file)).hexdigest()
    signature.save(force_insert=True)
    changes = {"how": str(signature.how)}
    if signature.code_sent_to:
        changes["code_sent_to"] = signature.code_sent_to
    audit.record(agreement, f"signed_by_{signature.party}", by=by, at=at, changes=changes)


def _settle(agreement: Agreement, *, at: datetime) -> None:
    """Note that all three have signed: nobody is reminded any more."""
    signed = set(agreement.signatures.values_list("party", flat=True))
    if signed == set(Party.values):
        Agreement.objects.filter(pk=agreement.pk).update(settled_at=at)
        audit.record(agreement, "agreement_settled", by=None, at=at)


def is_what_was_signed(signature: Signature) -> bool:
    """Tell whether the document that is kept is byte for byte the one that was signed."""
    file = signature.agreement.document
    return file is not None and is_as_kept(file, sha256_then=signature.sha256)
