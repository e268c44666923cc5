"""An opening that takes nobody new for a while."""

from datetime import timedelta

import pytest
from django.urls import reverse

from backend.core.models import AuditEntry
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.employers.enums import OpeningState, Standing
from backend.employers.jobs import look_after_openings
from backend.employers.models import Opening
from backend.employers.services import close_opening, pause_opening, publish_opening, resume_opening
from backend.matching.enums import ProposalState
from backend.matching.models import Proposal
from tests.factories import MembershipFactory, OpeningFactory, ProposalFactory, stand
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for
from tests.told import told, told_by_kind

DAY = timedelta(days=1)


def paused(cast, **facts):
    return pause_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=NOW, **facts)


def state_of(opening):
    return Opening.objects.get(pk=opening.pk).state


class TestPause:
    def test_nobody_else_sees_it_and_nobody_is_matched(self, client, cast):
        paused(cast)

        assert not Opening.objects.open_on(TODAY).filter(pk=cast.opening.pk).exists()
        assert client.get(cast.opening.get_absolute_url()).status_code == 404
        assert cast.opening.title not in client.get(reverse("employers:opening_list")).content.decode()

    def test_is_in_the_log_once(self, cast):
        paused(cast)

        [entry] = AuditEntry.objects.about(cast.opening)
        assert (entry.action, entry.by, entry.to_state) == ("state_paused", cast.employer_member, "paused")

    def test_what_is_undecided_waits_and_its_coach_is_told(self, cast):
        proposal = ProposalFactory(opening=cast.opening, participant=cast.pia, proposed_by=cast.coach)

        paused(cast)

        proposal.refresh_from_db()
        assert proposal.state == ProposalState.SENT
        assert proposal in Proposal.objects.stalled(TODAY)
        assert told_by_kind(kind="proposal_stalled") == {("proposal_stalled", cast.coach)}

    def test_colleagues_are_told_and_whoever_did_it_is_not(self, cast):
        colleague = MembershipFactory(employer=cast.bakery).user

        paused(cast)

        assert told(kind="opening_paused") == {colleague}

    @pytest.mark.parametrize("days", [-1, 0, 400])
    def test_the_day_is_to_come_and_not_far_off(self, cast, days):
        with refused_for("back_too_soon_or_late"):
            paused(cast, back_on=TODAY + days * DAY)

        assert state_of(cast.opening) == OpeningState.PUBLISHED

    def test_the_day_is_not_after_its_last(self, cast):
        Opening.objects.filter(pk=cast.opening.pk).update(ends_on=TODAY + 5 * DAY)

        with refused_for("back_after_the_end"):
            paused(cast, back_on=TODAY + 6 * DAY)

    @pytest.mark.parametrize("state", [each for each in OpeningState if each != OpeningState.PUBLISHED])
    def test_only_what_is_published_is_paused(self, cast, state):
        opening = OpeningFactory(workplace=cast.opening.workplace, state=state)

        with pytest.raises(TransitionNotAllowed):
            pause_opening(opening_id=opening.pk, by=cast.employer_member, at=NOW)

    def test_a_stranger_finds_nothing(self, cast):
        with pytest.raises(Opening.DoesNotExist):
            pause_opening(opening_id=cast.opening.pk, by=MembershipFactory().user, at=NOW)


