from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import reader as package
from reader.annotate import Store, StoreError
from reader.annotate.decisions import EntityRenamed
from reader.annotate.storage.store import STORE_FILE
from reader.directories import data_dir
from reader.document import DocumentError, load
from reader.recognize import RecognizerError
from reader.resolve import Name
from tests.cli.conftest import Result

Reader = Callable[..., Result]


@pytest.mark.usefixtures("reader")
def test_a_document_is_read_from_python(source: Path) -> None:
    reading = package.read(str(source))
    council = reading.entity_named("WPC")
    assert council is not None
    assert council.name == "World Port Council"
    assert len(council.mentions) == 3
    assert (reading.model_name, reading.model_version) == ("en_known", "1.2.3")


@pytest.mark.usefixtures("reader")
def test_decisions_apply_unless_annotations_are_off(source: Path) -> None:
    with Store.open() as store:
        store.append(load(str(source)), [EntityRenamed((Name("WPC", "ORG"),), "The Council")])
    assert package.read(str(source)).entity_named("WPC") is not None
    assert package.read(str(source)).entity_named("The Council") is not None
    assert package.read(str(source), annotations=False).entity_named("The Council") is None


@pytest.mark.usefixtures("reader")
def test_each_failure_has_its_own_error_class(source: Path, tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        package.read(str(tmp_path / "none"))
    with pytest.raises(RecognizerError):
        package.read(str(source), model=str(tmp_path / "none"))
    data_dir().mkdir(parents=True)
    (data_dir() / STORE_FILE).mkdir()
    with pytest.raises(StoreError):
        package.read(str(source))
