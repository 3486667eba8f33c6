"""Processor time of merging: `python -m bench.resolve [--eval FOLDER]`.

Names are made up of syllables, so they share keys like the names of a real document: persons with surnames and short
forms, organizations with acronyms, places. With `--eval`, the benchmark also scores merging on a folder of gold
clusters (`aliases-*.jsonl`), next to rapidfuzz's own scorers on names with one label.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from reader.recognize import Mention
from reader.resolve import Constraints, Name, Resolver, resolve

GROWING: Final = ((1_000, 300), (10_000, 1_500), (100_000, 7_500))
"""Mentions and distinct names. The names grow as in a growing text: with the mentions to the power of 0.7."""
PROPORTIONAL: Final = ((1_000, 150), (10_000, 1_500), (100_000, 15_000))
FIXED: Final = ((1_000, 500), (10_000, 500), (100_000, 500))
_UPDATE_NAMES: Final = 5_000
_HEADS: Final = ("Agency", "Council", "Institute", "Bank", "Union", "University", "Front", "Committee")
_WORDS: Final = (
    "National",
    "Coastal",
    "Northern",
    "Free",
    "Central",
    "Popular",
    "Maritime",
    "Rural",
    "Federal",
    "Open",
)


def sample(mentions: int, names: int, seed: int = 7) -> tuple[str, list[Mention]]:
    """Return a text with a number of mentions of a number of distinct names, and the mentions."""
    rng = random.Random(seed)
    pool = _pool(rng, names)
    weights = [1 / (rank + 1) for rank in range(len(pool))]
    drawn = [*pool, *rng.choices(pool, weights, k=max(0, mentions - len(pool)))]
    rng.shuffle(drawn)
    parts: list[str] = []
    sampled: list[Mention] = []
    offset = 0
    for number, (name, label) in enumerate(drawn):
        filler = rng.choice((" spoke to ", ", while ", " and ", ". Later ", " left for ", " (as before), "))
        filler += "\n\n" if number % 40 == 39 else "some words of text "
        parts += [name, filler]
        sampled.append(Mention(offset, offset + len(name), label))
        offset += len(name) + len(filler)
    return "".join(parts), sampled


def _pool(rng: random.Random, count: int) -> list[tuple[str, str]]:
    syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]

    def word(low: int = 2, high: int = 4) -> str:
        return "".join(rng.choices(syllables, k=rng.randint(low, high))).capitalize()

    pool: dict[tuple[str, str], None] = {}
    while len(pool) < count:
        draw = rng.random()
        if draw < 0.45:
            first_name, surname = word(2, 3), word()
            full_names = [f"{first_name} {surname}", f"{first_name} {word(1, 2)} {surname}"]
            forms = [full_names[0], surname, f"{first_name[0]}. {surname}", full_names[1]]
            pool.update(dict.fromkeys((form, "PERSON") for form in forms[: rng.randint(1, 4)]))
        elif draw < 0.75:
            words = [*rng.sample(_WORDS, 2), rng.choice(_HEADS), "of", word()]
            initials = "".join(part[0] for part in words if part != "of")
            pool.update(dict.fromkeys((form, "ORG") for form in (" ".join(words), initials)[: rng.randint(1, 2)]))
        else:
            place = word(2, 4)
            forms = [place, f"{place} Province", f"{place} Village"]
            pool.update(dict.fromkeys((form, "GPE") for form in forms[: rng.randint(1, 3)]))
    return list(pool)[:count]


def _best(action: Callable[[], object], rounds: int = 3) -> float:
    """Return the shortest processor time of some runs, in milliseconds."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times) * 1000


def _sizes() -> Iterator[str]:
    """Yield the times of first resolutions, with more names for more mentions and with a fixed number of names."""
    for growth, sizes in (("names growing", GROWING), ("names in proportion", PROPORTIONAL), ("names fixed", FIXED)):
        previous_share = 0.0
        for count, names in sizes:
            text, mentions = sample(count, names)
            time_ms = _best(lambda text=text, mentions=mentions: _resolve_cold(text, mentions), 2)  # type: ignore[misc]  # defaults bind the loop's values
            share = time_ms / (count * math.log2(count))
            ratio = f"  {share / previous_share:4.2f} × n log n of the previous size" if previous_share else ""
            previous_share = share
            yield f"resolve()      {count:>7} mentions {names:>6} names  {time_ms:8.1f} ms  {growth}{ratio}"


def _resolve_cold(text: str, mentions: Sequence[Mention]) -> None:
    """Resolve a text with empty caches."""
    from reader.resolve import graph
    from reader.resolve.evidence import name_facts, spelling

    for cached in (name_facts.facts_of, graph.meeting_keys, graph.compare, spelling.sound_key):
        cached.cache_clear()
    resolve(text, mentions)


