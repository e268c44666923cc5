"""Signing an agreement with a code that was mailed: sent, opened, signed. See docs/decisions/0033.

The code proves that whoever signs reads the mails of the address at which the party is asked. What is to be
signed is shown once it is typed, so that neither a program that opens links nor who is forwarded a mail
reads it.
"""

import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.core.clock import day_of
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import locked, one_write
from backend.internships import notifications
from backend.internships.enums import PARTY_OF, Party, SignedHow
from backend.internships.models import MOST_TRIES, Agreement, Signature, SigningCode
from backend.internships.refusals import AgreementRefusal, SigningRefusal
from backend.internships.services.agreements import check_is_open, lock_agreement, put_own_signature
from backend.participants.models import Participant

DIGITS: Final = 6
VALID_FOR: Final = timedelta(minutes=10)
READING: Final = timedelta(minutes=30)
"""So long after the code was typed there is to read and to sign."""
SAME_PRESS: Final = timedelta(seconds=10)
"""A code that is asked for again so soon is the one on its way: whoever presses twice needs one."""
SENT_AT_MOST: Final = ((timedelta(minutes=15), 3), (timedelta(days=1), 10))
"""How many codes somebody gets for one version within these times: at five tries each, 50 guesses a day."""
AGREEMENT_READ: Final = "internships.agreement"


@one_write
def send_signing_code(*, agreement_id: UUID, by: User, at: datetime) -> SigningCode:
    """Mail `by` a new code for signing a version; those sent before open nothing any more.

    Asked for twice in a moment it is sent once. Raises Agreement.DoesNotExist for who does not sign for
    employer or participant, and Refused when there is nothing to sign any more, or too many codes were asked
    for.
    """
    agreement = _to_sign(agreement_id, by=by, at=at)
    newest = waiting_code(agreement_id=agreement_id, by=by, at=at)
    if newest and at < newest.sent_at + SAME_PRESS:
        return newest
    for within, most in SENT_AT_MOST:
        if SigningCode.objects.filter(agreement=agreement, user=by, sent_at__gt=at - within).count() >= most:
            raise Refused(SigningRefusal.TOO_MANY_CODES)
    number = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    code = SigningCode(agreement=agreement, party=PARTY_OF[Persona(by.persona)], user=by, address=by.email)
    code.digest, code.sent_at, code.expires_at = _digest(code, number), at, at + VALID_FOR
    code.save(force_insert=True)
    notifications.post_signing_code(by, code=number, at=at, valid_for=VALID_FOR)
    audit.record(agreement, "signing_code_sent", by=by, at=at, changes={"code_sent_to": masked(by.email)})
    return code


def open_by_code(*, agreement_id: UUID, typed: str, by: User, at: datetime) -> SigningCode:
    """Take the newest code of `by` for a version as `typed`, so that the version may be read and signed.

    Each try is written before it is judged, in a transaction of its own: a refusal takes none back. Raises
    as send_signing_code, and Refused for another code, one whose time is over, and after the fifth try.
    """
    code = _take_try(agreement_id=agreement_id, by=by, at=at)
    return _open(code_id=code.pk, typed=typed, by=by, at=at)


@one_write
def _take_try(*, agreement_id: UUID, by: User, at: datetime) -> SigningCode:
    code = waiting_code(agreement_id=agreement_id, by=by, at=at)
    if code is None:
        raise Refused(SigningRefusal.CODE_OVER)
    tried = SigningCode.objects.filter(pk=code.pk, tries__lt=MOST_TRIES)
    if not tried.update(tries=F("tries") + 1):
        raise Refused(SigningRefusal.TOO_MANY_TRIES)
    return code


