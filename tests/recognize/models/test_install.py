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
from reader.recognize.models.catalog import Kind, checksum, entries, facts
from reader.recognize.models.find import identify
from reader.recognize.models.install import add, remove


@pytest.fixture
def folder(tiny_pipeline: Path, tmp_path: Path) -> Path:
    """A copy to be spoiled."""
    return Path(shutil.copytree(tiny_pipeline, tmp_path / "given" / "tiny"))


def wheel_of(pipeline: Path, path: Path, more: dict[str, bytes] | None = None, *, record: bool = True) -> Path:
    """A wheel as `spacy package` makes them."""
    inside = "en_tiny/en_tiny-1.2.3"
    files = {f"{inside}/{p.relative_to(pipeline)}": p.read_bytes() for p in pipeline.rglob("*") if p.is_file()}
    files["en_tiny/__init__.py"] = b"raise SystemExit('the wheel was run')\n"
    files["en_tiny/meta.json"] = (pipeline / "meta.json").read_bytes()
    files |= more or {}
    listed = "".join(
        f"{name},sha256={urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()},{len(data)}\n"
        for name, data in files.items()
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        if record:
            archive.writestr("en_tiny-1.2.3.dist-info/RECORD", listed + "en_tiny-1.2.3.dist-info/RECORD,,\n")
    return path


def kept() -> list[str]:
    place = directories.data_dir() / "pipelines"
    return sorted(path.name for path in place.iterdir()) if place.is_dir() else []


def test_a_folder_is_copied_and_found_by_its_name(folder: Path) -> None:
    done = add(folder, load=load_recognizer)
    shutil.rmtree(folder)
    assert (done.name, done.wheel, kept()) == ("en_tiny", "", ["en_tiny"])
    (found,) = load_recognizer("en_tiny").recognize(["Ada Kovacs"])
    assert [mention.label for mention in found] == ["PERSON"]
    assert [(entry.name, entry.kind, entry.problem) for entry in entries()][:2] == [
        ("bundled", Kind.BUNDLED, ""),
        ("en_tiny", Kind.ADDED, ""),
    ]


def test_a_wheel_is_unpacked_for_its_data_and_never_run(folder: Path, tmp_path: Path) -> None:
    wheel = wheel_of(folder, tmp_path / "en_tiny-1.2.3-py3-none-any.whl")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    done = add(wheel, load=load_recognizer, name="small", expected=digest.upper())
    assert (done.name, done.wheel) == ("small", digest)
    place = identify("small").path
    assert place == directories.data_dir() / "pipelines" / "small"
    assert not list(place.rglob("*.py"))
    assert checksum(identify("small")) == checksum(identify(str(folder)))


def test_another_checksum_than_expected_is_refused(folder: Path, tmp_path: Path) -> None:
    wheel = wheel_of(folder, tmp_path / "x.whl")
    with pytest.raises(RecognizerError, match="has the SHA-256"):
        add(wheel, load=load_recognizer, expected="0" * 64)
    assert kept() == []


def _cut(wheel: Path) -> None:
    wheel.write_bytes(wheel.read_bytes()[:-400])


def _flip(wheel: Path) -> None:
    data = bytearray(wheel.read_bytes())
    data[data.index(b'"lang"')] ^= 1
    wheel.write_bytes(bytes(data))


@pytest.mark.parametrize("spoil", [_cut, _flip, lambda wheel: wheel.write_bytes(b"<html>not found</html>")])
def test_a_half_downloaded_wheel_is_refused(folder: Path, tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    wheel = wheel_of(folder, tmp_path / "x.whl")
    spoil(wheel)
    with pytest.raises(RecognizerError, match="damaged"):
        add(wheel, load=load_recognizer)
    assert kept() == []


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("../../escaped.txt", b"x", "outside of its folder"),
        ("/escaped.txt", b"x", "outside of its folder"),
        ("en_tiny/parts.py", b"x = 1", r"parts\.py is code"),
        ("en_tiny/en_tiny-1.2.3/x.pkl", b"x", "pickle"),
        ("en_tiny/en_tiny-1.2.3/setup.sh", b"x", "code"),
    ],
)
def test_a_malicious_wheel_is_refused(folder: Path, tmp_path: Path, name: str, data: bytes, complaint: str) -> None:
    wheel = wheel_of(folder, tmp_path / "x.whl", {name: data})
    with pytest.raises(RecognizerError, match=complaint) as caught:
        add(wheel, load=load_recognizer)
    assert "\n" not in str(caught.value)
    assert kept() == []


def test_what_the_own_list_of_a_wheel_contradicts_is_refused(folder: Path, tmp_path: Path) -> None:
    wheel = wheel_of(folder, tmp_path / "x.whl", record=False)
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("en_tiny-1.2.3.dist-info/RECORD", "en_tiny/meta.json,sha256=AAAA,1\n")
    with pytest.raises(RecognizerError, match="own list"):
        add(wheel, load=load_recognizer)


class _Bomb:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("boom",)


