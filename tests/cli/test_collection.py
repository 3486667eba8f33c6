"""Commands on a collection: index, search, profiles, profile, timeline, together."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reader.collection.storage.index_files import index_path
from reader.collection.storage.open_index import open_index
from tests.cli.conftest import TEXT, Result, run_program

Reader = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two documents and an archive of two."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.txt").write_text("Maria Okonkwo left Estonia on 4 May 2020. Tallinn slept.", "utf-8")
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.writestr("one.txt", "Okonkwo likes Tallinn.")
        archive.writestr("two.txt", "Nobody is here.")
    return folder


def tables(name: str = "default") -> dict[str, list[Any]]:
    """Return every row of an index."""
    with closing(sqlite3.connect(index_path(name))) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ordinary = [table for table in names if not table.startswith(("sqlite_", "search"))]
        return {table: sorted(connection.execute(f"SELECT * FROM {table}")) for table in ordinary}


def test_unchanged_files_are_skipped_and_changed_ones_read_again(reader: Reader, folder: Path) -> None:
    assert reader("index", folder) == (0, "4 indexed, 0 unchanged\n", "")
    assert reader("index", folder).out == "0 indexed, 3 unchanged\n"
    os.utime(folder / "a.txt", (1, 1))
    assert reader("index").out == "0 indexed, 3 unchanged\n"
    (folder / "b.txt").write_text("Nothing about anybody.", "utf-8")
    (folder / "d.txt").write_text("Tallinn is new.", "utf-8")
    assert reader("index").out == "2 indexed, 2 unchanged\n"
    assert reader("search", "left").code == 1
    assert [hit["title"] for hit in json.loads(reader("search", "new", "--format", "json").out)["hits"]] == ["D"]


def test_texts_from_standard_input_stay_also_when_the_index_is_built_again(reader: Reader, folder: Path) -> None:
    for text in ("Tallinn rose early.", "Maria Okonkwo slept in Tallinn.", "Tallinn rose early."):
        assert run_program("index", "-", stdin=text.encode()).stdout == b"1 indexed, 0 unchanged\n"

    def hits(*arguments: str) -> list[dict[str, Any]]:
        return list(json.loads(reader("search", *arguments, "--format", "json").out)["hits"])

    sources = [hit["source"] for hit in hits("Tallinn")]
    assert len(set(sources)) == len(sources) == 2
    assert all(source.startswith("stdin://") for source in sources)
    assert reader("index").out == "0 indexed, 0 unchanged\n"
    assert reader("index", folder / "a.txt", "--rebuild").out == "3 indexed, 0 unchanged\n"
    assert {hit["source"] for hit in hits("Tallinn")} >= set(sources)
    assert hits("GPE", "near", "slept"), "names are found again"
    shown = reader("show", sources[0], "--color", "never")
    assert (shown.code, "Tallinn" in shown.out) == (0, True)
    assert "was not kept" in reader("show", "stdin://0123456789ab").err
    assert reader("forget", sources[0]).out.startswith("forgot")
    assert sources[0] not in {hit["source"] for hit in hits("Tallinn")}


def test_texts_from_standard_input_survive_damage_elsewhere(reader: Reader) -> None:
    run_program("index", "-", stdin=b"Tallinn rose early.")
    with closing(sqlite3.connect(index_path("default"))) as connection, connection:
        connection.execute("PRAGMA user_version = 1")
    assert "--rebuild" in reader("search", "rose").err
    assert reader("index", "--rebuild").out == "1 indexed, 0 unchanged\n"
    assert reader("search", "rose").code == 0


def test_indexing_for_an_app_that_was_killed_stops_after_a_document(
    reader: Reader, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READER_PARENT", str(os.getpid()))
    result = reader("index", folder)
    assert result.code == 1
    assert "has ended" in result.err
    assert len(tables()["documents"]) == 1
    monkeypatch.setenv("READER_PARENT", str(os.getppid()))
    assert reader("index").code == 0
    assert len(tables()["documents"]) == 4


def test_documents_whose_files_are_gone_are_removed(reader: Reader, folder: Path) -> None:
    other = folder.parent / "other.txt"
    other.write_text("Tallinn elsewhere.")
    reader("index", folder, other)
    (folder / "a.txt").unlink()
    other.unlink()
    assert reader("index").out == "0 indexed, 2 unchanged, 2 removed\n"
    assert reader("index").out == "0 indexed, 2 unchanged\n"
    assert reader("search", "harbor").code == 1
    folder.rename(folder.parent / "away")
    result = reader("index")
    assert (result.code, result.out) == (1, "0 indexed, 0 unchanged, 1 failed\n")
    assert reader("search", "Okonkwo").code == 0


def test_members_that_an_archive_no_longer_has_are_removed(reader: Reader, folder: Path) -> None:
    reader("index", folder)
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.writestr("two.txt", "Nobody is here.")
        archive.writestr("three.txt", "Estonia is here.")
    reader("index")
    sources = [Path(row[0]).name for row in tables()["sources"]]
    assert sources == ["a.txt", "b.txt", "c.zip::three.txt", "c.zip::two.txt"]


def test_a_file_that_cannot_be_read_is_reported_and_tried_again(reader: Reader, folder: Path) -> None:
    (folder / "z.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    for _ in range(2):
        result = reader("index", folder)
        assert result.code == 1
        assert result.out.endswith(", 1 failed\n")
        assert result.err.count("\n") == 1
    (folder / "z.txt").write_text("Tallinn.")
    assert reader("index", folder).code == 0


def test_a_misspelled_path_is_not_looked_for_again(reader: Reader, folder: Path) -> None:
    reader("index", folder)
    status, _, errors = reader("index", folder / "nothing")
    assert (status, errors.splitlines()[0]) == (1, f"reader: {folder / 'nothing'}: no such file")
    assert reader("index")[0] == 0


def test_profiles_of_other_rules_are_built_again(reader: Reader, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader("index", folder)
    monkeypatch.setattr("reader.collection.storage.profile_state.IDENTITY_VERSION", 1_000_000)
    assert reader("index").out == "0 indexed, 3 unchanged\n"
    assert ("profiles version", "1000000") in tables()["info"]


def test_a_decision_makes_its_documents_read_again(reader: Reader, folder: Path) -> None:
    reader("index", folder)
    assert reader("names", "add", "Nobody", "PERSON").code == 0
    assert reader("index").out == "3 indexed, 1 unchanged\n"
    profiles = json.loads(reader("profiles", "nobo", "--format", "json").out)
    assert {profile["name"] for profile in profiles} == {"Nobody"}
    assert reader("index").out == "0 indexed, 3 unchanged\n"


def test_collections_are_apart(reader: Reader, folder: Path) -> None:
    reader("index", folder / "a.txt", "--collection", "one")
    assert "your collections: one" in reader("search", "harbor").err
    assert reader("search", "harbor", "--collection", "one").code == 0
    assert reader("index", "--collection", "two").err == "reader: nothing was indexed before; name files or folders\n"
    assert reader("index", folder, "--collection", "../x").code == 1


def test_the_index_is_the_same_for_any_number_of_processes(folder: Path, cache_names: Callable[..., list[str]]) -> None:
    (folder / "c.zip").unlink()
    for number in range(17):
        (folder / f"n{number:02}.txt").write_text(f"Okonkwo left Tallinn on day {number}.", "utf-8")
    options = cache_names(*folder.glob("*.txt"))
    for processes in ("1", "2"):
        result = run_program("index", folder, "--collection", f"p{processes}", "--processes", processes, *options)
        assert (result.returncode, result.stdout) == (0, b"19 indexed, 0 unchanged\n")
    assert tables("p1") == tables("p2")


@pytest.mark.skipif(sys.platform != "linux", reason="signals as on Linux")
def test_a_killed_run_loses_nothing_and_writes_nothing_twice(
    folder: Path, cache_names: Callable[..., list[str]]
) -> None:
    paths = [folder / f"n{number:03}.txt" for number in range(150)]
    for number, path in enumerate(paths):
        path.write_text(f"Okonkwo left Tallinn on day {number}.", "utf-8")
    options = cache_names(*paths)
    command = [sys.executable, "-m", "reader", "index", str(folder / "n*.txt"), "--processes", "2", *options]
    start = time.monotonic()
    assert run_program(*command[3:], "--collection", "whole").returncode == 0
    seconds, moments = time.monotonic() - start, random.Random(4)
    for _ in range(4):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(moments.uniform(0.4, 0.9) * seconds)
            process.send_signal(signal.SIGKILL)
        if index_path("default").exists():
            with closing(open_index()) as index:
                assert index.check() == ()
    assert run_program(*command[3:]).returncode == 0
    assert tables() == tables("whole")


def test_damage_is_said_in_one_line_and_rebuilding_mends_it(reader: Reader, folder: Path) -> None:
    reader("index", folder)
    path = index_path("default")
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(bytes(data))
    for command in (("search", "harbor"), ("index", folder), ("profiles",), ("index", "--check")):
        result = reader(*command)
        assert (result.code, result.err.count("\n")) == (1, 1)
        assert "build it again with `reader index --rebuild`" in result.err
    assert reader("index", folder, "--rebuild").out == "4 indexed, 0 unchanged\n"
    assert reader("index", "--check").out == "the index is not damaged\n"


def test_a_search_shows_excerpts_with_the_matches(reader: Reader, folder: Path) -> None:
    reader("index", folder)
    result = reader("search", "PERSON near reporters")
    assert result.code == 0
    assert "“We asked three times,” Okonkwo told [reporters]." in result.out
    rows = list(csv.DictReader(io.StringIO(reader("search", "Tallinn", "--format", "csv").out)))
    assert {Path(row["source"]).name for row in rows} == {"a.txt", "b.txt", "c.zip::one.txt"}
    (hit,) = json.loads(reader("search", '"left Estonia"', "--type", "PERSON", "--format", "json").out)["hits"]
    assert hit["excerpt"] == "Maria Okonkwo left Estonia on 4 May 2020."
    assert [mention["text"] for mention in hit["mentions"]] == ["Maria Okonkwo", "Estonia"]
    assert reader("search", "absent") == (1, "nothing found: no document has “absent”\n", "")
    assert reader("search", "Tallinn", "--since", "soon").code == 2
    assert reader("search", "Tallinn", "--limit", "1").out.endswith("document 1 of 3; --skip or --limit shows more\n")


def test_words_and_options_of_a_search_stand_in_any_order(reader: Reader, folder: Path) -> None:
    reader("index", folder)
    for arguments in (
        ("Tallinn", "-Estonia"),
        ("--limit", "3", "-Estonia", "Tallinn"),
        ("Tallinn", "--limit=3", "--", "-Estonia"),
    ):
        result = reader("search", "--format", "csv", *arguments)
        assert result.err == ""
        assert [Path(row["source"]).name for row in csv.DictReader(io.StringIO(result.out))] == ["c.zip::one.txt"]
    result = reader("search", "Tallinn", "--limits", "3")
    assert (result.code, "there is no option --limits" in result.err) == (2, True)
    assert reader("search", "Tallinn", "--skip", "-1").code == 2
    assert reader("index", folder / "a.txt", "--processes", "1", folder / "b.txt").code == 0


def test_a_search_without_hits_lists_only_some_words_and_explains_labels(reader: Reader, folder: Path) -> None:
    reader("index", folder)
    words = [f"absent{number}" for number in range(9)]
    assert reader("search", *words).out == (
        "nothing found: no document has “absent0”, “absent1”, “absent2”, “absent3”, “absent4”, 4 more\n"
    )
    assert len(reader("search", "absent" * 1_000).out) < 120
    out = reader("search", "person near reporters").out
    assert out.endswith("; PERSON in capitals stands for any name of this label\n")


def test_two_names_of_one_entity_are_not_together(reader: Reader, folder: Path) -> None:
    reader("index", folder)
    key = json.loads(reader("profiles", "Tallinn", "--format", "json").out)[0]["key"]
    result = reader("together", "tallinn", key)
    assert result == (1, "", "reader: both names mean one entity, Tallinn\n")
    assert reader("profile", " ") == (1, "", "reader: no name was given\n")


def test_commands_prefer_what_is_listed_under_a_name(reader: Reader, tmp_path: Path) -> None:
    for number in range(2):
        text = f"Maria Okonkwo sang. Day {number}: Okonkwo slept. Tallinn waited."
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    (tmp_path / "last.txt").write_text("Okonkwo met reporters on 4 May 2020.", "utf-8")
    reader("index", *(tmp_path / name for name in ("0.txt", "1.txt", "last.txt")))
    note = (
        "reader: 2 entities have the name Okonkwo: this is Okonkwo (PERSON), the one that is listed under it;"
        " `reader profile Okonkwo` lists the keys of the others\n"
    )
    result = reader("timeline", "Okonkwo")
    assert (result.err, result.out.startswith("2020-05-04  Okonkwo met reporters")) == (note, True)


def test_commands_say_which_of_several_entities_of_a_name_they_took(reader: Reader, tmp_path: Path) -> None:
    folder = tmp_path / "namesakes"
    folder.mkdir()
    lives = {"a": "the bishop", "b": "the footballer", "c": "the footballer"}
    for name, life in lives.items():
        text = f"John Smith, {life}, spoke in Tallinn on 4 May 2020. Maria Okonkwo of Lagos listened to John Smith."
        (folder / f"{name}.txt").write_text(text, "utf-8")
    reader("index", folder)
    note = (
        "reader: 2 entities have the name John Smith: this is John Smith (footballer), the one in most documents;"
        " `reader profile 'John Smith'` lists the keys of the others\n"
    )
    for command in (("timeline", "John Smith"), ("together", "Tallinn", "John Smith")):
        result = reader(*command)
        assert (result.code, result.err) == (0, note)
        assert "John Smith" in result.out
    keys = {row["key"] for row in json.loads(reader("profiles", "John Smith", "--format", "json").out)}
    assert len(keys) == 2
    assert [reader("timeline", key).err for key in keys] == ["", ""]


def test_a_profile_brings_documents_together(reader: Reader, folder: Path) -> None:
    reader("index", folder)
    profile = json.loads(reader("profile", "estonia", "--format", "json").out)
    titles = [document["title"] for document in profile["documents"]]
    assert (profile["name"], titles) == ("Estonia", ["The harbor inquiry", "B"])
    assert [entry["day"] for entry in profile["timeline"]] == ["2020-05-04"]
    keys = {row["key"] for row in json.loads(reader("profiles", "Okonkwo", "--format", "json").out)}
    assert any("We asked three times" in reader("profile", key).out for key in keys)
    assert reader("timeline", "Estonia").out.startswith("2020-05-04  Maria Okonkwo left Estonia on 4 May 2020.")
    assert "met in Tallinn on Monday" in reader("together", "World Port Council", "Tallinn").out
    assert "NAME" in reader("profiles").out
    for command in (("profile", "Estonia"), ("timeline", "Estonia"), ("together", "Estonia", "Tallinn"), ("profiles",)):
        assert reader(*command, "--format", "csv").out.count("\n") >= 2
        json.loads(reader(*command, "--format", "json").out)
    result = reader("profile", "Nessuno")
    assert (result.code, result.err) == (1, "reader: no profile is named Nessuno; `reader profiles` lists all\n")


def test_a_profile_says_who_the_others_of_its_name_are(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The potter Maria Okonkwo moved to Tallinn. The potter was happy.", "utf-8")
    (tmp_path / "b.txt").write_text("Maria Okonkwo, a dentist, stayed in Estonia.", "utf-8")
    reader("index", tmp_path / "a.txt", tmp_path / "b.txt")
    listed = json.loads(reader("profiles", "Okonkwo", "--format", "json").out)
    assert {profile["hint"] for profile in listed} == {"potter", "dentist"}
    out = reader("profile", "Maria Okonkwo").out.splitlines()
    other, first = sorted(listed, key=lambda profile: profile["hint"] in out[0])
    assert out[2:4] == ["Others have this name", f"  {other['key']}  Maria Okonkwo ({other['hint']})  1 document"]
    by_key = json.loads(reader("profile", other["key"], "--format", "json").out)
    assert [namesake["key"] for namesake in by_key["namesakes"]] == [first["key"]]
    assert "WHICH ONE" in reader("profiles", "Okonkwo").out
    assert "WHICH ONE" not in reader("profiles", "Tallinn").out


def test_no_text_of_a_document_reaches_the_terminal_as_a_sequence(reader: Reader, folder: Path) -> None:
    (folder / "e\x1b[31m.txt").write_text("Tallinn\x1b]0;x\x07 said <b>so</b>.", "utf-8")
    reader("index", folder)
    for command in (("search", "said"), ("profile", "Tallinn"), ("together", "Tallinn", "Estonia")):
        for output_format in ("text", "json", "csv"):
            assert "\x1b" not in reader(*command, "--color", "never", "--format", output_format).out


def test_a_profile_says_what_watchlists_have_of_its_names(reader: Reader, folder: Path) -> None:
    reader("index", folder)
    plain = reader("profile", "Maria Okonkwo")
    assert "watchlists" not in plain.out
    (folder.parent / "people.csv").write_text("id,name,type\np1,Marya Okonkwo,Person\n")
    reader("watch", "add", "people", folder.parent / "people.csv")
    assert reader("profile", "Maria Okonkwo").out == (
        plain.out + "\nLike names on your watchlists\n  Maria Okonkwo  is like  Marya Okonkwo (people: p1)  98%\n"
        "    “maria” for “marya”\n"
    )
    (hit,) = json.loads(reader("profile", "Maria Okonkwo", "--format", "json").out)["watchlists"]
    assert (hit["list"], hit["id"], hit["names"], hit["answer"]) == ("people", "p1", ["Maria Okonkwo"], "")
    rows = list(csv.DictReader(io.StringIO(reader("profile", "Maria Okonkwo", "--format", "csv").out)))
    assert [(row["list"], row["id"], row["name"]) for row in rows if row["section"] == "watchlist"] == [
        ("people", "p1", "Maria Okonkwo")
    ]
    next(folder.parent.rglob("people.jsonl")).write_text("damaged")
    result = reader("profile", "Maria Okonkwo")
    assert (result.code, result.out) == (1, plain.out)
    assert result.err == "reader: the watchlist people is damaged; add it again with `reader watch add`\n"
