"""What README.md and docs/ tell people to type works, and every command is told of."""

import re
import shlex
import subprocess
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import call_command, get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
FENCED = re.compile(r"^```(?:sh|bash|shell|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
PLACEHOLDER = re.compile(r"^(?:[A-Z][A-Z_]*(?:\.\w+)?|<.*>)$")
# They run until they are stopped, ask questions, write files, start over what the test database has, read
# only what is committed, need a model, or find fault with the settings of the suite.
LONG = {
    "simulate_year",
    "check",
    "collectstatic",
    "createsuperuser",
    "demo_data",
    "migrate",
    "read_labels",
    "restore_drill",
    "run_worker",
    "runserver",
}


def pages() -> list[Path]:
    return [README, *sorted((ROOT / "docs").rglob("*.md"))]


def commands_in(page: Path) -> list[str]:
    """Return the command lines of a page's shell blocks; a line ended by a backslash goes on."""
    blocks = "\n".join(FENCED.findall(page.read_text()))
    lines = (line.removeprefix("$ ").strip() for line in blocks.replace("\\\n", " ").splitlines())
    return [line.partition("  #")[0].strip() for line in lines if line and not line.startswith("#")]


def commands(*programs: str) -> list[str]:
    """Return the documented commands that run one of `programs`, without variables set before them."""
    found = []
    for page in pages():
        for line in commands_in(page):
            words = [word for word in shlex.split(line) if not re.match(r"^[A-Z_]+=", word)]
            if any(word.rpartition("/")[2] in programs for word in words[:2]):
                found.append(shlex.join(words))
    return sorted(set(found))


def management_command(line: str) -> tuple[str, list[str]]:
    words = shlex.split(line)
    name, *arguments = words[words.index("manage.py") + 1 :]
    return name, arguments


def stand_in(word: str, *, folder: Path) -> str:
    """Return something of the kind that a placeholder stands for: DIRECTORY, ID, or FILE.tsv."""
    if not PLACEHOLDER.match(word):
        return word
    if word == "DIRECTORY":
        return str(folder)
    if "." in word:
        (folder / word).touch()
        return str(folder / word)
    return str(UUID(int=0))


def our_commands() -> list[str]:
    return sorted(name for name, app in get_commands().items() if app.startswith("backend."))


class TestReadme:
    def test_it_says_how_to_start(self):
        assert {"make demo", "make test"} <= set(commands_in(README))

    @pytest.mark.parametrize("line", commands("make"))
    def test_a_make_target_exists(self, line):
        dry_run = subprocess.run(
            [*shlex.split(line), "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False
        )

        assert dry_run.returncode == 0, dry_run.stderr

    @pytest.mark.parametrize("line", commands("manage.py"))
    def test_a_management_command_takes_its_arguments(self, line, tmp_path):
        name, arguments = management_command(line)
        command = load_command_class(get_commands()[name], name)

        filled_in = [stand_in(word, folder=tmp_path) for word in arguments]
        command.create_parser("manage.py", name).parse_args(filled_in)

    @pytest.mark.django_db
    @pytest.mark.parametrize("line", commands("manage.py"))
    def test_a_management_command_runs(self, line, capsys):
        name, arguments = management_command(line)
        if name in LONG or any(PLACEHOLDER.match(word) for word in arguments):
            return  # its arguments were checked above; its own tests run it

        call_command(name, *arguments)

    @pytest.mark.parametrize("name", our_commands())
    def test_each_command_of_ours_is_told_of(self, name):
        told = "\n".join(page.read_text() for page in pages())

        assert re.search(rf"\b{name}\b", told)

    def test_links_to_files_lead_somewhere(self):
        for page in pages():
            for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text()):
                assert (page.parent / target).exists(), f"{page.name}: {target}"
