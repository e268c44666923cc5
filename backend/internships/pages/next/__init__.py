"""What comes next about an internship and what follows from it: one function per thing and reader."""

from backend.internships.pages.next.agreements import next_for_coach_about, warning_before
from backend.internships.pages.next.certificates import next_about_certificate
from backend.internships.pages.next.concerns import next_about_concern
from backend.internships.pages.next.evaluations import next_about_evaluation
from backend.internships.pages.next.follow_ups import Said, next_for_coach_of, next_for_side, said_by
from backend.internships.pages.next.jobs import changes_of, next_about_check, next_for_job
from backend.internships.pages.next.placements import may_be_corrected, next_for_staff

__all__ = [
    "Said",
    "changes_of",
    "may_be_corrected",
    "next_about_certificate",
    "next_about_check",
    "next_about_concern",
    "next_about_evaluation",
    "next_for_coach_about",
    "next_for_coach_of",
    "next_for_job",
    "next_for_side",
    "next_for_staff",
    "said_by",
    "warning_before",
]
