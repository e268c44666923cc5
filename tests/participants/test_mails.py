"""A mail to a participant tells nothing to who looks over a shoulder."""

import pytest
from django.utils import translation

from backend.core.outbox.kinds import kinds

SUBJECTS = {"sv": "Du har ett nytt meddelande", "en": "You have a new message"}


@pytest.mark.parametrize("name", sorted(kinds))
@pytest.mark.parametrize("language", SUBJECTS)
def test_the_subject_is_the_same_whatever_it_is_about(cast, name, language):
    with translation.override(language):
        assert kinds[name].subject_to(cast.participant_user) == SUBJECTS[language]


@pytest.mark.parametrize("name", sorted(kinds))
def test_others_read_what_awaits_them(cast, name):
    assert kinds[name].subject_to(cast.coach) == str(kinds[name].subject)
