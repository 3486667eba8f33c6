"""A program under random input: no traceback, no key without an answer, no mode of the terminal left.

`python -m bench fuzz --runs 50 --events 400 --seed 1` starts the program in a pseudo-terminal 50 times. A run that
fails is saved, and `python -m bench fuzz --replay FILE` repeats it. `--stay --events 20000` sends all events to one
process, and shows how its memory grows.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Final, NamedTuple, Self

from bench.fuzzing.fuzzed_terminal import EVENTS_AT_ONCE, Outcome, fuzz_program
from bench.fuzzing.inputs import Event, draw_events
from bench.fuzzing.texts import KINDS, generate_text
from bench.harness.terminal import accept_signals
from reader.ui.keys.commands import COMMANDS

_KEYS: Final = [key for command in COMMANDS for key in command.keys]
_ENDINGS: Final = ("", "", "", "", "SIGTERM", "SIGHUP")


class Run(NamedTuple):
    """Everything that a run depends on, except for time."""

    seed: int
    kind: str
    """The kind of text that is open."""
    library: bool
    """Whether the program starts with the library."""
    hurried: bool
    """Whether the events begin as soon as the program reads keys, and come without a pause."""
    ending: str
    """The signal that ends it, "" for keys."""
    events: tuple[Event, ...]

    @classmethod
    def draw(cls, seed: int, event_count: int, kind: str = "", *, stays: bool = False) -> Self:
        """Return the run of a seed.

        Args:
            seed: What everything follows from that is drawn.
            event_count: The number of events.
            kind: The kind of text; "" draws one.
            stays: Whether to leave out the keys that end the program.
        """
        random = Random(seed)
        drawn = random.choice(list(KINDS))
        library, hurried, ending = random.random() < 0.2, random.random() < 0.3, random.choice(_ENDINGS)
        events = draw_events(random, event_count, _KEYS, stays=stays)
        if hurried:
            events = [event._replace(seconds=0) for event in events]
        return cls(seed, kind or drawn, library, hurried, ending, tuple(events))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the run that was saved to a file."""
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        return cls(**json.loads(head), events=tuple(map(Event.from_json, lines)))

    def save(self, path: Path) -> None:
        """Write the run to a file: what it depends on, then an event a line."""
        head = json.dumps({name: value for name, value in self._asdict().items() if name != "events"})
        path.write_text("\n".join([head, *(event.to_json() for event in self.events)]) + "\n", encoding="utf-8")

    def perform(self) -> Outcome:
        """Start the program and send it the events."""
        text = generate_text(self.kind, self.seed)
        return fuzz_program(self.events, text, library=self.library, hurried=self.hurried, ending=self.ending)


def main() -> int:
    """Run the program under random input; return 1 if a run failed."""
    parser = argparse.ArgumentParser(prog="python -m bench fuzz", description=__doc__)
    parser.add_argument("--runs", type=int, default=10, help="how often the program is started (10)")
    parser.add_argument("--events", type=int, default=400, help="events of each run (400)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the seed of the first run (the time)")
    parser.add_argument("--kind", choices=KINDS, default="", help="the kind of text (drawn for each run)")
    parser.add_argument("--stay", action="store_true", help="leave out the keys that end the program")
    parser.add_argument("--replay", type=Path, help="repeat a saved run")
    parser.add_argument("--folder", type=Path, default=Path("fuzz-failures"), help="where failed runs are saved")
    options = parser.parse_args()
    accept_signals()
    if options.replay:
        runs = iter([Run.load(options.replay)])
    else:
        seeds = range(options.seed, options.seed + options.runs)
        runs = (Run.draw(seed, options.events, options.kind, stays=options.stay) for seed in seeds)
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    for run in runs:
        outcome = run.perform()
        outcomes[outcome.problem.partition(":")[0] or "fine"] += 1
        slowest = max(slowest, outcome.seconds)
        start = (
            f"{run.kind}{', library' * run.library}{', hurried' * run.hurried}{f', {run.ending}' * bool(run.ending)}"
        )
        print(f"seed {run.seed}: {start}: {outcome.problem or f'fine, left in {outcome.seconds:.1f} s'}", flush=True)
        if len(outcome.megabytes) > 1:
            print(f"  memory in MB, after each {EVENTS_AT_ONCE} events:", *outcome.megabytes, flush=True)
        if outcome.problem:
            options.folder.mkdir(parents=True, exist_ok=True)
            path = options.folder / f"{run.seed}.jsonl"
            run.save(path)
            path.with_suffix(".txt").write_text(f"{outcome.problem}\n{outcome.detail}", encoding="utf-8")
            print(f"  replay with: python -m bench fuzz --replay {path}", flush=True)
    print(", ".join(f"{count} {problem}" for problem, count in outcomes.most_common()), f"· slowest {slowest:.1f} s")
    return int(outcomes.total() > outcomes["fine"])
