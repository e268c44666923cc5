"""Backups: one file of the database and the media, proved by restoring it before it gets its name."""
