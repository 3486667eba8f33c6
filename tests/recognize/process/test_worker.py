"""The worker as a program: lines in, lines out."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.recognize import mentions_of
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


def send(process: subprocess.Popen[bytes], data: bytes) -> None:
    assert process.stdin is not None
    process.stdin.write(data)
    process.stdin.flush()


def replies(process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    assert process.stdout is not None
    for line in process.stdout:
        message = json.loads(line)
        yield message
        if message["type"] in {"finished", "failed"}:
            return


def request(text: str, model: str, **fields: object) -> bytes:
    message = {"type": "analyze", "id": 1, "model": model, "first": 0, "keep": False}
    return wire.encode(message | wire.document_fields(document(text)) | fields)


def test_it_sends_hello_and_a_result_and_exits_at_the_end_of_input(
    process: subprocess.Popen[bytes], tiny_pipeline: Path
) -> None:
    send(process, request(SAMPLE_TEXT, str(tiny_pipeline)))
    hello, mentions, finished = replies(process)
    assert hello == {"type": "hello", "protocol": wire.PROTOCOL}
    assert ("HW", "ORG") in labeled_texts(document(SAMPLE_TEXT), unpack(mentions, len(SAMPLE_TEXT)))
    assert finished == {"type": "finished", "id": 1, "name": "en_tiny", "version": "1.2.3", "notice": ""}
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=60) == 0


def test_the_worker_asks_a_second_pipeline(process: subprocess.Popen[bytes], tiny_pipeline: Path) -> None:
    send(process, request(SAMPLE_TEXT, f"{tiny_pipeline}+bundled"))
    _, mentions, finished = replies(process)
    assert finished["name"].startswith("en_tiny+")
    sample = document(SAMPLE_TEXT)
    assert unpack(mentions, len(SAMPLE_TEXT)) == list(
        mentions_of(sample, f"{tiny_pipeline}+bundled", use_cache=False).mentions
    )


def test_it_sends_a_notice_for_a_pipeline_trained_from_an_earlier_bundled_one(
    process: subprocess.Popen[bytes], tiny_pipeline: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "trained"
    shutil.copytree(tiny_pipeline, folder)
    write_record(folder, TrainingRecord("2026-11-01T08:00:00", "reader_news", 8, 2, 0.9, 0.8, ancestor="0.0.1"), {})
    send(process, request(SAMPLE_TEXT, str(folder)))
    notice = list(replies(process))[-1]["notice"]
    assert notice.startswith("en_tiny: trained from bundled pipeline 0.0.1 (now ")
    assert notice.endswith("run `reader model train` to train it again")


def test_it_exits_at_the_end_of_input_while_it_is_busy(process: subprocess.Popen[bytes], tiny_pipeline: Path) -> None:
    send(process, request("Ada Kovacs saw Port Ellis again and again. " * 100_000, str(tiny_pipeline)))
    assert next(message for message in replies(process) if message["type"] == "found")
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=60) == 0


def test_the_block_in_view_is_recognized_first(process: subprocess.Popen[bytes], tiny_pipeline: Path) -> None:
    paragraph = "Ada Kovacs saw Port Ellis again and again. " * 60
    text = "\n\n".join([paragraph.strip()] * 200)
    send(process, request(text, str(tiny_pipeline), first=150))
    provisional = next(message for message in replies(process) if message["type"] == "found")
    first = min(mention.start for mention in unpack(provisional, len(text)))
    assert first >= document(text).blocks[140].start


def test_a_block_that_comes_into_view_is_recognized_next(process: subprocess.Popen[bytes], tiny_pipeline: Path) -> None:
    paragraph = "Ada Kovacs saw Port Ellis again and again. " * 60
    text = "\n\n".join([paragraph.strip()] * 600)
    send(process, request(text, str(tiny_pipeline)))
    view_start, starts = document(text).blocks[500].start, []
    for message in replies(process):
        if message["type"] == "found":
            starts.append(max(mention.start for mention in unpack(message, len(text))))
            send(process, wire.encode({"type": "view", "id": 1, "first": 500}))
        if len(starts) > 6:
            break
    assert max(starts) >= view_start


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"nonsense\n", "not a request"),
        (b"[]\n", "not a request"),
        (b'{"type":"analyze"}\n', "not a request"),
        (b'{"type":"analyze","id":1,"first":0}\n', "recognition failed"),
    ],
)
def test_an_invalid_request_is_refused(process: subprocess.Popen[bytes], data: bytes, error: str) -> None:
    send(process, data)
    *_, failed = replies(process)
    assert failed["type"] == "failed"
    assert error in failed["message"]


def test_a_missing_pipeline_gives_one_line_and_the_next_request_is_answered(
    process: subprocess.Popen[bytes], tiny_pipeline: Path
) -> None:
    send(process, request(SAMPLE_TEXT, "/no/such/pipeline"))
    *_, failed = replies(process)
    assert failed["message"] == "no pipeline at /no/such/pipeline: the folder does not exist"
    send(process, request(SAMPLE_TEXT, str(tiny_pipeline)))
    assert [message["type"] for message in replies(process)] == ["mentions", "finished"]
