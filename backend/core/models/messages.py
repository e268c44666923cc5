"""What is told: queued, delivered to each receiver, and where no mail server is, kept."""

from datetime import time
from typing import ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from backend.core.enums import MessageState, Pace, Way
from backend.core.fields import WorkingDateField
from backend.core.models.logs import AboutSubject, Identified


class OutboxMessage(Identified, AboutSubject):
    """Something to be told: written with the change it tells of, delivered after commit.

    It names an audience, a role in the case, and nobody: who holds the role is asked when it is delivered.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)
    audience = models.CharField(max_length=30)
    path = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.QUEUED)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    wanted_at = models.DateTimeField(help_text=_("When it was to be told; it may be due again later."))
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    # The tenant whose administrators look after it when it has failed; core stands below tenants.
    municipality_key = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "id"]
        indexes: ClassVar = [models.Index(fields=["state", "due_at"], name="outbox_due")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=MessageState.SENT) | Q(sent_at__isnull=False),
                name="outbox_sent_has_time",
                violation_error_message=_("A sent message has a time of sending."),
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.FAILED) | Q(failed_at__isnull=False),
                name="outbox_failed_has_time",
                violation_error_message=_("A failed message has a time of failing."),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Digest(Identified):
    """The one mail in which somebody gets what is not urgent from one sender: made, sent, and then gone.

    Its deliveries are chosen once, so that a mail which is sent again, because its worker died, is the same.
    One of a single message has that delivery's key, and is that message's own mail.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    sender_key = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recipient", "sender_key"], name="digest_once_a_sender"),
            models.UniqueConstraint(
                fields=["recipient"], condition=Q(sender_key=None), name="digest_once_of_no_sender"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class MessageChoice(models.Model):
    """What somebody has chosen about messages: how often what is not urgent, and which kinds not by mail.

    With a number, which its owner has shown to have, short questions and reminders go there by SMS.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="message_choice"
    )
    pace = models.CharField(_("how often"), max_length=10, choices=Pace, default=Pace.AT_ONCE)
    off = models.JSONField(default=list, blank=True)
    sms_number = models.CharField(_("mobile number"), max_length=20, blank=True)

    def __str__(self) -> str:
        return str(self.user_id)


class PhoneCode(models.Model):
    """A code sent by SMS to a number that somebody says is theirs; the newest counts, for minutes."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    number = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-sent_at", "-id"]

    def __str__(self) -> str:
        return str(self.user_id)


class QuietHours(models.Model):
    """The hours of a municipality in which nothing is sent that is not urgent, from a day on."""

    # Core stands below tenants.
    municipality_key = models.UUIDField()
    valid_from = WorkingDateField(_("valid from"))
    starts_at = models.TimeField(_("from in the evening"))
    ends_at = models.TimeField(_("until in the morning"))

    class Meta:
        verbose_name = _("quiet hours")
        verbose_name_plural = _("quiet hours")
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality_key", "valid_from"], name="quiet_once_a_day"),
            models.CheckConstraint(
                condition=Q(starts_at__gte=time(18), ends_at__gte=time(5), ends_at__lte=time(10)),
                name="quiet_over_night",
                violation_error_message=_("Quiet hours begin at 18 or later and end between 5 and 10."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M}–{self.ends_at:%H:%M}"


class OwnWordsQuerySet(models.QuerySet["OwnWords"]):
    def in_force(self, municipality: UUID) -> Self:
        """Keep what holds in a municipality: of each kind and language the newest, unless that is empty."""
        each = OwnWords.objects.filter(municipality_key=municipality).order_by().values("kind", "language")
        return self.filter(pk__in=each.annotate(newest=Max("pk")).values("newest")).exclude(text="")


class OwnWords(models.Model):
    """What a municipality lets mails of one kind say in one language; the newest row holds.

    Rows are only added. One without words says that the programme's own hold again.
    """

    LONGEST_SUBJECT, LONGEST_TEXT = 80, 400

    # Core stands below tenants.
    municipality_key = models.UUIDField()
    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(max_length=LONGEST_SUBJECT, blank=True)
    text = models.CharField(max_length=LONGEST_TEXT, blank=True)
    written_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OwnWordsQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["municipality_key", "kind", "language"], name="own_words_of_kind")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(subject="", text="") | (~Q(subject="") & ~Q(text="")),
                name="own_words_whole",
                violation_error_message=_("Write both the subject and the text."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Delivery(models.Model):
    """A message as it reached one receiver: readable in the app from the first attempt, mailed once.

    While it waits, `due_at` is when it may be tried again; `attempts` counts what was refused for good and
    `waits` what was put off. With `failed_at` it is tried no more. `sender_key` is of what is not urgent the
    municipality that sends it, by which it is collected and counted.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    message = models.ForeignKey(OutboxMessage, models.CASCADE, related_name="deliveries")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="deliveries")
    way = models.CharField(max_length=10, choices=Way, default=Way.MAIL)
    digest = models.ForeignKey(Digest, models.SET_NULL, null=True, blank=True, related_name="deliveries")
    mail_key = models.UUIDField(null=True, blank=True, help_text=_("The key of the mail that carries it."))
    sender_key = models.UUIDField(null=True, blank=True)
    path = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    waits = models.PositiveSmallIntegerField(default=0)
    sms_begun_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=60, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When it was answered by the link in the mail.")
    )

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering: ClassVar = ["-created_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["recipient", "-created_at"], name="delivery_recipient"),
            models.Index(fields=["mail_key"], name="delivery_mail"),
            models.Index(fields=["due_at"], name="delivery_waits", condition=Q(sent_at=None, failed_at=None)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "recipient"], name="delivered_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class MailChannel(models.Model):
    """Whether the mail server takes mail: one row that all workers share, absent until it first failed."""

    name = models.CharField(max_length=20, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    down_since = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name


class SignInMail(Identified):
    """A mail with a code or the like for somebody who stands at the door: sealed, sent at once, then gone."""

    content = models.TextField()
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["created_at", "id"]

    def __str__(self) -> str:
        return str(self.id)


class KeptEmail(models.Model):
    """An e-mail as it left the house, kept where no mail server is (demo and development)."""

    message_id = models.CharField(max_length=200, unique=True)
    to = models.TextField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return self.subject
