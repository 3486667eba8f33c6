from __future__ import annotations

from pathlib import Path

import pytest

from tests.recognize.samples import PATTERNS


@pytest.fixture(scope="session")
def tiny_pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a pipeline that loads quickly and finds only the names in `PATTERNS`."""
    import spacy

    nlp = spacy.blank("en", meta={"name": "tiny", "version": "1.2.3"})
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": name} for name, label in PATTERNS.items()])  # type: ignore[attr-defined]  # an EntityRuler
    path = tmp_path_factory.mktemp("pipelines") / "tiny"
    nlp.to_disk(path)
    return path


@pytest.fixture(autouse=True)
def cache_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test its own cache, configuration and data directories; return the first."""
    monkeypatch.setenv("READER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("READER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("READER_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "cache"
