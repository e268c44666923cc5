"""Every address is rendered with marks planted in Pia's case: what is shown is written down, the rest is not.

Who may read her case leaves a row in the log wherever a mark is shown; who may not read a mark finds none,
whatever the page, the method, the search or the file.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from backend.accounts.enums import Role
from backend.accounts.models import User
from backend.core import outbox
from backend.core.models import AuditEntry, ReadEntry
from backend.internships.enums import InternshipState
from backend.internships.models import Internship
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from backend.participants.models import Consent, Participant, ReleasedItem
from backend.participants.services import protect_participant
from tests.factories import (
    AssignmentFactory,
    EmployerFactory,
    MembershipFactory,
    MunicipalityFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.base import NOW
from tests.permissions.canary import Undone, ask, plant, tells
from tests.permissions.matrix import MATRIX
from tests.permissions.world import Everything

METHODS = ("get", "post")
# Pages that are the same for all, and hold nobody's case.
COMMON = ("core:", "places:", "skills:", "set_language", "api:schema", "api:docs", "home:start")
CASES = sorted(name for name in MATRIX if not name.startswith(COMMON))


def never_released(everything: Everything) -> None:
    ReleasedItem.objects.all().delete()
    Proposal.objects.update(message="")


def withdrawn(everything: Everything) -> None:
    Consent.objects.update(withdrawn_at=timezone.now())


def run_out(everything: Everything) -> None:
    Consent.objects.update(valid_until=timezone.localdate() - timedelta(days=1))


def declined(everything: Everything) -> None:
    answer = {"decline_reason": "skills", "decided_at": NOW, "decided_by": everything.cast.employer_member}
    sent = Proposal.objects.filter(sent_at__isnull=False)
    sent.update(state=ProposalState.DECLINED, holds_place=False, **answer)


def ended(everything: Everything) -> None:
    today = timezone.localdate()
    past = {"starts_on": today, "started_on": today, "ends_on": today, "ended_on": today}
    Internship.objects.update(state=InternshipState.COMPLETED, **past)
    withdrawn(everything)


def protected(everything: Everything) -> None:
    cast = everything.cast
    protect_participant(participant_id=cast.pia.pk, handlers=[cast.coach], by=cast.coach, at=timezone.now())


PAST: list[Callable[[Everything], None]] = [never_released, withdrawn, run_out, declined, ended, protected]


@pytest.fixture
def marked(everything: Everything) -> Everything:
    plant(everything)
    return everything


def strangers(everything: Everything) -> dict[str, User | None]:
    """Return who may read nothing of Pia's case in any state: outsiders of every kind."""
    cast = everything.cast
    return {
        "anonymous": None,
        "other_employer": cast.other_employer,
        "other_coach": cast.other_coach,
        "other_participant": cast.other_participant_user,
        "administrator": cast.administrator,
        "other_guest": cast.other_guest,
    }


def outsiders(everything: Everything) -> dict[str, User]:
    """Return people of another municipality, and those who were let out of this one or not yet in."""
    cast = everything.cast
    there = UnitFactory(municipality=MunicipalityFactory(name="Annanstad"))
    member = UserFactory(persona="employer")
    MembershipFactory(user=member, employer=EmployerFactory(municipality=there.municipality))
    found = {"employer elsewhere": member}
    for role in (Role.COACH, Role.MANAGER):
        found[f"{role} elsewhere"] = AssignmentFactory(unit=there, role=role).user
    found["administrator elsewhere"] = AssignmentFactory(
        unit=None, municipality=there.municipality, role=Role.ADMINISTRATOR
    ).user
    found["coach who has left"] = AssignmentFactory(unit=cast.unit, ended_on=NOW.date()).user
    for state in ("requested", "ended"):
        found[f"{state} member"] = MembershipFactory(employer=cast.bakery, state=state).user
    found["superuser"] = UserFactory(is_staff=True, is_superuser=True)
    return found


