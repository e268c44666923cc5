"""What is told of open cases to whoever lets staff go or closes a unit."""

from uuid import UUID

from backend.accounts.models import Assignment
from backend.accounts.staff.casebook import Casebook, register
from backend.home.cases.open_cases import open_cases
from backend.participants.models import Participant
from backend.participants.responsible import without_anybody


def in_unit(unit_id: UUID) -> int:
    """Return how many open cases a unit has."""
    return open_cases(Participant.objects.filter(unit=unit_id)).count()


def coached_by(role: Assignment) -> int:
    """Return how many open cases the holder of a coach's role has in its unit."""
    return open_cases(Participant.objects.filter(unit=role.unit_id, coach=role.user_id)).count()


def stranded(unit_id: UUID) -> int:
    """Return how many open cases of a unit have no coach, and nobody there who could name one."""
    return open_cases(without_anybody(Participant.objects.filter(unit=unit_id))).count()


register(Casebook(in_unit=in_unit, coached_by=coached_by, without_anybody=stranded))
