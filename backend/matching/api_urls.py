"""The API's addresses of proposals and rankings."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from backend.matching import api

router = SimpleRouter(use_regex_path=False)
router.register("proposals", api.ProposalViewSet, basename="proposal")
urlpatterns = [
    *router.urls,
    path("openings/<uuid:opening_id>/candidates/", api.candidates, name="candidates"),
    path("participants/<uuid:participant_id>/openings/", api.openings_for, name="openings_for"),
]
