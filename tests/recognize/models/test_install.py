from __future__ import annotations

import hashlib
import json
import os
import pickle
import shutil
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from reader import directories
from reader.recognize import RecognizerError, load_recognizer
from reader.recognize.models.catalog import ModelKind, checksum, describe_model, list_models
from reader.recognize.models.find import identify
from reader.recognize.models.install import add_pipeline, remove_pipeline


@pytest.fixture
def folder(tiny_pipeline: Path, tmp_path: Path) -> Path:
    """A copy of the tiny pipeline that a test may damage."""
    return Path(shutil.copytree(tiny_pipeline, tmp_path / "given" / "tiny"))


def make_wheel(pipeline: Path, path: Path, extra_files: dict[str, bytes] | None = None, *, record: bool = True) -> Path:
    """Make a wheel like `spacy package` does."""
    data_folder = "en_tiny/en_tiny-1.2.3"
    files = {f"{data_folder}/{p.relative_to(pipeline)}": p.read_bytes() for p in pipeline.rglob("*") if p.is_file()}
    files["en_tiny/__init__.py"] = b"raise SystemExit('the wheel was run')\n"
    files["en_tiny/meta.json"] = (pipeline / "meta.json").read_bytes()
    files |= extra_files or {}
    lines = "".join(
        f"{name},sha256={urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()},{len(data)}\n"
        for name, data in files.items()
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        if record:
            archive.writestr("en_tiny-1.2.3.dist-info/RECORD", lines + "en_tiny-1.2.3.dist-info/RECORD,,\n")
    return path


def added_names() -> list[str]:
    folder = directories.data_dir() / "pipelines"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_a_folder_is_copied_and_can_be_used_by_name(folder: Path) -> None:
    added = add_pipeline(folder, load=load_recognizer)
    shutil.rmtree(folder)
    assert (added.name, added.wheel, added_names()) == ("en_tiny", "", ["en_tiny"])
    (mentions,) = load_recognizer("en_tiny").recognize(["Ada Kovacs"])
    assert [mention.label for mention in mentions] == ["PERSON"]
    assert [(entry.name, entry.kind, entry.problem) for entry in list_models()][:2] == [
        ("bundled", ModelKind.BUNDLED, ""),
        ("en_tiny", ModelKind.ADDED, ""),
    ]


def test_only_the_data_of_a_wheel_is_unpacked_and_its_code_never_runs(folder: Path, tmp_path: Path) -> None:
    wheel = make_wheel(folder, tmp_path / "en_tiny-1.2.3-py3-none-any.whl")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    added = add_pipeline(wheel, load=load_recognizer, name="small", expected_sha256=digest.upper())
    assert (added.name, added.wheel) == ("small", digest)
    path = identify("small").path
    assert path == directories.data_dir() / "pipelines" / "small"
    assert not list(path.rglob("*.py"))
    assert checksum(identify("small")) == checksum(identify(str(folder)))


def test_a_wheel_with_an_unexpected_checksum_is_refused(folder: Path, tmp_path: Path) -> None:
    wheel = make_wheel(folder, tmp_path / "x.whl")
    with pytest.raises(RecognizerError, match="does not have the SHA-256"):
        add_pipeline(wheel, load=load_recognizer, expected_sha256="0" * 64)
    assert added_names() == []


def _truncate(wheel: Path) -> None:
    wheel.write_bytes(wheel.read_bytes()[:-400])


def _flip_bit(wheel: Path) -> None:
    data = bytearray(wheel.read_bytes())
    data[data.index(b'"lang"')] ^= 1
    wheel.write_bytes(bytes(data))


@pytest.mark.parametrize("damage", [_truncate, _flip_bit, lambda wheel: wheel.write_bytes(b"<html>not found</html>")])
def test_an_incompletely_downloaded_wheel_is_refused(
    folder: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    wheel = make_wheel(folder, tmp_path / "x.whl")
    damage(wheel)
    with pytest.raises(RecognizerError, match="damaged"):
        add_pipeline(wheel, load=load_recognizer)
    assert added_names() == []


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("../../escaped.txt", b"x", "outside its folder"),
        ("/escaped.txt", b"x", "outside its folder"),
        ("en_tiny/parts.py", b"x = 1", r"parts\.py is code"),
        ("en_tiny/en_tiny-1.2.3/x.pkl", b"x", "pickle"),
        ("en_tiny/en_tiny-1.2.3/setup.sh", b"x", "code"),
    ],
)
def test_a_malicious_wheel_is_refused(folder: Path, tmp_path: Path, name: str, data: bytes, message: str) -> None:
    wheel = make_wheel(folder, tmp_path / "x.whl", {name: data})
    with pytest.raises(RecognizerError, match=message) as caught:
        add_pipeline(wheel, load=load_recognizer)
    assert "\n" not in str(caught.value)
    assert added_names() == []


def test_a_wheel_whose_own_checksums_do_not_match_is_refused(folder: Path, tmp_path: Path) -> None:
    wheel = make_wheel(folder, tmp_path / "x.whl", record=False)
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("en_tiny-1.2.3.dist-info/RECORD", "en_tiny/meta.json,sha256=AAAA,1\n")
    with pytest.raises(RecognizerError, match="own checksum"):
        add_pipeline(wheel, load=load_recognizer)


