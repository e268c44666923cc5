"""Shares with their uncertainty, and what is too small to show."""

from dataclasses import dataclass
from math import sqrt

# Counts below this could point at somebody, so no report shows them.
SMALLEST_SHOWN = 5
Z_95 = 1.959964


@dataclass(frozen=True)
class Share:
    """`numerator` persons of `denominator`, with its uncertainty."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """The share (0-1), or None when there is nobody to count."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def is_suppressed(self) -> bool:
        """Whether the group is too small to say anything about without pointing at somebody."""
        return 0 < self.denominator < SMALLEST_SHOWN

    @property
    def low(self) -> float | None:
        """The lower end of the Wilson interval, or None when there is nobody to count."""
        return wilson_interval(self.numerator, self.denominator)[0] if self.denominator else None

    @property
    def high(self) -> float | None:
        """The upper end of the Wilson interval, or None when there is nobody to count."""
        return wilson_interval(self.numerator, self.denominator)[1] if self.denominator else None


def wilson_interval(successes: int, trials: int) -> tuple[float, float]:
    """Return the Wilson score interval at 95 %, each end 0-1, for `successes` of `trials` > 0.

    Wilson 1927, doi:10.1080/01621459.1927.10502953.
    """
    share, z2 = successes / trials, Z_95**2
    centre = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = Z_95 / (1 + z2 / trials) * sqrt(share * (1 - share) / trials + z2 / (4 * trials**2))
    return max(0.0, centre - half), min(1.0, centre + half)
