"""Pages of schedules and attendance."""
