"""Internships and what becomes of them: follow-ups, employment, retention, concerns."""

from backend.internships.models.agreements import Agreement, AgreementQuerySet, Signature
from backend.internships.models.certificates import DOCUMENTS, Certificate, CertificateQuerySet
from backend.internships.models.concerns import Concern, ConcernQuerySet
from backend.internships.models.consultations import ConsultationQuerySet, UnionConsultation
from backend.internships.models.corrections import Correction
from backend.internships.models.decisions import ManagerDecision
from backend.internships.models.employments import (
    Employment,
    EmploymentQuerySet,
    RetentionCheck,
    RetentionCheckQuerySet,
    RetentionReply,
)
from backend.internships.models.evaluations import Evaluation, EvaluationQuerySet, SeenSkill
from backend.internships.models.extensions import (
    Extension,
    ExtensionQuerySet,
    said_of_extension,
    words_of_gates,
)
from backend.internships.models.follow_ups import Answer, FollowUp, FollowUpQuerySet
from backend.internships.models.pauses import InternshipPause
from backend.internships.models.placements import Internship, InternshipQuerySet, Reader
from backend.internships.models.plans import EmergencyContact, LearningGoal, Plan, lines_of
from backend.internships.models.rules import BasisRule, PlacementRule
from backend.internships.models.signing import MOST_TRIES, SigningCode

__all__ = [
    "DOCUMENTS",
    "MOST_TRIES",
    "Agreement",
    "AgreementQuerySet",
    "Answer",
    "BasisRule",
    "Certificate",
    "CertificateQuerySet",
    "Concern",
    "ConcernQuerySet",
    "ConsultationQuerySet",
    "Correction",
    "EmergencyContact",
    "Employment",
    "EmploymentQuerySet",
    "Evaluation",
    "EvaluationQuerySet",
    "Extension",
    "ExtensionQuerySet",
    "FollowUp",
    "FollowUpQuerySet",
    "Internship",
    "InternshipPause",
    "InternshipQuerySet",
    "LearningGoal",
    "ManagerDecision",
    "PlacementRule",
    "Plan",
    "Reader",
    "RetentionCheck",
    "RetentionCheckQuerySet",
    "RetentionReply",
    "SeenSkill",
    "Signature",
    "SigningCode",
    "UnionConsultation",
    "lines_of",
    "said_of_extension",
    "words_of_gates",
]