@one_write
def _open(*, code_id: UUID, typed: str, by: User, at: datetime) -> SigningCode:
    agreement_id = SigningCode.objects.values_list("agreement", flat=True).get(pk=code_id, user=by)
    agreement = _to_sign(agreement_id, by=by, at=at)
    code = locked(SigningCode.objects.filter(pk=code_id)).get()
    digits = "".join(sign for sign in typed if sign.isdecimal())
    code.user = by  # the address is the one of today
    if not constant_time_compare(code.digest, _digest(code, digits)):
        if code.tries >= MOST_TRIES:
            raise Refused(SigningRefusal.TOO_MANY_TRIES)
        raise Refused(SigningRefusal.WRONG_CODE, about="code", left=MOST_TRIES - code.tries)
    if code.opened_at is None:
        code.opened_at = at
        code.save(update_fields=["opened_at"])
        if by.persona != Persona.PARTICIPANT:
            read = {agreement.internship.participant_id: AGREEMENT_READ}
            audit.record_reads(Participant, read, by=by, at=at)
    return code


@one_write
def sign_by_code(*, code_id: UUID, by: User, at: datetime) -> Agreement:
    """Sign the version that a code has opened, once.

    Raises SigningCode.DoesNotExist for a code of somebody else's, Agreement.DoesNotExist for who does not
    sign for the party any more, and Refused when the party has signed, when the terms have changed since,
    when the internship is over, and when the code has served or its time for reading is over.
    """
    code = SigningCode.objects.get(pk=code_id, user=by)
    agreement = lock_agreement(Agreement.objects.signable_by(by, on=day_of(at)), code.agreement_id)
    check_is_open(agreement)
    sent_to = masked(code.address)
    signature = Signature(how=SignedHow.BY_CODE, code_sent_to=sent_to)
    _refuse_signed(agreement, code.party)
    if opened_code(code_id=code_id, by=by, at=at) is None:
        raise Refused(SigningRefusal.CODE_OVER)
    put_own_signature(agreement=agreement, signature=signature, by=by, at=at)
    SigningCode.objects.filter(pk=code_id).update(used_at=at)
    return agreement


def waiting_code(*, agreement_id: UUID, by: User, at: datetime) -> SigningCode | None:
    """Return the newest code of `by` for a version if it may be typed still."""
    mine = SigningCode.objects.filter(agreement=agreement_id, user=by)
    code = mine.order_by("-sent_at", "pk").first()
    return code if code and code.used_at is None and at < code.expires_at else None


def opened_code(*, code_id: UUID, by: User, at: datetime) -> SigningCode | None:
    """Return a code of `by` by which a version may be read and signed; None when its time is over.

    An address that has been changed since is not the one that was proved.
    """
    opened = SigningCode.objects.filter(pk=code_id, user=by, used_at=None, opened_at__gt=at - READING)
    return opened.filter(address=by.email).first()


def masked(address: str) -> str:
    """Return an e-mail address so that its owner knows it and nobody else learns it: a***@b***.se."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain[:1]}***.{domain.rpartition('.')[2][:20]}"


def _to_sign(agreement_id: UUID, *, by: User, at: datetime) -> Agreement:
    """Lock a version that waits for `by` to sign it for employer or participant; staff get no code."""
    theirs = Agreement.objects.signable_by(by, on=day_of(at))
    if by.persona == Persona.STAFF:
        theirs = theirs.none()
    agreement = lock_agreement(theirs, agreement_id)
    check_is_open(agreement)
    _refuse_signed(agreement, PARTY_OF[Persona(by.persona)])
    return agreement


def _refuse_signed(agreement: Agreement, party: str) -> None:
    if agreement.signatures.filter(party=party).exists():
        raise Refused(AgreementRefusal.SIGNED_ALREADY, party=Party(party).label)


def _digest(code: SigningCode, number: str) -> str:
    """Return what is kept of a code: made with SECRET_KEY, for of six digits a plain hash hides nothing."""
    bound_to = (code.agreement_id, code.party, code.user_id, code.user.email, number)
    said = " ".join(map(str, bound_to))
    return salted_hmac("internships.signing", said, algorithm="sha256").hexdigest()
