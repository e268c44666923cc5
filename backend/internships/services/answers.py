"""Who answers what is asked about a placement, and by which way."""

from typing import Final

from backend.accounts.enums import Persona
from backend.accounts.models import User
from backend.internships.enums import AnswerWay

SIDES: Final = (Persona.EMPLOYER, Persona.PARTICIPANT)


def way_of(*, by: User, way: str) -> str:
    """Return by which way an answer arrived: what staff write, somebody told them."""
    return AnswerWay.PHONE if by.persona == Persona.STAFF else way
