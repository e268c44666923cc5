"""Puts a backup into a database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from backend.core.backup.failed import BackupFailed
from backend.core.backup.places import ended_by_signal, media_folder, settings_of
from backend.core.backup.restoring import restore


class Command(BaseCommand):
    help = "Put a backup into the database of DATABASE_URL, or into another. Stop web and worker first."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file, where it goes, and what may be lost for it."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--into", default="", metavar="URL", help="another database; PGPASSWORD has its secret"
        )
        parser.add_argument("--media", type=Path, help="where the media go when the database is another")
        parser.add_argument("--identity", type=Path, help="the file with the key of age")
        parser.add_argument("--replace", action="store_true", help="lose what the database holds")

    def handle(
        self,
        *args: Any,
        file: Path,
        into: str,
        media: Path | None,
        identity: Path | None,
        replace: bool,
        **options: Any,
    ) -> None:
        """Restore, compare, and say what is left to do."""
        try:
            to = settings_of(into) if into else connection.settings_dict
            files = media if into or media else media_folder()
            with ended_by_signal():
                manifest = restore(file, to=to, media=files, identity=identity, replace=replace)
        except BackupFailed as failure:
            raise CommandError(str(failure)) from failure
        rows = sum(manifest.rows.values())
        self.stdout.write(f"Restored {rows} rows of {manifest.made_at}. Now: manage.py migrate, and start.")
        if files is None and any("/" in name for name in manifest.files):
            self.stdout.write("The media were left out: name their folder with --media.")
