"""Concerns about a workplace without an internship: told by anybody, handled by the municipality's staff."""

from datetime import datetime, timedelta
from uuid import UUID

from backend.accounts.enums import Persona
from backend.accounts.models import Municipality, User
from backend.core.writing import audit
from backend.core.writing.refusals import Refused
from backend.core.writing.transactions import one_write
from backend.employers.models import Employer, Workplace
from backend.internships import notifications
from backend.internships.enums import Voice
from backend.internships.models import Concern, ConcernQuerySet
from backend.internships.refusals import ConcernRefusal

SAME_WITHIN = timedelta(days=1)


@one_write
def tell_of_workplace(
    *,
    employer_id: UUID,
    text: str,
    voice: Voice | str = Voice.ANONYMOUS,
    workplace_id: UUID | None = None,
    reached_at: str = "",
    by: User | None,
    at: datetime,
) -> Concern:
    """Record that somebody says that something is wrong at an employer, and tell its municipality's coaches.

    `by` is None for whoever is not signed in, who is not asked for a name. What stands there already, in the
    same words of the same day, is not written again. Raises Employer.DoesNotExist or Workplace.DoesNotExist
    for one that there is not, and Refused without words or for a voice that must sign in.
    """
    if not text.strip():
        raise Refused(ConcernRefusal.NO_WORDS, about="text")
    employer = Employer.objects.select_for_update(of=("self",)).get(pk=employer_id)
    workplace = Workplace.objects.get(pk=workplace_id, employer=employer) if workplace_id else None
    facts = {"employer": employer, "workplace": workplace, "text": text.strip(), "raised_by": by}
    told = Concern.objects.filter(**facts, raised_at__gt=at - SAME_WITHIN).first()
    if told is not None:
        return told
    said_by = _voice_of(by, voice)
    concern = Concern.objects.create(**facts, voice=said_by, reached_at=reached_at.strip(), raised_at=at)
    audit.record(concern, "concern_raised", by=by, at=at)
    notifications.tell_of_workplace(concern, at=at)
    return concern


@one_write
def tell_of_elsewhere(
    *,
    municipality_id: UUID,
    name: str,
    place: str,
    text: str,
    voice: Voice | str = Voice.ANONYMOUS,
    reached_at: str = "",
    by: User | None,
    at: datetime,
) -> Concern:
    """Record that something is wrong at a workplace that somebody names in words, and tell the municipality.

    Nothing is looked up, so that nobody learns which employers there are. Twice the same is one, as in
    `tell_of_workplace`. Raises Municipality.DoesNotExist, and Refused without words about what is wrong or
    without name and place.
    """
    if not text.strip():
        raise Refused(ConcernRefusal.NO_WORDS, about="text")
    if not name.strip() or not place.strip():
        raise Refused(ConcernRefusal.NO_WORKPLACE, about="place" if name.strip() else "name")
    municipality = Municipality.objects.select_for_update(of=("self",)).get(pk=municipality_id)
    facts = {"municipality": municipality, "told_name": name.strip(), "told_place": place.strip()}
    facts |= {"text": text.strip(), "raised_by": by}
    told = Concern.objects.filter(**facts, raised_at__gt=at - SAME_WITHIN).first()
    if told is not None:
        return told
    said_by = _voice_of(by, voice)
    concern = Concern.objects.create(**facts, voice=said_by, reached_at=reached_at.strip(), raised_at=at)
    audit.record(concern, "concern_raised", by=by, at=at)
    notifications.tell_of_elsewhere(concern, at=at)
    return concern


@one_write
def link_concern(*, concern_id: UUID, employer_id: UUID, by: User, at: datetime) -> Concern:
    """Say which employer a concern is about that names a workplace in words; those words are kept.

    From then on it holds back, is handled and is looked into as every concern about an employer. Raises
    Concern.DoesNotExist or Employer.DoesNotExist for whoever is no staff of the municipality, or once the
    concern is linked or handled.
    """
    concern = _elsewhere(by).select_for_update(of=("self",)).get(pk=concern_id)
    theirs = Employer.objects.decidable_by(by).filter(municipality=concern.municipality_id)
    concern.employer = theirs.select_for_update(of=("self",)).get(pk=employer_id)
    concern.save(update_fields=["employer"])
    audit.record(concern, "concern_linked", by=by, at=at)
    return concern


@one_write
def close_concern(*, concern_id: UUID, outcome: str, by: User, at: datetime) -> Concern:
    """Record what was done about a concern that is about no internship.

    Raises Concern.DoesNotExist for whoever is no staff of the employer's municipality, or once it is handled,
    and Refused without words.
    """
    if not outcome.strip():
        raise Refused(ConcernRefusal.NO_OUTCOME, about="outcome")
    theirs = Concern.objects.unhandled().filter(employer__in=Employer.objects.decidable_by(by))
    concern = (theirs | _elsewhere(by)).select_for_update(of=("self",)).get(pk=concern_id)
    mark_handled(concerns=[concern], outcome=outcome.strip(), by=by, at=at)
    return concern


def mark_handled(*, concerns: list[Concern], outcome: str, by: User, at: datetime) -> None:
    """Write of concerns that are locked what was done about them."""
    for concern in concerns:
        concern.outcome, concern.handled_by, concern.handled_at = outcome, by, at
        concern.save(update_fields=["outcome", "handled_by", "handled_at"])
        audit.record(concern, "concern_handled", by=by, at=at)


def _elsewhere(by: User) -> ConcernQuerySet:
    """Keep what nobody has handled of workplaces known in words alone, in the municipalities of staff."""
    return (
        Concern.objects.visible_to(by).unhandled().elsewhere().filter(municipality__in=by.municipality_ids())
    )


def _voice_of(by: User | None, voice: Voice | str) -> str:
    """Return who says so; staff may write down what somebody else has told them."""
    if by is None:
        return Voice.UNION if voice == Voice.UNION else Voice.ANONYMOUS
    return str(Voice(voice)) if by.persona == Persona.STAFF else by.persona
