"""Scheduled jobs: what an administrator sees of their runs, and starts by hand."""
