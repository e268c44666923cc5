"""What core forgets when its time has come.

How long mails are kept is a dated rule, which an administrator may change. What lives for hours has its time
where it is made.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backend.core import rules
from backend.core.clock import day_of
from backend.core.enums import MessageState
from backend.core.models import (
    UNSENT_KEPT,
    Delivery,
    FileContent,
    JobRun,
    KeptEmail,
    OutboxMessage,
    SentForm,
    SignInMail,
    StoredFile,
    UnsentForm,
)
from backend.core.outbox import sign_in
from backend.core.running import schedule
from backend.core.running.cache import LastingDatabaseCache

# A form that is sent again after this long is meant anew: nobody double-clicks so slowly.
SENT_FORMS_KEPT: Final = timedelta(days=2)
LOOSE_FILES_KEPT: Final = timedelta(days=1)
RUNS_KEPT: Final = timedelta(days=30)
DELIVERIES_RULE: Final = "deliveries_kept_days"
MESSAGES_RULE: Final = "messages_kept_days"
FAILED_RULE: Final = "failed_messages_kept_days"
KEPT_EMAILS_RULE: Final = "kept_emails_kept_days"
AT_ONCE: Final = 1000
JUST_SIGNED_IN: Final = timedelta(hours=1)


def forget_sent_forms(at: datetime) -> str:
    """Forget which forms were taken more than two days ago."""
    return _forget(SentForm.objects.filter(at__lt=at - SENT_FORMS_KEPT))


def forget_unsent_forms(at: datetime) -> str:
    """Forget what was typed and never sent."""
    return _forget(UnsentForm.objects.filter(at__lte=at - UNSENT_KEPT))


def forget_ended_sessions(at: datetime) -> str:
    """Forget the sessions that have ended, and from where they came."""
    done = _forget(Session.objects.filter(expire_date__lt=at))
    living = Session.objects.filter(expire_date__gte=at)
    old = UserSession.objects.filter(created_at__lt=at - JUST_SIGNED_IN)
    _forget(old.exclude(session_key__in=living.values("session_key")))
    return done


def forget_messages(at: datetime) -> str:
    """Forget who was told what, later that anybody was, and what failed or was set aside.

    A message outlives its deliveries: its key keeps the same step from being told of again.
    """
    sent = Delivery.objects.filter(sent_at__lt=_kept(DELIVERIES_RULE, at))
    read = _forget(sent.exclude(message__state__in=[MessageState.QUEUED, MessageState.SENDING]))
    done = OutboxMessage.objects.filter(state__in=[MessageState.SENT, MessageState.SKIPPED])
    _forget(done.filter(sent_at__lt=_kept(MESSAGES_RULE, at)))
    failed = OutboxMessage.objects.filter(state__in=[MessageState.FAILED, MessageState.SET_ASIDE])
    _forget(failed.filter(failed_at__lt=_kept(FAILED_RULE, at)))
    return read


def forget_sign_in_mails(at: datetime) -> str:
    """Forget mails whose code is valid no longer, should the worker that sends them not have done so."""
    return f"forgot {sign_in.forget_expired(at)}"


def forget_kept_emails(at: datetime) -> str:
    """Forget the e-mails that the demo keeps instead of sending."""
    return _forget(KeptEmail.objects.filter(at__lt=_kept(KEPT_EMAILS_RULE, at)))


def forget_ended_cache(at: datetime) -> str:
    """Forget what is in the cache and has ended: whose guesses at codes were counted, and the like."""
    store = caches[DEFAULT_CACHE_ALIAS]
    if not isinstance(store, LastingDatabaseCache):
        return "forgot 0"  # it is not in the database
    with connection.cursor() as cursor:
        return f"forgot {store.forget_ended(connection.alias, cursor, at)}"


def forget_loose_files(at: datetime) -> str:
    """Forget the files that nothing points to any more: what they were for is gone."""
    users = [link.name for link in StoredFile._meta.related_objects if link.related_model is not FileContent]
    loose = StoredFile.objects.filter(made_at__lt=at - LOOSE_FILES_KEPT)
    return _forget(loose.filter(**{f"{name}__isnull": True for name in users}))


def forget_job_runs(at: datetime) -> str:
    """Forget when jobs ran more than a month ago; that somebody ran one by hand stays in the log."""
    return _forget(JobRun.objects.filter(started_at__lt=at - RUNS_KEPT))


def _kept(rule: str, at: datetime) -> datetime:
    return at - timedelta(days=rules.value_on(rule, day_of(at)))


def _forget(rows: QuerySet[Any]) -> str:
    """Delete `rows`, a thousand at a time, so that nobody waits long for one statement."""
    gone = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        rows.model._base_manager.filter(pk__in=keys).delete()
        gone += len(keys)
    return f"forgot {gone}"


FORGET_ENDED_SESSIONS = schedule.register(
    schedule.Job(
        "forget_ended_sessions",
        timedelta(hours=1),
        forget_ended_sessions,
        ends=(Session, UserSession),
        title=_("Forget sessions that have ended"),
        tells=_("Who was signed in from where is deleted when the session is over."),
    )
)
FORGET_UNSENT_FORMS = schedule.register(
    schedule.Job(
        "forget_unsent_forms",
        timedelta(hours=1),
        forget_unsent_forms,
        ends=(UnsentForm,),
        title=_("Forget forms that were never sent"),
        tells=_("What somebody had typed when the session ended is deleted after twelve hours."),
    )
)
FORGET_SENT_FORMS = schedule.register(
    schedule.Job(
        "forget_sent_forms",
        timedelta(hours=6),
        forget_sent_forms,
        ends=(SentForm,),
        title=_("Forget which forms were taken"),
        tells=_("So that nothing is saved twice it is known for two days which forms were sent."),
    )
)
FORGET_LOOSE_FILES = schedule.register(
    schedule.Job(
        "forget_loose_files",
        timedelta(days=1),
        forget_loose_files,
        ends=(StoredFile, FileContent),
        title=_("Forget files that belong to nothing"),
        tells=_("Documents whose case is gone are deleted after a day."),
    )
)
FORGET_MESSAGES = schedule.register(
    schedule.Job(
        "forget_messages",
        timedelta(days=1),
        forget_messages,
        ends=(Delivery, OutboxMessage),
        title=_("Forget old messages"),
        tells=_("Messages are deleted when they have been kept for as long as the rules say."),
    )
)
FORGET_SIGN_IN_MAILS = schedule.register(
    schedule.Job(
        "forget_sign_in_mails",
        timedelta(hours=1),
        forget_sign_in_mails,
        ends=(SignInMail,),
        title=_("Forget codes that have expired"),
        tells=_("Mails with a code to sign in that could not be sent in time are deleted."),
    )
)
FORGET_KEPT_EMAILS = schedule.register(
    schedule.Job(
        "forget_kept_emails",
        timedelta(days=1),
        forget_kept_emails,
        ends=(KeptEmail,),
        title=_("Forget the mails of the demo"),
        tells=_("What a made-up municipality keeps instead of sending is deleted."),
    )
)
FORGET_ENDED_CACHE = schedule.register(
    schedule.Job(
        "forget_ended_cache",
        timedelta(hours=6),
        forget_ended_cache,
        title=_("Forget what has ended in the cache"),
        tells=_("Counters of failed sign-ins and the like are deleted when their time is over."),
    )
)
FORGET_JOB_RUNS = schedule.register(
    schedule.Job(
        "forget_job_runs",
        timedelta(days=1),
        forget_job_runs,
        ends=(JobRun,),
        title=_("Forget old runs"),
        tells=_("When jobs ran is deleted after a month."),
    )
)
