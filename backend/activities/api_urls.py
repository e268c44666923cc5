"""The API's addresses of sessions."""

from rest_framework.routers import SimpleRouter

from backend.activities import api

router = SimpleRouter(use_regex_path=False)
router.register("sessions", api.SessionViewSet, basename="session")
urlpatterns = router.urls
