"""A newcomer whose name could be taken for another's is let in to wait, and the unit is told."""

import pytest

from backend.core import outbox
from backend.core.models import AuditEntry, OutboxMessage
from backend.core.text.confusable import in_latin, mixes_alphabets
from backend.employers.services import find_or_register_employer
from tests.cast import Cast
from tests.factories import UserFactory, stand
from tests.factories.base import NOW
from tests.factories.employers import organisationsnummer
from tests.told import told

CYRILLIC_VE, CYRILLIC_A = "\N{CYRILLIC CAPITAL LETTER VE}", "\N{CYRILLIC SMALL LETTER A}"


def register(cast: Cast, name: str):
    who = UserFactory(persona="employer")
    facts = {"organisationsnummer": organisationsnummer(99871), "name": name, "kind": "company"}
    return find_or_register_employer(municipality=cast.municipality, **facts, by=who, at=NOW).employer


def is_told(employer) -> set:
    return told(subject_id=employer.pk, kind="employer_looks_alike")


@pytest.mark.django_db
class TestRegistering:
    @pytest.mark.parametrize(
        "name", ["Bageriet HB", "Bagerriet AB", f"{CYRILLIC_VE}ageriet", f"B{CYRILLIC_A}geriet i Eskilstuna"]
    )
    def test_the_coaches_are_told_and_nobody_is_refused(self, cast, name):
        cast.bakery.name = "Bageriet AB"
        cast.bakery.save()

        employer = register(cast, name)

        assert cast.coach in is_told(employer)
        assert AuditEntry.objects.about(employer).filter(action="looks_like_another").exists()
        assert employer.is_new

    def test_alphabets_that_are_mixed_are_told_of_whoever_they_look_like(self, cast):
        assert is_told(register(cast, f"Klippt{CYRILLIC_A}"))

    @pytest.mark.parametrize("name", ["Åkerbärs café", "Föreningen Norrsken", "Łukasz Bygg"])
    def test_others_come_in_silence(self, cast, name):
        assert not is_told(register(cast, name))

    def test_nobody_is_told_once_it_is_approved(self, cast):
        employer = register(cast, f"Klippt{CYRILLIC_A}")
        message = OutboxMessage.objects.get(subject_id=employer.pk, kind="employer_looks_alike")
        assert outbox.kinds[message.kind].is_due(message)

        stand(employer, "good")

        assert not outbox.kinds[message.kind].is_due(message)


def test_what_looks_latin_is_read_as_latin():
    assert in_latin(f"{CYRILLIC_VE}{CYRILLIC_A}") == "Ba"
    assert in_latin("Åäö é") == "Åäö é"
    assert mixes_alphabets(f"B{CYRILLIC_A}")
    assert not mixes_alphabets("Bageriet Åäö")
