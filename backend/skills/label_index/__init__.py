"""Find the concepts that a free text means: plain Python, NumPy and rapidfuzz, no Django.

How a text finds its labels:

1. `normalise`, and look for the very label: `exact`, or `synonym` where it is not the preferred one.
2. Where a word is unknown, labels within two typing errors (`spelling`), by letter signatures.
3. Labels that share rare features (`features`, `postings`): 3-letter grams of stems, and the beginnings of
   the parts of compounds, which are learned from the labels themselves (`morphology`).
4. Exact cosines for the best, the confirmation of few edits, one label per concept, names and group titles in
   turn (`answers`), and a degree that is fitted to the share of hits that are right.
5. Whether the first of them is accepted is another question (`decisions`): what it is to the text in whole
   words (`likeness`), and whether the text is a word of its own in Swedish or English (`lexicon`).

Nothing is learned from queries or from a mapping between vocabularies. Four `weights` are chosen by folds
(`bench/label_folds.py`): on queries that chose none they give success@1 .365 and MRR@10 .434 (Swedish
occupations), .60 and .66 (Swedish skills). Tried without gain: parts of enumerations and alternatives as
labels of their own, a heavier head of compounds, stop words, LSA and co-occurrence vectors of parts,
feedback from the first hits, hubness, stronger edit ratios; coverage of the text and of the label apart,
the part before the comma, grams of four, whole stems, ends of parts, a power of a label's length, a linear
model of seventeen such likenesses, and 120 groups of synonyms written by hand.
"""

from backend.skills.label_index.decisions import Decision, Judge, Verdict
from backend.skills.label_index.hits import Hit, Why
from backend.skills.label_index.index import LabelIndex
from backend.skills.label_index.lexicon import Lexicon, everyday_words
from backend.skills.label_index.likeness import Comparison, Likeness
from backend.skills.label_index.weights import Weights

__all__ = [
    "Comparison",
    "Decision",
    "Hit",
    "Judge",
    "LabelIndex",
    "Lexicon",
    "Likeness",
    "Verdict",
    "Weights",
    "Why",
    "everyday_words",
]
