"""What comes next about a job and whether it lasts, for the coach and for who only reads."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backend.core.ui.next import Action, Next
from backend.internships.enums import RetentionAnswer
from backend.internships.models import Employment, RetentionCheck


def next_for_job(
    job: Employment, checks: Iterable[RetentionCheck], *, may_decide: bool, today: date
) -> Next | None:
    """Return what the coach does next: write the end of a job that did not last, or ask whether it lasts."""
    steps = [next_about_check(each, job, may_decide=may_decide, today=today) for each in checks]
    waiting = [step for step in steps if step is not None and step.waits_for_reader]
    return waiting[0] if waiting else None


def next_about_check(check: RetentionCheck, job: Employment, *, may_decide: bool, today: date) -> Next | None:
    """Return what the coach does about one question: ask when its day has come, correct what was answered."""
    if not may_decide or check.cancelled_at or check.due_on > today:
        return None
    about, url = _after(check), reverse("internships:retention_answer", args=[check.pk])
    if not check.answer:
        words = _("Call the person or the employer, and write down who said so.")
        ask = Action(_("Fill in the answer"), url, about=about)
        who = {"name": job.participant.first_name, "n": check.months}
        title = _("Does %(name)s still have the job? (%(n)s mo.)") % who
        return Next(title, words, (ask,), reason=title, do=ask.label)
    if check.is_disputed:
        words = _("The employer and the person have answered differently. Call, and write down what is so.")
        settle = Action(_("Fill in the answer"), url, about=about)
        title = _("They answer differently about the job")
        return Next(title, words, (settle,), "warning", reason=title, do=settle.label, mark="warning")
    correct = Action(_("Correct"), url, variant="tertiary", about=about)
    if check.answer != RetentionAnswer.NO or job.ends_on:
        return Next(check.get_answer_display(), actions=(correct,))
    end = Action(_("Write the last day"), reverse("internships:employment_end", args=[job.pk]))
    title = _("The job did not last")
    words = _("The person looks for a place again once the last day is written.")
    return Next(title, words, (end, correct), "warning", reason=title, do=end.label, mark="warning")


def _after(check: RetentionCheck) -> str:
    n = check.months
    return ngettext("%(n)s month after the start", "%(n)s months after the start", n) % {"n": n}


def changes_of(job: Employment, *, may_decide: bool, today: date) -> list[Action]:
    """Return how what was recorded of a job can be changed; one that has not begun cannot have ended."""
    if not may_decide:
        return []
    ends = not job.ends_on and job.starts_on <= today
    end = Action(_("The job has ended"), _to("end", job), variant="secondary")
    return [
        *([end] if ends else ()),
        Action(_("Correct"), _to("correct", job), variant="secondary"),
        Action(_("Strike"), _to("strike", job), variant="tertiary"),
    ]


def _to(name: str, job: Employment) -> str:
    return reverse(f"internships:employment_{name}", args=[job.pk])
