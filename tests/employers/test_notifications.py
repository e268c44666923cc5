"""Messages say where to read, never what or about whom."""

import pytest

from backend.core import outbox
from backend.core.models import OutboxMessage
from backend.employers import notifications
from backend.employers.enums import OpeningState
from tests.factories import OpeningFactory
from tests.factories.base import NOW

ABOUT_OPENINGS = [
    (notifications.WAITING, OpeningState.AWAITING_APPROVAL),
    (notifications.APPROVED, OpeningState.PUBLISHED),
    (notifications.RETURNED, OpeningState.DRAFT),
    (notifications.EXPIRED, OpeningState.EXPIRED),
    (notifications.CLOSED, OpeningState.CLOSED),
    (notifications.PAUSED, OpeningState.PAUSED),
    (notifications.BACK, OpeningState.PUBLISHED),
]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("kind", "state"), ABOUT_OPENINGS, ids=lambda each: getattr(each, "name", None))
class TestAboutOpenings:
    def test_reaches_its_reader_with_a_link_and_nothing_else(self, cast, mailoutbox, kind, state, language):
        waits = kind is notifications.WAITING
        reader = cast.coach if waits else cast.employer_member
        cast.other_coach.assignments.update(ended_on=NOW)
        type(reader).objects.filter(pk=reader.pk).update(language=language)
        opening = OpeningFactory(workplace__employer=cast.bakery, state=state, title="Hemlig titel")
        notifications.tell_of_opening(kind, opening, at=NOW)

        outbox.deliver_due(at=NOW)

        [mail] = mailoutbox
        assert opening.get_absolute_url() in mail.body
        assert ("Hej!" if language == "sv" else "Hello!") in mail.body
        for secret in (opening.title, cast.bakery.name, reader.name):
            assert secret not in mail.subject + mail.body

    def test_is_left_out_when_it_is_no_longer_so(self, cast, mailoutbox, kind, state, language):
        opening = OpeningFactory(workplace__employer=cast.bakery, state=OpeningState.FILLED)
        notifications.tell_of_opening(kind, opening, at=NOW)

        outbox.deliver_due(at=NOW)

        assert mailoutbox == []
        assert OutboxMessage.objects.get().state == "skipped"


def test_one_message_for_one_thing(cast):
    for _ in range(2):
        notifications.tell_of_opening(notifications.APPROVED, cast.opening, at=NOW)

    assert OutboxMessage.objects.count() == 1
