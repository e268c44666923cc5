"""Looks at a participant's file through the pages of internships, as the participant reads them."""

from django.utils.translation import gettext_lazy as _

from backend.internships.services import AGREEMENT_READ
from backend.participants.access_log import register_page

INTERNSHIP, FOLLOW_UP = "internships.internship", "internships.follow_up"
EMPLOYMENT, RETENTION = "internships.employment", "internships.retention"
CONCERN, IN_LISTS = "internships.concern", "internships.lists"
EVALUATION = "internships.evaluation"
AGREEMENT, PAPERS = AGREEMENT_READ, "internships.papers"

register_page(INTERNSHIP, _("Looked at your internship"))
register_page(AGREEMENT, _("Looked at the agreement about your internship"))
register_page(PAPERS, _("Looked at the papers of your internships"))
register_page(FOLLOW_UP, _("Looked at how your internship is going"))
register_page(EVALUATION, _("Read or wrote how your internship was"))
register_page(EMPLOYMENT, _("Opened the page where your job is recorded"))
register_page(RETENTION, _("Opened the page where it is asked if your job lasts"))
register_page(CONCERN, _("Read or wrote about something that is wrong in your internship"))
register_page(IN_LISTS)
