from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent


def test_every_promise_names_a_test_that_is_there() -> None:
    page = (HERE.parents[1] / "docs" / "durability.md").read_text(encoding="utf-8")
    named = re.findall(r"`(test_\w+\.py)::([\w:]+)`", page)
    assert len(named) > 20
    for file, names in named:
        source = (HERE / file).read_text(encoding="utf-8")
        for name in names.split("::"):
            assert re.search(rf"(def|class) {name}\b", source), f"{file}::{name}"
