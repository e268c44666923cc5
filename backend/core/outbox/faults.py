"""What went wrong when a mail was sent: is it the mail server, is it too early, or is it this mail?"""

import smtplib
from enum import Enum

SERVICE_NOT_AVAILABLE = 421  # RFC 5321, 4.2.2: the server closes the channel
FOR_GOOD = range(500, 600)


class Fault(Enum):
    """Whose fault it is, and so who waits."""

    CHANNEL = "channel"  # the mail server: nobody's mail gets there, and no mail is to blame
    NOT_YET = "not_yet"  # this receiver for now: a full mailbox, a server that wants to see us twice
    MAIL = "mail"  # this mail or this address: the others are sent


def fault_of(error: Exception) -> Fault:
    """Return whose fault it is that a mail was not sent.

    A temporary refusal (4xx) of one receiver or of one text is theirs; any other failure of the conversation,
    sign-in and sender included, is the same for every mail and so the channel's.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _of_codes({code for code, _text in error.recipients.values()})
    if isinstance(error, smtplib.SMTPDataError):
        return _of_codes({error.smtp_code})
    if isinstance(error, OSError):  # every error of smtplib is one, time-outs and lost connections too
        return Fault.CHANNEL
    return Fault.MAIL


def _of_codes(codes: set[int]) -> Fault:
    if SERVICE_NOT_AVAILABLE in codes:
        return Fault.CHANNEL
    return Fault.MAIL if all(code in FOR_GOOD for code in codes) else Fault.NOT_YET


def name_of(error: Exception) -> str:
    """Return what an error is called where administrators read it: no words of the server, no address."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _text in error.recipients.values()})
        return " ".join(["SMTPRecipientsRefused", *map(str, codes)])[:60]
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()[:60]
