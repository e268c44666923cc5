"""Paid work in the API, and whether it lasts."""

from rest_framework import serializers

from backend.core.api.said import Said, choice, day, words
from backend.internships.enums import (
    EmploymentForm,
    EmploymentTerm,
    JobEndReason,
    JobEvidence,
    RetentionAnswer,
)
from backend.internships.models import Employment, RetentionCheck, RetentionReply


class EmploymentSerializer(serializers.ModelSerializer[Employment]):
    """A job: nothing about the person."""

    class Meta:
        model = Employment
        fields: tuple[str, ...] = (
            "id",
            "employer_name",
            "title",
            "form",
            "percent",
            "term",
            "starts_on",
            "ends_on",
        )


class StaffEmploymentSerializer(EmploymentSerializer):
    """A job to the staff who may open the file."""

    participant_name = serializers.CharField(source="participant")

    class Meta(EmploymentSerializer.Meta):
        fields = (
            *EmploymentSerializer.Meta.fields,
            "participant",
            "participant_name",
            "internship",
            "proposal",
            "employer",
            "evidence",
            "end_reason",
            "recorded_at",
            "struck_at",
        )


class RecordSerializer(Said):
    """A paid job, and what it came of: an internship, a proposal, or an employer that is known or not."""

    internship = serializers.UUIDField(source="internship_id", required=False, allow_null=True)
    proposal = serializers.UUIDField(source="proposal_id", required=False, allow_null=True)
    employer = serializers.UUIDField(source="employer_id", required=False, allow_null=True)
    employer_name = words(200)
    is_another = serializers.BooleanField(required=False)
    title = words(150, must=True)
    form = choice(EmploymentForm)
    percent = serializers.IntegerField(min_value=1, max_value=100)
    term = choice(EmploymentTerm, must=False)
    evidence = choice(JobEvidence, must=False)
    starts_on = day()


class EndJobSerializer(Said):
    """When and why a job ended; never because of health."""

    ends_on = day()
    reason = choice(JobEndReason)


class WhySerializer(Said):
    """Why what was written is changed."""

    why = serializers.CharField(max_length=300, allow_blank=True, default="")


class CorrectJobSerializer(WhySerializer):
    """What is changed of what was recorded, and why; what is not sent stays."""

    employer_name = serializers.CharField(max_length=200, required=False)
    title = serializers.CharField(max_length=150, required=False)
    form = serializers.ChoiceField(choices=EmploymentForm.choices, required=False)
    percent = serializers.IntegerField(min_value=1, max_value=100, required=False)
    term = choice(EmploymentTerm, must=False)
    evidence = choice(JobEvidence, must=False)
    starts_on = day(must=False)
    ends_on = day(must=False, may_be_none=True)
    end_reason = choice(JobEndReason, must=False)


class ReplySerializer(serializers.ModelSerializer[RetentionReply]):
    """What one side itself has said."""

    class Meta:
        model = RetentionReply
        fields: tuple[str, ...] = ("side", "answer", "way", "answered_at")


class CheckSerializer(serializers.ModelSerializer[RetentionCheck]):
    """Which job is asked about, and when: nothing about the person."""

    work = serializers.CharField(source="employment.title")
    workplace = serializers.CharField(source="employment.employer_name")
    since = serializers.DateField(source="employment.starts_on")

    class Meta:
        model = RetentionCheck
        fields: tuple[str, ...] = ("id", "employment", "work", "workplace", "since", "months", "due_on")


class AskedCheckSerializer(CheckSerializer):
    """A question to one side, with what that side has said."""

    said = serializers.SerializerMethodField()

    class Meta(CheckSerializer.Meta):
        fields = (*CheckSerializer.Meta.fields, "said")

    def get_said(self, check: RetentionCheck) -> str:
        """Return the side's own answer; empty before there is one."""
        side = self.context["request"].user.persona
        return next((each.answer for each in check.replies.all() if each.side == side), "")


class StaffCheckSerializer(CheckSerializer):
    """A question to staff: the answer that counts, and what each side has said."""

    replies = ReplySerializer(many=True)

    class Meta(CheckSerializer.Meta):
        fields = (
            *CheckSerializer.Meta.fields,
            "answer",
            "said_by",
            "answered_at",
            "cancelled_at",
            "replies",
        )


class AnswerCheckSerializer(WhySerializer):
    """Whether the job lasts and who said so; another answer than the first needs a reason."""

    answer = choice(RetentionAnswer)
    said_by = words(100, must=True)


class ReplyAboutJobSerializer(Said):
    """One side's own answer."""

    answer = choice(RetentionAnswer)
