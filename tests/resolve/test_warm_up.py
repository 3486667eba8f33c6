from __future__ import annotations

import subprocess
import sys

_SCRIPT = """
import sys
from reader.names import tables
from reader.resolve import prepare

prepare()
modules = set(sys.modules)
for table in (tables.countries, tables.organizations, tables.nicknames):
    assert table.cache_info().currsize, table
from reader.recognize import Mention
from reader.resolve import resolve
names = [Mention(0, 5, "PERSON"), Mention(10, 12, "PERSON"), Mention(16, 25, "ORG"), Mention(30, 34, "ORG")]
assert resolve("Bo Ek met Ek of Acme Inc. and NATO.", names).entities
assert set(sys.modules) == modules, set(sys.modules) - modules
"""


def test_the_first_merge_after_prepare_imports_nothing() -> None:
    process = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stderr
