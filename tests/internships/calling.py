"""Asking the API as somebody, in JSON."""

from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User
from backend.core.models import AuditEntry, OutboxMessage


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def get(user: User, name: str, row: Model | None = None, **asked: Any) -> HttpResponse:
    """Return the answer of the address called `name`, about `row`."""
    return client_of(user).get(reverse(f"api:{name}", args=[row.pk] if row else []), asked)


def post(user: User, name: str, row: Model, /, *, key: str = "", **data: Any) -> HttpResponse:
    """Return what is answered to `data`, sent with an Idempotency-Key if there is one."""
    headers = {"Idempotency-Key": key} if key else {}
    address = reverse(f"api:{name}", args=[row.pk])
    return client_of(user).post(address, data, "application/json", headers=headers)


def send(user: User, name: str, row: Model, /, **form: Any) -> HttpResponse:
    """Return what is answered to a form with a file."""
    return client_of(user).post(reverse(f"api:{name}", args=[row.pk]), form)


def written() -> tuple[int, int]:
    return AuditEntry.objects.count(), OutboxMessage.objects.count()


def twice(sender: Any, name: str, row: Any, /, **data: Any) -> dict[str, Any]:
    """Send it twice with one key, and return what both are answered: it is done once."""
    first = post(sender, name, row, key="5b1f", **data)
    once = written()
    second = post(sender, name, row, key="5b1f", **data)
    assert first.status_code in (200, 201), first.json()
    assert (second.status_code, second.json()) == (first.status_code, first.json())
    assert written() == once
    answer: dict[str, Any] = first.json()
    return answer


def refused(sender: Any, name: str, row: Any, /, **data: Any) -> str:
    """Return the code of a refusal that changes nothing."""
    before = written()
    answer = post(sender, name, row, **data)
    assert answer.status_code == 422, answer.json()
    assert written() == before
    return str(answer.json()["code"])
