"""The API's addresses of openings, employers and ads."""

from rest_framework.routers import SimpleRouter

from backend.employers.api import EmployerViewSet, OpeningViewSet
from backend.employers.capacity.api import CapacityViewSet
from backend.employers.exchange.ads.api import AdViewSet

router = SimpleRouter(use_regex_path=False)
router.register("openings", OpeningViewSet, basename="opening")
router.register("capacities", CapacityViewSet, basename="capacity")
router.register("employers", EmployerViewSet, basename="employer")
router.register("ads", AdViewSet, basename="ad")
urlpatterns = router.urls
