"""Identity across documents: `python -m bench identity [--corpora FOLDER] [--no-growth]`.

Made collections have known truth: people of one name with other lives, bodies that only one document calls by their
former name or initials, places of one name. Their texts go through recognition and merging like any other. With
`--corpora`, the people that documents of annotated corpora share are scored too: two documents that have the same full
name count as meaning one person.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from bench.harness.made_namesakes import namesake_stories
from bench.report import Row
from reader.annotate.decisions import ProfilesDifferent, ProfilesSame
from reader.annotate.decisions.appearances import Appearance
from reader.collection.descriptions import Description
from reader.collection.document_record import DocumentRecord, EntityRecord, NameRecord, document_record
from reader.collection.identity.profile_builder import build_profiles
from reader.collection.identity.profiles import ProfileMember, Profiles
from reader.collection.queries.profiles.profile_suggestions import suggested_pairs
from reader.collection.storage.collection_storage import CollectionStorage
from reader.collection.storage.databases.sqlite_index import SqliteIndex
from reader.collection.storage.index_writer import IndexWriter
from reader.collection.upkeep.profile_update import LiveProfiles
from reader.document import Document
from reader.document.loaders.plain import plain_blocks
from reader.reading import Reading, analyze
from reader.recognize import Mention
from reader.resolve import Name

_LEAST_PRECISION: Final = 0.97
_LEAST_RECALL: Final = 0.7
_MOST_COLD_SECONDS: Final = 30.0
_MOST_DECISION_MS: Final = 50.0
_SIZES: Final = (1_000, 10_000, 100_000)

_GIVEN: Final = (
    "John",
    "Mary",
    "David",
    "Anna",
    "Peter",
    "Laura",
    "James",
    "Helen",
    "Robert",
    "Maria",
    "Thomas",
    "Emma",
    "Paul",
    "Sarah",
    "Mark",
    "Julia",
)
_SURNAMES: Final = (
    "Smith",
    "Jones",
    "Miller",
    "Brown",
    "Garcia",
    "Taylor",
    "Wilson",
    "Clark",
    "Walker",
    "Young",
    "Khan",
    "Singh",
    "Moore",
    "Reed",
    "Cook",
)
_SYLLABLES: Final = [c + v for c in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v") for v in "aeiou"]
_WORK: Final = (
    "carpenter", "surgeon", "footballer", "novelist", "detective", "farmer", "pianist", "geologist", "bishop",
    "banker", "pilot", "sculptor", "senator", "nurse", "chef", "journalist",
)  # fmt: skip
_KINDS: Final = ("Robotics", "Shipping", "Foods", "Airlines", "Pharmaceuticals", "Motors")
_BODIES: Final = ("Harbor Authority", "Water Board", "Fishing Union", "Rail Institute", "Relief Council")
_PERSON_LEADS: Final = (
    "{name}, a {work} from {town}, appeared before reporters on Monday with {friend}.",
    "The {work} {name} spoke in {town} this week. {friend} had invited the guests.",
    "{name} is a {work} at {firm}. Neighbors in {town} know {friend} as an old ally of the family.",
    "A crowd in {town} waited for {name}, a {work}, and {friend}.",
    "Speaking for {firm}, the {work} {name} thanked {friend} on Tuesday.",
)
_PERSON_BARE: Final = (
    "{name} arrived late on Friday and left without a word.",
    "Nobody had expected {name} to sign the letter.",
)
_TAILS: Final = (
    "{short} said that the winter had been long.",
    "The crowd cheered when {short} waved.",
    "“I will not be moved,” {short} told the crowd.",
)
_FIRM_LEADS: Final = (
    "{name} will close its plant in {town}, {friend} told the staff.",
    "Shares in {name} fell after {friend} resigned in {town}.",
    "Workers at {name} voted on Tuesday, {friend} said.",
)
_FILLERS: Final = (
    "The weather stayed mild for the rest of the week.",
    "Tickets had been sold out for months.",
    "The road was closed until the evening.",
    "More details are expected next week.",
)


class Story(NamedTuple):
    """A made document, and what its names mean."""

    text: str
    truth: dict[str, str]
    """The id of the entity that each name means in the document."""


@dataclass(slots=True)
class _Life:
    """A person or a body of the made world."""

    id: str
    name: str
    work: str = ""
    town: str = ""
    firm: str = ""
    friends: list[str] = field(default_factory=list)
    alias: str = ""
    formerly: bool = False


class _World:
    """A made world whose namesakes have other lives."""

    def __init__(self, seed: int, people: int) -> None:
        self.rng = random.Random(seed)
        rng = self.rng
        self.friends = [f"{self._word().capitalize()} {self._word(3).capitalize()}" for _ in range(people * 3)]
        self.towns = [self._word(3).capitalize() for _ in range(people)]
        self.firms = [f"{self._word(3).capitalize()} {rng.choice(_KINDS)}" for _ in range(people)]
        self.lives: list[_Life] = []
        for number in range(people):
            common = rng.random() < 0.6
            given = rng.choice(_GIVEN)
            name = f"{given} {rng.choice(_SURNAMES)}" if common else f"{given} {self._word(3).capitalize()}"
            bearers = rng.choice((1, 2, 2, 3)) if common else rng.choice((1, 1, 1, 2))
            for bearer, work in enumerate(rng.sample(_WORK, bearers)):
                life = _Life(f"person {number} {bearer}", name, work, rng.choice(self.towns), rng.choice(self.firms))
                life.friends = rng.sample(self.friends, 3)
                self.lives.append(life)
        self.bodies: list[_Life] = []
        for number in range(people // 2):
            if rng.random() < 0.5:
                place = self._word(3).capitalize()
                name = f"{place} {rng.choice(_BODIES)}"
                alias = "".join(word[0] for word in name.split())
                body = _Life(f"body {number}", name, alias=alias)
            else:
                body = _Life(
                    f"body {number}",
                    f"{self._word(3).capitalize()} {rng.choice(_KINDS)}",
                    alias=f"{self._word(3).capitalize()} {rng.choice(_KINDS)}",
                    formerly=True,
                )
            body.town, body.friends = rng.choice(self.towns), rng.sample(self.friends, 3)
            self.bodies.append(body)

    def _word(self, longest: int = 2) -> str:
        return "".join(self.rng.choices(_SYLLABLES, k=self.rng.randint(2, longest)))

    def person_story(self, life: _Life, *, bare: bool) -> Story:
        rng = self.rng
        friend = rng.choice(life.friends)
        lead = rng.choice(_PERSON_BARE if bare else _PERSON_LEADS)
        parts = [lead.format(name=life.name, work=life.work, town=life.town, firm=life.firm, friend=friend)]
        parts.append(rng.choice(_TAILS).format(short=life.name.split()[-1]))
        parts += rng.sample(_FILLERS, 2)
        truth = {life.name: life.id, friend: f"friend {friend}", life.town: f"town {life.town}"}
        return Story(" ".join(parts), {**truth, life.firm: f"firm {life.firm}"})

    def body_story(self, body: _Life, *, name: str, defines: bool) -> Story:
        rng = self.rng
        friend = rng.choice(body.friends)
        written = name
        if defines:
            written = (
                f"{body.name}, formerly known as {body.alias}," if body.formerly else f"{body.name} ({body.alias})"
            )
        lead = rng.choice(_FIRM_LEADS)
        if written.endswith(","):
            lead = "{name} met {friend} in {town}."
        parts = [lead.format(name=written, town=body.town, friend=friend), *rng.sample(_FILLERS, 2)]
        truth = {body.name: body.id, body.alias: body.id, friend: f"friend {friend}", body.town: f"town {body.town}"}
        return Story(" ".join(parts), truth)


def made_collection(seed: int, people: int = 40) -> list[Story]:
    """Return a made collection: its stories, shuffled."""
    world = _World(seed, people)
    stories: list[Story] = []
    for life in world.lives:
        stories += (world.person_story(life, bare=False) for _ in range(world.rng.randint(1, 4)))
        if world.rng.random() < 0.25:
            stories.append(world.person_story(life, bare=True))
    for body in world.bodies:
        stories.append(world.body_story(body, name=body.name, defines=True))
        for _ in range(world.rng.randint(1, 3)):
            name = world.rng.choice((body.name, body.name, body.alias))
            stories.append(world.body_story(body, name=name, defines=False))
    world.rng.shuffle(stories)
    return stories


def records_of(stories: Sequence[Story]) -> Iterator[tuple[Story, tuple[EntityRecord, ...]]]:
    """Yield each story with its recognized and merged entities."""
    for number, story in enumerate(stories):
        text = f"Report {number}\n\n{story.text}"
        reading = Reading(Document(text, plain_blocks(text), f"Report {number}", ""))
        analyze(reading)
        yield story, document_record(reading).entities


class Score(NamedTuple):
    """Links between entities of different documents, against the truth."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of the links that are right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of the true links that were made."""
        return self.right / max(1, self.right + self.missed)

    def __str__(self) -> str:
        counts = f"{self.right} right, {self.wrong} wrong, {self.missed} missed"
        return f"P {self.precision:.3f}  R {self.recall:.3f}  ({counts})"


