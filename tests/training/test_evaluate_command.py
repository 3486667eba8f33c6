from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from reader.recognize.models.find import BUNDLED


def test_the_bundled_pipeline_is_evaluated_in_a_process_of_its_own(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    text = "Ada Quill lives in Norway."
    names = [{"start": 0, "end": 9, "label": "PERSON"}, {"start": 19, "end": 25, "label": "GPE"}]
    gold.write_text(json.dumps({"text": text, "ents": names}) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "training.evaluate", str(BUNDLED), str(gold)]
    root = Path(__file__).parents[2]
    result = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert "all 1.000/1.000/1.000(2)" in result.stdout
