"""The life of an opening."""

from datetime import date, timedelta

import pytest

from backend.core import outbox
from backend.core.models import AuditEntry, OutboxMessage
from backend.core.writing.lifecycle import TransitionNotAllowed
from backend.employers.enums import Intent, OpeningKind, OpeningState, Standing
from backend.employers.models import Opening, SkillRequirement, Workplace
from backend.employers.services import (
    RequirementDraft,
    approve_opening,
    close_opening,
    publish_opening,
    record_checks,
    refresh_opening,
    return_opening,
    save_opening,
)
from backend.skills.enums import Resolution
from tests.employers.checks import clear_checks
from tests.factories import (
    ConceptFactory,
    EmployerFactory,
    MembershipFactory,
    OpeningFactory,
    SkillRequirementFactory,
    WorkplaceFactory,
    stand,
)
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for
from tests.told import told


@pytest.fixture
def workplace(cast):
    return WorkplaceFactory(employer=cast.bakery)


def fields(workplace, **changes):
    return {
        "workplace": workplace,
        "kind": OpeningKind.INTERNSHIP,
        "intent": Intent.MAY_HIRE,
        "title": "Bagare",
        "description": "Du bakar bröd.",
        **changes,
    }


def save(cast, workplace, *, requirements=(), occupation="", opening=None, by=None, **changes):
    return save_opening(
        fields=fields(workplace, **changes),
        by=by or cast.employer_member,
        at=NOW,
        opening=opening,
        occupation=occupation,
        requirements=requirements,
    )


class TestSave:
    def test_a_new_one_is_a_draft(self, cast, workplace):
        opening = save(
            cast, workplace, occupation="bagare", requirements=[RequirementDraft("baka bröd", essential=True)]
        )

        opening = Opening.objects.get(pk=opening.pk)
        assert opening.state == OpeningState.DRAFT
        assert opening.occupation.text == "bagare"
        assert [(each.text, each.essential) for each in opening.requirements.all()] == [("baka bröd", True)]
        assert AuditEntry.objects.about(opening).get().action == "created"

    def test_staff_may_write_for_the_employer_with_their_own_name_on_it(self, cast, workplace):
        assert save(cast, workplace, by=cast.coach).created_by == cast.coach

    def test_nobody_else_may(self, cast, workplace):
        supervisor = MembershipFactory(employer=cast.bakery, role="supervisor").user
        for who in (cast.other_employer, cast.participant_user, supervisor):
            with pytest.raises(Workplace.DoesNotExist):
                save(cast, workplace, by=who)

        assert Opening.objects.get() == cast.opening

    def test_a_change_by_a_stranger_changes_nothing(self, cast):
        with pytest.raises(Opening.DoesNotExist):
            save(cast, cast.opening.workplace, opening=cast.opening, by=cast.other_employer)

        assert Opening.objects.get(pk=cast.opening.pk).title == "Bagarbiträde"

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"places": 0}, "places"),
            ({"places": 201}, "places"),
            ({"starts_on": date(2026, 6, 1), "ends_on": date(2026, 5, 31)}, "ends_on"),
            ({"hours_min": 30, "hours_max": 20}, "hours_max"),
            ({"hours_min": 0}, "hours_max"),
            ({"hours_max": 41}, "hours_max"),
            ({"title": "x" * 10_000}, "max_length"),
            ({"title": ""}, "blank"),
            ({"weekdays": ["8"]}, "unknown_choice"),
            ({"languages": {"sv": "Z9"}}, "unknown_language"),
        ],
    )
    def test_what_does_not_hold_together_is_not_saved(self, cast, workplace, wrong, why):
        with refused_for(why):
            save(cast, workplace, **wrong)

        assert Opening.objects.get() == cast.opening

    def test_an_opening_stays_with_its_employer(self, cast):
        own = MembershipFactory(employer=cast.joinery, user=cast.employer_member)
        elsewhere = WorkplaceFactory(employer=own.employer)

        with refused_for("workplace_of_another"):
            save(cast, elsewhere, opening=cast.opening)

        assert Opening.objects.get(pk=cast.opening.pk).workplace.employer == cast.bakery

    def test_a_place_taken_meanwhile_stays_taken(self, cast):
        stale = Opening.objects.get(pk=cast.opening.pk)
        Opening.objects.filter(pk=stale.pk).update(places=3, places_taken=2)

        save(cast, stale.workplace, opening=stale, title="Konditor", places=3)

        opening = Opening.objects.get(pk=stale.pk)
        assert (opening.title, opening.places_taken) == ("Konditor", 2)

    def test_fewer_places_than_are_taken_are_refused(self, cast):
        Opening.objects.filter(pk=cast.opening.pk).update(places=3, places_taken=2)

        with refused_for("places"):
            save(cast, cast.opening.workplace, opening=cast.opening, places=1)

        assert Opening.objects.get(pk=cast.opening.pk).places == 3

    def test_more_places_open_a_full_opening_again(self, cast):
        Opening.objects.filter(pk=cast.opening.pk).update(places_taken=1, state=OpeningState.FILLED)

        save(cast, cast.opening.workplace, opening=cast.opening, places=2)
        assert Opening.objects.get(pk=cast.opening.pk).state == OpeningState.PUBLISHED

        save(cast, cast.opening.workplace, opening=cast.opening, places=1)
        assert Opening.objects.get(pk=cast.opening.pk).state == OpeningState.FILLED


