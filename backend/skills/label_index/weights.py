"""The constants that the order of hits depends on: `python -m bench.label_folds` chooses and tries them."""

from typing import NamedTuple


class Weights(NamedTuple):
    """What an index weighs with, the same for every vocabulary.

    `start` is what the beginning of a compound's part weighs where a gram weighs 10. `title_length` is the
    power of a group title's length in its norm: one that enumerates is long because it covers much. A title
    begins though it falls short of the best name by `title_handicap`. One typing error adds `few_edits` to a
    cosine, two add half of it.
    """

    start: int = 20
    title_length: float = 0.7
    title_handicap: float = 0.15
    few_edits: float = 0.8


WEIGHTS = Weights()
