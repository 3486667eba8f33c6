"""How the time to load a file grows with its size, for large and odd files of every format.

Each file is opened in a process of its own, at three sizes. The exponent is that of the processor time from the
smallest to the largest: 1 is linear, 2 quadratic. A file that is refused as too large has the time of the refusal.
`--size BYTES` sets the largest size, `--kinds TEXT` limits the files to those with TEXT in their names.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from bench.report import Row

_DEFAULT_SIZE: Final = 4_000_000
"""Bytes of the largest file. Zipped files have so many in their main part."""
_MOST_EXPONENT: Final = 1.25
_MOST_SECONDS: Final = 10.0
_MOST_MEMORY: Final = 1024.0
"""Megabytes."""
_SHORTEST: Final = 0.05
"""Seconds below which times are noise."""
_PROSE: Final = "The harbor board of Merrow met on Friday to hear what Dana Okoye had to say about dredging. "
_CUE: Final = "1\n00:00:01,000 --> 00:00:02,000\n"
_MAIL: Final = "From: a@b.example\nMessage-ID: <1@b>\nSubject: Quay\n\n"
_WORD: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_CHILD: Final = """
import json, resource, sys, time
from pathlib import Path
from reader.document import DocumentError
from reader.document.loading import ManyDocumentsError, parse
from reader.document.raw_source import RawSource

def opened(path):
    try:
        document = parse(RawSource(Path(path).read_bytes(), path, path))
        return f"{len(document.blocks):,} blocks {'; '.join(document.notices)[:60]}"
    except ManyDocumentsError as error:
        members = error.container.members
        for member in members[:1] + members[-1:]:
            len(error.container.document(member).blocks)
        return f"{len(members):,} members"
    except DocumentError as error:
        return str(error).rpartition(": ")[2]

opened(sys.argv[1])
start = time.process_time()
result = opened(sys.argv[2])
print(json.dumps([time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, result]))
"""


def _repeated(unit: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return what makes a file of a size from one repeated unit."""
    return lambda size: before + unit * (size // len(unit)) + after


def _page(unit: str, before: str = "", after: str = "") -> Callable[[int], str]:
    start = f"<!DOCTYPE html><html><head><title>Quay</title></head><body><article>{before}"
    return _repeated(unit, start, f"{after}</article></body></html>")


def _rtf(unit: str) -> Callable[[int], str]:
    return _repeated(unit, "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset0 Arial;}}", "}")


def _numbered(line: Callable[[int], str], before: str = "", after: str = "") -> Callable[[int], str]:
    """Return what makes a file of a size from lines that contain their numbers."""

    def build(size: int) -> str:
        lines: list[str] = []
        length = 0
        while length < size:
            lines.append(line(len(lines) + 1))
            length += len(lines[-1])
        return f"{before}{''.join(lines)}{after}"

    return build


def _cue(number: int) -> str:
    begin, end = (f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02},000"
                  for ms in (number * 3000, number * 3000 + 2000))  # fmt: skip
    return f"{number}\n{begin} --> {end}\nLine {number}: {_PROSE}\n\n"


