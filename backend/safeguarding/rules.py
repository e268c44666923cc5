"""The dated numbers of this app, all the municipality's own; those of signals are the safeguards'."""

REPLY_DAYS = "review_reply_days"
APPEAL_DAYS = "review_appeal_days"
