"""Reviews of employers, and what each rests on."""

from backend.safeguarding.models.reviews import Evidence, Review, ReviewQuerySet

__all__ = ["Evidence", "Review", "ReviewQuerySet"]
