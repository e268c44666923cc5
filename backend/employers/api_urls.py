"""The API's addresses of openings."""

from rest_framework.routers import SimpleRouter

from backend.employers.api import OpeningViewSet

router = SimpleRouter(use_regex_path=False)
router.register("openings", OpeningViewSet, basename="opening")
urlpatterns = router.urls
