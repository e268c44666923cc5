"""Find the concepts that a free text means: plain Python, NumPy and rapidfuzz, no Django."""

from backend.skills.label_index.hits import Decision, Hit, Why, decide
from backend.skills.label_index.index import LabelIndex

__all__ = ["Decision", "Hit", "LabelIndex", "Why", "decide"]
