"""Every number the ranking is tuned by, with its reason; a change here is a change of policy.

The numbers were chosen by what they mean in the field and checked for how much they
matter (`bench/ranking.py --sensitivity`): each lies on a plateau, so a coach may argue about any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import Final, NamedTuple

FULL: Final = 255
"""A degree or a strength of 1, as stored in one byte."""

SHARES: Final = 257
"""An opening's lines share 257 parts, and each earns its part times a credit of 0-255 ..."""

TOTAL: Final = FULL * SHARES
"""... so a whole score is 65,535, all that two bytes hold. Nothing is rounded on the way: the lines
of an explanation add up to the score exactly, in any order."""

NEAR_TIE: Final = TOTAL // 200 // 3
"""Half a point of a hundred, in the order of a list, where a band is a third. A smaller difference says
nothing about two people; the longer wait decides."""


class Band(IntEnum):
    """How an opening's essential requirements are met, the better the higher."""

    FAR = 0
    ONE_MISSING = 1
    FITS = 2


class Kind(StrEnum):
    """What an opening is, as far as it changes what counts: to learn, or to be paid for what one can."""

    INTERNSHIP = "internship"
    JOB = "job"
    UNSAID = ""


class Level(IntEnum):
    """How well somebody knows something; UNKNOWN is what most people write."""

    UNKNOWN = 0
    BASIC = 1
    WORKING = 2
    INDEPENDENT = 3


class Source(IntEnum):
    """Who says so. Not a judgement of the person: what somebody else has seen is stronger evidence."""

    SELF = 0
    COACH = 1
    SUPERVISOR = 2
    INTERNSHIP = 3


LEVEL_STRENGTH: Final = {Level.UNKNOWN: 0.92, Level.BASIC: 0.85, Level.WORKING: 0.95, Level.INDEPENDENT: 1.0}
"""A narrow span on purpose: the places are internships, where a beginner comes to learn."""

SOURCE_STRENGTH: Final = {
    Source.SELF: 0.92,
    Source.COACH: 0.95,
    Source.SUPERVISOR: 1.0,
    Source.INTERNSHIP: 1.0,
}

FRESH_YEARS: Final = 2.0
STALE_YEARS: Final = 12.0
STALE_STRENGTH: Final = 0.75
"""Knowledge is fresh for two years and then fades in a straight line to three quarters; it is never lost.
No date is no reason to doubt."""

ESSENTIAL_WEIGHT: Final = 2.0
DESIRABLE_WEIGHT: Final = 1.0

RARITY_FLOOR: Final = 0.25
"""What is asked for in every occupation still counts a quarter of what is asked for in one."""

WORDS_RARITY: Final = 0.4
"""What the catalogue does not know is mostly a trait ("noggrann"): whoever has written the same word has said
little more than the others."""


class Parts(NamedTuple):
    """How an opening's points are shared out: what is asked for, work of its kind that was done, the wish."""

    asked: float
    done: float
    wished: float


PARTS: Final[Mapping[Kind, Parts]] = {
    Kind.INTERNSHIP: Parts(asked=0.4, done=0.2, wished=0.4),
    Kind.JOB: Parts(asked=0.45, done=0.45, wished=0.1),
    Kind.UNSAID: Parts(asked=0.4, done=0.6, wished=0.0),
}
"""An internship is for learning: whoever wants the work comes before whoever only has done something like it.
A job is given to whoever can do it, and a wish decides between two who can."""

OPEN_TO_ANYTHING: Final = 0.5
WISH_UNSAID: Final = 0.4
"""Somebody who would take any work wants this too, though less than whoever named it; somebody who has named
no wish may want it, and is asked."""

FIELD_STRENGTH: Final = {1: 0.6, 2: 0.7, 3: 0.8, 4: 0.9}
"""A wish for a field of work, by the figures of SSYK-2012 that name it: the wider the field, the less it says
about this work. A wish for an occupation says most."""

SIBLING_WISH: Final = 0.4
"""A wish for a neighbouring kind of work (a café for a kitchen), as far as for the work itself."""

BAND_STEP: Final = TOTAL // 3
"""Bands decide, then points: in the order of a list each band has a third of all that two bytes hold."""

RELATED_FROM: Final = round(0.2 * FULL)
"""Credit from which there is something to ask about: less is no sign that an essential requirement is met."""

EXPERIENCED_FROM: Final = round(0.75 * FULL)
"""Credit from which somebody has had this very occupation, or one that stands in for it. What belongs to it
is then asked about, not taken to be missing."""

KNOWS_WORK_FROM: Final = round(0.5 * FULL)
"""Certainty from which somebody's skills are those of this kind of work. Whoever has one of the essential
requirements besides is asked about the others."""

TIE_FROM: Final = round(0.35 * FULL)
"""Credit from which work that was done, or a wish, ties somebody to an opening they lack one thing for."""

LEAST: Final = TOTAL // 10
"""A weaker match says only that two words are distantly related; nobody should be proposed on it."""

GROUP_DOUBT: Final = 0.2
"""The chance that a requirement says nothing about the occupation (noise in a naive Bayes estimate)."""

GROUP_FLOOR: Final = 0.1
"""A group that an opening means with less than one chance in ten is not looked for; an opening that
could mean anything has no such line."""

GROUP_STEPS: Final = 4
"""Likelihoods are told in quarters of the likeliest: no finer than they are known."""

PROFILE_SCALE: Final = 2.2
"""How many wholly specific skills make 63 % certainty that somebody knows a kind of work (1 - 1/e)."""

PROFILE_FLOOR: Final = 0.2
"""Weaker traces of an occupation are not indexed. A floor, not a top list: what somebody learns
later can never push out what was known before."""

TEXT_FLOOR: Final = 0.85
"""Texts without a concept match each other from this rapidfuzz token_sort ratio and up ..."""

TEXT_DEGREE: Final = 0.9
"""... and equal texts are worth this much: nobody has confirmed what they mean."""
