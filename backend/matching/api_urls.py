"""The API's addresses of proposals, meetings and rankings."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from backend.matching.api import proposals, rankings, visits

router = SimpleRouter(use_regex_path=False)
router.register("proposals", proposals.ProposalViewSet, basename="proposal")
router.register("visits", visits.VisitViewSet, basename="visit")
urlpatterns = [
    *router.urls,
    path("proposals/<uuid:proposal_id>/visits/", visits.offer, name="visit_offer"),
    path("openings/<uuid:opening_id>/candidates/", rankings.candidates, name="candidates"),
    path(
        "openings/<uuid:opening_id>/candidates/<uuid:participant_id>/proposals/",
        proposals.propose,
        name="propose",
    ),
    path("participants/<uuid:participant_id>/openings/", rankings.openings_for, name="openings_for"),
    path("participants/<uuid:participant_id>/releasable/", proposals.releasable, name="releasable"),
]
