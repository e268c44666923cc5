"""The API's addresses of reviews, concerns about employers and questions to unions."""

from rest_framework.routers import SimpleRouter

from backend.safeguarding.api.concerns import EmployerConcernViewSet
from backend.safeguarding.api.reviews import ReviewViewSet
from backend.safeguarding.api.unions import UnionQuestionViewSet

router = SimpleRouter(use_regex_path=False)
router.register("reviews", ReviewViewSet, basename="review")
router.register("employer-concerns", EmployerConcernViewSet, basename="employer-concern")
router.register("union-questions", UnionQuestionViewSet, basename="union-question")
urlpatterns = router.urls
