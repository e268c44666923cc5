"""What of an opening a coach reads before others do, and when what was changed is read once more.

What matters is what people say yes to: the kind, title and words of the work, where it is, what comes after,
what is needed. Places, days, hours, what can be arranged and who supervises change at once.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from backend.accounts.models import User
from backend.core import rules
from backend.core.clock import day_of
from backend.employers.enums import OpeningKind
from backend.employers.models import Employer, OccupationOfOpening, Opening

KNOWN_RULE: Final = "opening_known_employer_days"


def what_matters(opening: Opening) -> dict[str, Any]:
    """Return what matters in an opening as it stands now, as it is kept and compared."""
    occupation = OccupationOfOpening.objects.filter(opening=opening).first()
    asked = opening.requirements.order_by("text").values_list("text", "essential")
    return {
        "kind": str(opening.kind),
        "intent": "" if opening.kind == OpeningKind.JOB else str(opening.intent),
        "title": opening.title,
        "description": opening.description,
        "workplace": f"{opening.workplace.name}, {opening.workplace.locality_name}".strip(", "),
        "occupation": occupation.text if occupation else "",
        "requirements": [[text, essential] for text, essential in asked],
        "licences": sorted(opening.licences),
        "languages": dict(sorted(opening.languages.items())),
    }


def changed_since_read(opening: Opening) -> list[str]:
    """Return which of what matters differs from what others have read; nothing where nobody has."""
    now = what_matters(opening) if opening.as_read else {}
    return [name for name, value in now.items() if opening.as_read.get(name) != value]


def is_known(employer: Employer, *, at: datetime) -> bool:
    """Tell whether an employer is approved, and had something published long enough ago to be trusted."""
    since = at - timedelta(days=rules.value_on(KNOWN_RULE, day_of(at)))
    published = Opening.objects.filter(workplace__employer=employer, published_at__lte=since)
    return employer.is_in_good_standing_on(day_of(at)) and published.exists()


def reads_changes(*, opening: Opening, by: User, at: datetime) -> bool:
    """Tell whether a coach reads what `by` changes in an opening that others have read."""
    if not (opening.as_read and opening.is_offered) or is_known(opening.workplace.employer, at=at):
        return False
    return not Opening.objects.decidable_by(by).filter(pk=opening.pk).exists()


def must_be_read(*, opening: Opening, at: datetime) -> bool:
    """Tell whether an opening has words that matter and that nobody has read, of an employer who is new."""
    return bool(changed_since_read(opening)) and not is_known(opening.workplace.employer, at=at)