class TestRequirements:
    def test_are_each_once_and_essential_wins(self, cast, workplace):
        wanted = [
            RequirementDraft(" baka "),
            RequirementDraft("Baka", essential=True),
            RequirementDraft(""),
            RequirementDraft("sälja"),
        ]

        opening = save(cast, workplace, requirements=wanted)

        assert [(each.text, each.essential) for each in opening.requirements.all()] == [
            ("baka", True),
            ("sälja", False),
        ]

    def test_a_confirmed_one_stays_confirmed_when_others_change(self, cast):
        concept = ConceptFactory()
        confirmed = SkillRequirementFactory(
            opening=cast.opening, text="baka", concept=concept, resolution=Resolution.CONFIRMED
        )
        SkillRequirementFactory(opening=cast.opening, text="diska")

        save(
            cast,
            cast.opening.workplace,
            opening=cast.opening,
            requirements=[RequirementDraft("sälja"), RequirementDraft("baka", essential=False)],
        )

        kept = SkillRequirement.objects.get(pk=confirmed.pk)
        assert (kept.concept, kept.resolution, kept.essential) == (concept, Resolution.CONFIRMED, False)
        assert {each.text for each in cast.opening.requirements.all()} == {"baka", "sälja"}


class TestPublish:
    def test_a_known_employer_publishes_at_once(self, cast, workplace):
        opening = save(cast, workplace)

        opening = publish_opening(opening_id=opening.pk, by=cast.employer_member, at=NOW)

        assert (opening.state, opening.published_at, opening.fresh_at) == (OpeningState.PUBLISHED, NOW, NOW)
        assert not OutboxMessage.objects.exists()

    def test_a_new_employers_opening_waits_and_every_coach_is_told(self, cast, newcomers_opening):
        assert newcomers_opening.state == OpeningState.AWAITING_APPROVAL
        assert told(kind="opening_waiting") == {cast.coach, cast.other_coach}

    @pytest.mark.parametrize("standing", [Standing.PAUSED, Standing.STOPPED])
    def test_a_paused_employer_publishes_nothing(self, cast, workplace, standing):
        opening = save(cast, workplace)
        stand(cast.bakery, standing)

        with refused_for("employer_paused"):
            publish_opening(opening_id=opening.pk, by=cast.employer_member, at=NOW)

        assert Opening.objects.get(pk=opening.pk).state == OpeningState.DRAFT

    @pytest.mark.parametrize(
        ("lacking", "why"),
        [
            ({"description": " "}, "no_description"),
            (
                {"starts_on": date(2026, 1, 1), "ends_on": NOW.date() - timedelta(days=1)},
                "last_day_passed",
            ),
        ],
    )
    def test_what_readers_need_must_be_there(self, cast, workplace, lacking, why):
        opening = save(cast, workplace, **lacking)

        with refused_for(why):
            publish_opening(opening_id=opening.pk, by=cast.employer_member, at=NOW)

        assert Opening.objects.get(pk=opening.pk).state == OpeningState.DRAFT

    def test_twice_is_once(self, cast):
        with pytest.raises(TransitionNotAllowed):
            publish_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=NOW)

    def test_a_closed_one_can_be_published_again(self, cast):
        close_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=NOW)
        later = NOW + timedelta(days=200)

        opening = publish_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=later)

        assert (opening.state, opening.fresh_at) == (OpeningState.PUBLISHED, later)


@pytest.fixture
def newcomers_opening(cast):
    employer = EmployerFactory(municipality=cast.municipality, standing=Standing.NEW)
    member = MembershipFactory(employer=employer)
    opening = save_opening(fields=fields(WorkplaceFactory(employer=employer)), by=member.user, at=NOW)
    return publish_opening(opening_id=opening.pk, by=member.user, at=NOW)


