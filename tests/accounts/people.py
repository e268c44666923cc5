"""People who sign in as people do."""

from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User

PASSWORD = "ett långt lösenord 1"


def signed_in_too(user: User) -> Client:
    """Sign `user` in as people do, so that the session is known as theirs."""
    if not user.check_password(PASSWORD):  # another one would end the sessions of before
        user.set_password(PASSWORD)
        user.save()
    EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.get("/")
    return client
