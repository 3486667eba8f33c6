"""`reader model train`: learns from annotated articles, measures on others, and keeps what is better."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reader.recognize.learning.evaluation import TOTAL, Counts, evaluate
from reader.recognize.learning.lessons import Lesson
from reader.recognize.models.ancestry import ancestor_of
from reader.recognize.models.find import BUNDLED_NAME, added_folder, identify
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.models.install import activate, staged_pipeline
from reader.recognize.models.training_record import TrainingRecord, read_record, write_record
from reader.recognize.protocol import RecognizerError

if TYPE_CHECKING:
    from spacy.language import Language

    from reader.recognize.learning.fine_tuning import Course, Progress

LEAST: Final = 4
"""Articles, fewer of which say nothing about others."""
FORGETTING: Final = 0.01
"""By how much F on the articles of the program may fall."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be trained, and on what."""

    lessons: Sequence[Lesson]
    """Annotated articles, in an order that new ones do not change."""
    others: Sequence[Lesson]
    """Texts for rehearsal."""
    samples: Sequence[Lesson] = ()
    """Annotated articles of other fields: what is forgotten shows on them."""
    name: str = "trained"
    """What the new pipeline is called."""
    base: str = BUNDLED_NAME
    """The pipeline that is trained further."""
    rival: str | None = None
    """The one that is to be beaten; None for the one in use."""
    every: int = 5
    """Each article of so many is held back."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. Scores are F, span and label, the document pass included, 0 to 1."""

    learnt: int
    held_back: int
    rival: str
    before: float
    """Of the pipeline to be beaten, on the articles held back."""
    after: float
    """Of the new one."""
    samples_before: float
    """Of the pipeline that was trained further, on the articles of the program."""
    samples_after: float
    kept: bool
    """Whether the new one is in use now; otherwise everything is as it was."""

    @property
    def forgets(self) -> bool:
        """Whether the new one lost too much elsewhere."""
        return self.samples_after < self.samples_before - FORGETTING


def train(plan: Plan, course: Course | None = None, tell: Callable[[Progress], None] = lambda _: None) -> Outcome:
    """Train a pipeline, and put it in use where it is better than the old one on articles that it has not seen.

    Until then nothing is changed, whatever interrupts it.

    Raises:
        RecognizerError: There is too little to learn from, or a pipeline is missing, broken or of another kind.
    """
    from reader.recognize.learning.fine_tuning import Course, tune

    course = course or Course()
    learnt, back = split(plan.lessons, plan.every)
    if not any(lesson.gold.spans for lesson in back):
        raise RecognizerError("nothing to measure on: the articles held back have no names")
    base, nlp = _trainable(plan.base)
    with staged_pipeline(plan.name, replace=_is_own(plan.name)) as folder:
        share = tune(nlp, learnt, plan.others, course, tell)
        _write(nlp, base, folder, plan.name)
        outcome = _measured(plan, folder, len(learnt), back)
        if outcome.kept:
            bundled = outcome.before if outcome.rival == BUNDLED_NAME else _score(BUNDLED_NAME, back)
            when = datetime.now(UTC).isoformat(timespec="seconds")
            scores = round(outcome.after, 4), round(bundled, 4)
            made_from = ancestor_of(base.path) or ("", "")
            record = TrainingRecord(when, plan.base, len(learnt), len(back), *scores, *made_from)
            write_record(folder, record, asdict(course) | {"share": share})
        else:
            shutil.rmtree(folder)
            folder.mkdir()
    if outcome.kept:
        activate(plan.name)
    return outcome


def split(lessons: Sequence[Lesson], every: int) -> tuple[list[Lesson], list[Lesson]]:
    """Return what is learnt from and what is held back: each one of so many, at least the last.

    Raises:
        RecognizerError: There are too few.
    """
    number = len(lessons)
    if number < LEAST:
        raise RecognizerError(f"at least {LEAST} annotated articles are needed: there {_are(number)}")
    places = set(range(every - 1, number, every)) or {number - 1}
    back = [lesson for place, lesson in enumerate(lessons) if place in places]
    return [lesson for place, lesson in enumerate(lessons) if place not in places], back


def _are(number: int) -> str:
    return {0: "are none", 1: "is one"}.get(number, f"are {number}")


def _trainable(model: str) -> tuple[ModelIdentity, Language]:
    from reader.recognize.learning.fine_tuning import tagger_of
    from reader.recognize.network.spacy_recognizer import load_spacy

    identity = identify(model)
    if identity.plugin or identity.package:
        raise RecognizerError(f"{model} cannot be trained: only the bundled pipeline and what was trained from it can")
    nlp = load_spacy(model).pipeline
    try:
        tagger_of(nlp)
    except ValueError as error:
        raise RecognizerError(f"{model} cannot be trained: {error}") from None
    return identity, nlp


def _is_own(name: str) -> bool:
    """Tell whether a pipeline of this name was trained here: only such a one gives way to a better one."""
    folder = added_folder(name)
    return folder is not None and read_record(folder) is not None


def _write(nlp: Language, base: ModelIdentity, folder: Path, name: str) -> None:
    """Write the trained pipeline: as the one it comes from, with other weights, and no word of the texts learnt."""
    from reader.recognize.learning.fine_tuning import tagger_of

    tagger = tagger_of(nlp)
    shutil.copytree(base.path, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    tagger.to_disk(folder / tagger.name)
    said: dict[str, Any] = json.loads((folder / "meta.json").read_bytes())
    version = f"{base.version.partition('+')[0]}+trained.{datetime.now(UTC):%Y%m%d.%H%M}"
    said |= {"name": name, "version": version, "performance": {}}
    said["description"] = f"{base.name} {base.version}, trained further on annotations made here"
    (folder / "meta.json").write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _measured(plan: Plan, folder: Path, learnt: int, back: Sequence[Lesson]) -> Outcome:
    rival = plan.rival or ""
    before, after = _score(rival, back), _score(str(folder), back)
    samples = (_score(plan.base, plan.samples), _score(str(folder), plan.samples)) if plan.samples else (0.0, 0.0)
    name = _called(rival)
    outcome = Outcome(learnt, len(back), name, before, after, *samples, kept=False)
    return replace(outcome, kept=after > before and not outcome.forgets)


def _called(model: str) -> str:
    from reader.recognize.models.find import active_model

    return model or active_model()


def _score(model: str, lessons: Sequence[Lesson]) -> float:
    return evaluate(model, (lesson.gold for lesson in lessons)).counts.get(TOTAL, Counts()).f
