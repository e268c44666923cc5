"""The API's addresses of openings and employers."""

from rest_framework.routers import SimpleRouter

from backend.employers.api import EmployerViewSet, OpeningViewSet

router = SimpleRouter(use_regex_path=False)
router.register("openings", OpeningViewSet, basename="opening")
router.register("employers", EmployerViewSet, basename="employer")
urlpatterns = router.urls