def _pickled(folder: Path) -> None:
    (folder / "model").write_bytes(pickle.dumps(_Bomb()))


def _torch(folder: Path) -> None:
    with zipfile.ZipFile(folder / "weights", "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps(_Bomb()))


def _numpy(folder: Path) -> None:
    import numpy as np

    np.save(folder / "vectors.npy", np.array([_Bomb()], dtype=object), allow_pickle=True)


def _numpy_archive(folder: Path) -> None:
    import numpy as np

    np.savez(folder / "weights.npz", x=np.array([_Bomb()], dtype=object))


@pytest.mark.parametrize("spoil", [_pickled, _torch, _numpy, _numpy_archive])
def test_pickles_are_refused_when_added_and_when_loaded(folder: Path, spoil: Callable[[Path], None]) -> None:
    spoil(folder)
    with pytest.raises(RecognizerError, match="is a pickle"):
        add(folder, load=load_recognizer)
    with pytest.raises(RecognizerError, match="is a pickle"):
        load_recognizer(str(folder))
    assert kept() == []
    assert not Path("boom").exists()


def _lfs(folder: Path) -> None:
    (folder / "model").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n")


def _component(folder: Path) -> None:
    with (folder / "config.cfg").open("a") as config:
        config.write('\n[components.ner]\nfactory = "ner"\n\n[components.ner.model]\n@architectures = "x"\n')
    config_text = (folder / "config.cfg").read_text().replace('["entity_ruler"]', '["entity_ruler","ner"]')
    (folder / "config.cfg").write_text(config_text)


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (_lfs, "half-downloaded"),
        (_component, "component ner"),
        (lambda folder: (folder / "tokenizer").unlink(), "tokenizer is missing"),
        (lambda folder: shutil.rmtree(folder / "vocab"), "vocab is missing"),
        (lambda folder: (folder / "model").write_bytes(b""), "model is empty"),
        (lambda folder: (folder / "weights.part").write_bytes(b"x"), "unfinished"),
        (lambda folder: (folder / "gone").symlink_to("nowhere"), "leads nowhere"),
        (lambda folder: (folder / "all").symlink_to("/"), "link to another folder"),
        (lambda folder: os.mkfifo(folder / "pipe"), "no ordinary file"),
        (lambda folder: (folder / "config.cfg").write_bytes(b"\xff\xfe"), "damaged"),
        (lambda folder: (folder / "meta.json").write_text("{"), "damaged"),
        (lambda folder: (folder / "config.cfg").unlink(), "not a spaCy pipeline"),
        (lambda folder: (folder / "__init__.py").write_text("boom"), "is code"),
    ],
)
def test_a_spoilt_folder_is_refused_in_one_line(folder: Path, spoil: Callable[[Path], None], complaint: str) -> None:
    spoil(folder)
    with pytest.raises(RecognizerError, match=complaint) as caught:
        add(folder, load=load_recognizer)
    assert "\n" not in str(caught.value)
    assert kept() == []


@pytest.mark.parametrize(
    ("key", "value", "complaint"),
    [
        ("spacy_version", ">=2.0,<3.0", r"made for spaCy >=2\.0,<3\.0"),
        ("requirements", ["no-such-thing>=1"], "needs no-such-thing>=1, which is not installed"),
        ("requirements", ["numpy<1"], "needs numpy<1, this is"),
    ],
)
def test_one_that_does_not_fit_is_refused_and_says_why(folder: Path, key: str, value: object, complaint: str) -> None:
    meta = json.loads((folder / "meta.json").read_text()) | {key: value}
    (folder / "meta.json").write_text(json.dumps(meta))
    with pytest.raises(RecognizerError, match=complaint):
        add(folder, load=load_recognizer)
    assert facts(str(folder)).problem


def test_one_of_the_same_name_gives_way_only_when_asked(folder: Path) -> None:
    add(folder, load=load_recognizer)
    with pytest.raises(RecognizerError, match="is there already"):
        add(folder, load=load_recognizer)
    add(folder, load=load_recognizer, replace=True)
    assert kept() == ["en_tiny"]


@pytest.mark.parametrize("name", ["bundled", "../up", "a b", ".hidden", "x" * 99])
def test_what_is_no_name_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(RecognizerError, match="no name"):
        add(folder, load=load_recognizer, name=name)


def test_only_what_was_added_can_be_removed(folder: Path) -> None:
    add(folder, load=load_recognizer)
    for name in ("bundled", "..", "en_other", str(folder)):
        with pytest.raises(RecognizerError, match="no added pipeline"):
            remove(name)
    remove("en_tiny")
    assert kept() == []
    with pytest.raises(RecognizerError, match="no pipeline en_tiny"):
        identify("en_tiny")


def test_what_is_known_of_one() -> None:
    known = facts(None)
    assert (known.kind, known.language, known.problem) == (Kind.BUNDLED, "en", "")
    assert "PERSON" in known.labels
    assert known.size > 1_000_000
    assert len(known.sha256) == 64
