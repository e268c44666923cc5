"""What is told to whom on a day. The employer's pages and the participant's own ask the same function."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from backend.participants.enums import ReleasedKind
from backend.participants.models import Consent, Participant

Ended = Callable[[], "QuerySet[Any, Any]"]
_silences: list[Ended] = []
_COLUMNS = ("pk", "items__kind", "items__text", "items__concept_id")


@dataclass(frozen=True)
class ToldItem:
    """One released item in the words that the receiver reads; `concept_id` is what it means."""

    kind: str
    text: str
    concept_id: int | None = None


@dataclass(frozen=True)
class Released:
    """What an employer or an agency reads of a person on a day. No way leads from here to the file."""

    items: tuple[ToldItem, ...]

    @cached_property
    def first_name(self) -> str:
        """The first name; empty where it was not released."""
        return ", ".join(self.texts(ReleasedKind.FIRST_NAME))

    def texts(self, *kinds: ReleasedKind) -> list[str]:
        """Return the words of these kinds."""
        return [item.text for item in self.items if item.kind in kinds]


def silence(ended: Ended) -> Ended:
    """Let an app higher up say, as a query of consents' keys, which tell nothing any more.

    A consent may still hold although what it was given for has ended: the employer has answered no, say.
    """
    _silences.append(ended)
    return ended


def released_on(day: date, consents: Iterable[Consent]) -> Mapping[UUID, Released]:
    """Return what each of `consents` tells its receiver on `day`, in one query; some tell nothing.

    Nothing is told after a withdrawal, after the last day, once what it was for has ended, or about a
    protected identity.
    """
    keys = {each.pk for each in consents}
    telling = Consent.objects.in_force(day).filter(
        pk__in=keys, participant__in=Participant.objects.findable()
    )
    for ended in _silences:
        telling = telling.exclude(pk__in=ended())
    rows = telling.order_by("items__position", "items__id")
    found: defaultdict[UUID, list[ToldItem]] = defaultdict(list)
    for key, kind, text, concept in rows.values_list(*_COLUMNS):
        found[key] += [ToldItem(str(kind), str(text), concept)] if kind else []
    return {key: Released(tuple(items)) for key, items in found.items()}


def name_for_employer(released: Released | None, *, case: UUID) -> str:
    """Return what an employer may call a person: the released first name, or "the participant".

    So that two of them can be told apart, the latter has a part of the key of their case with the employer,
    which tells nothing and is another in the next case.
    """
    if released is not None and released.first_name:
        return released.first_name
    return _("the participant %(reference)s") % {"reference": case.hex[-4:].upper()}
