"""Bands: how somebody meets what is essential. They decide, and points only order within one.

An essential requirement is met, or near; or something is said from which it may follow, and then it is asked
about; or it is missing. Wishes, merits and points never make up for what is missing.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from backend.matching.engine.weights import (
    BAND_STEP,
    EXPERIENCED_FROM,
    KNOWS_WORK_FROM,
    LEAST,
    TIE_FROM,
    Band,
)

Numbers = npt.NDArray[Any]
Bands = npt.NDArray[np.uint8]
Worth = npt.NDArray[np.uint16]


class Signs(NamedTuple):
    """What bands are decided by; arrays that broadcast, over people or over openings.

    `asked` counts the essential requirements that the catalogue knows, `met` those with something to say for
    them. The others are credits of 0-255: work of this kind that was `done` (whatever it follows from), the
    very occupation that somebody has `had`, and the wish. `is_job` tells a job from what one does to learn.
    """

    asked: Numbers
    met: Numbers
    done: Numbers
    had: Numbers
    wished: Numbers
    is_job: Numbers


def follows(signs: Signs) -> npt.NDArray[np.bool_]:
    """Whether the other requirements may follow from what is said, and so are asked about."""
    knows = (signs.done >= KNOWS_WORK_FROM) & (signs.met >= 1)
    asks: npt.NDArray[np.bool_] = np.asarray((signs.had >= EXPERIENCED_FROM) | knows)
    return asks


def bands(signs: Signs, points: Numbers) -> Bands:
    """Return the band of each pair.

    A job is for whoever can do it, so there somebody of whom nothing says that is far, whatever is essential.
    """
    missing = np.where(follows(signs), 0, np.asarray(signs.asked, dtype=np.int16) - signs.met)
    tied = (signs.met >= 1) | (signs.done >= TIE_FROM) | (signs.wished >= TIE_FROM)
    found = np.where(missing == 0, Band.FITS, np.where((missing == 1) & tied, Band.ONE_MISSING, Band.FAR))
    unable = signs.is_job & (signs.met < 1) & (signs.done < TIE_FROM)
    return np.where((points < LEAST) | unable, Band.FAR, found).astype(np.uint8)


def worth_of(band: Band, points: int) -> int:
    """Return what orders a list, of one pair."""
    return band * BAND_STEP + points // len(Band)


def worth(band: Bands, points: Numbers) -> Worth:
    """Return what orders a list: the band, then the points."""
    return (band.astype(np.uint32) * BAND_STEP + points.astype(np.uint32) // len(Band)).astype(np.uint16)