KINDS: Final[dict[str, Callable[[int], str]]] = {
    "prose.txt": _repeated(f"{_PROSE * 4}\n\n"),
    "wrapped.txt": _repeated("The harbor board of Merrow met on Friday to hear\nwhat Dana Okoye had to say.\n\n"),
    "letters.txt": _repeated("a\n\n"),
    "prose.md": _repeated(f"# Quay\n\n{_PROSE * 4}\n\n- an *item* with [a link](https://a.example/b)\n- another\n\n"),
    "items.md": _repeated("- item\n"),
    "items of words.md": _repeated("- an item of a few words\n"),
    "nested items.md": _repeated("- item\n  1. item\n     - item\n"),
    "brackets.md": _repeated("["),
    "links.md": _repeated("[a]("),
    "brackets in lines.md": _repeated("[[[[ [a] ](b\n"),
    "stars.md": _repeated("*a **b "),
    "ticks.md": _repeated("`a``b ```c "),
    "quotes.md": _repeated("> a\n"),
    "nested quotes.md": _repeated("> "),
    "table.md": _repeated("| c | d |\n", "| a | b |\n|-|-|\n"),
    "elements.md": _repeated("<b>a</b>\n\n"),
    "prose.html": _page(f"<p>{_PROSE * 4}</p>\n<h2>Quay</h2>"),
    "paragraphs.html": _page("<p>one</p>"),
    "spans.html": _page("<span>one</span> "),
    "nested.html": _page("<div>"),
    "nested headings.html": _page("quay<article><h1>"),
    "links.html": _page("<a href='/a'>one</a> "),
    "items.html": _page("<li>one</li>", "<ul>", "</ul>"),
    "breaks.html": _page("one<br>"),
    "rows.html": _page("<tr><td>one</td><td>two</td></tr>", "<table>", "</table>"),
    "posts.html": _page(f"<article class=post><h3><a href='/x'>Quay</a></h3><p>{_PROSE}</p></article>"),
    "cues.srt": _numbered(_cue),
    "one cue.srt": _repeated("a\n", _CUE),
    "one long line.srt": _repeated(_PROSE, _CUE),
    "voices.srt": _repeated("<v ", _CUE),
    "records.jsonl": _repeated(f"{json.dumps({'title': 'Quay', 'text': _PROSE * 5})}\n"),
    "keys.json": _numbered(lambda line: f'"k{line}": "value {line}",\n', "{", '"end": 1}'),
    "objects.json": _numbered(lambda line: f'"k{line}": {{"v": {line}}},\n', '{"a":{', '"end": {"v": 2}}}'),
    "other fields.jsonl": _numbered(
        lambda line: f"{json.dumps({f'k{line}.{column}': 'a value' for column in range(300)})}\n"
    ),
    "rows.csv": _numbered(lambda line: f'{line},Quay,"{_PROSE * 5}"\n', "id,title,text\n"),
    "prose.rtf": _rtf(f"{_PROSE * 4}\\par\n"),
    "groups.rtf": _rtf("{\\b one}\\par\n"),
    "paragraphs.rtf": _rtf("a\\par "),
    "characters.rtf": _rtf("\\u1091?\\'e9"),
    "notes.rtf": _rtf("word{\\footnote note}"),
    "rows.rtf": _rtf("\\trowd a\\cell b\\cell\\row\n"),
    "fonts.rtf": lambda size: "{\\rtf1\\ansi word {\\fonttbl" + "{\\f0 Arial}" * (size // 11),
    "prose.eml": _repeated(f"{_PROSE}\n", _MAIL),
    "quotes.eml": _repeated("> a\n", _MAIL),
    "mails.mbox": _repeated(f"From a@b.example Fri Mar  6 09:15:00 2026\n{_MAIL}{_PROSE * 5}\n\n"),
    "prose.xml": _repeated(f"<p>{_PROSE}</p>", "<?xml version='1.0'?><TEI><text><body>", "</body></text></TEI>"),
    "prose.docx": _repeated(f"<w:p><w:r><w:t>{_PROSE * 4}</w:t></w:r></w:p>"),
    "runs.docx": _repeated("<w:p><w:r><w:t>one</w:t></w:r></w:p>"),
    "rows.docx": _repeated("<w:tr><w:tc><w:p><w:r><w:t>one</w:t></w:r></w:p></w:tc></w:tr>", "<w:tbl>", "</w:tbl>"),
}
"""What makes the content of a file of each kind, by a name with its suffix."""


def main() -> int:
    """Print the rows of each kind. Return 1 if a budget is exceeded."""
    parser = argparse.ArgumentParser(prog="python -m bench loaders", description=__doc__)
    parser.add_argument("--size", type=int, default=_DEFAULT_SIZE, help="bytes of the largest file")
    parser.add_argument("--kinds", default="", help="a text in the names of the files to measure")
    options = parser.parse_args()
    is_within_budget = True
    for row in _measured_kinds(options.size, options.kinds):
        print(row, flush=True)
        is_within_budget = is_within_budget and row.ok
    return 0 if is_within_budget else 1


def _measured_kinds(size: int, selection: str) -> Iterator[Row]:
    """Yield the growth, the longest time and the memory of each kind of file."""
    sizes = (size // 4, size // 2, size)
    for kind in KINDS:
        if selection not in kind:
            continue
        results = [_measured(kind, length) for length in sizes]
        (first, _, _), *_, (last, memory, result) = results
        exponent = math.log(max(last, _SHORTEST) / max(first, _SHORTEST)) / math.log(sizes[-1] / sizes[0])
        times = ", ".join(f"{seconds:.2f}" for seconds, _, _ in results)
        yield Row(f"{kind}: growth", exponent, _MOST_EXPONENT, "", f"{times} s; {result}")
        yield Row(f"{kind}: time", max(seconds for seconds, _, _ in results), _MOST_SECONDS, "s")
        yield Row(f"{kind}: memory", memory, _MOST_MEMORY, "MB")


def _measured(kind: str, size: int) -> tuple[float, float, str]:
    """Return the processor seconds, the peak memory in megabytes and what came of opening a file."""
    with tempfile.TemporaryDirectory() as directory:
        warm_up, source = Path(directory, f"short {kind}"), Path(directory, kind)
        warm_up.write_bytes(_content(kind, 500))
        source.write_bytes(_content(kind, size))
        output = subprocess.run(
            [sys.executable, "-c", _CHILD, str(warm_up), str(source)],
            env={"PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True,
            text=True,
            check=True,
        )
    seconds, memory, result = json.loads(output.stdout)
    return seconds, memory, result


def _content(kind: str, size: int) -> bytes:
    text = KINDS[kind](size)
    return _word_document(text) if kind.endswith(".docx") else text.encode()


def _word_document(body: str) -> bytes:
    """Return a document of Word with so much XML in its body."""
    relation = f'<Relationship Id="r" Type="{_OFFICE}" Target="/word/document.xml"/>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("_rels/.rels", f'<Relationships xmlns="{_RELATIONS}">{relation}</Relationships>')
        file.writestr("word/document.xml", f"<w:document {_WORD}><w:body>{body}</w:body></w:document>")
    return buffer.getvalue()
