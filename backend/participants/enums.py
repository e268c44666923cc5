"""States, sources and levels of what is known about a participant."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from backend.core.writing.lifecycle import Lifecycle


class ParticipantState(TextChoices):
    ENROLLED = "enrolled", _("Enrolled")
    ACTIVE = "active", _("Looking for a place")
    IN_INTERNSHIP = "in_internship", _("In internship")
    EMPLOYED = "employed", _("In paid work")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


class EvidenceSource(TextChoices):
    """Who vouches for a skill, the weakest first."""

    SELF = "self", _("Says so")
    COACH = "coach", _("Job coach")
    SUPERVISOR = "supervisor", _("Supervisor")
    INTERNSHIP = "internship", _("Shown in an internship")


class SkillLevel(IntegerChoices):
    BEGINNER = 1, _("Has tried")
    WITH_SUPPORT = 2, _("Can with support")
    INDEPENDENT = 3, _("Can alone")
    CAN_TEACH = 4, _("Can teach others")


class ConsentMeans(TextChoices):
    """How the participant said yes."""

    IN_PERSON = "in_person", _("In a meeting")
    BY_PHONE = "by_phone", _("By phone")
    IN_WRITING = "in_writing", _("In writing")
    IN_APP = "in_app", _("In Praktikbron")


TOLD_TO_COACH = [each for each in ConsentMeans.choices if each[0] != ConsentMeans.IN_APP]
"""How a coach can have heard it."""


class ConsentEnd(TextChoices):
    """Why a consent no longer holds. Only the person, or the coach for them, takes one back."""

    WITHDRAWN = "withdrawn", _("taken back")
    PLACEMENT_ENDED = "placement_ended", _("ended with the internship or the job")
    CALLED_OFF = "called_off", _("ended when the internship was called off or the job struck")
    PROPOSAL_OVER = "proposal_over", _("ended with the proposal")
    RENEWED = "renewed", _("replaced by a new consent")
    CASE_ENDED = "case_ended", _("ended with the case")
    PROTECTED = "protected", _("ended when the identity was protected")


class AgencyKind(TextChoices):
    """What kind of body a partner agency is."""

    EMPLOYMENT_SERVICE = "employment_service", _("Public Employment Service")
    SOCIAL_INSURANCE = "social_insurance", _("Social Insurance Agency")
    REGION = "region", _("Region")
    ADULT_EDUCATION = "adult_education", _("Adult education")
    SOCIAL_SERVICES = "social_services", _("Social services")
    OTHER = "other", _("Another agency")


class ReleasedKind(TextChoices):
    """What may be released, one item at a time."""

    FIRST_NAME = "first_name", _("First name")
    SKILL = "skill", _("Skill")
    EXPERIENCE = "experience", _("Has worked as")
    WISH = "wish", _("Wants to work as")
    # In consents from before experience and wish were told apart: it may be either, so it claims neither.
    OCCUPATION = "occupation", _("Occupation")
    LANGUAGES = "languages", _("Languages")
    LICENCES = "licences", _("Licences")
    HOURS = "hours", _("Working hours")
    ADAPTATIONS = "adaptations", _("Adaptations at work")
    PRESENTATION = "presentation", _("The job coach's words")
    # To agencies alone.
    FULL_NAME = "full_name", _("Name")
    INTERVENTION = "intervention", _("Earlier effort")


_LEAVE = frozenset({ParticipantState.PAUSED, ParticipantState.ENDED})
_WORK = frozenset({ParticipantState.IN_INTERNSHIP, ParticipantState.EMPLOYED})
PARTICIPANT_LIFECYCLE = Lifecycle(
    moves={
        ParticipantState.ENROLLED: _LEAVE | _WORK | {ParticipantState.ACTIVE},
        ParticipantState.ACTIVE: _LEAVE | _WORK,
        ParticipantState.IN_INTERNSHIP: _LEAVE | {ParticipantState.ACTIVE, ParticipantState.EMPLOYED},
        # Back to the internship that went on beside a job which ended or was recorded by mistake.
        ParticipantState.EMPLOYED: frozenset(
            {ParticipantState.ACTIVE, ParticipantState.IN_INTERNSHIP, ParticipantState.ENDED}
        ),
        ParticipantState.PAUSED: frozenset({ParticipantState.ACTIVE, ParticipantState.ENDED}),
        ParticipantState.ENDED: frozenset({ParticipantState.ENROLLED}),
    },
    steps=(
        ParticipantState.ENROLLED,
        ParticipantState.ACTIVE,
        ParticipantState.IN_INTERNSHIP,
        ParticipantState.EMPLOYED,
    ),
)
MATCHABLE_STATES = (ParticipantState.ENROLLED, ParticipantState.ACTIVE)
