"""What somebody has worked as and what they want: two lists, and neither is inferred from the other."""

from importlib import import_module

import pytest
from django.db.migrations import RunPython

from backend.core.models import AuditEntry
from backend.matching.bridge.people import person_of, read_people
from backend.matching.engine import Wish
from backend.participants.models import OccupationExperience, OccupationWish, Participant
from backend.participants.services import (
    ExperienceDraft,
    WishDraft,
    add_experience,
    add_wish,
    add_written,
    confirm_experience,
    confirm_wish,
    keep_as_wish,
    move_to_experience,
    remove_experience,
    remove_wish,
)
from backend.skills.enums import ConceptKind, Resolution
from backend.skills.understanding.fields import wished
from tests.factories import ConceptFactory, SkillEvidenceFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for


def actions(person):
    return [entry.action for entry in AuditEntry.objects.about(person)]


@pytest.fixture
def unsorted(cast):
    """Something from before the lists were two."""
    return OccupationWish.objects.create(
        participant=cast.pia,
        text="Kock",
        concept=ConceptFactory(kind=ConceptKind.OCCUPATION, name_sv="Kock"),
        resolution=Resolution.CONFIRMED,
        degree=1.0,
        is_unsorted=True,
    )


class TestAdding:
    def test_the_same_words_may_stand_in_each_list(self, cast):
        SkillEvidenceFactory(participant=cast.pia, text="Kock")

        add_experience(
            participant_id=cast.pia.pk,
            text="Kock",
            workplace=" Värdshuset  Ån ",
            months=36,
            last_year=2019,
            by=cast.coach,
            at=NOW,
        )
        add_wish(participant_id=cast.pia.pk, text="Kock", motivation="Gillar mat", by=cast.coach, at=NOW)

        done, wanted = OccupationExperience.objects.get(), OccupationWish.objects.get()
        assert (done.text, done.workplace, done.months, done.last_year) == (
            "Kock",
            "Värdshuset Ån",
            36,
            2019,
        )
        assert (wanted.text, wanted.motivation, wanted.is_unsorted) == ("Kock", "Gillar mat", False)

    def test_a_wish_leaves_what_was_done_empty(self, cast):
        add_written(participant_id=cast.pia.pk, wishes=[WishDraft("Kock")], by=cast.coach, at=NOW)

        assert not OccupationExperience.objects.exists()

    @pytest.mark.parametrize(
        ("draft", "code"),
        [
            (ExperienceDraft("Kock", last_year=TODAY.year + 1), "year_to_come"),
            (ExperienceDraft("Kock", last_year=1900), "min_value"),
            (ExperienceDraft("Kock", months=0), "min_value"),
            (ExperienceDraft("Kock", workplace="x" * 500), "max_length"),
        ],
    )
    def test_what_cannot_be_is_refused(self, cast, draft, code):
        with refused_for(code):
            add_written(participant_id=cast.pia.pk, experiences=[draft], by=cast.coach, at=NOW)

        assert not OccupationExperience.objects.exists()
        assert actions(cast.pia) == []

    def test_strangers_add_nothing(self, cast):
        for stranger in (cast.other_coach, cast.manager, cast.participant_user):
            with pytest.raises(Participant.DoesNotExist):
                add_wish(participant_id=cast.pia.pk, text="Kock", by=stranger, at=NOW)

        assert not OccupationWish.objects.exists()


class TestSettling:
    def test_each_list_takes_an_occupation(self, cast):
        cook = ConceptFactory(kind=ConceptKind.OCCUPATION)
        done = OccupationExperience.objects.create(participant=cast.pia, text="kåck")
        wanted = OccupationWish.objects.create(participant=cast.pia, text="kåck")

        confirm_experience(experience_id=done.pk, concept_id=cook.pk, by=cast.coach, at=NOW)
        confirm_wish(wish_id=wanted.pk, concept_id=cook.pk, by=cast.coach, at=NOW)

        for row in (done, wanted):
            row.refresh_from_db()
            assert (row.concept, row.resolution) == (cook, Resolution.CONFIRMED)

    def test_removing_takes_from_one_list(self, cast):
        done = OccupationExperience.objects.create(participant=cast.pia, text="Kock")
        wanted = OccupationWish.objects.create(participant=cast.pia, text="Kock")

        remove_experience(experience_id=done.pk, by=cast.coach, at=NOW)
        assert (OccupationExperience.objects.count(), OccupationWish.objects.count()) == (0, 1)

        remove_wish(wish_id=wanted.pk, by=cast.coach, at=NOW)
        assert OccupationWish.objects.count() == 0


