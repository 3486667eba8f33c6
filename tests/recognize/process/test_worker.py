"""The recognition process as any program sees it: lines in, lines out."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.recognize.models.training_record import TrainingRecord, write_record
from reader.recognize.process import wire
from reader.recognize.process.mention_codec import unpack
from tests.recognize.samples import SAMPLE_TEXT, document, labeled_texts


@pytest.fixture
def process() -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "reader.recognize.process.worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        yield child
        child.kill()


def say(process: subprocess.Popen[bytes], data: bytes) -> None:
    assert process.stdin is not None
    process.stdin.write(data)
    process.stdin.flush()


def answers(process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    assert process.stdout is not None
    for line in process.stdout:
        message = json.loads(line)
        yield message
        if message["type"] in {"finished", "failed"}:
            return


def request(text: str, model: str, **more: object) -> bytes:
    message = {"type": "analyze", "id": 1, "model": model, "first": 0, "keep": False}
    return wire.line(message | wire.document_parts(document(text)) | more)


def test_it_says_hello_answers_and_ends_with_its_input(process: subprocess.Popen[bytes], tiny_pipeline: Path) -> None:
    say(process, request(SAMPLE_TEXT, str(tiny_pipeline)))
    hello, mentions, finished = answers(process)
    assert hello == {"type": "hello", "protocol": wire.PROTOCOL}
    assert ("HW", "ORG") in labeled_texts(document(SAMPLE_TEXT), unpack(mentions, len(SAMPLE_TEXT)))
    assert finished == {"type": "finished", "id": 1, "name": "en_tiny", "version": "1.2.3", "notice": ""}
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=60) == 0


def test_it_says_that_a_trained_pipeline_comes_from_an_earlier_bundled_one(
    process: subprocess.Popen[bytes], tiny_pipeline: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "trained"
    shutil.copytree(tiny_pipeline, folder)
    write_record(folder, TrainingRecord("2026-11-01T08:00:00", "reader_news", 8, 2, 0.9, 0.8, ancestor="0.0.1"), {})
    say(process, request(SAMPLE_TEXT, str(folder)))
    notice = list(answers(process))[-1]["notice"]
    assert notice.startswith("en_tiny: trained from bundled pipeline 0.0.1 (now ")
    assert notice.endswith("run `reader model train` to train it again")


def test_it_ends_with_its_input_in_the_middle_of_its_work(
    process: subprocess.Popen[bytes], tiny_pipeline: Path
) -> None:
    say(process, request("Ada Kovacs saw Port Ellis again and again. " * 100_000, str(tiny_pipeline)))
    assert next(message for message in answers(process) if message["type"] == "found")
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=60) == 0


def test_what_is_in_view_is_read_first(process: subprocess.Popen[bytes], tiny_pipeline: Path) -> None:
    paragraph = "Ada Kovacs saw Port Ellis again and again. " * 60
    text = "\n\n".join([paragraph.strip()] * 200)
    say(process, request(text, str(tiny_pipeline), first=150))
    found = next(message for message in answers(process) if message["type"] == "found")
    first = min(mention.start for mention in unpack(found, len(text)))
    assert first >= document(text).blocks[140].start


def test_what_comes_into_view_later_is_read_next(process: subprocess.Popen[bytes], tiny_pipeline: Path) -> None:
    paragraph = "Ada Kovacs saw Port Ellis again and again. " * 60
    text = "\n\n".join([paragraph.strip()] * 600)
    say(process, request(text, str(tiny_pipeline)))
    far, place = document(text).blocks[500].start, []
    for message in answers(process):
        if message["type"] == "found":
            place.append(max(mention.start for mention in unpack(message, len(text))))
            say(process, wire.line({"type": "view", "id": 1, "first": 500}))
        if len(place) > 6:
            break
    assert max(place) >= far


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"nonsense\n", "not a request"),
        (b"[]\n", "not a request"),
        (b'{"type":"analyze"}\n', "not a request"),
        (b'{"type":"analyze","id":1,"first":0}\n', "recognition failed"),
    ],
)
def test_what_is_no_request_is_refused(process: subprocess.Popen[bytes], data: bytes, complaint: str) -> None:
    say(process, data)
    *_, failed = answers(process)
    assert failed["type"] == "failed"
    assert complaint in failed["message"]


def test_a_missing_pipeline_is_one_line_and_the_next_request_is_answered(
    process: subprocess.Popen[bytes], tiny_pipeline: Path
) -> None:
    say(process, request(SAMPLE_TEXT, "/no/such/pipeline"))
    *_, failed = answers(process)
    assert failed["message"] == "no pipeline at /no/such/pipeline: the folder does not exist"
    say(process, request(SAMPLE_TEXT, str(tiny_pipeline)))
    assert [message["type"] for message in answers(process)] == ["mentions", "finished"]
