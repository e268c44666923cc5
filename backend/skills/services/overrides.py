"""What a coach knows better than the catalogue: how much one concept is worth where another is asked for."""

from datetime import datetime

from backend.accounts.enums import Role
from backend.accounts.models import Municipality, User
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.skills.enums import RelationKind
from backend.skills.models import SET_BY_HAND, CatalogueVersion, Concept, Relation
from backend.skills.refusals import OverrideRefusal

EDITORS = (Role.COACH, Role.ADMINISTRATOR)


class NotCatalogueEditor(Exception):
    """Only coaches and administrators change what the catalogue says."""


@one_write
def override_relation(
    *, source: Concept, target: Concept, degree: float, why: str, by: User, at: datetime
) -> Relation:
    """Set what `source` is worth (0–1) where `target` is asked for, in place of all that was computed.

    It holds in the municipality of `by` alone: of several, the first that they were assigned to.

    Raises NotCatalogueEditor when `by` is neither coach nor administrator, Refused without a reason, and
    ValidationError for a degree outside 0–1 or a concept related to itself.
    """
    municipality = _check(by, why)
    before = _override(source, target, municipality)
    relation = before or Relation(
        source=source, target=target, kind=RelationKind.OVERRIDE, municipality=municipality
    )
    changes = {"source": source.uri, "target": target.uri, "from": before.degree if before else None}
    relation.degree = degree
    relation.full_clean()
    relation.save()
    audit.record(relation, "relation_set", by=by, at=at, why=why, changes=changes | {"to": degree})
    _tell_readers(by=by, at=at)
    return relation


@one_write
def withdraw_override(*, source: Concept, target: Concept, why: str, by: User, at: datetime) -> None:
    """Let the computed relations of the pair speak again. Raises Relation.DoesNotExist when none was set."""
    relation = _override(source, target, _check(by, why))
    if relation is None:
        raise Relation.DoesNotExist
    changes = {"source": source.uri, "target": target.uri, "from": relation.degree, "to": None}
    audit.record(relation, "relation_withdrawn", by=by, at=at, why=why, changes=changes)
    relation.delete()
    _tell_readers(by=by, at=at)


def _check(by: User, why: str) -> Municipality:
    """Return the municipality that `by` sets the catalogue for."""
    edited = sorted(
        (each for each in by.current_assignments if each.role in EDITORS), key=lambda each: each.pk
    )
    if not edited:
        raise NotCatalogueEditor
    if not why.strip():
        raise Refused(OverrideRefusal.NO_REASON, about="why")
    return edited[0].municipality


def _override(source: Concept, target: Concept, municipality: Municipality) -> Relation | None:
    # Two who set the same pair for the first time have no row to wait for but the concept's.
    Concept.objects.select_for_update().get(pk=target.pk)
    rows = Relation.objects.set_by_hand_in([municipality.pk]).select_for_update(of=("self",))
    return rows.filter(source=source, target=target).first()


def _tell_readers(*, by: User, at: datetime) -> None:
    """Give the catalogue a new version, at which every process reads it anew."""
    CatalogueVersion.objects.create(scheme=SET_BY_HAND, imported_at=at, by=by, added=0, changed=1, retired=0)
