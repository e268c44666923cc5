"""The API's addresses of internships and what belongs to them."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from backend.internships.api import (
    agreements,
    certificates,
    concerns,
    decisions,
    employments,
    evaluations,
    extensions,
    follow_ups,
    internships,
    retention,
)

router = SimpleRouter(use_regex_path=False)
router.register("internships", internships.InternshipViewSet, basename="internship")
router.register("follow-ups", follow_ups.FollowUpViewSet, basename="follow_up")
router.register("concerns", concerns.ConcernViewSet, basename="concern")
router.register("agreements", agreements.AgreementViewSet, basename="agreement")
router.register("extensions", extensions.ExtensionViewSet, basename="extension")
router.register("certificates", certificates.CertificateViewSet, basename="certificate")
router.register("evaluations", evaluations.EvaluationViewSet, basename="evaluation")
router.register("employments", employments.EmploymentViewSet, basename="employment")
router.register("retention-checks", retention.RetentionCheckViewSet, basename="retention_check")

urlpatterns = [
    *router.urls,
    path("proposals/<uuid:proposal_id>/internship/", internships.plan, name="internship_plan"),
    path("participants/<uuid:participant_id>/internships/", internships.place, name="internship_place"),
    path("participants/<uuid:participant_id>/employments/", employments.record, name="employment_record"),
    path("internships/<uuid:internship_id>/follow-ups/", follow_ups.add, name="follow_up_add"),
    path("internships/<uuid:internship_id>/concerns/", concerns.raise_concern, name="concern_raise"),
    path("internships/<uuid:internship_id>/agreements/", agreements.draw_up, name="agreement_draw_up"),
    path("internships/<uuid:internship_id>/certificates/", certificates.issue, name="certificate_issue"),
    path("internships/<uuid:internship_id>/decisions/", decisions.decide_placement, name="placement_decide"),
    path("extensions/<uuid:extension_id>/decisions/", decisions.decide_extension, name="extension_decide"),
    path("concerns/<uuid:concern_id>/decisions/", decisions.decide_concern, name="concern_decide"),
    path(
        "internships/<uuid:internship_id>/emergency-contact/",
        internships.EmergencyContactView.as_view(),
        name="emergency_contact",
    ),
]