class TestApprove:
    def test_publishes_and_approves_the_employer_when_the_checks_permit(self, cast, newcomers_opening):
        employer = newcomers_opening.workplace.employer
        clear_checks(employer, by=cast.coach)

        opening = approve_opening(opening_id=newcomers_opening.pk, by=cast.coach, at=NOW)

        employer.refresh_from_db()
        assert (opening.state, employer.standing_on(TODAY)) == (OpeningState.PUBLISHED, Standing.GOOD)
        assert told(kind="opening_approved") == {employer.memberships.get().user}

    def test_the_next_opening_is_published_at_once(self, cast, newcomers_opening):
        employer = newcomers_opening.workplace.employer
        clear_checks(employer, by=cast.coach)
        approve_opening(opening_id=newcomers_opening.pk, by=cast.coach, at=NOW)
        member = employer.memberships.get().user

        second = save_opening(fields=fields(newcomers_opening.workplace), by=member, at=NOW)

        assert publish_opening(opening_id=second.pk, by=member, at=NOW).state == OpeningState.PUBLISHED

    def test_missing_checks_are_named_and_nothing_is_published(self, cast, newcomers_opening):
        employer = newcomers_opening.workplace.employer
        record_checks(
            employer=employer,
            kinds=["insolvency"],
            outcome="clear",
            evidence="Bolagsverket",
            by=cast.coach,
            at=NOW,
        )

        with refused_for("check_in_the_way") as refusal:
            approve_opening(opening_id=newcomers_opening.pk, by=cast.coach, at=NOW)

        assert len(refusal.value.messages) == 3
        newcomers_opening.refresh_from_db()
        employer.refresh_from_db()
        assert (newcomers_opening.state, employer.standing_on(TODAY)) == (
            OpeningState.AWAITING_APPROVAL,
            Standing.NEW,
        )

    def test_employers_cannot_approve_their_own(self, cast, newcomers_opening):
        for who in (newcomers_opening.created_by, cast.other_employer, cast.participant_user):
            with pytest.raises(Opening.DoesNotExist):
                approve_opening(opening_id=newcomers_opening.pk, by=who, at=NOW)

        newcomers_opening.refresh_from_db()
        assert newcomers_opening.state == OpeningState.AWAITING_APPROVAL

    def test_a_draft_cannot_be_approved(self, cast, workplace):
        draft = save(cast, workplace)

        with pytest.raises(TransitionNotAllowed):
            approve_opening(opening_id=draft.pk, by=cast.coach, at=NOW)

    def test_given_back_it_is_a_draft_with_the_reason(self, cast, newcomers_opening):
        opening = return_opening(opening_id=newcomers_opening.pk, by=cast.coach, at=NOW, why="Skriv mer.")

        assert opening.state == OpeningState.DRAFT
        assert AuditEntry.objects.about(opening).filter(action="returned").get().said == "Skriv mer."
        assert told(kind="opening_returned") == {opening.created_by}

    def test_coaches_are_not_written_to_once_it_is_decided(self, cast, newcomers_opening, mailoutbox):
        clear_checks(newcomers_opening.workplace.employer, by=cast.coach)
        approve_opening(opening_id=newcomers_opening.pk, by=cast.coach, at=NOW)

        outbox.deliver_due(at=NOW)

        [mail] = mailoutbox
        assert mail.to == [newcomers_opening.created_by.email]
        assert newcomers_opening.title not in mail.subject + mail.body


class TestClose:
    def test_takes_it_off_the_list_and_keeps_its_people(self, cast):
        opening = OpeningFactory(workplace__employer=cast.bakery, places=2, places_taken=1)

        close_opening(opening_id=opening.pk, by=cast.employer_member, at=NOW)

        opening.refresh_from_db()
        assert (opening.state, opening.places_taken) == (OpeningState.CLOSED, 1)
        assert opening not in Opening.objects.published(TODAY)

    def test_not_by_a_stranger(self, cast):
        with pytest.raises(Opening.DoesNotExist):
            close_opening(opening_id=cast.opening.pk, by=cast.other_employer, at=NOW)

        cast.opening.refresh_from_db()
        assert cast.opening.state == OpeningState.PUBLISHED


class TestRefresh:
    def test_makes_it_fresh(self, cast):
        later = NOW + timedelta(days=80)

        refresh_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=later)

        cast.opening.refresh_from_db()
        assert cast.opening.fresh_at == later

    def test_a_closed_one_is_not_refreshed(self, cast):
        close_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=NOW)

        with pytest.raises(TransitionNotAllowed):
            refresh_opening(opening_id=cast.opening.pk, by=cast.employer_member, at=NOW + timedelta(days=1))

        cast.opening.refresh_from_db()
        assert cast.opening.fresh_at == NOW
