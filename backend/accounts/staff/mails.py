"""The mail that asks somebody in: sealed while it waits, as all codes are, and gone when it is sent."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.accounts.staff.codes import VALID_FOR, in_groups
from backend.core.outbox import sign_in


def post_invitation(user: User, *, code: str, municipality: str, at: datetime) -> None:
    """Queue the invitation in the language of `user`."""
    with translation.override(user.language):
        words = {
            "code": in_groups(code),
            "municipality": municipality,
            "url": f"{settings.SITE_URL}{reverse('staff:invitation_accept')}",
            "days": VALID_FOR.days,
        }
        body = render_to_string("account/email/staff_invited_message.txt", words)
        mail = EmailMultiAlternatives(str(_("Your invitation to Praktikbron")), body, to=[user.email])
    sign_in.post(mail, at=at, valid_for=VALID_FOR)
