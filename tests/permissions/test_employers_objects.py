"""No template that an employer is shown can reach a participant's row."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from django.core.paginator import Page
from django.db.models import ForeignKey, ManyToManyField, Model, OneToOneField, QuerySet
from django.test import Client
from django.test.utils import ContextList
from django.urls import reverse

from backend.participants.models import Participant
from tests.permissions.matrix import MATRIX
from tests.permissions.world import Everything

LINKS = (ForeignKey, OneToOneField, ManyToManyField)


def reaches_a_person(model: type[Model], seen: frozenset[type[Model]] = frozenset()) -> bool:
    """Tell whether a row of `model` leads, from link to link, to a participant."""
    if model is Participant:
        return True
    targets = {f.related_model for f in model._meta.get_fields() if isinstance(f, LINKS)} - seen
    models = [each for each in targets if isinstance(each, type)]
    return any(reaches_a_person(each, seen | {model}) for each in models)


def models_in(value: Any, depth: int = 6) -> Iterator[type[Model]]:
    """Yield the model of every row and query that a template can get from `value`."""
    if depth == 0 or isinstance(value, str | bytes):
        return
    if isinstance(value, Model):
        yield value.__class__  # through the lazy user too
    elif isinstance(value, QuerySet):
        yield value.model
    else:
        for part in parts_of(value):
            yield from models_in(part, depth - 1)


def parts_of(value: Any) -> Iterable[Any]:
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, Page):
        return [value.object_list, value.paginator.object_list]
    if isinstance(value, list | tuple | set | range):
        return list(value)[:50]
    if dataclasses.is_dataclass(value):
        return [getattr(value, field.name) for field in dataclasses.fields(value)]
    if hasattr(value, "qs"):
        return [value.qs]
    return [value.instance] if hasattr(value, "instance") else []


def flat(context: Any) -> Iterator[Any]:
    layers = context if isinstance(context, ContextList | list) else [context]
    for layer in layers:
        for names in getattr(layer, "dicts", [layer]):
            yield from names.values()


def test_the_rows_of_a_case_lead_to_the_person() -> None:
    from backend.internships.models import FollowUp, Internship
    from backend.matching.models import Proposal

    assert all(map(reaches_a_person, (Participant, Proposal, Internship, FollowUp)))


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_employers_page_holds_no_row_that_leads_to_a_participant(
    everything: Everything, method: str
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(everything.cast.employer_member)
    found, pages = set(), 0
    for name, door in sorted(MATRIX.items()):
        if "employer_member" not in door.open_to:
            continue
        data = door.data(everything) if method == "post" else {}
        response = getattr(client, method)(reverse(name, kwargs=door.names(everything)), data)
        pages += bool(response.context)
        models = (model for value in flat(response.context or []) for model in models_in(value))
        found |= {f"{name}: {model.__name__}" for model in models if reaches_a_person(model)}
    assert found == set()
    assert pages > (15 if method == "get" else 3)
