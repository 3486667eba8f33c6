from __future__ import annotations

import subprocess
import sys

_PRINT_SETTING = """
import os
from reader.recognize.process.analysis import load_recognizer
load_recognizer()
print(os.environ["OPENBLAS_NUM_THREADS"])
"""


def test_matrix_products_use_one_thread_unless_the_environment_says_otherwise() -> None:
    for setting, expected in ((None, "1"), ("2", "2")):
        environment = {"OPENBLAS_NUM_THREADS": setting} if setting else {}
        command = [sys.executable, "-c", _PRINT_SETTING]
        result = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        assert result.stdout.strip() == expected
