"""Proposals in the API: as each side reads them, and what each says."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from backend.core.api.said import Said, words
from backend.matching.enums import DeclineReason, ProposalState
from backend.matching.models import Proposal
from backend.matching.pages.for_employers import to_employer
from backend.matching.pages.forms import RenewForm, says_private
from backend.matching.pages.presenting import asked_for
from backend.participants.enums import ReleasedKind

INTENTS = [(each, each) for each in ("send", "ask", "draft")]
"""What is wanted with a pair: sent to the employer, asked of the participant in the app, or kept."""


class MarkSerializer(serializers.Serializer[Any]):
    """How one requirement is met; points are whole hundredths of the match."""

    text = serializers.CharField()
    mark = serializers.ChoiceField(choices=["met", "near", "ask", "missing"])
    about = serializers.ChoiceField(choices=["requirement", "experience", "wish"])
    essential = serializers.BooleanField()
    via = serializers.CharField()
    degree = serializers.FloatField()
    why = serializers.CharField()
    strength = serializers.FloatField()
    points = serializers.IntegerField()
    possible = serializers.IntegerField()


class ToldSerializer(serializers.Serializer[Any]):
    """What the participant has released to the employer, in exactly those words."""

    name = serializers.CharField()
    can = serializers.ListField(child=serializers.CharField())
    adaptations = serializers.ListField(child=serializers.CharField())
    terms = serializers.ListField(child=serializers.CharField())
    presentation = serializers.ListField(child=serializers.CharField())
    marks = MarkSerializer(many=True)


class ProposalSerializer(serializers.ModelSerializer[Proposal]):
    """What every reader may know of a proposal: nothing about the person."""

    opening_title = serializers.CharField(source="opening.title")
    employer = serializers.CharField(source="opening.workplace.employer.name")
    coach = serializers.CharField(source="coach.get_full_name")

    class Meta:
        model = Proposal
        fields: tuple[str, ...] = (
            "id",
            "opening",
            "opening_title",
            "employer",
            "coach",
            "state",
            "state_changed_at",
            "sent_at",
            "decided_at",
        )


class EmployerProposalSerializer(ProposalSerializer):
    """A proposal to its employer: with what was released, as long as it may be read."""

    told = serializers.SerializerMethodField()
    message = serializers.SerializerMethodField()

    class Meta(ProposalSerializer.Meta):
        fields = (*ProposalSerializer.Meta.fields, "told", "message")

    @extend_schema_field(ToldSerializer(allow_null=True))
    def get_told(self, proposal: Proposal) -> Any:
        """Return the released items; null after a no, a withdrawal or the consent's end."""
        told = to_employer(proposal, at=timezone.now()).told
        return None if told is None else ToldSerializer(told).data

    def get_message(self, proposal: Proposal) -> str:
        """Return the coach's words; they speak of the person, so they end with the consent too."""
        return to_employer(proposal, at=timezone.now()).message


class StaffProposalSerializer(ProposalSerializer):
    """A proposal to the staff of the participant's unit."""

    participant_name = serializers.CharField(source="participant")

    class Meta(ProposalSerializer.Meta):
        fields = (
            *ProposalSerializer.Meta.fields,
            "participant",
            "participant_name",
            "message",
            "decline_reason",
            "decline_note",
            "answer_note",
            "explanation",
        )


class AnswerNoteSerializer(serializers.Serializer[Any]):
    """Words with an employer's yes, or with its wish to meet; the coach reads them."""

    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class DeclineSerializer(serializers.Serializer[Any]):
    """An employer's no."""

    reason = serializers.ChoiceField(choices=DeclineReason.choices)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class ReleasableSerializer(serializers.Serializer[Any]):
    """One item of a file: its key, what kind it is, and the words that an employer would read."""

    key = serializers.CharField()
    kind = serializers.ChoiceField(choices=ReleasedKind.choices)
    text = serializers.CharField()


class OwnProposalSerializer(ProposalSerializer):
    """A proposal to the participant: with what is asked for, while an answer is waited for."""

    asked = serializers.SerializerMethodField()

    class Meta(ProposalSerializer.Meta):
        fields = (*ProposalSerializer.Meta.fields, "asked")

    @extend_schema_field(ReleasableSerializer(many=True))
    def get_asked(self, proposal: Proposal) -> Any:
        """Return each item that the participant is asked to release; none when nothing is asked any more."""
        items = asked_for(proposal) if proposal.state == ProposalState.ASKED else ()
        return ReleasableSerializer(items, many=True).data


class AnswerAsParticipantSerializer(Said):
    """Yes or no; `items`: what of it is released, where that is not all that was asked for."""

    agrees = serializers.BooleanField()
    items = serializers.ListField(
        source="item_keys", child=serializers.CharField(max_length=200), max_length=200, required=False
    )


class WithdrawSerializer(Said):
    """Why it is taken back, for the coach's own notes."""

    why = words(300, must=True)


class RenewConsentSerializer(Said):
    """What the participant lets the employer read, and how the yes was given."""

    items = serializers.ListField(
        source="item_keys", child=serializers.CharField(max_length=200), max_length=200
    )
    means = serializers.ChoiceField(choices=RenewForm.base_fields["means"].choices)  # type: ignore[attr-defined]


class ProposeSerializer(Said):
    """What is wanted with the pair, what is told, the coach's words, and how the participant said yes."""

    intent = serializers.ChoiceField(choices=INTENTS)
    items = serializers.ListField(
        source="item_keys", child=serializers.CharField(max_length=200), max_length=200, default=list
    )
    message = serializers.CharField(max_length=2000, allow_blank=True, default="")
    means = serializers.ChoiceField(choices=RenewForm.base_fields["means"].choices, required=False)  # type: ignore[attr-defined]
    is_reviewed = serializers.BooleanField(default=False)

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        """Ask for what the intent needs, and once more before private words leave the house."""
        if said["intent"] == "send" and not said.get("means"):
            why = str(RenewForm.base_fields["means"].error_messages["required"])
            raise serializers.ValidationError({"means": [ErrorDetail(why, "required")]})
        is_reviewed = said.pop("is_reviewed") or said["intent"] == "draft"
        if not is_reviewed and says_private(said["message"], said["item_keys"], self.context["releasable"]):
            reads = _("Read your words again, or tick that they shall be sent.")
            raise serializers.ValidationError({"is_reviewed": [ErrorDetail(reads, "words_not_reviewed")]})
        return said
