import factory
from factory.django import DjangoModelFactory

from backend.skills.enums import ConceptKind
from backend.skills.models import Concept


class ConceptFactory(DjangoModelFactory):
    class Meta:
        model = Concept

    kind = ConceptKind.SKILL
    scheme = "test"
    name_sv = factory.Sequence(lambda n: f"kompetens {n}")
    uri = factory.LazyAttribute(lambda o: f"test/{o.kind}/{o.name_sv}")
