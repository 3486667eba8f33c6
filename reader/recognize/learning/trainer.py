"""Train a pipeline on annotated documents, evaluate it on held-back ones, and keep it if it is better."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reader.recognize.learning.evaluation import TOTAL, Counts, evaluate
from reader.recognize.learning.training_documents import TrainingDocument
from reader.recognize.models.ancestry import ancestor_of
from reader.recognize.models.find import BUNDLED_NAME, active_model, added_folder, identify
from reader.recognize.models.identity import ModelIdentity
from reader.recognize.models.install import activate, staged_pipeline
from reader.recognize.models.training_record import TrainingRecord, read_record, write_record
from reader.recognize.protocol import RecognizerError
from reader.structures.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from spacy.language import Language

    from reader.recognize.learning.fine_tuning import TuningProgress, TuningSettings

MIN_DOCUMENTS: Final = 4
"""Scores from fewer documents say nothing about others."""
MAX_FORGETTING: Final = 0.01
"""How much F on the program's own documents may fall."""


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """What to train, and on which documents."""

    documents: Sequence[TrainingDocument]
    """Annotated documents, in an order that new ones do not change."""
    rehearsal: Sequence[TrainingDocument]
    """Documents for rehearsal."""
    samples: Sequence[TrainingDocument] = ()
    """Annotated documents about other subjects, which show what the pipeline forgets."""
    name: str = "trained"
    """The name of the new pipeline."""
    base: str = BUNDLED_NAME
    """The pipeline to train further."""
    baseline: str | None = None
    """The pipeline that the new one must beat; None for the active one."""
    every: int = 5
    """Every Nth document is held back for evaluation."""


@dataclass(frozen=True, slots=True)
class TrainingOutcome:
    """The result of training. Scores are F for span and label, after the document pass, 0 to 1."""

    trained_on: int
    """The number of documents that were trained on."""
    held_back: int
    """The number of documents that were evaluated on."""
    baseline: str
    """The name of the pipeline to beat."""
    baseline_score: float
    """Score of the pipeline to beat on the held-back documents."""
    new_score: float
    """Score of the new pipeline on the held-back documents."""
    base_sample_score: float
    """Score of the pipeline that was trained further on the program's own documents."""
    new_sample_score: float
    """Score of the new pipeline on the program's own documents."""
    accepted: bool
    """Whether the new pipeline is now the active one; if not, nothing has changed."""

    @property
    def forgets(self) -> bool:
        """Whether the new pipeline is too much worse on other documents."""
        return self.new_sample_score < self.base_sample_score - MAX_FORGETTING


def train(
    plan: TrainingPlan,
    settings: TuningSettings | None = None,
    on_progress: Callable[[TuningProgress], None] = lambda _: None,
) -> TrainingOutcome:
    """Train a pipeline, and make it the active one if it beats the baseline on documents that it has not seen.

    An interruption changes nothing.

    Raises:
        RecognizerError: There are too few documents, or a pipeline is missing, broken or cannot be trained.
    """
    from reader.recognize.learning.fine_tuning import TuningSettings, tune

    settings = settings or TuningSettings()
    training_set, test_set = split(plan.documents, plan.every)
    if not any(document.gold.spans for document in test_set):
        raise RecognizerError("nothing to evaluate on: the held-back documents have no names")
    base, nlp = _load_trainable(plan.base)
    with staged_pipeline(plan.name, replace=_is_trained_here(plan.name)) as folder:
        share = tune(nlp, training_set, plan.rehearsal, settings, on_progress)
        _write(nlp, base, folder, plan.name)
        outcome = _evaluate(plan, folder, len(training_set), test_set)
        if outcome.accepted:
            is_bundled = outcome.baseline == BUNDLED_NAME
            bundled_score = outcome.baseline_score if is_bundled else _score(BUNDLED_NAME, test_set)
            when = datetime.now(UTC).isoformat(timespec="seconds")
            scores = round(outcome.new_score, 4), round(bundled_score, 4)
            ancestor = ancestor_of(base.path) or ("", "")
            record = TrainingRecord(when, plan.base, len(training_set), len(test_set), *scores, *ancestor)
            write_record(folder, record, asdict(settings) | {"share": share})
        else:
            shutil.rmtree(folder)
            folder.mkdir()
    if outcome.accepted:
        activate(plan.name)
    return outcome


def split(documents: Sequence[TrainingDocument], every: int) -> tuple[list[TrainingDocument], list[TrainingDocument]]:
    """Return the training set and the test set: every Nth document is held back, or the last if there are fewer.

    Raises:
        RecognizerError: There are too few documents.
    """
    number = len(documents)
    if number < MIN_DOCUMENTS:
        raise RecognizerError(f"training needs at least {MIN_DOCUMENTS} annotated documents: there {_are(number)}")
    held_back = set(range(every - 1, number, every)) or {number - 1}
    test_set = [document for index, document in enumerate(documents) if index in held_back]
    return [document for index, document in enumerate(documents) if index not in held_back], test_set


def _are(number: int) -> str:
    return {0: "are none", 1: "is one"}.get(number, f"are {number}")


def _load_trainable(model: str) -> tuple[ModelIdentity, Language]:
    from reader.recognize.learning.fine_tuning import tagger_of
    from reader.recognize.network.spacy_recognizer import load_spacy

    identity = identify(model)
    if identity.plugin or identity.package:
        raise RecognizerError(
            f"{model} cannot be trained: only the bundled pipeline and pipelines trained from it can be trained"
        )
    nlp = load_spacy(model).pipeline
    try:
        tagger_of(nlp)
    except ValueError as error:
        raise RecognizerError(f"{model} cannot be trained: {error}") from None
    return identity, nlp


def _is_trained_here(name: str) -> bool:
    """Return whether an added pipeline was trained on this machine: training replaces only such a pipeline."""
    folder = added_folder(name)
    return folder is not None and read_record(folder) is not None


def _write(nlp: Language, base: ModelIdentity, folder: Path, name: str) -> None:
    """Write the trained pipeline: a copy of its base with new weights, and without any word of the training texts."""
    from reader.recognize.learning.fine_tuning import tagger_of

    tagger = tagger_of(nlp)
    shutil.copytree(base.path, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    tagger.to_disk(folder / tagger.name)
    meta: dict[str, Any] = json.loads((folder / "meta.json").read_bytes())
    version = f"{base.version.partition('+')[0]}+trained.{datetime.now(UTC):%Y%m%d.%H%M}"
    meta |= {"name": name, "version": version, "performance": {}}
    meta["description"] = f"{base.name} {base.version}, trained further on annotations made here"
    (folder / "meta.json").write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _evaluate(
    plan: TrainingPlan, folder: Path, trained_on: int, test_set: Sequence[TrainingDocument]
) -> TrainingOutcome:
    baseline = plan.baseline or ""
    scores = _score(baseline, test_set), _score(str(folder), test_set)
    sample_scores = (0.0, 0.0)
    if plan.samples:
        sample_scores = _score(plan.base, plan.samples), _score(str(folder), plan.samples)
    name = baseline or active_model()
    outcome = TrainingOutcome(trained_on, len(test_set), name, *scores, *sample_scores, accepted=False)
    return replace(outcome, accepted=outcome.new_score > outcome.baseline_score and not outcome.forgets)


def _score(model: str, documents: Sequence[TrainingDocument]) -> float:
    return evaluate(model, (document.gold for document in documents)).counts.get(TOTAL, Counts()).f
