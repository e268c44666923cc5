"""What the tests of matching share: a fixed clock, an opening that Pia fits, and proposals of her."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from backend.matching.bridge import catalogue as kept_catalogue
from backend.matching.bridge import pools
from backend.matching.models import Proposal
from backend.matching.services import draft_proposal, send_proposal
from backend.participants.services import releasable_items
from backend.skills.enums import ConceptKind, LabelKind, Resolution
from backend.skills.models import CatalogueVersion, Concept, Label
from backend.skills.understanding import index
from tests.cast import Cast
from tests.factories import ConceptFactory, SkillEvidenceFactory, SkillRequirementFactory
from tests.factories.base import NOW


@pytest.fixture(autouse=True)
def the_clock_stands_still() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def nothing_is_kept_between_tests() -> Iterator[None]:
    for kept in (pools, kept_catalogue, index):
        kept.forget()
    yield
    for kept in (pools, kept_catalogue, index):
        kept.forget()


@pytest.fixture
def baking(db: None) -> Concept:
    """A catalogue of one skill, so that pools are kept as they are in production."""
    concept = ConceptFactory(name_sv="Baka bröd", kind=ConceptKind.SKILL)
    Label.objects.create(concept=concept, language="sv", text="Baka bröd", kind=LabelKind.PREFERRED)
    CatalogueVersion.objects.create(scheme="test", imported_at=NOW, added=1, changed=0, retired=0)
    return concept


@pytest.fixture
def asks_for_baking(cast: Cast, baking: Concept) -> Cast:
    """The cast, where Bageriet asks for baking and Pia can bake."""
    meant: dict[str, Any] = {"concept": baking, "resolution": Resolution.ACCEPTED}
    SkillRequirementFactory(opening=cast.opening, text="Baka bröd", **meant)
    SkillEvidenceFactory(participant=cast.pia, text="bakar bröd", **meant)
    return cast


@pytest.fixture
def propose_pia(cast: Cast) -> Callable[..., Proposal]:
    """Send a proposal of Pia, with her first name and everything else that `keys` name."""

    def send(*keys: str, message: str = "Ring mig gärna.", opening: Any = None) -> Proposal:
        draft = draft_proposal(
            opening_id=(opening or cast.opening).pk, participant_id=cast.pia.pk, by=cast.coach, at=NOW
        )
        return send_proposal(
            proposal_id=draft.pk,
            item_keys=["first_name", *keys],
            means="in_person",
            message=message,
            by=cast.coach,
            at=NOW,
        )

    return send


def keys_of(participant: Any) -> list[str]:
    return [item.key for item in releasable_items(participant)]
