from __future__ import annotations

import gc
import shutil
from pathlib import Path

import pytest

from reader.recognize import Recognizer, RecognizerError, mentions_of
from reader.recognize.models.find import identify
from reader.recognize.models.model_notices import model_notice
from reader.recognize.network.spacy_recognizer import load_spacy
from tests.recognize.samples import SAMPLE_TEXT, document


def test_a_pipeline_finds_mentions_with_our_labels_in_each_text(tiny_pipeline: Path) -> None:
    recognizer = load_spacy(str(tiny_pipeline))
    assert isinstance(recognizer, Recognizer)
    assert (recognizer.name, recognizer.version) == ("en_tiny", "1.2.3")
    texts = ["", "Ada Kovacs left Port Ellis", "with three others of Harbor Watch."]
    results = list(recognizer.recognize(texts))
    assert [
        [(text[mention.start : mention.end], mention.label) for mention in mentions]
        for text, mentions in zip(texts, results, strict=True)
    ] == [
        [],
        [("Ada Kovacs", "PERSON"), ("Port Ellis", "LOC")],
        [("Harbor Watch", "ORG")],
    ]


def test_values_are_found_when_requested(tiny_pipeline: Path) -> None:
    (mentions,) = load_spacy(str(tiny_pipeline), values=True).recognize(["three"])
    assert [mention.label for mention in mentions] == ["CARDINAL"]


def test_only_components_that_find_names_are_loaded(tmp_path: Path) -> None:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("entity_ruler")
    nlp.to_disk(tmp_path / "both")
    assert load_spacy(str(tmp_path / "both"))._nlp.pipe_names == ["entity_ruler"]


def test_a_pipeline_that_finds_no_names_is_refused(tmp_path: Path) -> None:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "mute")
    with pytest.raises(RecognizerError, match="finds no names"):
        load_spacy(str(tmp_path / "mute"))


def test_a_broken_pipeline_is_refused_with_a_one_line_message(tiny_pipeline: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(tiny_pipeline, broken)
    (broken / "tokenizer").write_bytes(b"\xc1nonsense")
    with pytest.raises(RecognizerError, match="cannot load en_tiny") as caught:
        load_spacy(str(broken))
    assert "\n" not in str(caught.value)
    assert gc.isenabled()


def test_the_message_names_the_version_of_spacy_that_a_pipeline_needs(tiny_pipeline: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(tiny_pipeline, old)
    meta = (old / "meta.json").read_text()
    (old / "meta.json").write_text(meta.replace('"spacy_version":"', '"spacy_version":"<2.0,'))
    (old / "config.cfg").write_text((old / "config.cfg").read_text().replace("entity_ruler", "begone"))
    with pytest.raises(RecognizerError, match=r"requires spaCy <2\.0"):
        load_spacy(str(old))


def test_a_pipeline_for_another_version_of_spacy_that_loads_is_used_with_a_notice(
    tiny_pipeline: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    shutil.copytree(tiny_pipeline, old)
    meta = (old / "meta.json").read_text()
    (old / "meta.json").write_text(meta.replace('"spacy_version":"', '"spacy_version":"<2.0,'))
    sample = document(SAMPLE_TEXT)
    analysis = mentions_of(sample, str(old))
    assert analysis.mentions == mentions_of(sample, str(tiny_pipeline)).mentions
    assert analysis.notice.startswith("en_tiny requires spaCy <2.0")
    assert analysis.notice.endswith("; it may find wrong names")
    assert "\n" not in analysis.notice
    assert mentions_of(document(f"{SAMPLE_TEXT} Then it rained."), str(old)).notice == ""
    assert model_notice(identify(f"{tiny_pipeline}+{old}")) == analysis.notice
    assert model_notice(identify(str(tiny_pipeline))) == model_notice(identify()) == ""


def test_the_command_line_of_spacy_is_imported_only_on_request() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from reader.recognize.network.spacy_recognizer import import_spacy; import_spacy();"
        "print('spacy.cli' in sys.modules, 'typer' in sys.modules);"
        "import spacy.cli; print(callable(spacy.cli.download))"
    )
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert process.stdout.split() == ["False", "False", "True"]
