"""Nothing of one person's machine is in the repository, and nothing that a tool can make."""

import re
import subprocess

import pytest

from tests.architecture.source import ROOT

# Each is written so that it does not find itself.
FOREIGN = {
    "a home folder": re.compile(r"[\"'\s=(](?:/(?:hom[e]|User[s])/\w+|/roo[t]|/wor[k])/"),
    "the host of a package registry": re.compile(
        r"https?://[\w.-]*(?:npmj[s]|pyp[i]\.|pythonhoste[d]|deb\.debia[n])", re.IGNORECASE
    ),
}
MADE_BY_TOOLS = re.compile(r"(^|/)(node_modules|build|__pycache__|\.venv[\w-]*)/|\.(mo|pyc|sqlite3)$")
LARGEST_BYTES = 600_000
"""The Swedish words of all screens stand in one file, the largest."""


def committed() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout: nothing tells what is committed")
class TestRepository:
    @pytest.mark.parametrize("what", FOREIGN)
    def test_nothing_names(self, what):
        guilty = []
        for name in committed():
            text = (ROOT / name).read_bytes().decode(errors="replace")
            guilty += [f"{name}: {found[0].strip()}" for found in FOREIGN[what].finditer(text)]

        assert guilty == []

    def test_nothing_that_a_tool_makes(self):
        assert [name for name in committed() if MADE_BY_TOOLS.search(name)] == []

    def test_nothing_large(self):
        assert [name for name in committed() if (ROOT / name).stat().st_size > LARGEST_BYTES] == []
