"""The command that measures the label index."""

import json

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def files(tmp_path):
    texts = {
        "labels": "a\tBagare\nb\tKock\nc\tMålare\n",
        "queries": "1\tbagare\n2\tkocken\n3\tingen dom\n",
        "qrels": "1\ta\n2\tb\t1\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return {name: tmp_path / name for name in texts}


def arguments(files):
    return [f"--{name}={path}" for name, path in files.items()]


def test_ends_with_one_json_object(files, capsys):
    call_command("evaluate_labels", *arguments(files))

    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert {"success@1", "mrr@10", "hit@10", "median_ms", "p99_ms", "queries"} <= set(figures)
    assert (figures["queries"], figures["success@1"]) == (2, 1.0)


@pytest.mark.parametrize("name", ["labels", "queries", "qrels"])
def test_names_a_missing_file(files, name):
    files[name].unlink()

    with pytest.raises(CommandError, match=name):
        call_command("evaluate_labels", *arguments(files))


def test_tells_of_a_gain_that_is_no_number(files):
    files["qrels"].write_text("1\ta\tmycket\n", encoding="utf-8")

    with pytest.raises(CommandError, match="mycket"):
        call_command("evaluate_labels", *arguments(files))
