"""A second pipeline makes the mentions doubtful about which it disagrees, and changes nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.recognize import LABELS, Mention, RecognizerError, cached_mentions, mentions_of
from reader.recognize.process.second_opinion import doubt_disputed
from tests.recognize.samples import SAMPLE_TEXT, document

TEXT = "Ada Kovacs of Harbor Watch left Port Ellis."
ADA = Mention(0, 10, "PERSON")
WATCH = Mention(14, 26, "ORG")
PORT = Mention(32, 42, "GPE")


def _second_pipeline(folder: Path, patterns: dict[str, str]) -> str:
    """Write a pipeline that finds the given names, and return its path."""
    import spacy

    nlp = spacy.blank("en", meta={"name": "second", "version": "2"})
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": name} for name, label in patterns.items()])  # type: ignore[attr-defined]  # an EntityRuler
    nlp.to_disk(folder / "second")
    return str(folder / "second")


def _doubtful(second_mentions: list[Mention], known_labels: tuple[str, ...] = LABELS) -> list[str]:
    mentions = doubt_disputed([ADA, WATCH, PORT], second_mentions, known_labels)
    assert [mention[:4] for mention in mentions] == [ADA[:4], WATCH[:4], PORT[:4]]
    return [TEXT[mention.start : mention.end] for mention in mentions if mention.doubtful]


@pytest.mark.parametrize(
    ("second_mentions", "doubtful"),
    [
        ([ADA, WATCH, PORT], []),
        ([ADA, PORT], ["Harbor Watch"]),
        ([ADA._replace(label="ORG"), WATCH, PORT], ["Ada Kovacs"]),
        ([ADA, WATCH._replace(start=7), PORT], ["Harbor Watch"]),
        ([ADA, WATCH, PORT._replace(label="LOC")], []),
        ([ADA, WATCH._replace(label="MISC"), PORT], []),
        ([], ["Ada Kovacs", "Harbor Watch", "Port Ellis"]),
    ],
)
def test_a_mention_is_doubtful_if_the_other_lacks_it_or_labels_it_in_another_way(
    second_mentions: list[Mention], doubtful: list[str]
) -> None:
    assert _doubtful(second_mentions) == doubtful


def test_a_label_that_the_other_does_not_know_is_not_disputed() -> None:
    assert _doubtful([], ("PERSON", "LOC")) == ["Ada Kovacs", "Port Ellis"]


def test_the_surest_mention_is_doubtful_if_disputed_and_keeps_its_rank() -> None:
    sure, less_sure = doubt_disputed([ADA, WATCH._replace(score=0.7)], [], LABELS)
    assert sure.doubtful
    assert sure.score > less_sure.score


def test_two_pipelines_are_compared(tiny_pipeline: Path, tmp_path: Path) -> None:
    second = _second_pipeline(tmp_path, {"Ada Kovacs": "PER", "Harbor Watch": "PER", "Port Ellis": "LOC"})
    sample = document(SAMPLE_TEXT)
    alone = mentions_of(sample, str(tiny_pipeline))
    compared = mentions_of(sample, f"{tiny_pipeline}+{second}")
    assert [mention[:4] for mention in compared.mentions] == [mention[:4] for mention in alone.mentions]
    disputed = {sample.text[mention.start : mention.end] for mention in compared.mentions if mention.doubtful}
    assert "Ada Kovacs" not in disputed
    assert (compared.model_name, compared.model_version) == ("en_tiny+en_second", "1.2.3+2")
    assert cached_mentions(sample, f"{tiny_pipeline}+{second}") == compared
    assert cached_mentions(sample, str(tiny_pipeline)) == alone


def test_a_second_pipeline_that_finds_no_names_is_reported_and_nothing_is_cached(
    tiny_pipeline: Path, tmp_path: Path
) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path / "empty")
    model = f"{tiny_pipeline}+{tmp_path / 'empty'}"
    sample = document(SAMPLE_TEXT)
    analysis = mentions_of(sample, model)
    assert analysis.mentions == mentions_of(sample, str(tiny_pipeline)).mentions
    assert analysis.notice.startswith("not compared with a second pipeline: en_pipeline finds no names")
    assert cached_mentions(sample, model) is None


@pytest.mark.parametrize("model", ["bundled+", "+bundled", "bundled+nowhere"])
def test_a_pair_that_does_not_name_two_pipelines_is_an_error(model: str) -> None:
    with pytest.raises(RecognizerError) as error:
        mentions_of(document(SAMPLE_TEXT), model)
    assert "\n" not in str(error.value)


def test_pipelines_for_two_languages_are_not_compared(tmp_path: Path) -> None:
    import spacy

    spacy.blank("fr").to_disk(tmp_path / "french")
    with pytest.raises(RecognizerError, match="they read different languages"):
        mentions_of(document(SAMPLE_TEXT), f"bundled+{tmp_path / 'french'}")


def test_a_folder_may_have_a_plus_in_its_name(tmp_path: Path) -> None:
    _second_pipeline(tmp_path, {"Ada Kovacs": "PER"})
    folder = tmp_path / "one+two"
    (tmp_path / "second").rename(folder)
    assert mentions_of(document(SAMPLE_TEXT), str(folder)).model_name == "en_second"