def _updates() -> Iterator[str]:
    """Yield the times of resolving again after one change."""
    text, sampled = sample(50_000, _UPDATE_NAMES)
    mentions = tuple(sampled)
    resolver = Resolver.for_text(text)
    entities = resolver.resolve(mentions).entities
    a, b = sorted(entities, key=lambda entity: -len(entity.mentions))[10:12]
    names = Name(a.names[0], a.label), Name(b.names[0], b.label)
    constraints = [Constraints(same=(names,)), Constraints(), Constraints(different=(names,)), Constraints()]
    states = iter(constraints * 10)
    size = f"{len(mentions):>7} mentions   {_UPDATE_NAMES} names"
    yield f"one decision   {size}  {_best(lambda: resolver.resolve(mentions, next(states)), 12):8.1f} ms"
    without_first = tuple(mention for mention in mentions if mention != a.mentions[0])
    flips = iter([without_first, mentions] * 10)
    yield f"one mention    {size}  {_best(lambda: resolver.resolve(next(flips)), 12):8.1f} ms"
    retagged = tuple(mention._replace(label="EVENT") if mention in set(b.mentions) else mention for mention in mentions)
    flips = iter([retagged, mentions] * 10)
    yield f"one name's tag {size}  {_best(lambda: resolver.resolve(next(flips)), 12):8.1f} ms"


def _scores(folder: Path) -> Iterator[str]:
    """Yield the alias-pair scores of rapidfuzz's scorers at 90 on names with one label, and those of merging."""
    from rapidfuzz import fuzz

    for path in sorted(folder.glob("aliases-*.jsonl")):
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for scorer in (fuzz.WRatio, fuzz.token_set_ratio, None):
            tp = fp = fn = 0
            for record in records:
                gold = _pairs(_gold(record))
                merged = _pairs(_merged(record) if scorer is None else _fuzzy(record, scorer))
                tp, fp, fn = tp + len(gold & merged), fp + len(merged - gold), fn + len(gold - merged)
            precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
            score = 2 * precision * recall / max(1e-9, precision + recall)
            name = "reader.resolve" if scorer is None else f"{scorer.__name__} >= 90"
            yield f"{path.stem:20} {name:22} P {precision:.3f} R {recall:.3f} F {score:.3f}"


def _names(record: dict[str, Any]) -> Iterator[tuple[int, str, str]]:
    for number, cluster in enumerate(record["clusters"]):
        for mention in cluster["mentions"]:
            if mention.get("kind", "name") == "name":
                yield number, record["text"][mention["start"] : mention["end"]].lower(), cluster["label"]


def _gold(record: dict[str, Any]) -> list[set[str]]:
    groups: dict[int, set[str]] = {}
    for number, text, _ in _names(record):
        groups.setdefault(number, set()).add(text)
    return list(groups.values())


def _fuzzy(record: dict[str, Any], scorer: Callable[..., float]) -> list[set[str]]:
    labelled = sorted({(label, text) for _, text, label in _names(record)})
    parent = {item: item for item in labelled}

    def find(item: tuple[str, str]) -> tuple[str, str]:
        while parent[item] != item:
            item = parent[item]
        return item

    for a, b in combinations(labelled, 2):
        if a[0] == b[0] and scorer(a[1], b[1]) >= 90:
            parent[find(b)] = find(a)
    groups: dict[tuple[str, str], set[str]] = {}
    for item in labelled:
        groups.setdefault(find(item), set()).add(item[1])
    return list(groups.values())


def _merged(record: dict[str, Any]) -> list[set[str]]:
    spans = [
        Mention(mention["start"], mention["end"], "PRODUCT" if cluster["label"] == "MISC" else cluster["label"])
        for cluster in record["clusters"]
        for mention in cluster["mentions"]
        if mention.get("kind", "name") == "name"
    ]
    text = record["text"]
    return [{text[m.start : m.end].lower() for m in entity.mentions} for entity in resolve(text, spans).entities]


def _pairs(groups: Iterable[set[str]]) -> set[frozenset[str]]:
    return {frozenset(pair) for group in groups for pair in combinations(sorted(group), 2)}


def run(folder: Path | None = None) -> list[str]:
    """Return the report, one line for each measurement."""
    return [*_sizes(), *_updates(), *(_scores(folder) if folder is not None else ())]


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--eval", type=Path, help="folder with gold clusters")
    for line in run(cli.parse_args().eval):
        print(line)


if __name__ == "__main__":
    main()
