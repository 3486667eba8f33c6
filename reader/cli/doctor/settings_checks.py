"""Check the settings, as the app does when it starts."""

from __future__ import annotations

from collections.abc import Iterator

from reader.cli.doctor.check import Check, Status
from reader.directories import config_dir


def settings_checks() -> Iterator[Check]:
    """Yield what cannot be used in `config.toml`, the user's own labels included, and in `keymap.toml`."""
    from reader.display.labels import apply_label_settings
    from reader.settings import load_settings
    from reader.ui.keys.keymap import load_keymap

    settings = load_settings()
    for problem in (*settings.problems, *apply_label_settings(settings.labels)):
        yield Check(Status.WARN, "settings", problem, "correct it; the default holds until then")
    keymap = config_dir() / "keymap.toml"
    for problem in load_keymap(keymap).problems:
        finding = problem if problem.startswith(keymap.name) else f"{keymap.name}: {problem}"
        yield Check(Status.WARN, "keys", finding, "correct it; the default holds until then")
    if settings.labels:
        yield Check(Status.OK, "own labels", ", ".join(setting.label for setting in settings.labels))
