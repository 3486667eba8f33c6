from __future__ import annotations

import subprocess
import sys


def test_merging_is_light_to_import() -> None:
    """Neither room loads a heavy library before it is used."""
    script = (
        "import sys\nfrom reader.resolve import resolve\nfrom reader.names import normal\n"
        "assert normal('the Tarn') == 'Tarn'\n"
        "heavy = {'spacy', 'textual', 'rapidfuzz', 'lxml', 'trafilatura', 'numpy'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
