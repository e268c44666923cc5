"""Every text of the interface has its Swedish words."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
SWEDISH = Path("locale/sv/LC_MESSAGES/django.po")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """Collect the texts of code and templates anew, in a copy, beside the translations that there are."""
    if not shutil.which("xgettext"):
        if os.environ.get("CI"):
            pytest.fail("xgettext is missing, so nobody knows whether texts lack Swedish: install gettext.")
        pytest.skip("NOT CHECKED whether texts lack Swedish: xgettext is missing; install gettext.")
    copy = tmp_path_factory.mktemp("texts")
    for folder in ("backend", "frontend_templates", "locale"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "*.tsv"))
    shutil.copy(ROOT / "manage.py", copy)
    (copy / "build").mkdir()
    command = [sys.executable, "manage.py", "makemessages", "--locale=sv", "--add-location=file"]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    return polib.pofile(str(copy / SWEDISH))


class TestSwedish:
    def test_every_text_has_its_words(self, extracted):
        missing = [f"{entry.occurrences[0][0]}: {entry.msgid}" for entry in extracted.untranslated_entries()]

        assert missing == []

    def test_no_words_are_a_guess(self, extracted):
        assert [entry.msgid for entry in extracted.fuzzy_entries()] == []

    def test_placeholders_are_the_same(self):
        wrong = [
            entry.msgid
            for entry in polib.pofile(str(ROOT / SWEDISH))
            if entry.msgstr and placeholders(entry.msgid) != placeholders(entry.msgstr)
        ]

        assert wrong == []


def placeholders(text: str) -> set[str]:
    return {part.partition(")")[0] for part in text.split("%(")[1:]}
