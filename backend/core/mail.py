"""Mail kept in the database, for machines without a mail server."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from backend.core.models import KeptEmail


class KeptEmailBackend(BaseEmailBackend):
    """Keep each message once: a second delivery with the same Message-ID adds nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep `email_messages`; return how many there were."""
        for message in email_messages:
            KeptEmail.objects.get_or_create(
                message_id=str(message.message()["Message-ID"]),
                defaults={
                    "to": ", ".join(message.to),
                    "subject": str(message.subject)[:300],
                    "body": str(message.body),
                    "at": timezone.now(),
                },
            )
        return len(email_messages)
