"""The dated numbers of this app. All are the municipality's own."""

REPLY_DAYS = "review_reply_days"
APPEAL_DAYS = "review_appeal_days"
PER_TEN_EMPLOYEES = "interns_per_ten_employees"
PER_SUPERVISOR = "interns_per_supervisor"
EARLY_ENDINGS = "early_endings_in_a_year"
WRITTEN_LATE = "placements_written_late_in_a_year"
NOTHING_NEW_DAYS = "days_with_nothing_new"
