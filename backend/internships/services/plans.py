"""What belongs to a plan beside the columns: goals as the catalogue understands them, whom to ring."""

from datetime import datetime
from uuid import UUID

from backend.accounts.models import User
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.internships.enums import OPEN_INTERNSHIPS
from backend.internships.models import EmergencyContact, Internship, LearningGoal, lines_of
from backend.internships.refusals import InternshipRefusal
from backend.participants.models import Participant
from backend.participants.services import lock_as_voice
from backend.skills.enums import ConceptKind
from backend.skills.services import resolve_texts

LONGEST_GOAL = 200


def write_goals(internship: Internship) -> None:
    """Let the learning goals be the lines that stand in the plan, each as the catalogue understands it.

    A line that stood there before keeps its row, and so what is being asked about it. The caller holds the
    case.
    """
    wanted = [each[:LONGEST_GOAL] for each in lines_of(internship.goals)]
    there = {each.text: each for each in internship.learning_goals.all()}
    internship.learning_goals.exclude(text__in=wanted).delete()
    new = [each for each in wanted if each not in there]
    meanings = dict(zip(new, resolve_texts(new, kind=ConceptKind.SKILL), strict=True)) if new else {}
    for position, text in enumerate(wanted):
        if text in there:
            LearningGoal.objects.filter(pk=there[text].pk).update(position=position)
        else:
            LearningGoal.objects.create(internship=internship, text=text, position=position, **meanings[text])


@one_write
def write_emergency_contact(
    *, internship_id: UUID, name: str, phone: str, by: User, at: datetime
) -> Internship:
    """Write down whom the participant wants to be rung, as the participant or the coach; empty takes it away.

    Raises Internship.DoesNotExist for everybody else, and Refused when the internship is over and when there
    is a name without a number or the other way round.
    """
    theirs = Internship.objects.filter(participant__in=Participant.objects.spoken_for_by(by))
    lock_as_voice(participant_id=theirs.values_list("participant", flat=True).get(pk=internship_id), by=by)
    internship = theirs.get(pk=internship_id)
    if internship.state not in OPEN_INTERNSHIPS:
        raise Refused(InternshipRefusal.NOBODY_IS_RUNG)
    name, phone = name.strip(), phone.strip()
    if bool(name) != bool(phone):
        raise Refused(InternshipRefusal.HALF_A_CONTACT, about="name" if phone else "phone")
    if not name:
        forget_emergency_contact(internship)
    else:
        row = EmergencyContact(internship=internship, name=name, phone=phone, written_by=by, written_at=at)
        row.full_clean(validate_unique=False)
        said = {"name": name, "phone": phone, "written_by": by, "written_at": at}
        EmergencyContact.objects.update_or_create(internship=internship, defaults=said)
    audit.record(internship, "emergency_contact_written", by=by, at=at)
    return internship


def forget_emergency_contact(internship: Internship) -> None:
    """Remove whom the participant wanted to be rung. The caller holds the case."""
    EmergencyContact.objects.filter(internship=internship.pk).delete()