class _Bomb:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("boom",)


def _add_pickle(folder: Path) -> None:
    (folder / "model").write_bytes(pickle.dumps(_Bomb()))


def _add_torch_archive(folder: Path) -> None:
    with zipfile.ZipFile(folder / "weights", "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps(_Bomb()))


def _add_object_array(folder: Path) -> None:
    import numpy as np

    np.save(folder / "vectors.npy", np.array([_Bomb()], dtype=object), allow_pickle=True)


def _add_object_archive(folder: Path) -> None:
    import numpy as np

    np.savez(folder / "weights.npz", x=np.array([_Bomb()], dtype=object))


@pytest.mark.parametrize("damage", [_add_pickle, _add_torch_archive, _add_object_array, _add_object_archive])
def test_pickles_are_refused_when_adding_and_when_loading(folder: Path, damage: Callable[[Path], None]) -> None:
    damage(folder)
    with pytest.raises(RecognizerError, match="is a pickle"):
        add_pipeline(folder, load=load_recognizer)
    with pytest.raises(RecognizerError, match="is a pickle"):
        load_recognizer(str(folder))
    assert added_names() == []
    assert not Path("boom").exists()


def _replace_by_lfs_pointer(folder: Path) -> None:
    (folder / "model").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n")


def _list_missing_component(folder: Path) -> None:
    with (folder / "config.cfg").open("a") as config:
        config.write('\n[components.ner]\nfactory = "ner"\n\n[components.ner.model]\n@architectures = "x"\n')
    config_text = (folder / "config.cfg").read_text().replace('["entity_ruler"]', '["entity_ruler","ner"]')
    (folder / "config.cfg").write_text(config_text)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_replace_by_lfs_pointer, "incompletely downloaded"),
        (_list_missing_component, "component ner"),
        (lambda folder: (folder / "tokenizer").unlink(), "tokenizer is missing"),
        (lambda folder: shutil.rmtree(folder / "vocab"), "vocab is missing"),
        (lambda folder: (folder / "model").write_bytes(b""), "model is empty"),
        (lambda folder: (folder / "weights.part").write_bytes(b"x"), "unfinished"),
        (lambda folder: (folder / "gone").symlink_to("nowhere"), "broken link"),
        (lambda folder: (folder / "all").symlink_to("/"), "link to another folder"),
        (lambda folder: os.mkfifo(folder / "pipe"), "not a regular file"),
        (lambda folder: (folder / "config.cfg").write_bytes(b"\xff\xfe"), "damaged"),
        (lambda folder: (folder / "meta.json").write_text("{"), "damaged"),
        (lambda folder: (folder / "config.cfg").unlink(), "not a spaCy pipeline"),
        (lambda folder: (folder / "__init__.py").write_text("boom"), "is code"),
    ],
)
def test_a_damaged_folder_is_refused_in_one_line(folder: Path, damage: Callable[[Path], None], message: str) -> None:
    damage(folder)
    with pytest.raises(RecognizerError, match=message) as caught:
        add_pipeline(folder, load=load_recognizer)
    assert "\n" not in str(caught.value)
    assert added_names() == []


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("spacy_version", ">=2.0,<3.0", r"requires spaCy >=2\.0,<3\.0"),
        ("requirements", ["no-such-thing>=1"], "requires no-such-thing>=1, which is not installed"),
        ("requirements", ["numpy<1"], "requires numpy<1, but"),
    ],
)
def test_an_incompatible_pipeline_is_refused_with_the_reason(
    folder: Path, key: str, value: object, message: str
) -> None:
    meta = json.loads((folder / "meta.json").read_text()) | {key: value}
    (folder / "meta.json").write_text(json.dumps(meta))
    with pytest.raises(RecognizerError, match=message):
        add_pipeline(folder, load=load_recognizer)
    assert describe_model(str(folder)).problem


def test_a_pipeline_is_replaced_only_on_request(folder: Path) -> None:
    add_pipeline(folder, load=load_recognizer)
    with pytest.raises(RecognizerError, match="already exists"):
        add_pipeline(folder, load=load_recognizer)
    add_pipeline(folder, load=load_recognizer, replace=True)
    assert added_names() == ["en_tiny"]


@pytest.mark.parametrize("name", ["bundled", "../up", "a b", ".hidden", "x" * 99])
def test_an_invalid_name_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(RecognizerError, match="not a valid pipeline name"):
        add_pipeline(folder, load=load_recognizer, name=name)


def test_only_added_pipelines_can_be_removed(folder: Path) -> None:
    add_pipeline(folder, load=load_recognizer)
    for name in ("bundled", "..", "en_other", str(folder)):
        with pytest.raises(RecognizerError, match="no added pipeline"):
            remove_pipeline(name)
    remove_pipeline("en_tiny")
    assert added_names() == []
    with pytest.raises(RecognizerError, match="no pipeline en_tiny"):
        identify("en_tiny")


def test_the_bundled_pipeline_is_described() -> None:
    details = describe_model(None)
    assert (details.kind, details.language, details.problem) == (ModelKind.BUNDLED, "en", "")
    assert "PERSON" in details.labels
    assert details.size > 1_000_000
    assert len(details.sha256) == 64