def shown_to(everything: Everything, people: dict[str, User | None]) -> list[str]:
    """Return each address, method and reader where a mark was seen; whatever was written is taken back."""
    found = []
    for role, user in people.items():
        for name in CASES:
            for method in sorted({MATRIX[name].method, "post"}):
                with Undone():
                    if tells(ask(name, user, everything, method)):
                        found.append(f"{method} {name} as {role}")
    return found


class TestWhatIsShownIsWrittenDown:
    @pytest.mark.parametrize("role", ["coach", "manager", "employer_member", "administrator", "guest"])
    def test_wherever_a_mark_is_read_a_row_is_left(self, marked: Everything, role: str) -> None:
        user = marked.cast.roles()[role]
        unwritten, written = [], 0
        for name in sorted(MATRIX):
            for method in METHODS:
                with Undone():
                    before = ReadEntry.objects.count()
                    if tells(ask(name, user, marked, method)):
                        rows = ReadEntry.objects.filter(by=user, subject_id=marked.cast.pia.pk)
                        written += 1
                        unwritten += [f"{method} {name}"] if rows.count() - before != 1 else []
        assert unwritten == []
        assert (written > 1) is (role in ("coach", "manager", "employer_member", "guest"))

    def test_the_persons_own_reading_is_none(self, marked: Everything) -> None:
        person = {"participant": marked.cast.participant_user}
        assert shown_to(marked, person)
        assert not ReadEntry.objects.exists()


class TestBothMethods:
    @pytest.mark.parametrize("role", ["coach", "employer_member", "participant", "guest"])
    def test_asking_changes_nothing(self, marked: Everything, role: str) -> None:
        """A GET writes no audit row and makes no error, on an address that is for posting to either."""
        user, wrong = marked.cast.roles()[role], []
        for name in sorted(MATRIX):
            with Undone():
                before = AuditEntry.objects.count()
                status = ask(name, user, marked, "get").status_code
                if AuditEntry.objects.count() != before or status >= 500:
                    wrong.append((name, status))
        assert wrong == []


class TestWhoMayNotRead:
    def test_outsiders_find_no_mark_anywhere(self, marked: Everything) -> None:
        """The matrix again, for those who are in none of its columns too."""
        people = {**strangers(marked), **outsiders(marked)}
        assert shown_to(marked, people) == []

    @pytest.mark.parametrize("past", PAST)
    def test_the_employer_finds_no_mark_past_the_consent(
        self, marked: Everything, past: Callable[[Everything], None]
    ) -> None:
        past(marked)
        assert shown_to(marked, {"employer_member": marked.cast.employer_member}) == []

    @pytest.mark.parametrize("past", [never_released, withdrawn, run_out, protected])
    def test_a_guest_finds_no_mark_past_the_consent(
        self, marked: Everything, past: Callable[[Everything], None]
    ) -> None:
        past(marked)
        assert shown_to(marked, {"guest": marked.cast.guest}) == []

    def test_nobody_but_handlers_and_the_person_find_a_protected_one(self, marked: Everything) -> None:
        protected(marked)
        cast = marked.cast
        assert shown_to(marked, {"manager": cast.manager, "other_coach": cast.other_coach}) == []

    @pytest.mark.parametrize("word", ["Kanarie", "kanarie@example.org", "D-KANARIE", "first_name"])
    def test_no_search_tells_that_the_person_is_there(self, marked: Everything, word: str) -> None:
        never_released(marked)
        lists = [name for name in MATRIX if name.endswith("_list")]
        for role in ("employer_member", "other_coach"):
            user = marked.cast.roles()[role]
            for name in lists:
                found = ask(name, user, marked, "get", q=word)
                page = (found.context or {}).get("page") if found.status_code == 200 else None
                people = [each for each in (page or []) if isinstance(each, Participant | Internship)]
                assert people == [], (role, name)

    def test_no_mail_holds_a_mark(self, marked: Everything) -> None:
        protected(marked)
        outbox.deliver_due(at=timezone.now() + timedelta(days=400), limit=1000)
        sent = [f"{each.subject} {each.body}".casefold() for each in mail.outbox]
        assert [text for text in sent if "kanarie" in text] == []
