"""Marks planted in everything that is written about Pia, and how a page is read for them."""

import io
import zipfile
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User
from backend.core.writing import audit
from backend.internships.models import Concern, FollowUp, Internship
from backend.matching.models import Proposal
from backend.participants.enums import ReleasedKind
from backend.participants.models import (
    Consent,
    Contact,
    OccupationExperience,
    OccupationWish,
    Participant,
    ReleasedItem,
    SkillEvidence,
)
from tests.factories.base import NOW
from tests.permissions.matrix import MATRIX
from tests.permissions.world import Everything

MARK = "Kanarie"
"""No word of ours; whatever holds it was written about the person."""
LATER = date(2036, 1, 1)


def plant(everything: Everything) -> None:
    """Write the mark into Pia's name, file and consents, and into what the coach and she have written."""
    pia = {"pk": everything.cast.pia.pk}
    words = {name: f"{MARK} {name}" for name in ("first_name", "last_name", "phone", "presentation")}
    Participant.objects.filter(**pia).update(
        **words, reference="D-KANARIE", email="kanarie@example.org", sort_key="kanarie"
    )
    User.objects.filter(participant=pia["pk"]).update(name=f"{MARK} konto", phone=f"{MARK} 070")
    SkillEvidence.objects.filter(participant=pia["pk"]).update(text=f"{MARK} skill")
    OccupationExperience.objects.filter(participant=pia["pk"]).update(
        text=f"{MARK} experience", workplace=f"{MARK} workplace"
    )
    OccupationWish.objects.filter(participant=pia["pk"]).update(
        text=f"{MARK} wish", motivation=f"{MARK} motivation"
    )
    Contact.objects.filter(participant=pia["pk"]).update(
        line=f"{MARK} line", next_step=f"{MARK} next step", next_on=LATER
    )
    Proposal.objects.filter(participant=pia["pk"]).update(
        message=f"{MARK} message", decline_note=f"{MARK} no"
    )
    Internship.objects.filter(participant=pia["pk"]).update(end_note=f"{MARK} end")
    notes = {f"{side}_note": f"{MARK} {side}" for side in ("participant", "coach")}
    FollowUp.objects.update(**notes)
    # What is told of a workplace alone is no part of her case.
    of_a_case = Concern.objects.filter(internship__isnull=False)
    of_a_case.update(text=f"{MARK} concern", outcome=f"{MARK} outcome")
    give_reasons(everything)
    Consent.objects.update(valid_until=LATER)
    for consent in Consent.objects.filter(participant=pia["pk"]):
        for kind in (ReleasedKind.FIRST_NAME, ReleasedKind.PRESENTATION, ReleasedKind.ADAPTATIONS):
            ReleasedItem.objects.create(consent=consent, kind=kind, text=f"{MARK} {kind}")


def give_reasons(everything: Everything) -> None:
    """Write down that her case was paused, each proposal withdrawn and each placement called off, and why."""
    pia = everything.cast.pia
    moved: list[tuple[Model, str]] = [(pia, "state_paused")]
    moved += [(each, "state_withdrawn") for each in Proposal.objects.filter(participant=pia)]
    moved += [(each, "state_cancelled") for each in Internship.objects.filter(participant=pia)]
    for row, action in moved:
        audit.record(row, action, by=everything.cast.coach, at=NOW, why=f"{MARK} reason")


def text_of(response: HttpResponse) -> str:
    """Return what a reader sees, the sheets of an Excel file and the place it leads on to included."""
    body = response.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    return f"{response.get('Location', '')}{body.decode(errors='replace')}"


def tells(response: HttpResponse) -> bool:
    """Tell whether the mark stands in the answer, in any case."""
    return MARK.casefold() in text_of(response).casefold()


def ask(name: str, user: User | None, everything: Everything, method: str, **query: Any) -> HttpResponse:
    """Ask for the address called `name`, with what the matrix posts to it."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    door = MATRIX[name]
    data = {**door.data(everything), **query} if method == "post" else query
    address = reverse(name, kwargs=door.names(everything))
    response: HttpResponse = getattr(client, method)(address, data, **as_json(name, method))
    return response


TAKES_A_FILE = {"api:agreement-sign-on-paper"}
"""What is sent to the API as a form, for JSON holds no file."""


def as_json(name: str, method: str) -> dict[str, str]:
    """Return what lets the client send to the API what the API reads."""
    is_sent_to_api = name.startswith("api:") and method == "post" and name not in TAKES_A_FILE
    return {"content_type": "application/json"} if is_sent_to_api else {}


class Undone:
    """A block whose writes are taken back at its end."""

    def __enter__(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *error: Any) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(*error)
