"""Protected identity: who still sees the person, and who does not."""

import pytest
from django.contrib.auth.models import AnonymousUser

from backend.accounts.enums import Role
from backend.core.models import AuditEntry
from backend.participants.models import Participant
from backend.participants.services import lift_protection, protect_participant
from tests.cast import Cast
from tests.factories import AssignmentFactory, ConsentFactory, ParticipantFactory
from tests.factories.base import NOW
from tests.refusals import refused_for


def protect(cast: Cast, handlers, **changes) -> None:
    fields = {"participant_id": cast.pia.pk, "by": cast.coach, "at": NOW}
    protect_participant(**{**fields, "handlers": handlers, **changes})


class TestWhoSees:
    def test_handlers_only(self, cast):
        colleague = AssignmentFactory(unit=cast.unit).user

        assert cast.skye in Participant.objects.visible_to(cast.coach)
        for other in (colleague, *cast.roles().values()):
            if other != cast.coach:
                assert cast.skye not in Participant.objects.visible_to(other or AnonymousUser())

    def test_nobody_in_lists_not_even_handlers(self, cast):
        assert cast.skye not in Participant.objects.listed_for(cast.coach)

    def test_nobody_when_no_handler_is_named(self, cast):
        forgotten = ParticipantFactory(unit=cast.unit, coach=cast.coach, is_protected=True)

        assert forgotten not in Participant.objects.visible_to(cast.coach)

    def test_a_handler_who_has_left_the_unit_sees_nothing(self, cast):
        cast.skye.handlers.add(cast.other_coach)

        assert cast.skye not in Participant.objects.visible_to(cast.other_coach)


class TestProtectParticipant:
    def test_hides_from_everybody_else(self, cast):
        protect(cast, [cast.coach])

        assert cast.pia not in Participant.objects.visible_to(cast.manager)
        assert cast.pia in Participant.objects.visible_to(cast.coach)
        entry = AuditEntry.objects.about(cast.pia).get()
        assert (entry.action, entry.changes) == ("protected", {"handlers": [str(cast.coach.pk)]})

    def test_a_manager_may_be_a_handler(self, cast):
        protect(cast, [cast.coach, cast.manager])

        assert cast.pia in Participant.objects.visible_to(cast.manager)

    def test_handlers_that_do_not_fit_change_nothing(self, cast):
        for handlers, why in (
            ([], "no_handler"),
            ([cast.manager], "locked_out"),
            ([cast.coach, cast.other_coach], "handler_of_other_unit"),
            ([cast.coach, cast.administrator], "handler_of_other_unit"),
        ):
            with refused_for(why):
                protect(cast, handlers)

        cast.pia.refresh_from_db()
        assert not cast.pia.is_protected
        assert not AuditEntry.objects.exists()

    def test_nobody_locks_themselves_out(self, cast):
        colleague = AssignmentFactory(unit=cast.unit, role=Role.COACH).user

        with refused_for("locked_out"):
            protect(cast, [cast.coach], by=colleague)

        cast.pia.refresh_from_db()
        assert not cast.pia.is_protected

    def test_strangers_change_nothing(self, cast):
        for stranger in (cast.other_coach, cast.manager, cast.participant_user):
            with pytest.raises(Participant.DoesNotExist):
                protect(cast, [stranger], by=stranger)


class TestLiftProtection:
    def test_with_a_reason(self, cast):
        lift_protection(participant_id=cast.skye.pk, why="Skatteverkets beslut", by=cast.coach, at=NOW)

        assert cast.skye in Participant.objects.visible_to(cast.manager)
        assert not cast.skye.handlers.exists()
        assert AuditEntry.objects.about(cast.skye).get().said == "Skatteverkets beslut"

    def test_without_a_reason_nothing_changes(self, cast):
        with refused_for("no_reason_to_lift"):
            lift_protection(participant_id=cast.skye.pk, why=" ", by=cast.coach, at=NOW)

        assert cast.skye not in Participant.objects.visible_to(cast.manager)
        assert cast.skye.handlers.exists()

    def test_what_is_not_protected_cannot_be_lifted(self, cast):
        with refused_for("not_protected"):
            lift_protection(participant_id=cast.pia.pk, why="x", by=cast.coach, at=NOW)

        assert not AuditEntry.objects.exists()


def test_every_consent_ends_with_it(cast):
    consent = ConsentFactory(participant=cast.pia, employer=cast.bakery)

    protect(cast, [cast.coach])

    consent.refresh_from_db()
    assert consent.withdrawn_at == NOW
