"""Find the concepts that a free text means: plain Python, NumPy and rapidfuzz, no Django.

How a text finds its labels:

1. `normalise`, and look for the very label: `exact`, or `synonym` where it is not the preferred one.
2. Where a word is unknown, labels within two typing errors (`spelling`), by letter signatures.
3. Labels that share rare features (`features`, `postings`): 3-letter grams of stems, and the beginnings of
   the parts of compounds, which are learned from the labels themselves (`morphology`).
4. Exact cosines for the best, the confirmation of few edits, one label per concept, names and group titles in
   turn (`answers`), a degree that is fitted to the share of hits that are right, and `decide` (`hits`).

Nothing is learned from queries or from a mapping between vocabularies. A dozen weights are set by hand.
Chosen from a grid of 162 on one half of the judged names and measured on the other, over 100 splits, they
give success@1 .36 and MRR@10 .43 (Swedish occupations), .60 and .65 (Swedish skills), ± .02. Tried without
gain: parts of enumerations and alternatives as labels of their own, a heavier head of compounds, stop words,
LSA and co-occurrence vectors of parts, feedback from the first hits, hubness, stronger edit ratios.
"""

from backend.skills.label_index.hits import Decision, Hit, Why, decide
from backend.skills.label_index.index import LabelIndex

__all__ = ["Decision", "Hit", "LabelIndex", "Why", "decide"]
