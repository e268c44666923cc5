"""Tables that every app writes to through core's functions: audit, reads, outbox, rules, runs."""

from backend.core.models.documents import FileContent, StoredFile
from backend.core.models.logs import AboutSubject, AuditEntry, Identified, ReadEntry, WrittenReason
from backend.core.models.messages import (
    Delivery,
    Digest,
    KeptEmail,
    MailChannel,
    MessageChoice,
    OutboxMessage,
    OwnWords,
    PhoneCode,
    QuietHours,
    SignInMail,
)
from backend.core.models.work import UNSENT_KEPT, DatedRule, JobRun, ScheduledRun, SentForm, UnsentForm

__all__ = [
    "UNSENT_KEPT",
    "AboutSubject",
    "AuditEntry",
    "DatedRule",
    "Delivery",
    "Digest",
    "FileContent",
    "Identified",
    "JobRun",
    "KeptEmail",
    "MailChannel",
    "MessageChoice",
    "OutboxMessage",
    "OwnWords",
    "PhoneCode",
    "QuietHours",
    "ReadEntry",
    "ScheduledRun",
    "SentForm",
    "SignInMail",
    "StoredFile",
    "UnsentForm",
    "WrittenReason",
]
