"""Reviews, concerns about employers and questions to unions as the API gives and takes them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.core.api.said import Said, choice, day, words
from backend.employers.enums import MeasureKind, MeasureReason
from backend.employers.serializers_of_organisations import AboutEmployer
from backend.internships.enums import ConsultationOutcome, Voice
from backend.internships.models import Concern, UnionConsultation
from backend.internships.models.consultations import ANSWERS
from backend.safeguarding.models import Evidence, Review
from backend.safeguarding.pages.reviews import readable_internships

MOST_CONCERNS = 50
OUTCOMES = [each for each in ConsultationOutcome.choices if each[0] in ANSWERS]
VOICES = [each for each in Voice.choices if each[0] != Voice.EMPLOYER]


class ReviewSerializer(serializers.ModelSerializer[Review]):
    """Which employer is looked into, and how far it has come."""

    employer_name = serializers.CharField(source="employer.name", read_only=True)

    class Meta:
        model = Review
        fields: tuple[str, ...] = ("id", "employer", "employer_name", "state", "asked_at", "reply_by")


class OwnReviewSerializer(ReviewSerializer):
    """A review to the employer: words written for it, its own words, and what was decided."""

    measure = serializers.ChoiceField(
        choices=MeasureKind.choices, source="measure.kind", default=None, allow_null=True, read_only=True
    )

    class Meta(ReviewSerializer.Meta):
        fields = (
            *ReviewSerializer.Meta.fields,
            *("asked_words", "reply", "replied_at", "measure", "reason", "decided_at"),
            *("appeal", "appeal_reason"),
        )


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    """One thing that a review rests on; of a concern about an internship that it is about one."""

    voice = serializers.SerializerMethodField()
    internship = serializers.SerializerMethodField()
    words = serializers.SerializerMethodField()

    class Meta:
        model = Evidence
        fields = (
            *("id", "kind", "signal", "number", "threshold", "source"),
            *("concern", "voice", "internship", "words", "at"),
        )

    @extend_schema_field(serializers.ChoiceField(choices=Voice.choices, allow_blank=True))
    def get_voice(self, evidence: Evidence) -> str:
        """Return who said so, as far as that is told: never a name."""
        return str(evidence.concern.voice) if evidence.concern else ""

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_internship(self, evidence: Evidence) -> str | None:
        """Return the internship that a concern is about, to whoever may know of it."""
        key = evidence.concern.internship_id if evidence.concern else None
        return str(key) if key in self.context["readable"] else None

    def get_words(self, evidence: Evidence) -> str:
        """Return what was seen or told; what is told of an internship is read at the concern itself."""
        if evidence.concern is None:
            return evidence.words
        return "" if evidence.concern.internship_id else evidence.concern.text


class StaffReviewSerializer(OwnReviewSerializer):
    """A review to staff: with what it rests on, and who replied and decided."""

    evidence = serializers.SerializerMethodField()
    replied_by = serializers.CharField(read_only=True, allow_null=True)
    decided_by = serializers.CharField(read_only=True, allow_null=True)

    class Meta(OwnReviewSerializer.Meta):
        fields = (
            *OwnReviewSerializer.Meta.fields,
            *("opened_at", "replied_by", "decided_by", "appealed_at", "appeal_upheld", "evidence"),
        )

    @extend_schema_field(EvidenceSerializer(many=True))
    def get_evidence(self, review: Review) -> Any:
        """Return what the review rests on, the oldest first."""
        context = {"readable": readable_internships(review, self.context["request"].user)}
        return EvidenceSerializer(review.evidence.select_related("concern"), many=True, context=context).data


class ReviewEvidenceSerializer(Said):
    """What a review rests on: concerns that nobody has handled, and what staff have seen."""

    note = words(2000)
    concerns = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=MOST_CONCERNS, source="concern_ids"
    )


class ReviewOpenSerializer(ReviewEvidenceSerializer, AboutEmployer):
    """Whom to look into, and why."""


class ReviewAskSerializer(Said):
    """What the employer is asked to reply to; never who has told."""

    words = words(4000, must=True)
    reply_by = day()


class ReviewReplySerializer(Said):
    """What the employer replies."""

    words = words(4000, must=True)


class MeasureDraftSerializer(serializers.Serializer[Any]):
    """A measure to take: what, why, from when, perhaps until when."""

    kind = choice(MeasureKind)
    reason = choice(MeasureReason)
    starts_on = day()
    last_on = day(must=False, may_be_none=True)


class ReviewDecideSerializer(Said):
    """What is decided, with reasons that the employer reads; without a measure nothing follows from it."""

    reason = words(2000, must=True)
    measure = MeasureDraftSerializer(required=False, allow_null=True)


class ReviewDismissSerializer(Said):
    """Why nothing is decided."""

    reason = words(2000, must=True)


class ReviewAppealSerializer(Said):
    """Why the decision should be another."""

    words = words(4000, must=True)


class AppealDecideSerializer(Said):
    """Whether the decision stands, and why."""

    upholds = serializers.BooleanField()
    reason = words(2000, must=True)


class EmployerConcernSerializer(serializers.ModelSerializer[Concern]):
    """What somebody has told of an employer, and what was done."""

    class Meta:
        model = Concern
        fields = (
            *("id", "employer", "workplace", "voice", "text", "reached_at", "raised_at"),
            *("handled_at", "outcome"),
        )


class ConcernNoteSerializer(AboutEmployer):
    """What staff have been told, and by whom as far as that is said."""

    workplace = serializers.UUIDField(required=False, allow_null=True, source="workplace_id")
    voice = serializers.ChoiceField(choices=VOICES, default=Voice.STAFF)
    text = words(2000, must=True)


class ConcernDoneSerializer(Said):
    """What was done about a concern."""

    outcome = words(2000, must=True)


class UnionQuestionSerializer(serializers.ModelSerializer[UnionConsultation]):
    """What a union was asked about a workplace; `outcome` is empty while it may answer in time."""

    employer = serializers.UUIDField(source="workplace.employer_id", read_only=True)
    workplace_name = serializers.CharField(source="workplace.name", read_only=True)
    asked_by = serializers.CharField(read_only=True)

    class Meta:
        model = UnionConsultation
        fields = (
            *("id", "employer", "workplace", "workplace_name", "union_name", "work", "asked_how"),
            *("asked_on", "asked_by", "answer_by", "outcome", "answered_by", "answered_on", "words"),
            *("recorded_at", "may_be_answered"),
        )


class UnionAskSerializer(Said):
    """What a union is asked, and until when it can answer; nothing about who is to come."""

    workplace = serializers.UUIDField(source="workplace_id")
    union_name = words(100, must=True)
    work = words(200, must=True)
    asked_how = words(150)
    answer_by = day()


class UnionAnswerSerializer(Said):
    """What a union answered, and who for it."""

    outcome = serializers.ChoiceField(choices=OUTCOMES)
    answered_by = words(100, must=True)
    answered_on = day()
    words = words(2000)
