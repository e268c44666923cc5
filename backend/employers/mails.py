"""The mail that asks somebody to speak for an employer: sealed while it waits, and gone when it is sent."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.core.outbox import sign_in
from backend.employers.models import EmployerInvitation


def post_invitation(invitation: EmployerInvitation, *, token: str, at: datetime) -> None:
    """Queue the invitation, in the language of the account that the address has, else in Swedish."""
    known = User.objects.filter(email__iexact=invitation.email).first()
    with translation.override(known.language if known else settings.LANGUAGE_CODE):
        words = {
            "employer": invitation.employer,
            "role": invitation.get_role_display(),
            "url": f"{settings.SITE_URL}{reverse('employers:invitation_accept', args=[token])}",
            "until": invitation.expires_at,
        }
        body = render_to_string("employers/email/invited_message.txt", words)
        subject = str(_("You are invited to Praktikbron"))
        mail = EmailMultiAlternatives(subject, body, to=[invitation.email])
    sign_in.post(mail, at=at, valid_for=invitation.expires_at - at)
