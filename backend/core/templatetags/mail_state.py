"""What pages for those who wait for a mail say of its way."""

from django import template
from django.utils import timezone

from backend.core.outbox import sign_in

register = template.Library()


@register.simple_tag
def mail_is_late() -> bool:
    """Tell whether mails to sign in with are late at the moment, for everybody."""
    return sign_in.is_late(timezone.now())
