"""The API's addresses of openings, employers and ads."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from backend.employers.api import EmployerViewSet, OpeningViewSet
from backend.employers.api_of_organisations import (
    EmployerContactViewSet,
    EmployerInvitationViewSet,
    OwnMembershipViewSet,
    RedundancyViewSet,
)
from backend.employers.api_of_workplaces import WorkplaceViewSet
from backend.employers.capacity.api import CapacityViewSet
from backend.employers.exchange.ads.api import AdViewSet
from backend.employers.replies import api as replies

router = SimpleRouter(use_regex_path=False)
router.register("openings", OpeningViewSet, basename="opening")
router.register("capacities", CapacityViewSet, basename="capacity")
router.register("employers", EmployerViewSet, basename="employer")
router.register("employer-invitations", EmployerInvitationViewSet, basename="employer-invitation")
router.register("memberships", OwnMembershipViewSet, basename="membership")
router.register("employer-contacts", EmployerContactViewSet, basename="employer-contact")
router.register("workplaces", WorkplaceViewSet, basename="workplace")
router.register("redundancies", RedundancyViewSet, basename="redundancy")
router.register("ads", AdViewSet, basename="ad")
_REPLIES = "employers/<uuid:employer_id>/replies/"
urlpatterns = [
    *router.urls,
    path(_REPLIES, replies.RepliesView.as_view(), name="replies"),
    path(f"{_REPLIES}<str:key>/", replies.change, name="reply_change"),
    path(f"{_REPLIES}<str:key>/remove/", replies.remove, name="reply_remove"),
]
