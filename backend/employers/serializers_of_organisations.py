"""Invitations, memberships and the journal of employers as the API gives and takes them."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.accounts.journal.lines import ContactChannel
from backend.core.api.said import Said, choice, day, words
from backend.employers.enums import InvitationState, MembershipRole
from backend.employers.models import EmployerContact, EmployerInvitation, EmployerMembership, Redundancy


class EmployerInvitationSerializer(serializers.ModelSerializer[EmployerInvitation]):
    """Who has been asked, in which role, and what has become of it; never the link."""

    state = serializers.SerializerMethodField()

    class Meta:
        model = EmployerInvitation
        fields = [
            "id",
            "employer",
            "email",
            "role",
            "state",
            "sent_at",
            "expires_at",
            "accepted_at",
            "withdrawn_at",
        ]

    @extend_schema_field(serializers.ChoiceField(choices=InvitationState.choices))
    def get_state(self, invitation: EmployerInvitation) -> str:
        """Return what has become of it by now."""
        return str(invitation.state_at(timezone.now()).value)


class AboutEmployer(Said):
    """What is said of an employer."""

    employer = serializers.UUIDField()

    def service_arguments(self) -> dict[str, Any]:
        """Return what the service is called with."""
        said = super().service_arguments()
        return {"employer_id": said.pop("employer"), **said}


class EmployerInvitedSerializer(AboutEmployer):
    """Whom to ask, and in which role."""

    email = serializers.EmailField(max_length=254)
    role = choice(MembershipRole)


class OwnMembershipSerializer(serializers.ModelSerializer[EmployerMembership]):
    """For which employer the sender speaks, and in which role."""

    employer_name = serializers.CharField(source="employer.name", read_only=True)

    class Meta:
        model = EmployerMembership
        fields = ["id", "employer", "employer_name", "role", "state"]


class EmployerContactSerializer(serializers.ModelSerializer[EmployerContact]):
    """A line of an employer's journal."""

    on = serializers.DateField(source="happened_on")
    recorded_by = serializers.CharField(read_only=True)

    class Meta:
        model = EmployerContact
        fields = [
            *("id", "employer", "on", "channel", "with_whom", "line"),
            *("next_step", "next_on", "recorded_by", "recorded_at"),
        ]


class EmployerContactNotedSerializer(AboutEmployer):
    """A contact to note."""

    on = day()
    channel = choice(ContactChannel)
    with_whom = words(100)
    line = words(200)
    next_step = words(120)
    next_on = day(must=False, may_be_none=True)


class RedundancySerializer(serializers.ModelSerializer[Redundancy]):
    """Who was given notice at an employer: how many, when and where."""

    noted_by = serializers.CharField(read_only=True)

    class Meta:
        model = Redundancy
        fields = [
            *("id", "employer", "workplace", "happened_on", "how_many", "words"),
            *("noted_by", "noted_at", "instead_of", "taken_back_at", "taken_back_why"),
        ]


class _SaidOfRedundancies(Said):
    """What is said of who was given notice."""

    workplace = serializers.UUIDField(required=False, allow_null=True)
    happened_on = day()
    how_many = serializers.IntegerField(min_value=1, max_value=10_000)
    words = words(1000, must=True)

    def service_arguments(self) -> dict[str, Any]:
        """Return what the service is called with."""
        said = super().service_arguments()
        return {"workplace_id": said.pop("workplace", None), **said}


class RedundanciesNotedSerializer(_SaidOfRedundancies):
    """Redundancies to note."""

    employer = serializers.UUIDField()

    def service_arguments(self) -> dict[str, Any]:
        """Return what the service is called with."""
        said = super().service_arguments()
        return {"employer_id": said.pop("employer"), **said}


class RedundanciesCorrectedSerializer(_SaidOfRedundancies):
    """Redundancies as they are right, and what was wrong."""

    why = words(1000, must=True)


class RedundanciesTakenBackSerializer(Said):
    """What was wrong."""

    why = words(1000, must=True)
