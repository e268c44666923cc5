"""The fixed day on which every test begins."""

from datetime import UTC, date, datetime

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 12)
