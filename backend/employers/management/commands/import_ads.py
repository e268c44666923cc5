"""Makes drafts of ads."""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from backend.accounts.models import User
from backend.core.running.commands import existing_file
from backend.employers.exchange.ads import ads_in, import_ads
from backend.employers.exchange.bringing_in import Outcome, count


class Command(BaseCommand):
    help = (
        "Make drafts of the ads in FILE.json, as JobSearch gives them, in the name of a user: "
        "staff, or who speaks for the employer. The same ad is not made twice; bad ones are told of."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add FILE.json, --as and --dry-run."""
        parser.add_argument("file", metavar="FILE.json", type=existing_file)
        parser.add_argument("--as", dest="email", metavar="EMAIL", required=True, help="e-mail of the user")
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would become of each; write nothing"
        )

    def handle(self, *args: Any, file: Path, email: str, dry_run: bool, **options: Any) -> None:
        """Import, and print what became of each. Raises CommandError for a broken file or an unknown user."""
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError("There is no such user.")
        try:
            ads = ads_in(json.loads(file.read_bytes()))
            results = import_ads(ads=ads, by=user, at=timezone.now(), is_trial=dry_run)
        except (ValueError, RecursionError) as error:
            raise CommandError(f"{file.name} holds no ads that can be read.") from error
        except ValidationError as refusal:
            raise CommandError("; ".join(refusal.messages)) from refusal
        for each in results:
            if each.outcome == Outcome.REFUSED:
                self.stderr.write(f"{each.number}: {'; '.join(map(str, each.words))}")
        counts = count(results)
        self.stdout.write(", ".join(f"{number} {name}" for name, number in counts.items()))
