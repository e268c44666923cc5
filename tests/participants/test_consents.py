"""The participant's yes: what it covers, who records it, and what happens when it is taken back."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from backend.core.models import AuditEntry, OutboxMessage
from backend.core.writing.events import Receiver
from backend.participants.enums import ConsentMeans, ReleasedKind
from backend.participants.events import CONSENT_ENDED
from backend.participants.models import Consent, OccupationExperience, OccupationWish, Participant
from backend.participants.services import (
    Releasable,
    record_consent,
    releasable_items,
    withdraw_consent,
)
from backend.skills.enums import Resolution
from tests.cast import Cast
from tests.factories import ConceptFactory, EmployerFactory, MunicipalityFactory, SkillEvidenceFactory
from tests.factories.base import NOW, TODAY
from tests.refusals import refused_for
from tests.told import told_by_kind

UNTIL = date(2026, 9, 12)


def record(cast: Cast, **changes) -> Consent:
    fields = {
        "participant": cast.pia,
        "receiver": cast.bakery,
        "items": releasable_items(cast.pia)[:1],
        "purpose": "Förslag till Bagarbiträde",
        "means": ConsentMeans.IN_PERSON,
        "valid_until": UNTIL,
        "by": cast.coach,
        "at": NOW,
    }
    return record_consent(**{**fields, **changes})


@pytest.fixture
def heard(monkeypatch):
    """What the event has told."""
    told = []

    def hear(*, subject, by, at):
        told.append((subject.pk, by))

    monkeypatch.setattr(CONSENT_ENDED, "receivers", [Receiver("test", "hears", hear)])
    return told


class TestReleasableItems:
    def test_lists_what_the_file_holds_in_the_words_of_an_employer(self, cast):
        Participant.objects.filter(pk=cast.pia.pk).update(
            licences=["B"], languages={"sv": "B1"}, adaptations=["calm"], presentation="Pia är punktlig."
        )
        concept = ConceptFactory(name_sv="Baka bröd", name_en="Bake bread")
        SkillEvidenceFactory(
            participant=cast.pia, text="baka", concept=concept, resolution=Resolution.ACCEPTED
        )
        cast.pia.refresh_from_db()

        with translation.override("en"):
            items = releasable_items(cast.pia)

        assert [item.kind for item in items] == [
            ReleasedKind.FIRST_NAME,
            ReleasedKind.SKILL,
            ReleasedKind.LANGUAGES,
            ReleasedKind.LICENCES,
            ReleasedKind.HOURS,
            ReleasedKind.ADAPTATIONS,
            ReleasedKind.PRESENTATION,
        ]
        assert items[1] == Releasable(items[1].key, ReleasedKind.SKILL, "Baka bröd", concept.pk)
        assert items[4].text == "10–40 timmar i veckan"

    def test_what_was_done_and_what_is_wanted_are_two_kinds_and_the_workplace_is_none(self, cast):
        done = {"text": "Kock", "workplace": "Aleppo", "months": 36, "last_year": 2019}
        OccupationExperience.objects.create(participant=cast.pia, **done)
        OccupationWish.objects.create(participant=cast.pia, text="Florist", motivation="Tycker om växter")

        items = [(item.kind, item.text) for item in releasable_items(cast.pia)]

        assert (ReleasedKind.EXPERIENCE, "Kock, 3 år, senast 2019") in items
        assert (ReleasedKind.WISH, "Florist") in items
        assert not [text for _kind, text in items if "Aleppo" in text or "växter" in text]

    def test_never_the_surname_or_how_to_reach_the_person(self, cast):
        cast.pia.phone, cast.pia.email = "070-123 45 67", "pia@example.org"

        told = " ".join(item.text for item in releasable_items(cast.pia))

        assert cast.pia.last_name not in told
        assert "070" not in told
        assert "@" not in told

    def test_what_is_not_understood_goes_out_as_written(self, cast):
        concept = ConceptFactory(name_sv="Bakteriologi")
        SkillEvidenceFactory(participant=cast.pia, text="bak", concept=concept, resolution=Resolution.ASK)

        item = next(item for item in releasable_items(cast.pia) if item.kind == ReleasedKind.SKILL)

        assert (item.text, item.concept_id) == ("bak", None)

    def test_two_words_for_one_skill_are_one_item(self, cast):
        concept = ConceptFactory(name_sv="Städning")
        for text in ("städa", "städning"):
            SkillEvidenceFactory(
                participant=cast.pia, text=text, concept=concept, resolution=Resolution.CONFIRMED
            )

        assert [item.text for item in releasable_items(cast.pia)].count("Städning") == 1


class TestRecordConsent:
    def test_keeps_the_words_item_by_item(self, cast):
        SkillEvidenceFactory(participant=cast.pia, text="Kassavana")
        items = [item for item in releasable_items(cast.pia) if item.kind != ReleasedKind.HOURS]

        consent = record(cast, items=items)

        assert [(item.kind, item.text) for item in consent.items.all()] == [
            ("first_name", "Pia"),
            ("skill", "Kassavana"),
        ]
        assert (consent.recorded_by, consent.means) == (cast.coach, ConsentMeans.IN_PERSON)
        assert AuditEntry.objects.about(consent).get().changes == {"kinds": ["first_name", "skill"]}

    def test_what_was_released_stays_when_the_file_changes(self, cast):
        consent = record(cast)

        Participant.objects.filter(pk=cast.pia.pk).update(first_name="Petra")

        assert consent.items.get().text == "Pia"

    def test_the_coachs_words_may_be_written_for_the_occasion(self, cast):
        words = Releasable("presentation", ReleasedKind.PRESENTATION, "Pia vill gärna börja tidigt.")

        consent = record(cast, items=[words])

        assert consent.items.get().text == "Pia vill gärna börja tidigt."

    def test_the_participant_gives_it_in_the_app_whatever_was_stated(self, cast):
        consent = record(cast, by=cast.participant_user, means=ConsentMeans.BY_PHONE)

        assert consent.means == ConsentMeans.IN_APP

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"items": []}, "nothing_released"),
            ({"items": [Releasable("skill:x", ReleasedKind.SKILL, "Hittepå")]}, "file_changed"),
            ({"items": [Releasable("first_name", ReleasedKind.FIRST_NAME, "Pia")] * 2}, "file_changed"),
            ({"valid_until": TODAY - timedelta(days=1)}, "consent_period"),
            ({"valid_until": TODAY + timedelta(days=400)}, "consent_period"),
            ({"purpose": ""}, "blank"),
            ({"means": "telepathy"}, "invalid_choice"),
        ],
    )
    def test_refuses_what_cannot_be_consented_to(self, cast, changes, why):
        with refused_for(why):
            record(cast, **changes)

        assert not Consent.objects.exists()
        assert not AuditEntry.objects.exists()

    def test_refuses_an_employer_of_another_municipality(self, cast):
        elsewhere = EmployerFactory(municipality=MunicipalityFactory(name="Annanstad"))

        with refused_for("employer_of_other_municipality"):
            record(cast, receiver=elsewhere)

        assert not Consent.objects.exists()

    def test_strangers_record_nothing(self, cast):
        strangers = (cast.other_coach, cast.manager, cast.employer_member, cast.other_participant_user)
        for stranger in strangers:
            with pytest.raises(Participant.DoesNotExist):
                record(cast, by=stranger)

        assert not Consent.objects.exists()


class TestWithdrawConsent:
    def test_by_the_participant_tells_the_coach_and_whoever_listens(self, cast, heard):
        consent = record(cast)

        withdraw_consent(consent_id=consent.pk, by=cast.participant_user, at=NOW + timedelta(hours=1))

        consent.refresh_from_db()
        assert consent.withdrawn_at == NOW + timedelta(hours=1)
        assert consent.is_taken_back
        assert heard == [(consent.pk, cast.participant_user)]
        assert told_by_kind() == {("consent_withdrawn", cast.coach)}
        assert list(Consent.objects.in_force(TODAY)) == []

    def test_by_the_coach_sends_the_coach_no_message(self, cast, heard):
        consent = record(cast)

        withdraw_consent(consent_id=consent.pk, by=cast.coach, at=NOW)

        assert len(heard) == 1
        assert not OutboxMessage.objects.exists()

    def test_a_second_click_changes_nothing(self, cast, heard):
        consent = record(cast)
        withdraw_consent(consent_id=consent.pk, by=cast.participant_user, at=NOW)

        with refused_for("consent_already_withdrawn"):
            withdraw_consent(consent_id=consent.pk, by=cast.participant_user, at=NOW + timedelta(days=1))

        consent.refresh_from_db()
        assert consent.withdrawn_at == NOW
        assert len(heard) == 1
        assert OutboxMessage.objects.count() == 1

    def test_strangers_withdraw_nothing(self, cast, heard):
        consent = record(cast)

        for stranger in (cast.other_coach, cast.manager, cast.employer_member, cast.other_participant_user):
            with pytest.raises(Consent.DoesNotExist):
                withdraw_consent(consent_id=consent.pk, by=stranger, at=NOW)

        consent.refresh_from_db()
        assert consent.withdrawn_at is None
        assert heard == []
