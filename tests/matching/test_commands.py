"""The commands of the matcher: what they print, and that they write nothing."""

import json

import pytest
from django.core.management import CommandError, call_command

from backend.core.models import AuditEntry, ReadEntry
from backend.matching.models import RankingShown


def run(capsys, *arguments):
    call_command(*arguments)
    return capsys.readouterr().out


class TestMatch:
    def test_an_opening(self, capsys, asks_for_baking):
        out = run(capsys, "match_opening", str(asks_for_baking.opening.pk))

        assert asks_for_baking.pia.reference in out
        assert "✓ Baka bröd*" in out
        assert "Pia" not in out

    def test_an_opening_as_json(self, capsys, asks_for_baking):
        out = run(capsys, "match_opening", str(asks_for_baking.opening.pk), "--json")

        answer = json.loads(out.splitlines()[-1])
        assert [row["id"] for row in answer["rows"]] == [str(asks_for_baking.pia.pk)]

    def test_a_participant(self, capsys, asks_for_baking):
        out = run(capsys, "match_participant", str(asks_for_baking.pia.pk))
        answer = json.loads(run(capsys, "match_participant", str(asks_for_baking.pia.pk), "--json"))

        assert "Bagarbiträde" in out
        assert answer["rows"][0]["id"] == str(asks_for_baking.opening.pk)

    def test_writes_nothing_but_that_somebody_who_runs_the_house_looked(self, capsys, asks_for_baking):
        before = AuditEntry.objects.count()
        run(capsys, "match_opening", str(asks_for_baking.opening.pk))

        assert not RankingShown.objects.exists()
        assert AuditEntry.objects.count() == before
        [look] = ReadEntry.objects.all()
        assert (look.subject_id, look.by, look.page) == (asks_for_baking.pia.pk, None, "matching.command")

    @pytest.mark.parametrize("command", ["match_opening", "match_participant"])
    @pytest.mark.parametrize("key", ["x", "00000000-0000-0000-0000-000000000000"])
    def test_of_what_is_not_there(self, db, command, key):
        with pytest.raises(CommandError):
            call_command(command, key)

    def test_a_protected_identity_is_nobody(self, cast):
        with pytest.raises(CommandError, match="There is no participant"):
            call_command("match_participant", str(cast.skye.pk))


class TestEvaluate:
    @pytest.fixture
    def files(self, tmp_path):
        people = [
            {"id": "p1", "skills": ["Baka bröd"]},
            {"id": "p2", "skills": ["något annat"], "occupations": []},
        ]
        openings = [{"id": "o1", "skills": [{"text": "baka bröd", "essential": True}], "occupations": []}]
        (tmp_path / "p.jsonl").write_text("\n".join(map(json.dumps, people)))
        (tmp_path / "o.jsonl").write_text("\n".join(map(json.dumps, openings)))
        (tmp_path / "q.tsv").write_text("o1\tp1\t3\n")
        return tmp_path

    def evaluate(self, files):
        call_command(
            "evaluate_matching",
            people=files / "p.jsonl",
            openings=files / "o.jsonl",
            qrels=files / "q.tsv",
        )

    def test_the_last_line_is_the_figures(self, capsys, baking, files):
        self.evaluate(files)

        figures = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert set(figures) == {
            "ndcg@10",
            "mrr@10",
            "recall@10",
            "zeros@3",
            "median_ms",
            "p99_ms",
            "openings",
            "people",
        }
        assert (figures["ndcg@10"], figures["mrr@10"], figures["openings"], figures["people"]) == (1, 1, 1, 2)

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("p.jsonl", b"{not json"),
            ("p.jsonl", b"\xff\xfe\x00"),
            ("p.jsonl", b"[1, 2]"),
            ("o.jsonl", b'{"id": "o1", "skills": ["no object"]}'),
            ("q.tsv", b"only-one-column"),
            ("q.tsv", b"o1\tp1\tgain"),
        ],
    )
    def test_a_broken_file_is_said_to_be_broken(self, baking, files, name, content):
        (files / name).write_bytes(content)

        with pytest.raises(CommandError, match="A file cannot be read"):
            self.evaluate(files)

    def test_a_file_that_is_not_there(self, baking, files):
        with pytest.raises(CommandError, match="there is no file"):
            call_command("evaluate_matching", "--people", "gone", "--openings", "gone", "--qrels", "gone")
