"""What managers decide, whom to ring and new consents, in the API."""

from collections.abc import Iterator

import pytest
import time_machine

from backend.core.models import ReadEntry
from backend.internships.models import Extension, Internship, ManagerDecision
from backend.participants.models import Participant
from backend.participants.services import releasable_items
from tests.factories import ConsentFactory
from tests.factories.base import NOW
from tests.internships.calling import get, post, refused, twice
from tests.permissions.world import Everything

RING = {"name": "Mona, syster", "phone": "070-123 45 67"}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


class TestDecisions:
    def test_about_a_placement_that_is_held_back(self, everything: Everything) -> None:
        manager, planned = everything.cast.manager, everything.planned
        yes = {"allows": True, "reason": "Prövat."}
        assert refused(manager, "placement_decide", planned, **yes) == "nothing_to_decide"
        Internship.objects.filter(pk=planned.pk).update(union_outcome="objection")
        assert refused(manager, "placement_decide", planned, allows=True, reason=" ") == "blank"

        made = twice(manager, "placement_decide", planned, **yes)

        assert (made["allows"], made["reason"]) == (True, "Prövat.")
        read = get(everything.cast.coach, "internship-detail", planned).json()
        assert [each["id"] for each in read["decisions"]] == [made["id"]]
        assert "decisions" not in get(everything.cast.employer_member, "internship-detail", planned).json()

    def test_about_an_extension(self, everything: Everything) -> None:
        manager, extension = everything.cast.manager, everything.extension
        Extension.objects.filter(pk=extension.pk).update(applied_at=None, gates=["too_long_at_employer"])
        listed = get(manager, "extension-list", internship=extension.internship_id).json()["results"]
        assert [each["id"] for each in listed] == [str(extension.pk)]

        made = twice(manager, "extension_decide", extension, allows=False, reason="För långt.")

        read = get(everything.cast.coach, "extension-detail", extension).json()
        assert [(each["id"], each["allows"]) for each in read["decisions"]] == [(made["id"], False)]
        Extension.objects.filter(pk=extension.pk).update(dropped_at=NOW)
        no = {"allows": False, "reason": "Nej."}
        assert refused(manager, "extension_decide", extension, **no) == "nothing_to_decide"

    def test_beside_a_concern(self, everything: Everything) -> None:
        manager, concern = everything.cast.manager, everything.concern
        made = twice(manager, "concern_decide", concern, allows=True, reason="Samtal hållet.")
        read = get(everything.cast.coach, "concern-detail", concern).json()
        assert [each["id"] for each in read["decisions"]] == [made["id"]]
        own = get(everything.cast.participant_user, "concern-detail", concern)
        assert "Samtal" not in own.content.decode()

    def test_are_no_strangers_and_no_coachs(self, everything: Everything) -> None:
        cast, yes = everything.cast, {"allows": True, "reason": "Prövat."}
        others = (cast.coach, cast.other_coach, cast.employer_member, cast.participant_user)
        for other in others:
            assert post(other, "placement_decide", everything.planned, **yes).status_code == 404
            assert post(other, "extension_decide", everything.extension, **yes).status_code == 404
            assert post(other, "concern_decide", everything.concern, **yes).status_code == 404
        for other in others[1:]:
            assert get(other, "extension-detail", everything.extension).status_code == 404
            assert get(other, "extension-list").json()["count"] == 0
        assert not ManagerDecision.objects.exists()


class TestWhomToRing:
    @pytest.mark.parametrize("who", ["coach", "participant_user"])
    def test_is_written_and_read_while_it_goes_on(self, everything: Everything, who: str) -> None:
        internship = everything.internship
        assert twice(getattr(everything.cast, who), "emergency_contact", internship, **RING) == RING
        for reader in ("coach", "manager", "participant_user", "employer_member"):
            assert get(getattr(everything.cast, reader), "emergency_contact", internship).json() == RING
        looked = set(ReadEntry.objects.values_list("by", flat=True))
        assert {everything.cast.employer_member.pk, everything.cast.manager.pk} <= looked

    def test_is_told_to_no_workplace_without_consent_or_before(self, everything: Everything) -> None:
        cast, nothing = everything.cast, {"name": "", "phone": ""}
        for row in (everything.internship, everything.planned):
            post(cast.coach, "emergency_contact", row, **RING)
        assert get(cast.employer_member, "emergency_contact", everything.planned).json() == nothing
        over = ConsentFactory(participant=cast.pia, employer=cast.bakery, withdrawn_at=NOW)
        Internship.objects.filter(pk=everything.internship.pk).update(way_in="own_place", consent=over)
        assert get(cast.employer_member, "emergency_contact", everything.internship).json() == nothing

    def test_is_refused_by_half_and_when_it_is_over(self, everything: Everything) -> None:
        coach = everything.cast.coach
        half = refused(coach, "emergency_contact", everything.internship, name="Mona", phone="")
        assert half == "half_an_emergency_contact"
        over = refused(coach, "emergency_contact", everything.over, **RING)
        assert over == "emergency_contact_too_late"

    def test_is_nobody_elses_to_write(self, everything: Everything) -> None:
        cast = everything.cast
        for other in (cast.manager, cast.employer_member, cast.other_coach, cast.other_participant_user):
            assert post(other, "emergency_contact", everything.internship, **RING).status_code == 404
        assert get(cast.other_employer, "emergency_contact", everything.internship).status_code == 404


class TestANewConsent:
    def test_stands_instead_of_the_earlier_one(self, everything: Everything) -> None:
        placed = everything.own_place
        person = Participant.objects.get(pk=placed.participant_id)
        items = [each.key for each in releasable_items(person)][:1]
        said = {"items": items, "means": "in_person"}

        twice(everything.cast.coach, "internship-consent", placed, **said)

        earlier, placed = placed.consent, Internship.objects.get(pk=placed.pk)
        assert placed.consent_id != earlier.pk
        unknown = {"items": ["x"], "means": "in_person"}
        assert (
            refused(everything.cast.coach, "internship-consent", placed, **unknown) == "chosen_from_old_file"
        )
        assert (
            post(everything.cast.coach, "internship-consent", everything.internship, **said).status_code
            == 404
        )
        for other in (everything.cast.manager, everything.cast.other_coach, everything.cast.employer_member):
            assert post(other, "internship-consent", placed, **said).status_code == 404
