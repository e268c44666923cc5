"""Looks at a participant's file through the pages of cooperation, as the participant reads them."""

from django.utils.translation import gettext_lazy as _

from backend.participants.access_log import register_page

PACKAGE, PREPARING, AS_AGENCY = "cooperation.package", "cooperation.prepare", "cooperation.agency"

register_page(PACKAGE, _("Opened what an agency was sent about you"))
register_page(PREPARING, _("Prepared what an agency may read about you"))
register_page(AS_AGENCY, _("Read what you have released, as an agency"))
INTERVENTIONS = "cooperation.interventions"
register_page(INTERVENTIONS, _("Opened your earlier efforts"))

REVIEW, REVIEW_CASE = "cooperation.review", "cooperation.review_case"
register_page(REVIEW, _("Opened a case review on whose agenda you stand"))
register_page(REVIEW_CASE, _("Prepared or noted a case review about you"))
