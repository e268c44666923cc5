"""The API's addresses of openings, employers and ads."""

from rest_framework.routers import SimpleRouter

from backend.employers.api import EmployerViewSet, OpeningViewSet
from backend.employers.api_of_organisations import (
    EmployerContactViewSet,
    EmployerInvitationViewSet,
    OwnMembershipViewSet,
)
from backend.employers.capacity.api import CapacityViewSet
from backend.employers.exchange.ads.api import AdViewSet

router = SimpleRouter(use_regex_path=False)
router.register("openings", OpeningViewSet, basename="opening")
router.register("capacities", CapacityViewSet, basename="capacity")
router.register("employers", EmployerViewSet, basename="employer")
router.register("employer-invitations", EmployerInvitationViewSet, basename="employer-invitation")
router.register("memberships", OwnMembershipViewSet, basename="membership")
router.register("employer-contacts", EmployerContactViewSet, basename="employer-contact")
router.register("ads", AdViewSet, basename="ad")
urlpatterns = router.urls
