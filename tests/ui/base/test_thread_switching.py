from __future__ import annotations

import sys

from reader.ui.base.abandoned_work import _SWITCH_INTERVAL, _ThreadSwitching


def test_overlapping_work_restores_the_usual_interval() -> None:
    usual_interval = sys.getswitchinterval()
    switching = _ThreadSwitching()
    first, second = switching.often(), switching.often()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert sys.getswitchinterval() < 2 * _SWITCH_INTERVAL < usual_interval
    second.__exit__(None, None, None)
    assert sys.getswitchinterval() == usual_interval
