"""Check the settings in the same way as the app does when it starts."""

from __future__ import annotations

from collections.abc import Iterator

from reader.cli.doctor.check import Check, Status
from reader.directories import config_dir


def settings_checks() -> Iterator[Check]:
    """Check `config.toml`, including the user's own labels, and `keymap.toml`."""
    from reader.display.colors.labels import apply_label_settings
    from reader.settings import load_settings
    from reader.ui.keys.keymap import load_keymap

    settings = load_settings()
    for problem in (*settings.problems, *apply_label_settings(settings.labels)):
        yield Check(Status.WARN, "settings", problem, "correct it; until then the default applies")
    keymap = config_dir() / "keymap.toml"
    for problem in load_keymap(keymap).problems:
        finding = problem if problem.startswith(keymap.name) else f"{keymap.name}: {problem}"
        yield Check(Status.WARN, "keys", finding, "correct it; until then the default applies")
    if settings.labels:
        yield Check(Status.OK, "own labels", ", ".join(setting.label for setting in settings.labels))
