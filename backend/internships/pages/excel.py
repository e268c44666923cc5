"""The columns of the Excel file of internships: what a unit reports of each, and what came of it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from backend.internships.models import Employment, Internship

EXPORTED = (
    _("Reference"),
    _("Participant"),
    _("Job coach"),
    _("Unit"),
    _("Employer"),
    _("Workplace"),
    _("Kind of placement"),
    _("State"),
    _("From"),
    _("To"),
    _("Hours a week"),
    _("What it rests on"),
    _("Reference of the decision"),
    _("The decision holds from"),
    _("The decision holds until"),
    _("Outcome"),
    _("Job at"),
    _("Work"),
    _("Form of employment"),
    _("Percent of full time"),
    _("First day of the job"),
)


def exported(internships: Sequence[Internship]) -> Iterator[list[Any]]:
    """Yield the cells of each internship, in the order of EXPORTED, with the job that came first after it."""
    jobs = _first_jobs(internships)
    for each in internships:
        person, place = each.participant, each.workplace
        yield [
            person.reference,
            str(person),
            str(person.coach),
            str(person.unit),
            place.employer.name,
            str(place),
            each.get_kind_display(),
            each.get_state_display(),
            each.started_on or each.starts_on,
            each.ended_on or each.ends_on,
            each.hours_per_week,
            each.get_basis_display(),
            each.decision_reference,
            each.basis_from,
            each.basis_until,
            each.get_end_reason_display() if each.end_reason else "",
            *_of_job(jobs.get(each.pk)),
        ]


def _first_jobs(internships: Sequence[Internship]) -> dict[Any, Employment]:
    """Return for each internship the first paid job since its first day, of the person it was of."""
    people = {each.participant_id for each in internships}
    rows = Employment.objects.filter(participant__in=people).order_by("starts_on", "pk")
    by_person: dict[Any, list[Employment]] = {}
    for row in rows:
        by_person.setdefault(row.participant_id, []).append(row)
    found = {}
    for each in internships:
        since = each.started_on or each.starts_on
        job = next((job for job in by_person.get(each.participant_id, []) if job.starts_on >= since), None)
        if job is not None:
            found[each.pk] = job
    return found


def _of_job(job: Employment | None) -> list[Any]:
    if job is None:
        return [None] * 5
    return [job.employer_name, job.title, job.get_form_display(), job.percent, job.starts_on]