def score(profiles: Profiles, truth: dict[tuple[str, str], str]) -> Score:
    """Score the links between entities whose truth is known, by document and id."""
    right = wrong = 0
    for profile in profiles.profiles:
        meant = Counter(truth[member] for member in profile.members if member in truth)
        total = sum(meant.values())
        same = sum(count * (count - 1) // 2 for count in meant.values())
        right += same
        wrong += total * (total - 1) // 2 - same
    all_right = sum(count * (count - 1) // 2 for count in Counter(truth.values()).values())
    return Score(right, wrong, all_right - right)


def _made_scores(seeds: Iterable[int], *, verbose: bool) -> Iterator[Row]:
    total = {"all": Score(0, 0, 0), "people": Score(0, 0, 0), "bodies": Score(0, 0, 0)}
    for seed in seeds:
        records: list[EntityRecord] = []
        truth: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
        for story, entities in records_of(made_collection(seed)):
            records += entities
            for record in entities:
                meant = next((story.truth[name.text] for name in record.names if name.text in story.truth), None)
                if meant is not None:
                    group = "people" if meant.startswith("person") else "bodies" if meant.startswith("body") else ""
                    for name in {"all", group} - {""}:
                        truth[name][record.document, record.id] = meant
        profiles = build_profiles(records)
        for name in total:
            result = score(profiles, truth[name])
            total[name] = Score(*(sum(pair) for pair in zip(total[name], result, strict=True)))
        if verbose:
            _explain(profiles, truth["all"], records)
    for name, result in total.items():
        yield Row(
            f"made collections, {name}: 1 - precision", 1 - result.precision, 1 - _LEAST_PRECISION, "", str(result)
        )
        yield Row(f"made collections, {name}: 1 - recall", 1 - result.recall, 1 - _LEAST_RECALL, "")


def _namesake_scores(seeds: Iterable[int], *, verbose: bool) -> Iterator[Row]:
    """Score people with several spellings, and bodies of one name."""
    total = Score(0, 0, 0)
    for seed in seeds:
        records: list[EntityRecord] = []
        truth: dict[tuple[str, str], str] = {}
        stories = [Story(text, meant) for text, meant in namesake_stories(seed)]
        for story, entities in records_of(stories):
            records += entities
            for record in entities:
                meant = next((story.truth[name.text] for name in record.names if name.text in story.truth), None)
                if meant is not None:
                    truth[record.document, record.id] = meant
        profiles = build_profiles(records)
        total = Score(*(sum(pair) for pair in zip(total, score(profiles, truth), strict=True)))
        if verbose:
            _explain(profiles, truth, records)
    name = "spellings and bodies of one name"
    yield Row(f"{name}: 1 - precision", 1 - total.precision, 1 - _LEAST_PRECISION, "", str(total))
    yield Row(f"{name}: 1 - recall", 1 - total.recall, 1 - _LEAST_RECALL, "")


def _explain(profiles: Profiles, truth: dict[tuple[str, str], str], records: Sequence[EntityRecord]) -> None:
    """Print the wrong links."""
    by_member = {(record.document, record.id): record for record in records}
    for profile in profiles.profiles:
        for link in profile.links:
            if truth.get(link.a, "") != truth.get(link.b, ""):
                a, b = by_member[link.a], by_member[link.b]
                print("WRONG", profile.name, link.rule, link.score, link.shared, truth.get(link.a), truth.get(link.b))
                print("     ", a.names, a.description, b.names, b.description)


def _corpus_scores(folder: Path) -> Iterator[Row]:
    """Yield the scores over documents of annotated corpora that share people by exact full names."""
    for path in sorted(folder.glob("*.jsonl")):
        records: list[EntityRecord] = []
        truth: dict[tuple[str, str], str] = {}
        lines = path.read_text(encoding="utf-8").splitlines()
        for line in lines[:1500]:
            item = json.loads(line)
            text = item["text"]
            if len(text) < 300:
                continue
            reading = Reading(Document(text, plain_blocks(text), "", ""))
            spans = {(entity["start"], entity["end"]): entity["label"] for entity in item["ents"]}
            reading.set_recognized(
                Mention(start, end, label)
                for (start, end), label in sorted(spans.items())
                if label in {"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC"}
            )
            for record in document_record(reading).entities:
                records.append(record)
                longest = max((name.text for name in record.names), key=lambda text: (len(text.split()), text))
                if record.label == "PERSON" and len(longest.split()) > 1:
                    truth[record.document, record.id] = longest
        result = score(build_profiles(records), truth)
        yield Row(f"{path.stem}: 1 - precision", 1 - result.precision, 1.0, "", f"{len(records)} entities  {result}")


def grown_records(names: int, seed: int = 5) -> list[EntityRecord]:
    """Return entities with about this many distinct names: people, bodies and places, some of them very frequent."""
    rng = random.Random(seed)

    def word(low: int, high: int) -> str:
        return "".join(rng.choices(_SYLLABLES, k=rng.randint(low, high))).capitalize()

    given = [word(2, 3) for _ in range(max(30, names // 200))] + list(_GIVEN)
    surnames = [word(2, 4) for _ in range(max(60, names // 20))] + list(_SURNAMES)
    pool: dict[str, str] = {}
    while len(pool) < names:
        draw = rng.random()
        if draw < 0.6:
            pool[f"{rng.choice(given)} {rng.choice(surnames)}"] = "PERSON"
        elif draw < 0.7:
            pool[f"{rng.choice(given)} {rng.choice(given)} {rng.choice(surnames)}"] = "PERSON"
        elif draw < 0.9:
            pool[f"{word(2, 4)} {rng.choice(_KINDS)}"] = "ORG"
        else:
            pool[word(3, 5)] = "GPE"
    items = list(pool.items())
    weights = [1 / (rank + 20) for rank in range(len(items))]
    records: list[EntityRecord] = []
    drawn = [*items, *rng.choices(items, weights, k=2 * names)]
    rng.shuffle(drawn)
    for number in range(0, len(drawn), 20):
        document = f"sha256:{number:08x}"
        for position, (name, label) in enumerate(dict.fromkeys(drawn[number : number + 20])):
            work = (rng.choice(_WORK),) if label == "PERSON" and rng.random() < 0.3 else ()
            records.append(
                EntityRecord(
                    document, f"e{position}", name, label, (NameRecord(name, label, 1),), description=Description(work)
                )
            )
    return records


def write_documents(storage: CollectionStorage, records: Iterable[EntityRecord]) -> None:
    """Write entities as documents without texts, dated from 2001 on."""
    by_document: defaultdict[str, list[EntityRecord]] = defaultdict(list)
    for entity in records:
        by_document[entity.document].append(entity)
    with storage.transaction():
        writer = IndexWriter(storage)
        for number, (digest, entities) in enumerate(by_document.items()):
            day = f"{2001 + number % 20}-03-04"
            document = DocumentRecord(digest, "", digest, "", "", day, digest, "", (), tuple(entities))
            writer.save(document, digest, "made", 0)


def _growth(folder: Path) -> Iterator[Row]:
    """Measure how long profiles take, in memory and in an index. Transactions wait for no disk.

    SQLite writes them ahead, and synchronizes at checkpoints.
    """
    previous = 0.0
    for names in _SIZES:
        records = grown_records(names)
        gc.collect()
        start = time.process_time()
        build_profiles(records)
        seconds = time.process_time() - start
        detail = f"{len(records):,} entities" + (f", {seconds / previous:.1f} × the previous" if previous else "")
        yield Row(f"{names:,} names: built in memory", seconds, _MOST_COLD_SECONDS, "s", detail)
        previous = seconds
        with closing(SqliteIndex.open(folder / f"{names}.sqlite", create=True)) as storage:
            write_documents(storage, records)
            gc.collect()
            start = time.process_time()
            LiveProfiles().follow(storage, ())
            yield Row(f"{names:,} names: built in an index", time.process_time() - start, _MOST_COLD_SECONDS * 3, "s")
            storage.optimize()
            yield from _decided(storage, records, names)
            start = time.process_time()
            suggested_pairs(storage)
            yield Row(f"{names:,} names: the questions of the review", _milliseconds_since(start), 200.0, "ms")
            yield from _added(storage, names)


def _decided(storage: CollectionStorage, records: Sequence[EntityRecord], names: int) -> Iterator[Row]:
    """Answer questions one after the other: about the largest profiles, and those that the review asks."""
    by_member = {ProfileMember(record.document, record.id): record for record in records}
    gc.collect()
    gc.freeze()  # the records are those of the measurement: no app has them in memory
    suggestions = storage.rows(
        "SELECT s.entity_a, s.entity_b FROM suggestions s JOIN profiles pa ON pa.id = s.a JOIN profiles pb"
        " ON pb.id = s.b ORDER BY s.score DESC, pa.key, pb.key"
    )
    profiles = storage.rows(
        "SELECT min(e.id) FROM entities e JOIN profiles p ON p.id = e.profile GROUP BY p.id"
        " ORDER BY max(p.documents) DESC, max(p.name) LIMIT 40"
    )
    key_sql = "SELECT p.key FROM entities e JOIN profiles p ON p.id = e.profile WHERE e.id IN (?, ?)"
    for subject, pairs in (
        ("the largest profiles", list(combinations([row[0] for row in profiles[::8]], 2))),
        ("one of the likeliest suggestions", suggestions[:20]),
        ("one of all suggestions", random.Random(4).sample(suggestions, min(20, len(suggestions)))),
    ):
        live = LiveProfiles()
        decisions: list[ProfilesSame | ProfilesDifferent] = []
        times, reading_times = [], []
        for pair in pairs:
            a, b = (by_member[ProfileMember(*_member(storage, entity))] for entity in pair)
            keys = [key for (key,) in storage.rows(key_sql, pair)]
            start = time.process_time()
            live.prepare(storage, decisions, keys)
            reading_times.append(_milliseconds_since(start))
            decisions.append(_answer(a, b, same=not len(decisions) % 2))
            start = time.process_time()
            live.follow(storage, decisions)
            times.append(_milliseconds_since(start))
        detail = (
            f"the slowest of {len(times)}; the median: {median(times):.0f} ms; read before, with the question under the"
            f" cursor: {median(reading_times):.0f} ms, at most {max(reading_times):.0f} ms"
        )
        yield Row(f"{names:,} names: a decision about {subject}", max(times), _MOST_DECISION_MS, "ms", detail)
        live.follow(storage, ())
    gc.unfreeze()


def _member(storage: CollectionStorage, entity: int) -> tuple[str, str]:
    """Return the digest of the document of an entity, and its id there."""
    sql = "SELECT d.digest, e.number FROM entities e JOIN documents d ON d.id = e.document WHERE e.id = ?"
    ((digest, number),) = storage.rows(sql, (entity,))
    return digest, number


def _answer(a: EntityRecord, b: EntityRecord, *, same: bool) -> ProfilesSame | ProfilesDifferent:
    left, right = (Appearance(record.document, "", Name(record.name, record.label)) for record in (a, b))
    return ProfilesSame((left, right)) if same else ProfilesDifferent((left,), (right,))


def _milliseconds_since(start: float) -> float:
    return (time.process_time() - start) * 1000


def _added(storage: CollectionStorage, names: int) -> Iterator[Row]:
    """Add documents as another run would: with nothing in memory."""
    new = grown_records(200, seed=names)
    records = [
        EntityRecord(f"new {record.document}", record.id, record.name, record.label, record.names) for record in new
    ]
    documents = sorted({record.document for record in records})
    for chosen in (documents[:1], documents[1:]):
        write_documents(storage, [record for record in records if record.document in chosen])
        start = time.process_time()
        LiveProfiles().follow(storage, ())
        subject = f"{names:,} names: {len(chosen)} document{'s' if len(chosen) > 1 else ''} more"
        yield Row(subject, _milliseconds_since(start), 2_000.0, "ms")


def main() -> int:
    """Print each row as soon as it is measured; return 1 if a budget is exceeded."""
    parser = argparse.ArgumentParser(prog="python -m bench identity")
    parser.add_argument("--corpora", type=Path, help="folder with annotated corpora (*.jsonl)")
    parser.add_argument("--seeds", type=int, default=4, help="number of made collections")
    parser.add_argument("--no-growth", action="store_true", help="leave out the times")
    parser.add_argument("--verbose", action="store_true", help="print wrong links")
    arguments = parser.parse_args()
    ok = True

    def rows() -> Iterator[Row]:
        yield from _made_scores(range(arguments.seeds), verbose=arguments.verbose)
        yield from _namesake_scores(range(arguments.seeds), verbose=arguments.verbose)
        if arguments.corpora is not None:
            yield from _corpus_scores(arguments.corpora)
        if not arguments.no_growth:
            with tempfile.TemporaryDirectory() as folder:
                yield from _growth(Path(folder))

    for row in rows():
        print(row, flush=True)
        ok = ok and row.ok
    return 0 if ok else 1


if __name__ == "__main__":
    raise SystemExit(main())
