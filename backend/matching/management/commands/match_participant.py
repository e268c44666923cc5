"""Shows which openings fit a participant, and why."""

import json
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from backend.employers.scopes import openings_of_municipality
from backend.matching.access_log import BY_COMMAND
from backend.matching.rankings.plain_text import print_ranking
from backend.matching.rankings.ranking import rank_openings_among
from backend.participants.access_log import log_looks
from backend.participants.models import Participant


class Command(BaseCommand):
    help = "Rank the published openings of the municipality, lasting places included, for a participant."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the participant's key and the form of the answer."""
        parser.add_argument("id", type=UUID, help="the participant's key, as in the address of the file")
        parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON object")

    def handle(self, *args: Any, id: UUID, as_json: bool, **options: Any) -> None:  # noqa: A002 - its name on the command line
        """Print the ranking. Raises CommandError for nobody, and for a protected identity alike."""
        people = Participant.objects.findable().select_related("unit")
        participant = people.filter(pk=id).first()
        if participant is None:
            raise CommandError(f"There is no participant {id}.")
        openings = openings_of_municipality(participant.unit.municipality_id)
        ranked = rank_openings_among(openings, participant, at=timezone.now())
        log_looks([participant], at=timezone.now(), page=BY_COMMAND)
        if as_json:
            titles = {str(match.subject.pk): str(match.subject) for match in ranked.matches}
            self.stdout.write(json.dumps({"participant": str(id), "titles": titles, **ranked.as_data()}))
        else:
            print_ranking(self.stdout, participant.reference, ranked, name=str)
