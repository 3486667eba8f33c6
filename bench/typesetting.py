"""Whether typesetting changes what is read: `python -m bench.typesetting FILE… [--full N]`.

Each text is set in several ways: wrapped at several widths, with other kinds of spaces, apostrophes, quotation marks
and hyphens, with soft hyphens and invisible characters, with decomposed letters. The report has the settings whose
normal form differs from that of the plain text. For the first N texts, and wherever the normal form or the kind of a
block differs, names are recognized and merged too, and the entities are compared. A file is a text, or JSON lines with
a field `text`.

Typesetting can destroy what no reader could restore: a line may end where a sentence does, and a dash at the start of a
line looks like the mark of an item. Normal forms that differ by such borders of blocks only are counted separately.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias

from reader.document import load
from reader.document.loaders.wrapped_lines import begins_item
from reader.document.normal_text import NormalText
from reader.names.normal import surface
from reader.reading import Reading
from reader.recognize.process.analysis import load_recognizer, recognize

Typesetting: TypeAlias = Callable[[str], str]
Listing: TypeAlias = list[tuple[str, str, list[str], int]]


def unbroken(text: str) -> str:
    """Return a text in which no line can end after a hyphen that a space follows: it would look like a broken word."""
    return re.sub(r"(?<=\w-) (?=\w)", "\u00a0", text)


def wrapped(width: int) -> Typesetting:
    """Return a typesetting that wraps every paragraph at a width in columns."""

    def wrap(text: str) -> str:
        fill = textwrap.TextWrapper(width, break_long_words=False, break_on_hyphens=False).fill
        return "\n\n".join(fill(paragraph) for paragraph in unbroken(text).split("\n\n"))

    return wrap


def ragged(text: str) -> str:
    """Set every paragraph in lines of 30 to 60 code points."""
    choose = random.Random(5)
    paragraphs = []
    for paragraph in text.split("\n\n"):
        lines, line, limit = [], "", choose.randint(30, 60)
        for word in re.split("[ \n]+", unbroken(paragraph)):
            if line and len(line) + len(word) >= limit:
                lines.append(line)
                line, limit = "", choose.randint(30, 60)
            line = f"{line} {word}".strip()
        paragraphs.append("\n".join([*lines, line]))
    return "\n\n".join(paragraphs)


def odd_spaces(text: str) -> str:
    """Replace the spaces by other kinds of spaces."""
    choose = random.Random(7)
    return "".join(choose.choice([" ", "\u00a0", "  ", "\u2009", " \u200b"]) if char == " " else char for char in text)


def soft_hyphens(text: str) -> str:
    """Put invisible characters into words."""
    choose = random.Random(9)
    pieces = []
    for char, following in zip(text, text[1:] + " ", strict=True):
        pieces.append(char)
        if char.isalpha() and following.isalpha() and choose.random() < 0.1:
            pieces.append(choose.choice(["\u00ad", "\u200b", "\u2060"]))
    return "".join(pieces)


def typographic(text: str) -> str:
    """Use the apostrophes, dashes and hyphens of a typesetter."""
    return text.replace("'", "’").replace(" - ", " — ").replace("-", "‑")


def quoted(text: str) -> str:
    """Use the quotation marks of a typesetter."""
    pieces = text.split('"')
    marks = ["“" if not piece or piece[-1].isspace() or piece[-1] in "([—-" else "”" for piece in pieces[:-1]]
    return "".join(piece + mark for piece, mark in zip(pieces, [*marks, ""], strict=True))


def decomposed(text: str) -> str:
    """Write letters with combining marks (Unicode normalization form D)."""
    return unicodedata.normalize("NFD", text)


def windows_lines(text: str) -> str:
    """Wrap at 66 columns, with a byte order mark, carriage returns and an indent."""
    return "\ufeff" + wrapped(66)(text).replace("\n", "\r\n")


def soft_line_ends(text: str) -> str:
    """Break long words by soft hyphens at the ends of lines of about 50 code points."""
    choose = random.Random(11)
    paragraphs = []
    for paragraph in text.split("\n\n"):
        pieces, length = [], 0
        for word in unbroken(paragraph).split(" "):
            pieces.append(word)
            length += len(word) + 1
            if length > 45 and len(word) > 7 and word.isalpha():
                cut = choose.randint(3, len(word) - 3)
                pieces[-1] = f"{word[:cut]}\u00ad\n{word[cut:]}"
                length = len(word) - cut
            elif length > 60:
                pieces[-1] = f"\n{word}" if len(pieces) > 1 else word
                length = len(word)
        paragraphs.append(" ".join(pieces).replace(" \n", "\n"))
    return "\n\n".join(paragraphs)


TYPESETTINGS: Final[dict[str, Typesetting]] = {
    **{str(width): wrapped(width) for width in (40, 50, 60, 72, 80, 100)},
    "ragged": ragged,
    "spaces": odd_spaces,
    "soft-hyphens": soft_hyphens,
    "typographic": typographic,
    "quoted": quoted,
    "decomposed": decomposed,
    "windows": windows_lines,
    "soft-line-ends": soft_line_ends,
}


def plain(text: str, folder: Path) -> str:
    """Return a text in its plainest form: every paragraph in one line."""
    document = load(str(_write(text, folder)))
    normal = NormalText(document).document
    return "\n\n".join(" ".join(normal.text[block.start : block.end].split()) for block in normal.blocks)


def normal_form(text: str, folder: Path) -> list[str]:
    """Return the normal forms of the blocks of a text as it is loaded from a file."""
    normal = NormalText(load(str(_write(text, folder)))).document
    return [normal.text[block.start : block.end] for block in normal.blocks]


def block_kinds(text: str, folder: Path) -> list[str]:
    """Return the kinds of the blocks of a text as it is loaded from a file."""
    return [block.kind.value for block in load(str(_write(text, folder))).blocks]


class Difference(Enum):
    """What the normal forms of one text in two settings differ by, from the least to the most."""

    NONE = "none"
    AFTER_SENTENCE = "a border after a sentence"
    BEFORE_MARK = "a border before a dash or a number"
    WITHIN_SENTENCE = "a border within a sentence"
    WORDS = "words"


UNDECIDABLE: Final = frozenset((Difference.AFTER_SENTENCE, Difference.BEFORE_MARK))
"""Differences that no reader could avoid, because typesetting has destroyed what decides."""


def difference_of(form: list[str], other: list[str]) -> Difference:
    """Return the greatest difference between the normal forms of two settings of one text."""
    if form == other:
        return Difference.NONE
    if "".join(form).replace(" ", "") != "".join(other).replace(" ", ""):
        return Difference.WORDS
    differing = _borders(form).items() ^ _borders(other).items()
    if all(_ends_sentence(before) for _, (before, _) in differing):
        return Difference.AFTER_SENTENCE
    if all(_ends_sentence(before) or begins_item(after) for _, (before, after) in differing):
        return Difference.BEFORE_MARK
    return Difference.WITHIN_SENTENCE


def _ends_sentence(block: str) -> bool:
    return re.search(r"[.!?…][\"')\]]*\Z", block) is not None


def _borders(form: list[str]) -> dict[int, tuple[str, str]]:
    """Return the blocks before and after each border, by the number of characters before it without spaces."""
    borders, size = {}, 0
    for block, following in pairwise(form):
        size += len(block.replace(" ", ""))
        borders[size] = (block, following)
    return borders


def entities(text: str, folder: Path) -> Listing:
    """Return name, label, names and number of mentions of every entity of a text as it is loaded from a file.

    Raises:
        AssertionError: A mention does not begin and end with visible characters of a name.
    """
    reading = Reading(load(str(_write(text, folder))))
    reading.set_recognized(recognize(reading.document, load_recognizer()))
    for mention in reading.mentions:
        written = reading.document.text[mention.start : mention.end]
        assert written == written.strip(" \n\u00a0\u00ad\u200b\u2060"), written
        assert reading.form_of(mention) == surface(written) == reading.normal.form(mention.start, mention.end), written
    return [(entity.name, entity.label, sorted(entity.names), len(entity.mentions)) for entity in reading.entities]


def _write(text: str, folder: Path) -> Path:
    path = folder / "text.txt"
    path.write_bytes(text.encode("utf-8"))
    return path


def texts_of(path: Path) -> Iterator[str]:
    """Yield the texts of a file."""
    content = path.read_text(encoding="utf-8")
    if path.suffix != ".jsonl":
        yield content
        return
    for line in content.splitlines():
        if line.strip():
            yield json.loads(line)["text"]


def report(paths: Iterable[Path], *, limit: int, full: int, examples: int) -> Iterator[str]:
    """Yield the differences and their number.

    Args:
        paths: Files of texts.
        limit: The most texts to read from each file.
        full: The number of texts from each file whose entities are compared in any case.
        examples: The number of differences to show for each typesetting.
    """
    texts = compared = 0
    differences: Counter[tuple[str, Difference]] = Counter()
    differing_entities: Counter[str] = Counter()
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path in paths:
            for number, text in enumerate(texts_of(path)):
                if number >= limit:
                    break
                texts += 1
                source = plain(text, folder)
                form, kinds, listing = normal_form(source, folder), block_kinds(source, folder), None
                for kind, typeset in TYPESETTINGS.items():
                    other = typeset(source)
                    other_form = normal_form(other, folder)
                    difference = difference_of(form, other_form)
                    differences[kind, difference] += 1
                    if difference is not Difference.NONE and differences[kind, difference] <= examples:
                        yield f"{path.name} {number} {kind}, {difference.value}: {_first_difference(form, other_form)}"
                    if difference is Difference.NONE and number >= full and block_kinds(other, folder) == kinds:
                        continue
                    compared += 1
                    listing = entities(source, folder) if listing is None else listing
                    other_listing = entities(other, folder)
                    if other_listing != listing:
                        differing_entities[kind] += 1
                        changes = [
                            item for item in (*listing, *other_listing) if (item in listing) != (item in other_listing)
                        ]
                        yield f"{path.name} {number} {kind}: entities differ: {changes[:4]}"
    undecidable = 0
    for kind in TYPESETTINGS:
        counts = {difference: differences[kind, difference] for difference in Difference}
        lost = sum(counts[difference] for difference in UNDECIDABLE)
        undecidable += lost
        decidable = texts - counts[Difference.NONE] - lost
        counts_of_kind = f"{decidable:5} normal forms, {lost:5} undecidable ones, {differing_entities[kind]:5} listings"
        yield f"{kind:16} {counts_of_kind} differ"
    for difference in Difference:
        count = sum(number for (_, other_difference), number in differences.items() if other_difference is difference)
        yield f"{count:8} differ by {difference.value}"
    total = texts * len(TYPESETTINGS) - sum(differences[kind, Difference.NONE] for kind in TYPESETTINGS) - undecidable
    yield f"{texts} texts in {len(TYPESETTINGS)} settings, {compared} pairs of listings compared:"
    yield f"{total} normal forms, {undecidable} undecidable ones, {differing_entities.total()} listings differ"


def _first_difference(left: list[str], right: list[str]) -> str:
    for a, b in zip(left, right, strict=False):
        if a != b:
            offset = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
            start = max(0, offset - 30)
            return f"{a[start : offset + 30]!r} != {b[start : offset + 30]!r}"
    return f"{len(left)} blocks, {len(right)} blocks"


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("files", type=Path, nargs="*")
    cli.add_argument("--limit", type=int, default=1_000_000, metavar="N", help="read N texts of each file")
    cli.add_argument("--full", type=int, default=20, metavar="N", help="compare the entities of N texts of each file")
    cli.add_argument("--examples", type=int, default=5, metavar="N", help="show N differences of each setting")
    options = cli.parse_args()
    for line in report(options.files, limit=options.limit, full=options.full, examples=options.examples):
        print(line, flush=True)


if __name__ == "__main__":
    main()
