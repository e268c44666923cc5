"""Asking the API as somebody, in JSON."""

from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def get(user: User, name: str, row: Model | None = None, **asked: Any) -> HttpResponse:
    """Return the answer of the address called `name`, about `row`."""
    return client_of(user).get(reverse(f"api:{name}", args=[row.pk] if row else []), asked)


def post(user: User, name: str, row: Model, *, key: str = "", **data: Any) -> HttpResponse:
    """Return what is answered to `data`, sent with an Idempotency-Key if there is one."""
    headers = {"Idempotency-Key": key} if key else {}
    address = reverse(f"api:{name}", args=[row.pk])
    return client_of(user).post(address, data, "application/json", headers=headers)
