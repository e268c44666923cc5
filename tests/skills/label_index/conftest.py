import pytest

from backend.skills.label_index import LabelIndex

LABELS = [
    ("lokalvardare", "lokalvårdare"),
    ("lokalvardare", "städare"),
    ("kock", "kock"),
    ("kock", "cook"),
    ("truckforare", "truckförare"),
    ("trapphus", "städa trapphus"),
    ("tradgard", "sköta trädgårdar"),
    ("kundservice", "kundtjänstmedarbetare"),
    ("betong", "gjuta betong"),
    ("betongmaskin", "sköta betongblandare"),
    ("c", "C"),
    ("c++", "C++"),
    ("c#", "C#"),
]


@pytest.fixture(scope="session")
def index() -> LabelIndex:
    return LabelIndex(LABELS)
