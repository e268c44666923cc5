"""Every number the ranking is tuned by, with its reason; a change here is a change of policy.

The numbers were chosen by what they mean in the field and checked for how much they
matter (`bench/ranking.py --sensitivity`): each lies on a plateau, so a coach may argue about any of them.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

FULL: Final = 255
"""A degree or a strength of 1, as stored in one byte."""

SHARES: Final = 257
"""An opening's lines share 257 parts, and each earns its part times a credit of 0-255 ..."""

TOTAL: Final = FULL * SHARES
"""... so a whole score is 65,535, all that two bytes hold. Nothing is rounded on the way: the lines
of an explanation add up to the score exactly, in any order."""

NEAR_TIE: Final = TOTAL // 200
"""Half a point of a hundred. A smaller difference says nothing about two people; the longer wait decides."""


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

OCCUPATION_SHARE: Final = 0.6
"""The part of the points that the line "the same kind of work" gets, beside the requirements one by one.
Lists of skills are short and differ in wording; the occupations they point to agree far more often."""

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
