from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]


def test_every_promise_names_a_test_that_is_there() -> None:
    page = (TESTS.parent / "docs" / "durability.md").read_text(encoding="utf-8")
    named = re.findall(r"`(test_\w+\.py)::([\w:]+)`", page)
    assert len(named) > 40
    files = {path.name: path for path in TESTS.rglob("test_*.py")}
    for file, names in named:
        source = files[file].read_text(encoding="utf-8")
        for name in names.split("::"):
            assert re.search(rf"(def|class) {name}\b", source), f"{file}::{name}"
