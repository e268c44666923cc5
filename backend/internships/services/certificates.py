"""Certificates: issued by the coach who has looked at them, made once, and anew when something is mended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts.models import User
from backend.core.documents import PDF, CannotMakePdf, keep_file, render_pdf
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.internships.agreed_terms import Term
from backend.internships.certified import OVER, PERSON, contents_of, minutes_attended
from backend.internships.models import DOCUMENTS, Certificate, Internship
from backend.internships.notifications import tell_of_certificate
from backend.internships.refusals import CertificateRefusal
from backend.participants.services import lock_cases

RELATED = ("workplace__employer", "participant__coach", "participant__unit__municipality")


@dataclass(frozen=True)
class Draft:
    """What an edition would say, and its document for each language."""

    contents: dict[str, list[Term]]
    documents: dict[str, bytes]


def issue_certificate(*, internship_id: UUID, with_hours: bool, by: User, at: datetime) -> Certificate:
    """Issue the certificate of an internship that is over, or another edition that says something else.

    `with_hours`: it says how many hours the person was there, where that is known. The documents are made
    before anything is locked. Raises Internship.DoesNotExist for whoever is not the coach of the case, and
    Refused while it goes on, when the edition that stands says the same, and where no PDF can be made.
    """
    internship = Internship.objects.decidable_by(by).select_related(*RELATED).get(pk=internship_id)
    _check_is_over(internship)
    contents = _contents(internship, with_hours=with_hours, at=at)
    documents = {code: _rendered(internship, contents[code], code, by=by, at=at) for code in DOCUMENTS}
    return _issue(internship_id, Draft(contents, documents), with_hours=with_hours, by=by, at=at)


@one_write
def _issue(internship_id: UUID, draft: Draft, *, with_hours: bool, by: User, at: datetime) -> Certificate:
    theirs = Internship.objects.decidable_by(by).select_related(*RELATED)
    lock_cases(participant_ids=[theirs.values_list("participant", flat=True).get(pk=internship_id)])
    internship = theirs.get(pk=internship_id)
    _check_is_over(internship)
    if _contents(internship, with_hours=with_hours, at=at) != draft.contents:
        raise Refused(CertificateRefusal.CHANGED_MEANWHILE)
    stands = internship.certificates.current().first()
    if stands is not None and stands.contents == draft.contents:
        raise Refused(CertificateRefusal.SAYS_SO)
    internship.certificates.current().update(superseded_at=at)
    kept = {
        name: keep_file(octets=draft.documents[code], media_type=PDF, at=at)
        for code, name in DOCUMENTS.items()
    }
    made: dict[str, Any] = {"contents": draft.contents, "issued_at": at, "issued_by": by, **kept}
    certificate = Certificate.objects.create(
        internship=internship, number=internship.certificates.count() + 1, **made
    )
    audit.record(
        certificate,
        "certificate_issued" if certificate.number == 1 else "certificate_issued_anew",
        by=by,
        at=at,
        changes={"number": certificate.number},
    )
    tell_of_certificate(certificate, at=at)
    return certificate


def _check_is_over(internship: Internship) -> None:
    if internship.state not in OVER:
        raise Refused(CertificateRefusal.NOT_OVER)


def _contents(internship: Internship, *, with_hours: bool, at: datetime) -> dict[str, list[Term]]:
    attended = minutes_attended(internship, at=at) if with_hours else None
    return contents_of(internship, attended=attended)


def _rendered(
    internship: Internship, contents: list[Term], language: str, *, by: User, at: datetime
) -> bytes:
    words = {term["key"]: term["words"] for term in contents}
    context = {
        "person": words[PERSON],
        "lines": [term for term in contents if term["key"] != PERSON],
        "issued_at": at,
        "coach": str(by),
        "municipality": str(internship.participant.unit.municipality),
    }
    try:
        return render_pdf("documents/certificate.html", context, language)
    except CannotMakePdf as error:
        raise Refused(CertificateRefusal.NO_PDF) from error
