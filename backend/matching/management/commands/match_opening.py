"""Shows who fits an opening, and why."""

import json
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from backend.employers.models import Opening
from backend.matching.access_log import BY_COMMAND
from backend.matching.rankings.plain_text import print_ranking
from backend.matching.rankings.ranking import rank_people_among
from backend.participants.access_log import log_looks
from backend.participants.scopes import people_of_municipality


class Command(BaseCommand):
    help = "Rank the waiting participants of the municipality for an opening; by reference, never by name."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the opening's key and the form of the answer."""
        parser.add_argument("id", type=UUID, help="the opening's key, as in its address")
        parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON object")

    def handle(self, *args: Any, id: UUID, as_json: bool, **options: Any) -> None:  # noqa: A002 - its name on the command line
        """Print the ranking. Raises CommandError when there is no such opening."""
        opening = Opening.objects.select_related("workplace__employer").filter(pk=id).first()
        if opening is None:
            raise CommandError(f"There is no opening {id}.")
        tenant = opening.workplace.employer.municipality_id
        people = people_of_municipality(tenant)
        ranked = rank_people_among(people, opening, at=timezone.now())
        log_looks((match.subject for match in ranked.matches), at=timezone.now(), page=BY_COMMAND)
        if as_json:
            rows = {str(match.subject.pk): match.subject.reference for match in ranked.matches}
            self.stdout.write(json.dumps({"opening": str(id), "references": rows, **ranked.as_data()}))
        else:
            print_ranking(self.stdout, str(opening), ranked, name=lambda person: person.reference)
