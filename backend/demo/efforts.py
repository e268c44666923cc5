"""What was done before for those who can sign in: by agencies of the list and by other bodies, over years."""

from datetime import date, timedelta
from typing import Any, Final

from backend.cooperation.enums import InterventionKind, ToldBy, WhyEnded
from backend.cooperation.services import Effort, record_interventions
from backend.demo.world import moment
from backend.participants.enums import AgencyKind
from backend.participants.models import Agency, Participant
from backend.participants.services import register_agency

AGENCIES: Final = (
    (AgencyKind.EMPLOYMENT_SERVICE, "Arbetsförmedlingen"),
    (AgencyKind.ADULT_EDUCATION, "Vuxenutbildningen"),
)
KIND, WHY = InterventionKind, WhyEnded
Told = tuple[str, InterventionKind, str, str, str, str, str]
"""By whom, what kind, from and until (years before this one, a month), why it ended, what, to what it led."""
PEOPLE: Final[tuple[tuple[Told, ...], ...]] = (
    (
        (
            "Vuxenutbildningen",
            KIND.SWEDISH,
            "12-01",
            "10-06",
            WHY.AS_PLANNED,
            "sfi, kurs C",
            "Betyg i kurs C",
        ),
        ("Arbetsförmedlingen", KIND.JOB_SEARCH, "10-08", "10-12", WHY.NO_FUNDING, "Jobbsökarkurs", ""),
        (
            "Arbetsförmedlingen",
            KIND.WORK_TRAINING,
            "9-02",
            "9-07",
            WHY.DID_NOT_FIT,
            "Lager",
            "För långa dagar",
        ),
        (
            "Föreningen Iris",
            KIND.WORK_TRAINING,
            "6-03",
            "5-02",
            WHY.AS_PLANNED,
            "Café",
            "Kom i tid varje dag",
        ),
        ("Arbetsförmedlingen", KIND.JOB_SEARCH, "5-04", "5-09", WHY.AS_PLANNED, "Jobbsökarkurs", "Ett CV"),
        ("Vuxenutbildningen", KIND.SWEDISH, "3-01", "2-05", WHY.AS_PLANNED, "sfi, kurs D", "Betyg i kurs D"),
        ("Föreningen Iris", KIND.WORK_TRAINING, "1-09", "", "", "Café, två dagar i veckan", ""),
    ),
    (
        ("Arbetsförmedlingen", KIND.GUIDANCE, "8", "8", WHY.AS_PLANNED, "", "Vill arbeta utomhus"),
        ("Vuxenutbildningen", KIND.COURSE, "7-08", "6-06", WHY.MOVED, "Trädgård", "Halva kursen"),
        (
            "Kommunens parkenhet",
            KIND.PLACEMENT,
            "3-05",
            "3-09",
            WHY.AS_PLANNED,
            "Parkarbete",
            "Får gärna komma igen",
        ),
        ("Arbetsförmedlingen", KIND.GUIDANCE, "1", "1", WHY.NOT_KNOWN, "", ""),
    ),
    (
        ("Arbetsförmedlingen", KIND.REHABILITATION, "4-01", "3-03", WHY.NO_FUNDING, "", "Klarar halva dagar"),
        (
            "Studieförbundet",
            KIND.COURSE,
            "3-09",
            "3-12",
            WHY.WORK_OR_STUDIES,
            "Dator, grunder",
            "Började läsa",
        ),
        ("Vuxenutbildningen", KIND.COURSE, "2-01", "1-06", WHY.DID_NOT_FIT, "Engelska", "För fort"),
        ("Vuxenutbildningen", KIND.COURSE, "1-08", "", "", "Engelska i lugnare takt", ""),
    ),
)


def write_down_efforts(*, today: date) -> None:
    """Let coaches write down with three who can sign in what has been tried before."""
    at = moment(today - timedelta(days=20))
    people = Participant.objects.filter(user__isnull=False, is_protected=False).select_related(
        "coach", "unit"
    )
    for person, told in zip(people.order_by("enrolled_on", "pk"), PEOPLE, strict=False):
        theirs = Agency.objects.visible_to(person.coach)
        for kind, name in () if theirs.exists() else AGENCIES:
            where = person.unit.municipality_id
            register_agency(municipality_id=where, kind=kind, name=name, by=person.coach, at=at)
        keys = {each.name: each.pk for each in theirs}
        said = [_effort(each, keys, year=today.year) for each in told]
        record_interventions(participant_id=person.pk, efforts=said, by=person.coach, at=at)


def _effort(told: Told, keys: dict[str, Any], *, year: int) -> Effort:
    who, kind, start, end, why, what, came_of = told
    first, last = _time(start, year), _time(end, year)
    return Effort(
        agency_id=keys.get(who),
        other_body="" if who in keys else who,
        kind=kind,
        what=what,
        started_year=first[0] or year,
        started_month=first[1],
        ended_year=last[0],
        ended_month=last[1],
        why_ended=why,
        came_of=came_of,
        told_by=ToldBy.PERSON,
    )


def _time(written: str, year: int) -> tuple[int | None, int | None]:
    back, _dash, month = written.partition("-")
    return (year - int(back) if back else None), (int(month) if month else None)
