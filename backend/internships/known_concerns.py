"""What coaches know of an employer before they ask anybody: a concern that nobody has handled."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from backend.accounts.models import User
from backend.internships.models import Concern
from backend.matching.rankings.before_asking import Known, known_of_employers


@known_of_employers
def unhandled_concerns(employers: Collection[UUID], by: User) -> Mapping[UUID, list[Known]]:
    """Return that a concern is unhandled, once for each employer with one; never whose, and not what about.

    Whoever may read it gets the way to the internship, anybody else to the employer.
    """
    mine = Concern.objects.visible_to(by).filter(pk=OuterRef("pk"))
    unhandled = Concern.objects.filter(
        handled_at__isnull=True, internship__workplace__employer__in=employers
    ).select_related("internship__workplace")
    found: defaultdict[UUID, list[Known]] = defaultdict(list)
    for concern in unhandled.annotate(is_mine=Exists(mine.order_by())).order_by("raised_at", "pk"):
        internship, employer = concern.internship, concern.internship.workplace.employer_id
        if not found[employer]:
            to_employer = reverse("employers:employer_detail", args=[employer])
            url = internship.get_absolute_url() if concern.is_mine else to_employer  # type: ignore[attr-defined]
            found[employer].append(Known(_("A concern about the workplace waits to be handled"), url))
    return found
