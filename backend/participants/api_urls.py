"""The API's addresses of participants' files and what belongs to them."""

from rest_framework.routers import SimpleRouter

from backend.participants.api import consents, contacts, people, written

router = SimpleRouter(use_regex_path=False)
router.register("participants", people.ParticipantViewSet, basename="participant")
router.register("skills", written.SkillViewSet, basename="skill")
router.register("experiences", written.ExperienceViewSet, basename="experience")
router.register("wishes", written.WishViewSet, basename="wish")
router.register("contacts", contacts.ContactViewSet, basename="contact")
router.register("consents", consents.ConsentViewSet, basename="consent")
urlpatterns = router.urls
