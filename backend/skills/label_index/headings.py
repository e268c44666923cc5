"""Group titles among the names: ESCO lists ISCO's groups ("Jurister") with its occupations ("advokat")."""

from collections.abc import Sequence

LOWER_CASE_VOCABULARY = 0.8
"""Share of labels that must begin in lower case before a capital says anything (ESCO occupations: .92)."""
FEWEST_HEADINGS = 0.03
"""Below this share the capitals are proper names, not headings (ESCO occupations .083, ESCO skills .006)."""


def headings(labels: Sequence[str]) -> list[bool]:
    """Tell which labels are headings: written with a capital in a vocabulary that writes names without."""
    marked = [_is_capitalised(label) for label in labels]
    count = max(len(labels), 1)
    in_lower_case = sum(label[:1].islower() for label in labels) / count
    if in_lower_case >= LOWER_CASE_VOCABULARY and sum(marked) / count >= FEWEST_HEADINGS:
        return marked
    return [False] * len(labels)


def _is_capitalised(label: str) -> bool:
    """Tell a sentence-case title from an acronym or a product name ("IT-chef", "WordPress")."""
    return label[:1].isupper() and (label[1:2].islower() or label[1:2] == " ")
