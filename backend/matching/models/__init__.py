"""Proposals and their visits, the record of which rankings were shown to whom, what coaches say of them."""

from backend.matching.models.proposals import (
    ABOUT,
    AllocationChoice,
    Judgement,
    Proposal,
    ProposalQuerySet,
    RankingShown,
    Reader,
)
from backend.matching.models.visits import Visit, VisitQuerySet, VisitTime

__all__ = [
    "ABOUT",
    "AllocationChoice",
    "Judgement",
    "Proposal",
    "ProposalQuerySet",
    "RankingShown",
    "Reader",
    "Visit",
    "VisitQuerySet",
    "VisitTime",
]
