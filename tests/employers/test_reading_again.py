"""What is changed in an opening that others have read: at once, or after a coach has read it once more."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from backend.core.models import AuditEntry, OutboxMessage
from backend.employers.enums import OpeningState
from backend.employers.jobs import look_after_openings
from backend.employers.models import Opening
from backend.employers.services import (
    RequirementDraft,
    approve_opening,
    pause_opening,
    publish_opening,
    save_opening,
)
from backend.matching.models import Proposal
from tests.factories import OpeningFactory, ProposalFactory
from tests.factories.base import NOW, TODAY

DAY = timedelta(days=1)


@pytest.fixture
def opening(cast):
    """Return what the bakery, which is new, has just published; nothing else of it ever was."""
    Opening.objects.all().delete()
    draft = OpeningFactory(workplace=cast.opening.workplace, state=OpeningState.DRAFT, places=2)
    return publish_opening(opening_id=draft.pk, by=cast.employer_member, at=NOW)


def change(opening, by, at=NOW, **fields):
    words = {name: fields.pop(name) for name in ("occupation", "requirements") if name in fields}
    fresh = Opening.objects.select_related("workplace__employer").get(pk=opening.pk)
    return save_opening(opening=fresh, fields=fields, by=by, at=at, **words)


class TestANewEmployer:
    @pytest.mark.parametrize(
        "changed",
        [
            {"title": "Något annat"},
            {"description": "Något annat."},
            {"kind": "job", "intent": "will_hire_if_fit"},
            {"intent": "internship_only"},
            {"licences": ["B"]},
            {"languages": {"sv": "B1"}},
            {"occupation": "kock"},
            {"requirements": [RequirementDraft("truckkort")]},
        ],
        ids=lambda each: next(iter(each)),
    )
    def test_what_matters_is_read_again(self, cast, opening, changed):
        change(opening, cast.employer_member, **changed)

        assert Opening.objects.get().state == OpeningState.AWAITING_APPROVAL
        assert AuditEntry.objects.about(opening).filter(action="sent_to_be_read_again").count() == 1
        assert OutboxMessage.objects.filter(kind="opening_waiting").count() == 1

    @pytest.mark.parametrize(
        "changed",
        [
            {"places": 5},
            {"starts_on": TODAY + DAY, "ends_on": TODAY + 9 * DAY},
            {"hours_min": 12, "hours_max": 20},
            {"weekdays": ["1"]},
            {"adaptations": ["calm"]},
            {"supervisor_name": "Bo Ek"},
        ],
        ids=lambda each: next(iter(each)),
    )
    def test_the_rest_is_changed_at_once(self, cast, opening, changed):
        change(opening, cast.employer_member, **changed)

        assert Opening.objects.get().state == OpeningState.PUBLISHED

    def test_proposals_wait_meanwhile(self, cast, opening):
        proposal = ProposalFactory(opening=opening, participant=cast.pia, proposed_by=cast.coach)

        change(opening, cast.employer_member, title="Något annat")

        assert proposal in Proposal.objects.stalled(TODAY)
        assert OutboxMessage.objects.filter(kind="proposal_stalled").count() == 1

    def test_the_approver_reads_what_was_changed_and_all_is_as_before(self, client, cast, opening):
        before = opening.title
        change(opening, cast.employer_member, title="Något annat")
        client.force_login(cast.coach)

        page = client.get(opening.get_absolute_url()).content.decode()
        assert f"<del>{before}</del>" in page
        assert "<ins>Något annat</ins>" in page

        Opening.objects.filter(pk=opening.pk).update(places_taken=2)
        approve_opening(opening_id=opening.pk, by=cast.coach, at=NOW)
        assert Opening.objects.get().state == OpeningState.FILLED

    def test_what_is_changed_in_a_pause_is_read_when_it_is_over(self, cast, opening):
        pause_opening(opening_id=opening.pk, by=cast.employer_member, at=NOW, back_on=TODAY + DAY)

        change(opening, cast.employer_member, title="Något annat")
        assert Opening.objects.get().state == OpeningState.PAUSED
        look_after_openings(NOW + DAY)

        assert Opening.objects.get().state == OpeningState.AWAITING_APPROVAL

    def test_the_page_says_so_beforehand(self, client, cast, opening):
        cast.employer_member.language = "en"
        cast.employer_member.save()
        client.force_login(cast.employer_member)

        with time_machine.travel(NOW, tick=False):
            page = client.get(reverse("employers:opening_edit", args=[opening.pk])).content.decode()

        assert "a job coach reads it once more" in page


class TestWhoIsKnown:
    def test_a_month_after_the_first(self, cast, opening):
        change(opening, cast.employer_member, at=NOW + 31 * DAY, title="Något annat")

        changed = Opening.objects.get()
        assert (changed.state, changed.as_read["title"]) == (OpeningState.PUBLISHED, "Något annat")

    def test_staff_have_read_what_they_write(self, cast, opening):
        change(opening, cast.coach, title="Något annat")

        assert Opening.objects.get().state == OpeningState.PUBLISHED
