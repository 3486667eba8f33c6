"""Loads subtitles (SubRip and WebVTT): their cues are joined to sentences, each with the time at which it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from reader.document.encoding import decode
from reader.document.loaders.compose import Composer, TextRun
from reader.document.loaders.plain import plain_blocks
from reader.document.raw_source import LoadedContent, RawSource
from reader.document.sanitize import one_line, sanitize
from reader.structures.lazy_pattern import lazy_pattern
from reader.structures.named_tuple import NamedTuple

_TIME: Final = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[,.:](\d{1,3}))?"
_TIMES: Final = lazy_pattern(rf"\s*{_TIME}\s*-{{1,2}}>\s*(?:{_TIME}(?![\w:.,])|[\d:.,]*$)")
"""The times of a cue, whose end may be missing or cut off."""
_LONE_TIME: Final = lazy_pattern(r"\s*(?:(\d{1,3}):)?(\d{1,2}):(\d\d)[,.](\d{3})$")
"""The time of a cue of which not even the arrow is left. Nobody speaks of thousandths."""
_NOTE: Final = lazy_pattern(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_MARKUP: Final = lazy_pattern(
    r"</?(?:[biu]|font|c|lang|ruby|rt|s|v)(?:[.\s][^<>]*)?/?>|<[\d:.]+>|\{\\[^{}]*\}|\{/?[biu]\}", re.IGNORECASE
)
_MARKUP_START: Final = lazy_pattern(r"[<{&]")
_VOICE: Final = lazy_pattern(r"<v(?:\.[^\s<>]*)?\s+([^<>]+)>", re.IGNORECASE)
_TURN: Final = lazy_pattern(r"\s*(?:[-‐–—]\s*(?=\S)|>>+\s*)")
"""What marks that another person speaks."""
_SPEAKER: Final = lazy_pattern(r"\s*[^\W\d_][^:.!?,;]{0,30}:\s")
_SENTENCE_END: Final = lazy_pattern(r"[.!?…。！？♪][\"'”’»)\]]*$")
_PAUSE: Final = 3.0
"""Seconds of silence after which cues without punctuation are divided."""
_LONGEST: Final = 600
"""Code points from which a sentence is divided at the next cue."""
_MAX_CUES: Final = 100_000
"""Cues of a file; a film has two thousand."""
_ROLLING_SHARE: Final = 0.3
"""Share of cues that repeat a line of the one before, from which captions count as rolling."""


class _Cue(NamedTuple):
    start: float
    """Seconds."""
    end: float
    lines: list[str]


def load_content(raw: RawSource) -> LoadedContent:
    """Return the spoken text. Names of speakers precede their words, as in "Dana: …".

    Raises:
        DocumentError: There are too many cues.
    """
    decoded = decode(raw.data, raw.charset, chosen=raw.encoding)
    text = sanitize(decoded.text)
    notices = [decoded.notice] if decoded.notice else []
    preface, cues = _cues(text)
    if len(cues) > _MAX_CUES:
        raise raw.error(f"subtitles of more than {_MAX_CUES:,} cues; divide the file")
    if not cues:
        return LoadedContent(text, plain_blocks(text), encoding=decoded.encoding, notices=tuple(notices))
    if _drop_rolling_lines(cues):
        notices.append("rolling captions: lines that are shown twice are read once")
    composer = Composer()
    for line in preface:
        composer.add([TextRun(line)])
    for time, sentence in _sentences(cues):
        composer.time = _clock(time)
        composer.add([TextRun(sentence)])
    title = text.partition("\n")[0].removeprefix("WEBVTT").strip(" -\t") if text.startswith("WEBVTT") else ""
    return LoadedContent(*composer.result(), title=one_line(title), encoding=decoded.encoding, notices=tuple(notices))


def _cues(text: str) -> tuple[list[str], list[_Cue]]:
    """Return the lines before the first cue, except headers, and the cues in order.

    A cue without an end lasts until the next one begins.
    """
    is_vtt = text.startswith("WEBVTT")
    lines = [line.rstrip() for line in text.split("\n")]
    cues: list[_Cue] = []
    body: list[str] = []
    preface = body
    lacks_end = False
    in_note = is_vtt  # the header ends with the first blank line
    for index, line in enumerate(lines):
        if times := _TIMES.match(line) or _LONE_TIME.match(line):
            begin, end = times.groups()[:4], times.groups()[4:]
            if lacks_end:
                cues[-1] = cues[-1]._replace(end=_seconds(begin))
            lacks_end = len(end) < 4 or end[2] is None
            if body and _is_identifier(body, lines[index - 1]):
                body.pop()
            body = []
            cues.append(_Cue(_seconds(begin), _seconds(begin if lacks_end else end), body))
            in_note = False
        elif not line.strip():
            in_note = False
            if body and body[-1]:
                body.append("")
        elif is_vtt and _NOTE.match(line) and (not index or not lines[index - 1].strip()):
            in_note = True
        elif not in_note:
            body.append(line)
    cleaned = [_Cue(cue.start, cue.end, [line for line in map(_without_markup, cue.lines) if line]) for cue in cues]
    return [line for line in preface if line], [cue for cue in cleaned if cue.lines]


def _is_identifier(body: list[str], line: str) -> bool:
    """Return whether the line above the times is the number or identifier of the cue, not spoken text."""
    return body[-1] == line and (line.strip().isdecimal() or len(body) == 1 or not body[-2])


def _without_markup(line: str) -> str:
    if _MARKUP_START.search(line) is None:
        return line.strip()
    speakers = _VOICE.findall(line)
    line = _VOICE.sub("\x1f", line)
    pieces = unescape(_MARKUP.sub("", line)).split("\x1f")
    named = [
        f"{'' if first else ' '}{unescape(name).strip()}: {piece.strip()}"
        for first, name, piece in zip([True] + [False] * len(speakers), speakers, pieces[1:], strict=False)
    ]
    return sanitize("".join((pieces[0], *named))).replace("\n", " ").strip()


def _drop_rolling_lines(cues: list[_Cue]) -> bool:
    """Drop the lines that cues repeat from the one before, if many do. Return whether any were dropped."""
    repeats = [
        index
        for index in range(1, len(cues))
        if cues[index].lines[0] == cues[index - 1].lines[-1] and cues[index].start - cues[index - 1].end < 1
    ]
    if len(repeats) < 2 or len(repeats) < _ROLLING_SHARE * len(cues):
        return False
    original = [list(cue.lines) for cue in cues]
    for index in repeats:
        count = next(
            count
            for count in range(min(len(original[index]), len(original[index - 1])), 0, -1)
            if original[index][:count] == original[index - 1][-count:]
        )
        del cues[index].lines[:count]
    return True


def _sentences(cues: list[_Cue]) -> Iterator[tuple[float, str]]:
    """Yield sentences with the seconds at which they begin. A change of the speaker ends one, too."""
    pieces: list[str] = []
    begin = end = 0.0
    length = 0
    for cue in cues:
        is_over = bool(pieces) and _SENTENCE_END.search(pieces[-1]) is not None
        if is_over or (pieces and (cue.start - end > _PAUSE or length > _LONGEST)):
            yield begin, " ".join(pieces)
            pieces, length = [], 0
        for line in cue.lines:
            turn = _TURN.match(line)
            words = line[turn.end() :] if turn else line
            if pieces and (turn or _SPEAKER.match(line)):
                yield begin, " ".join(pieces)
                pieces, length = [], 0
            if not pieces:
                begin = cue.start
            pieces.append(words)
            length += len(words)
        end = max(end, cue.end) if cue.end >= cue.start else cue.start
    if pieces:
        yield begin, " ".join(pieces)


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction) / 10.0 ** len(fraction)


def _clock(seconds: float) -> str:
    minutes, remainder = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{remainder:02}" if hours else f"{minutes}:{remainder:02}"
