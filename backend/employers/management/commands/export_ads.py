"""Writes the published jobs as ads."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from backend.core.clock import day_of
from backend.employers.exchange.ads import answer_of, jobs_as_ads


class Command(BaseCommand):
    help = "Print the published jobs as JobSearch gives ads. Internships are never among them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the answer."""
        at = timezone.now()
        jobs = list(jobs_as_ads(on=day_of(at)))
        answer = answer_of(jobs, total=len(jobs), at=at)
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
