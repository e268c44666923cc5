"""What speaks for an employer: who was hired, who supervises, and that it would receive somebody again."""

from django.db.models import Count

from backend.employers.models import Employer
from backend.internships.enums import BEGAN, Again
from backend.internships.models import Employment, Evaluation, Internship


def good_signs(employer: Employer) -> dict[str, int]:
    """Return counts alone: internships, jobs that came of them, supervisors, and thanks."""
    began = Internship.objects.filter(workplace__employer=employer, state__in=BEGAN).order_by()
    figures = began.aggregate(internships=Count("pk"), supervisors=Count("supervisor_name", distinct=True))
    jobs = Employment.objects.filter(struck_at=None, internship__workplace__employer=employer)
    again = Evaluation.objects.filter(internship__workplace__employer=employer, again=Again.YES)
    return {**figures, "jobs": jobs.count(), "again": again.count()}
