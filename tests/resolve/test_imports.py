from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import reader
from reader.resolve import Rule

ROOT = Path(reader.__file__).parent


def test_importing_the_rooms_for_names_and_merging_loads_no_heavy_library() -> None:
    """A room loads a heavy library only when it is used."""
    script = (
        "import sys\nfrom reader.resolve import resolve\nfrom reader.names import normal\n"
        "assert normal('the Tarn') == 'Tarn'\n"
        "heavy = {'spacy', 'textual', 'rapidfuzz', 'lxml', 'trafilatura', 'numpy'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stderr


def test_rule_ids_appear_only_where_rules_are_declared() -> None:
    declared = {
        ROOT / "resolve" / "rules.py",
        *(ROOT / "names" / "definitions" / name for name in ("cue_ids.py", "cues.py")),
    }
    distinctive_ids = [rule.value for rule in Rule if "-" in rule.value]
    literal = re.compile(rf"[\"'](?:{'|'.join(distinctive_ids)})[\"']")
    for path in set(ROOT.rglob("*.py")) - declared:
        assert not literal.search(path.read_text(encoding="utf-8")), path