class TestBack:
    def test_by_hand(self, cast):
        paused(cast)

        resume_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=NOW + DAY)

        opening = Opening.objects.get(pk=cast.opening.pk)
        assert (opening.state, opening.fresh_at, opening.back_on) == ("published", NOW + DAY, None)

    def test_full_where_the_places_were_taken_meanwhile(self, cast):
        paused(cast)
        Opening.objects.filter(pk=cast.opening.pk).update(places=1, places_taken=1)

        resume_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=NOW)

        assert state_of(cast.opening) == OpeningState.FILLED

    def test_by_itself_on_its_day_and_the_contacts_are_told(self, cast):
        paused(cast, back_on=TODAY + 3 * DAY)

        look_after_openings(NOW + 2 * DAY)
        assert state_of(cast.opening) == OpeningState.PAUSED

        look_after_openings(NOW + 3 * DAY)
        assert state_of(cast.opening) == OpeningState.PUBLISHED
        assert told(kind="opening_back") == {cast.employer_member}

    def test_does_not_grow_old_while_its_day_is_to_come(self, cast):
        paused(cast, back_on=TODAY + 200 * DAY)

        look_after_openings(NOW + 199 * DAY)
        assert state_of(cast.opening) == OpeningState.PAUSED
        look_after_openings(NOW + 201 * DAY)
        assert state_of(cast.opening) == OpeningState.PUBLISHED

    def test_without_a_day_its_time_runs_out(self, cast):
        paused(cast)

        look_after_openings(NOW + 80 * DAY)
        assert told(kind="opening_going_stale") == {cast.employer_member}
        look_after_openings(NOW + 90 * DAY)
        assert state_of(cast.opening) == OpeningState.EXPIRED

    def test_not_where_its_last_day_has_passed(self, cast):
        paused(cast)
        Opening.objects.filter(pk=cast.opening.pk).update(ends_on=TODAY - DAY)

        with refused_for("last_day_passed"):
            resume_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=NOW)

    def test_not_with_an_employer_that_is_paused_itself(self, cast):
        paused(cast)
        stand(cast.bakery, Standing.PAUSED)

        with refused_for("employer_paused"):
            resume_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=NOW)

    def test_only_what_is_paused(self, cast):
        with pytest.raises(TransitionNotAllowed):
            resume_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=NOW)

    def test_publishing_is_another_thing(self, cast):
        paused(cast)

        with pytest.raises(TransitionNotAllowed):
            publish_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=NOW)


class TestTheEnd:
    def test_closing_by_hand_tells_coaches_and_colleagues(self, cast):
        colleague = MembershipFactory(employer=cast.bakery).user
        ProposalFactory(opening=cast.opening, participant=cast.pia, proposed_by=cast.coach)

        close_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=NOW)

        assert told(kind="proposal_over") == {cast.coach}
        assert told(kind="opening_closed") == {colleague}
        assert Proposal.objects.get().state == ProposalState.WITHDRAWN

    def test_running_out_tells_coaches_and_says_that_nobody_closed_it(self, cast):
        proposal = ProposalFactory(opening=cast.opening, participant=cast.pia, proposed_by=cast.coach)

        look_after_openings(NOW + 90 * DAY)

        assert told(kind="proposal_over") == {cast.coach}
        entry = AuditEntry.objects.about(proposal).get(to_state="withdrawn")
        assert entry.why == "opening_expired"

    def test_publishing_again_is_one_click(self, cast):
        look_after_openings(NOW + 90 * DAY)

        publish_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=NOW + 91 * DAY)

        assert state_of(cast.opening) == OpeningState.PUBLISHED


class TestPages:
    @pytest.fixture(autouse=True)
    def member(self, client, cast):
        cast.employer_member.language = "en"
        cast.employer_member.save()
        client.force_login(cast.employer_member)

    def test_says_what_a_pause_means_before_it_is_one(self, client, cast):
        ProposalFactory(opening=cast.opening, participant=cast.pia, proposed_by=cast.coach)

        page = client.get(reverse("employers:opening_pause", args=[cast.opening.pk])).content.decode()

        assert "1 proposal is not answered." in page
        assert "Proposals that are not answered wait" in page

    def test_a_day_that_cannot_be_is_told_at_its_field(self, client, cast):
        answer = client.post(
            reverse("employers:opening_pause", args=[cast.opening.pk]), {"back_on": "2020-01-01"}
        )

        assert answer.status_code == 422
        assert "Choose a day from tomorrow on" in answer.content.decode()

    def test_there_and_back(self, client, cast):
        client.post(reverse("employers:opening_pause", args=[cast.opening.pk]), {"back_on": ""})
        assert state_of(cast.opening) == OpeningState.PAUSED

        page = client.get(cast.opening.get_absolute_url()).content.decode()
        assert "Put it back on the list" in page
        client.post(reverse("employers:opening_resume", args=[cast.opening.pk]))
        assert state_of(cast.opening) == OpeningState.PUBLISHED

    def test_by_the_api(self, client, cast):
        answer = client.post(reverse("api:opening-pause", args=[cast.opening.pk]))
        assert (answer.status_code, answer.json()["state"]) == (200, "paused")

        answer = client.post(reverse("api:opening-resume", args=[cast.opening.pk]))
        assert answer.json()["state"] == "published"
        assert client.post(reverse("api:opening-refresh", args=[cast.opening.pk])).status_code == 200