class TestSortingOut:
    def test_a_wish_that_was_experience_moves_with_its_meaning(self, cast, unsorted):
        move_to_experience(wish_id=unsorted.pk, by=cast.coach, at=NOW)

        done = OccupationExperience.objects.get()
        assert (done.text, done.concept, done.resolution) == ("Kock", unsorted.concept, Resolution.CONFIRMED)
        assert done.search_key == unsorted.search_key
        assert not OccupationWish.objects.exists()
        assert actions(cast.pia) == ["wish_was_experience"]

    def test_what_stands_there_already_stays_as_it_is(self, cast, unsorted):
        OccupationExperience.objects.create(participant=cast.pia, text="Kock", months=12)

        move_to_experience(wish_id=unsorted.pk, by=cast.coach, at=NOW)

        assert OccupationExperience.objects.get().months == 12
        assert not OccupationWish.objects.exists()

    def test_a_wish_that_is_one_is_asked_about_once(self, cast, unsorted):
        for _click in range(2):
            keep_as_wish(wish_id=unsorted.pk, by=cast.coach, at=NOW)

        assert OccupationWish.objects.get().is_unsorted is False
        assert not OccupationExperience.objects.exists()
        assert actions(cast.pia) == ["wish_is_wish"]

    @pytest.mark.parametrize("service", [move_to_experience, keep_as_wish])
    def test_strangers_change_nothing(self, cast, unsorted, service):
        for stranger in (cast.other_coach, cast.manager, cast.participant_user):
            with pytest.raises(OccupationWish.DoesNotExist):
                service(wish_id=unsorted.pk, by=stranger, at=NOW)

        assert OccupationWish.objects.get().is_unsorted
        assert actions(cast.pia) == []


class TestInTheMatcher:
    def test_what_was_done_is_evidence_and_what_is_wanted_is_not(self, cast):
        cook = ConceptFactory(kind=ConceptKind.OCCUPATION)
        known = {"participant": cast.pia, "concept": cook, "resolution": Resolution.CONFIRMED}
        SkillEvidenceFactory(participant=cast.pia, text="Baka")
        OccupationExperience.objects.create(text="Kock", last_year=2019, **known)
        OccupationWish.objects.create(text="Jobba i kök", participant=cast.pia)

        person = person_of(cast.pia, {})

        assert [(each.text, each.concept) for each in person.evidence] == [
            ("Baka", None),
            ("Kock", str(cook.pk)),
        ]
        assert person.evidence[1].used_on.year == 2019
        assert person.wishes == [Wish(None, "Jobba i kök", wished("Jobba i kök").groups)]
        assert person.wishes[0].groups

    def test_all_lists_are_read_in_two_queries(self, cast, django_assert_num_queries):
        OccupationExperience.objects.create(text="Kock", participant=cast.pia)
        OccupationWish.objects.create(text="Jobba i kök", participant=cast.pia)

        with django_assert_num_queries(2):
            read_people(Participant.objects.all(), {})


class TestRowsFromBefore:
    """What the migration makes of a list in which nobody said whether they had done it or wanted it."""

    def test_become_wishes_that_are_asked_about(self):
        migration = import_module("backend.participants.migrations.0009_experience_is_no_wish").Migration
        added = [
            operation.field.default
            for operation in migration.operations
            if getattr(operation, "name", "") == "is_unsorted"
        ]

        assert added == [True, False]  # the rows that are there, and those to come
        assert not any(isinstance(operation, RunPython) for operation in migration.operations)
