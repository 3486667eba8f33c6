"""How the cost of a document grows with its length, for kinds of text that could make it grow faster.

Each text is loaded, recognized and merged in a process of its own, at three lengths. The exponent is that of the
processor time beyond start-up, from the shortest to the longest: 1 is linear, 2 quadratic.
"""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from bench.report import Row
from bench.startup import generated_text

_LENGTHS: Final = (75_000, 150_000, 300_000)
"""Code points."""
_MOST_EXPONENT: Final = 1.25
"""n log n over this range has an exponent of about 1.1; the rest is noise."""
_MOST_RATIO: Final = 10.0
"""How many times as long as prose of the same length a text may take."""
_MOST_MEMORY: Final = 600.0
"""Megabytes."""
_GIVEN_NAMES: Final = (
    "Ahmad", "Ali", "Omar", "Hassan", "Samir", "Khalid", "Yusuf", "Ibrahim", "Mustafa", "Tariq", "Nasser",
    "Bilal", "Fadi", "Rami", "Walid", "Ziad", "Karim", "Jamal", "Hisham", "Munir", "Adel", "Basim", "Ghassan",
    "Imad", "Kamal", "Luay", "Majid", "Nabil", "Qasim",
)  # fmt: skip
_WORDS: Final = (
    "Alpha", "Bureau", "Council", "Defense", "Energy", "Forum", "Group", "Health", "Institute", "Joint",
    "Kinetic", "Labor", "Marine", "National", "Office", "Policy", "Quality", "Regional", "State", "Trade",
    "Union", "Vision", "World", "Youth", "Zone",
)  # fmt: skip
_CHILD: Final = """
import json, resource, sys, time
from reader.document import load
from reader.reading import Reading
from reader.recognize import mentions_of
load(sys.argv[2])
mentions_of(load(sys.argv[2]))
start = time.process_time()
document = load(sys.argv[1])
reading = Reading(document)
reading.set_recognized(mentions_of(document).mentions)
seconds = time.process_time() - start
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(reading.entities)]))
"""


def _casualties(line: int, numbers: random.Random) -> str:
    names = " ".join(numbers.choice(_GIVEN_NAMES) for _ in range(3))
    return f"{line}. {names} al-Masri, {numbers.randint(2, 80)}, killed in Rafah on {numbers.randint(1, 28)} May.\n"


def _one_surname(line: int, numbers: random.Random) -> str:
    invented = "".join(numbers.choice("aeioulmnrst") for _ in range(5)).capitalize()
    return f"{numbers.choice(_GIVEN_NAMES)} {invented} Renshaw spoke to the board about plan {line}. "


def _acronyms(line: int, numbers: random.Random) -> str:
    words = [numbers.choice(_WORDS) for _ in range(numbers.randint(3, 5))]
    acronym = "".join(word[0] for word in words)
    return f"The {' '.join(words)} ({acronym}) met on day {line}, and {acronym} agreed. "


KINDS: Final[dict[str, Callable[[int, random.Random], str]]] = {
    "acronyms with definitions": _acronyms,
    "acronyms without definitions": lambda line, numbers: f"{''.join(numbers.choices('ABCDEFGH', k=5))} ({line}) met. ",
    "a list of casualties": _casualties,
    "people of one surname": _one_surname,
    "a numbered list": lambda line, _: f"{line}. Odd Tveit of Bergen met Lena\n",
    "a list with asterisks": lambda line, _: f"* item {line} by Odd Tveit of Bergen\n",
    "a table": lambda line, _: f"Odd Tveit      Bergen      {line}      Oslo\n",
    "brackets": lambda _, __: "(IS) ",
    "initials": lambda _, __: "A. ",
    "titles": lambda _, __: "President Dr. Mr. ",
    "nested quotes": lambda _, __: "“‘«",
    "names repeated": lambda _, __: "Smith Jones ",
    "apostrophes": lambda _, __: "’",
    "combining marks": lambda _, __: "\u0301",
    "hyphens": lambda _, __: "-",
    "one long token": lambda _, __: "a",
    "digits in a row": lambda _, __: "12:",
    "numbers and dashes": lambda _, __: "1 - ",
    "number words": lambda _, __: "hundred one ",
}
"""What makes the next line of a text of each kind, from its number and a source of random numbers."""


def text_of(kind: str, length: int) -> str:
    """Return a text of about `length` code points; "prose" is ordinary text."""
    if kind == "prose":
        return generated_text(1, length // 5)[:length]
    numbers = random.Random(1)
    lines: list[str] = []
    size = 0
    while size < length:
        lines.append(KINDS[kind](len(lines) + 1, numbers))
        size += len(lines[-1])
    return "".join(lines)


def measure() -> Iterator[Row]:
    """Yield the exponent, the time as a ratio to prose, and the memory of each kind of text."""
    with tempfile.TemporaryDirectory() as directory:
        prose, _, _ = _measured("prose", _LENGTHS[-1], Path(directory))
        for kind in KINDS:
            results = [_measured(kind, length, Path(directory)) for length in _LENGTHS]
            (first, _, _), *_, (last, memory, entity_count) = results
            exponent = math.log(max(last, 0.05) / max(first, 0.05)) / math.log(_LENGTHS[-1] / _LENGTHS[0])
            times = ", ".join(f"{seconds:.2f}" for seconds, _, _ in results)
            yield Row(f"{kind}: growth", exponent, _MOST_EXPONENT, "", f"{times} s; {entity_count:,} entities")
            yield Row(f"{kind}: time against prose", last / prose, _MOST_RATIO, "×")
            yield Row(f"{kind}: memory", memory, _MOST_MEMORY, "MB")


def _measured(kind: str, length: int, directory: Path) -> tuple[float, float, int]:
    """Return the processor seconds beyond start-up, the peak memory in megabytes and the number of entities."""
    source, warm_up = directory / "text.txt", directory / "warm-up.txt"
    source.write_text(text_of(kind, length), encoding="utf-8")
    warm_up.write_text(generated_text(2), encoding="utf-8")
    with tempfile.TemporaryDirectory() as cache:
        output = subprocess.run(
            [sys.executable, "-c", _CHILD, str(source), str(warm_up)],
            env={"READER_CACHE_DIR": cache, "PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True,
            text=True,
            check=True,
        )
    seconds, memory, entity_count = json.loads(output.stdout)
    return seconds, memory, entity_count
