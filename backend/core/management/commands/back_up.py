"""Makes a backup of the database and the media, proved by restoring it."""

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from backend.core.backup.failed import BackupFailed
from backend.core.backup.keeping import remove_old
from backend.core.backup.making import back_up
from backend.core.backup.places import ended_by_signal, media_folder


class Command(BaseCommand):
    help = "Write one file with the database and the media into a folder, and prove it by restoring it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the folder, for whom to encrypt, and how long older backups stay."""
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--recipient", default="", help="encrypt: a key of age, or a name that GnuPG knows"
        )
        parser.add_argument(
            "--keep", type=_days, metavar="DAYS", help="remove our older backups in that folder"
        )

    def handle(self, *args: Any, folder: Path, recipient: str, keep: int | None, **options: Any) -> None:
        """Make the backup, and only then remove older ones."""
        at = timezone.now()
        try:
            with ended_by_signal():
                made = back_up(
                    folder, connection=connection, media=media_folder(), recipient=recipient, at=at
                )
        except BackupFailed as failure:
            raise CommandError(str(failure)) from failure
        rows = sum(made.manifest.rows.values())
        self.stdout.write(f"{made.path}: {rows} rows in {len(made.manifest.rows)} tables")
        if not made.is_restored:
            self.stdout.write(
                "Not restored on trial: the role may not create a database. Its list of contents can be read."
            )
        for old in remove_old(folder, days=keep, at=at) if keep is not None else ():
            self.stdout.write(f"removed {old.name}")


def _days(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise ArgumentTypeError("a number of days, at least 1")
    return int(written)
