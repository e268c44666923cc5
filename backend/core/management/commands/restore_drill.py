"""Proves that a backup made now can be restored and run."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from backend.core.backup.failed import BackupFailed
from backend.core.backup.making import back_up
from backend.core.backup.places import ended_by_signal, media_folder
from backend.core.backup.restoring import drill


class Command(BaseCommand):
    help = "Back up, restore into a throw-away database, compare, and run the checks there."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it all in a temporary folder; the exit code is 1 with the first thing that is wrong."""
        try:
            with ended_by_signal(), TemporaryDirectory(prefix="praktikbron-") as folder:
                at = timezone.now()
                made = back_up(Path(folder), connection=connection, media=media_folder(), recipient="", at=at)
                manifest = drill(made.path, connection=connection)
        except BackupFailed as failure:
            raise CommandError(str(failure)) from failure
        rows, files = sum(manifest.rows.values()), len(manifest.files)
        self.stdout.write(f"The drill went well: {rows} rows in {len(manifest.rows)} tables, {files} files.")
