"""What counts where a concept is asked for, as a coach reads it and sets it."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from backend.core.models import AuditEntry
from backend.skills.enums import RelationKind
from backend.skills.models import Concept, Relation
from backend.skills.relations.graph import REASONS


class Counted(NamedTuple):
    """A concept that counts for another: the relation in force, and what else there is to say of it.

    `set_in` is the audit row of the person who set it; `computed` what would hold without that, if anything.
    """

    relation: Relation
    set_in: AuditEntry | None
    computed: Relation | None


def counted_for(target: Concept, municipalities: Iterable[UUID]) -> list[Counted]:
    """List what counts there where `target` is asked for: what people have set, then by falling degree."""
    rows = Relation.objects.holding_in(municipalities).filter(target=target).select_related("source")
    computed: dict[int, Relation] = {}
    by_hand: dict[int, Relation] = {}
    for relation in sorted(rows, key=_order):
        found = by_hand if relation.kind == RelationKind.OVERRIDE else computed
        found.setdefault(relation.source_id, relation)
    set_in = _set_in(by_hand.values())
    decided = [Counted(each, set_in.get(each.pk), computed.get(key)) for key, each in by_hand.items()]
    return decided + [Counted(each, None, each) for key, each in computed.items() if key not in by_hand]


def _order(relation: Relation) -> tuple[float, int, str]:
    """Sort as the matcher chooses: the greatest degree, and of equal ones the most trusted reason."""
    return -relation.degree, REASONS[relation.kind], relation.source.sort_key


def _set_in(relations: Iterable[Relation]) -> dict[int, AuditEntry]:
    """Return for each relation, by key, the newest audit row that says who set it."""
    entries = AuditEntry.objects.about(*relations).filter(action="relation_set")
    return {
        entry.subject_id.int: entry for entry in entries.select_related("by", "written").order_by("at", "id")
    }
