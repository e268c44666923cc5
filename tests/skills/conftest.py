"""A catalogue of a few concepts with the labels that tests of understanding need."""

from datetime import UTC, datetime

import pytest

from backend.skills.enums import ConceptKind, LabelKind
from backend.skills.models import CatalogueVersion, Label
from backend.skills.understanding import index
from tests.factories import ConceptFactory

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
SKILLS = {
    ("Truckkörning", "Forklift driving"): {"köra truck": LabelKind.ALTERNATIVE, "trukk": LabelKind.HIDDEN},
    ("Orderplock", "Order picking"): {"plocka order": LabelKind.ALTERNATIVE},
    ("Brödbakning", ""): {},
}
OCCUPATIONS = {("Lokalvårdare", "Cleaner"): {"städare": LabelKind.ALTERNATIVE, "städtant": LabelKind.HIDDEN}}


def make_concept(kind, names, labels, scheme="starter"):
    swedish, english = names
    uri = f"{scheme}:{kind}/{swedish}"
    concept = ConceptFactory(kind=kind, name_sv=swedish, name_en=english, scheme=scheme, uri=uri)
    texts = {("sv", swedish): LabelKind.PREFERRED} | {("sv", text): kind for text, kind in labels.items()}
    if english:
        texts["en", english] = LabelKind.PREFERRED
    Label.objects.bulk_create(
        Label(concept=concept, language=language, text=text, kind=label_kind)
        for (language, text), label_kind in texts.items()
    )
    return concept


def make_version(at=AT):
    return CatalogueVersion.objects.create(scheme="test", imported_at=at, added=0, changed=0, retired=0)


@pytest.fixture
def catalogue(db):
    concepts = {names[0]: make_concept(ConceptKind.SKILL, names, labels) for names, labels in SKILLS.items()}
    concepts |= {
        names[0]: make_concept(ConceptKind.OCCUPATION, names, labels) for names, labels in OCCUPATIONS.items()
    }
    make_version()
    index.forget()  # that of another test, whose keys and moments are the same
    return concepts
