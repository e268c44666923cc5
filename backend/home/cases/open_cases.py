"""Cases that something is open in, and those of them that nobody coaches."""

from django.db.models import Count, Q, QuerySet

from backend.accounts.enums import Role
from backend.accounts.models import Unit, User
from backend.internships.models import Concern, FollowUp, Internship, RetentionCheck
from backend.matching.models import Proposal
from backend.participants.enums import ParticipantState
from backend.participants.models import Participant, ParticipantQuerySet
from backend.participants.responsible import awaiting_coach, without_anybody


def open_cases(cases: ParticipantQuerySet) -> ParticipantQuerySet:
    """Keep who has not ended, and who has, but with something left that somebody has to see to."""
    left = Q(pk__in=Concern.objects.filter(handled_at=None).values("internship__participant"))
    left |= Q(pk__in=Internship.objects.open().order_by().values("participant"))
    left |= Q(pk__in=Proposal.objects.open().order_by().values("participant"))
    left |= Q(pk__in=FollowUp.objects.still_open().order_by().values("internship__participant"))
    left |= Q(pk__in=RetentionCheck.objects.unanswered().order_by().values("employment__participant"))
    return cases.filter(~Q(state=ParticipantState.ENDED) | left)


def to_hand_over(user: User) -> ParticipantQuerySet:
    """Return the open cases without a coach that wait for `user`: as the unit's manager, or as a handler."""
    return open_cases(awaiting_coach(user)).order_by("sort_key", "pk")


def caseload_of(coach: User, user: User) -> ParticipantQuerySet:
    """Return the open cases of `coach` in the units that `user` manages; for one who is about to leave."""
    theirs = Participant.objects.visible_to(user).filter(unit__in=user.unit_ids(Role.MANAGER), coach=coach)
    return open_cases(theirs).order_by("sort_key", "pk")


def units_without_anybody(administrator: User) -> QuerySet[Unit]:
    """Return the units with open cases (`cases`) that have no coach and nobody who could name one."""
    held = administrator.current_assignments
    municipalities = [each.municipality_id for each in held if each.role == Role.ADMINISTRATOR]
    theirs = Participant.objects.filter(unit__municipality__in=municipalities)
    cases = open_cases(without_anybody(theirs))
    counted = Count("participants", filter=Q(participants__in=cases.order_by().values("pk")))
    return Unit.objects.annotate(cases=counted).filter(cases__gt=0).order_by("sort_key", "pk")
