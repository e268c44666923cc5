"""Whoever opens an account can be reached: addresses that last for minutes are refused, in words."""

import pytest
from django.urls import reverse

from backend.accounts.models import User
from backend.accounts.signing_in.thrown_away import is_thrown_away


@pytest.mark.parametrize(
    ("email", "is_it"),
    [
        ("a@mailinator.com", True),
        ("a@MAILINATOR.com", True),
        ("a@x.y.mailinator.com", True),
        ("a@gmail.com", False),
        ("a@minmailinator.se", False),
        ("a@com", False),
        ("", False),
    ],
)
def test_which(email, is_it):
    assert is_thrown_away(email) is is_it


@pytest.mark.django_db
def test_signing_up_says_why(client):
    said = {"email": "nils@mailinator.com", "name": "Nils Ny"}

    answer = client.post(reverse("account_signup"), said)

    assert "slutar att gälla efter en kort stund" in answer.content.decode()
    assert not User.objects.filter(email=said["email"]).exists()
