"""A backup is one file, proved by restoring it; whatever fails, nothing half is left."""

import errno
import os
import shutil
import stat
import subprocess
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import override_settings

from backend.core.backup import archive, making, postgresql, programs
from backend.core.backup.databases import connected, rows_in
from backend.core.backup.failed import BackupFailed
from backend.core.backup.keeping import remove_old
from backend.core.backup.making import back_up
from backend.core.backup.places import settings_of
from backend.core.backup.restoring import drill, restore
from tests.factories.base import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def programs_are_there() -> None:
    if connection.vendor == "postgresql" and not shutil.which("pg_dump") and not os.environ.get("CI"):
        pytest.skip("PostgreSQL's own programs are not installed")


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files are made; it must be empty afterwards."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


@pytest.fixture
def media(tmp_path: Path) -> Path:
    (tmp_path / "media/deep").mkdir(parents=True)
    (tmp_path / "media/deep/intyg.pdf").write_bytes(b"a certificate")
    return tmp_path / "media"


def new_database(tmp_path: Path) -> Iterator[BaseDatabaseWrapper]:
    """Yield an empty database of the kind that the suite runs on, apart from the suite's own."""
    name = f"house_{token_hex(4)}"
    if connection.vendor == "sqlite":
        with connected({**connection.settings_dict, "NAME": str(tmp_path / name)}) as made:
            yield made
        return
    with connected(connection.settings_dict) as maker:
        postgresql._execute(maker, f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            with connected({**connection.settings_dict, "NAME": name}) as made:
                yield made
        finally:
            postgresql._execute(maker, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[BaseDatabaseWrapper]:
    """A database with two tables whose rows belong together."""
    for made in new_database(tmp_path):
        with made.cursor() as cursor:
            for table in ("orders", "invoices"):
                cursor.execute(f"CREATE TABLE {table} (id integer PRIMARY KEY, words text)")
                cursor.execute(f"INSERT INTO {table} VALUES (1, 'åäö')")
        yield made


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[BaseDatabaseWrapper]:
    """An empty database to restore into."""
    yield from new_database(tmp_path)


def made(house: BaseDatabaseWrapper, target: Path, **how: Any) -> making.Backup:
    return back_up(target, connection=house, **{"media": None, "recipient": "", "at": NOW, **how})


def put(backup: Path, into: BaseDatabaseWrapper, **how: Any) -> archive.Manifest:
    how = {"media": None, "identity": None, "replace": False, **how}
    return restore(backup, to=into.settings_dict, **how)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestABackup:
    def test_is_one_file_for_its_owner_that_was_restored_on_trial(self, house, target, media, work):
        backup = made(house, target, media=media)

        assert backup.is_restored
        assert list(target.iterdir()) == [backup.path]
        assert rights(backup.path) == 0o600
        assert list(work.iterdir()) == []
        assert backup.manifest.rows == {"invoices": 1, "orders": 1}
        assert set(backup.manifest.files) == {"database", "media/deep/intyg.pdf"}

    def test_goes_into_an_empty_database_and_folder(self, house, elsewhere, target, media, tmp_path, work):
        backup = made(house, target, media=media)
        put(backup.path, elsewhere, media=tmp_path / "new")

        with elsewhere.cursor() as cursor:
            cursor.execute("SELECT words FROM orders")
            assert cursor.fetchall() == [("åäö",)]
        assert (tmp_path / "new/deep/intyg.pdf").read_bytes() == b"a certificate"
        assert rights(tmp_path / "new/deep/intyg.pdf") == 0o600
        assert list(work.iterdir()) == []

    def test_never_takes_the_place_of_rows_unasked(self, house, target):
        backup = made(house, target)
        with house.cursor() as cursor:
            cursor.execute("INSERT INTO orders VALUES (2, 'later')")

        with pytest.raises(BackupFailed, match=r"has rows \(invoices, orders"):
            put(backup.path, house)
        assert rows_in(house) == {"invoices": 1, "orders": 2}

        put(backup.path, house, replace=True)
        assert rows_in(house) == {"invoices": 1, "orders": 1}

    def test_never_takes_the_place_of_files_unasked(self, house, elsewhere, target, media):
        backup = made(house, target, media=media)

        with pytest.raises(BackupFailed, match="media holds files"):
            put(backup.path, elsewhere, media=media)
        assert rows_in(elsewhere) == {}

    def test_is_whole_while_others_write(self, house, target):
        stop = threading.Event()

        def write() -> None:
            with connected(house.settings_dict) as busy:
                number = 1
                while not stop.is_set():
                    number += 1
                    busy.set_autocommit(False)
                    with busy.cursor() as cursor:
                        cursor.execute("INSERT INTO orders VALUES (%s, 'busy')", [number])
                        cursor.execute("INSERT INTO invoices VALUES (%s, 'busy')", [number])
                    busy.commit()
                    busy.set_autocommit(True)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            while rows_in(house)["orders"] < 20:
                time.sleep(0.01)
            rows = made(house, target).manifest.rows
        finally:
            stop.set()
            writer.join()

        assert rows["orders"] == rows["invoices"] >= 20

    def test_is_not_made_twice_in_one_second(self, house, target):
        first = made(house, target)
        before = first.path.read_bytes()

        with pytest.raises(BackupFailed, match="is there already"):
            made(house, target)
        assert first.path.read_bytes() == before
        assert list(target.iterdir()) == [first.path]


class TestADamagedBackup:
    """Refused by name, before anything is written."""

    def refused(self, backup: Path, elsewhere: BaseDatabaseWrapper, why: str) -> None:
        with pytest.raises(BackupFailed, match=why) as refusal:
            put(backup, elsewhere)
        assert backup.name in str(refusal.value)
        assert rows_in(elsewhere) == {}

    @pytest.mark.parametrize("part", [0.0, 0.3, 0.6])
    def test_that_is_cut_off(self, house, elsewhere, target, media, part):
        backup = made(house, target, media=media).path
        os.truncate(backup, int(backup.stat().st_size * part))

        self.refused(backup, elsewhere, "cut off|damaged")

    @pytest.mark.parametrize("name", ["database", "media/deep/intyg.pdf"])
    def test_with_another_byte(self, house, elsewhere, target, media, name):
        backup = made(house, target, media=media).path
        with tarfile.open(backup) as tar:
            place = tar.getmember(name).offset_data + 5
        with backup.open("r+b") as changed:
            changed.seek(place)
            changed.write(b"\xff")

        self.refused(backup, elsewhere, f"{name} is not what was backed up")

    @pytest.mark.parametrize("name", ["media/more.txt", "../outside.txt", "/tmp/outside.txt"])
    def test_with_another_file(self, house, elsewhere, target, tmp_path, name):
        backup = made(house, target).path
        with tarfile.open(backup, "a") as tar:
            tar.addfile(tarfile.TarInfo(name), BytesIO())

        self.refused(backup, elsewhere, name.rpartition("/")[2])
        assert list(tmp_path.rglob("outside.txt")) == []

    def test_that_is_something_else(self, elsewhere, target):
        (target / "notes.txt").write_text("no backup\n" * 200)

        self.refused(target / "notes.txt", elsewhere, "no backup of ours")

    def test_whose_rows_are_others_fails_the_drill(self, house, target, monkeypatch):
        counted = rows_in(house)
        monkeypatch.setattr(making, "rows_in", lambda _restored: {**counted, "orders": 7})

        with pytest.raises(BackupFailed, match="orders has 7 rows, not 1"):
            made(house, target)
        assert list(target.iterdir()) == []


class TestWhatFails:
    """Leaves neither a half file nor a readable copy."""

    def test_a_folder_that_is_missing(self, house, tmp_path, work):
        with pytest.raises(BackupFailed, match=r"nowhere.+No such file"):
            made(house, tmp_path / "nowhere")
        assert list(work.iterdir()) == []

    @pytest.mark.parametrize("recipient", ["", "somebody"])
    def test_a_full_disk(self, house, target, work, monkeypatch, recipient):
        def full(*_: Any, **__: Any) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(archive.tarfile.TarFile, "addfile", full)

        with pytest.raises(BackupFailed, match="No space left"):
            made(house, target, recipient=recipient)
        assert list(target.iterdir()) == list(work.iterdir()) == []

    @pytest.mark.parametrize(("recipient", "program"), [("age1qqq", "age"), ("chefen@example.se", "gpg")])
    def test_a_program_for_encryption_that_is_missing(
        self, house, target, work, monkeypatch, recipient, program
    ):
        monkeypatch.setattr(
            programs.shutil, "which", lambda name: None if name == program else f"/usr/bin/{name}"
        )
        with pytest.raises(BackupFailed, match=f"{program} is missing on this machine"):
            made(house, target, recipient=recipient)
        assert list(target.iterdir()) == list(work.iterdir()) == []

    def test_encryption_that_fails(self, house, target, work, tmp_path, monkeypatch):
        stand_in(tmp_path, monkeypatch, "age", "echo no such recipient >&2; exit 1")

        with pytest.raises(BackupFailed, match="age failed: no such recipient"):
            made(house, target, recipient="age1qqq")
        assert list(target.iterdir()) == list(work.iterdir()) == []

    def test_being_stopped(self, house, target, work, tmp_path, monkeypatch):
        # Not at once: a signal that comes while the program is still being started finds nobody to end it.
        stand_in(tmp_path, monkeypatch, "age", "sleep 1; kill -TERM $PPID; sleep 5")
        monkeypatch.setattr("backend.core.management.commands.back_up.connection", house)

        with pytest.raises(SystemExit):
            call_command("back_up", str(target), recipient="age1qqq")
        assert list(target.iterdir()) == list(work.iterdir()) == []

    def test_a_password_among_the_arguments(self):
        with pytest.raises(BackupFailed, match="PGPASSWORD"):
            settings_of("postgres://somebody:secret@127.0.0.1/house")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, script: str) -> None:
    """Let a script of ours stand for the program `name`."""
    (folder / "bin").mkdir(exist_ok=True)
    (folder / "bin" / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / "bin" / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}")


class TestAnEncryptedBackup:
    @pytest.mark.skipif(shutil.which("gpg") is None, reason="GnuPG is not installed")
    def test_is_opened_by_its_recipient_alone(self, house, elsewhere, target, work, tmp_path, monkeypatch):
        (tmp_path / "keys").mkdir(mode=0o700)
        monkeypatch.setenv("GNUPGHOME", str(tmp_path / "keys"))
        made_key = ["--batch", "--quiet", "--passphrase", "", "--quick-gen-key", "chefen@example.se"]
        subprocess.run(["gpg", *made_key, "future-default"], check=True, capture_output=True)

        backup = made(house, target, recipient="chefen@example.se").path
        put(backup, elsewhere)
        subprocess.run(["gpgconf", "--kill", "gpg-agent"], check=True)

        assert rows_in(elsewhere) == {"invoices": 1, "orders": 1}
        assert backup.suffix == ".gpg"
        assert rights(backup) == 0o600
        assert not tarfile.is_tarfile(backup)
        assert list(target.iterdir()) == [backup]
        assert list(work.iterdir()) == []

        monkeypatch.setenv("GNUPGHOME", str(tmp_path))
        with pytest.raises(BackupFailed, match="gpg failed"):
            put(backup, elsewhere, replace=True)

    def test_is_made_by_age_for_a_key_of_age(self, house, elsewhere, target, tmp_path, monkeypatch):
        find = 'for last; do :; done; while [ "$1" != --output ]; do shift; done'
        turned = f'{find}; tr a-z b-za < "$last" > "$2"'
        back = f'{find}; tr b-za a-z < "$last" > "$2"'
        stand_in(tmp_path, monkeypatch, "age", f'if [ "$1" = --decrypt ]; then {back}; else {turned}; fi')

        backup = made(house, target, recipient="age1qqq").path
        with pytest.raises(BackupFailed, match="--identity"):
            put(backup, elsewhere)
        put(backup, elsewhere, identity=tmp_path / "key.txt")

        assert backup.suffix == ".age"
        assert rows_in(elsewhere) == {"invoices": 1, "orders": 1}


class TestOlderBackups:
    def test_go_after_their_days_but_never_the_last_and_nothing_else(self, tmp_path):
        names = {
            "praktikbron-20260101T000000Z.tar": False,
            "praktikbron-20260102T000000Z.tar.gpg": False,
            "praktikbron-20260103T000000Z.tar.age": True,
            "praktikbron-20250101T000000Z.tar.part": False,
            "praktikbron-20250101T000000Z.tar.old": True,
            "notes.txt": True,
        }
        for name in names:
            (tmp_path / name).touch()

        removed = remove_old(tmp_path, days=30, at=NOW + timedelta(days=1000))

        assert {path.name for path in removed} == {name for name, stays in names.items() if not stays}
        assert {path.name for path in tmp_path.iterdir()} == {name for name, stays in names.items() if stays}

    def test_stay_within_their_days(self, house, target):
        first = made(house, target, at=NOW - timedelta(days=6)).path
        second = made(house, target, at=NOW).path

        assert remove_old(target, days=7, at=NOW) == []
        assert remove_old(target, days=5, at=NOW) == [first]
        assert list(target.iterdir()) == [second]


@pytest.mark.postgres
class TestPostgres:
    def test_an_older_pg_dump_is_refused_in_words(self, house, target, tmp_path, monkeypatch):
        stand_in(tmp_path, monkeypatch, "pg_dump", "echo 'pg_dump (PostgreSQL) 9.6.1'")

        with pytest.raises(BackupFailed, match=r"pg_dump is of PostgreSQL 9, .+ postgresql-client-\d"):
            made(house, target)

    def test_a_missing_pg_dump_is_refused_in_words(self, house, target, monkeypatch):
        monkeypatch.setattr(programs.shutil, "which", lambda name: None)

        with pytest.raises(BackupFailed, match=r"pg_dump is missing .+postgresql-client"):
            made(house, target)

    def test_a_role_that_may_make_no_database_is_told(self, house, target, monkeypatch):
        monkeypatch.setattr(postgresql, "_may_create", lambda _connection: False)

        backup = made(house, target)

        assert not backup.is_restored
        with pytest.raises(BackupFailed, match="may not create a database"):
            drill(backup.path, connection=house)

    def test_the_password_is_in_the_environment_alone(self, house, target, monkeypatch):
        ran: list[tuple[Any, Any]] = []
        monkeypatch.setattr(
            postgresql, "run", lambda name, arguments, also=None: ran.append((arguments, also)) or "16.1"
        )
        monkeypatch.setitem(house.settings_dict, "PASSWORD", "a secret")
        monkeypatch.setattr(postgresql, "_refuse_older_programs", lambda _connection: None)
        postgresql.put_into(house.settings_dict, target)

        assert ran
        assert all("a secret" not in str(arguments) for arguments, _ in ran)
        assert ran[-1][1]["PGPASSWORD"] == "a secret"


@pytest.mark.django_db(transaction=True)
class TestTheDrill:
    def test_restores_the_demo_and_runs_the_checks_there(self, capsys, tmp_path, settings):
        settings.MEDIA_ROOT = tmp_path / "none"
        with override_settings(DEMO=True):
            call_command("demo_data", people=40, openings=15, verbosity=0)

        call_command("restore_drill")

        assert "The drill went well" in capsys.readouterr().out

    def test_fails_when_what_is_restored_lacks_a_migration(self, tmp_path, settings, monkeypatch):
        settings.MEDIA_ROOT = tmp_path / "none"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, app, name, applied FROM django_migrations WHERE app = 'reports' OR app = 'places'"
                " ORDER BY id DESC LIMIT 1"
            )
            [row] = cursor.fetchall()
            cursor.execute("DELETE FROM django_migrations WHERE id = %s", [row[0]])
        try:
            with pytest.raises(CommandError, match="lacks migrations"):
                call_command("restore_drill")
        finally:
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO django_migrations VALUES (%s, %s, %s, %s)", row)
