"""A PostgreSQL server of its own, where one is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

MISSING = next(
    (
        f"{name} is not installed"
        for name, is_there in (
            ("psycopg", find_spec("psycopg") is not None),
            ("initdb", shutil.which("initdb") is not None),
            ("pg_ctl", shutil.which("pg_ctl") is not None),
        )
        if not is_there
    ),
    "no Unix sockets on this system" if sys.platform == "win32" else "",
)
"""Why there is no server; "" if there is one."""


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Run a server in an empty folder, on a socket in it. Yield the address of its database."""
    user = _owner(folder)
    data = folder / "data"
    _run("initdb", "-D", str(data), "-U", "reader", "-A", "trust", "-E", "UTF8", "--locale", "C", "-N", user=user)
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    _run("pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-o", options, "-w", "start", user=user)
    try:
        yield f"postgresql://reader@/postgres?host={folder}"
    finally:
        _run("pg_ctl", "-D", str(data), "-m", "immediate", "stop", user=user)


def _owner(folder: Path) -> int | None:
    """Give the folder to an ordinary user if this process is root's, as whom no server runs. Return the user."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    user = pwd.getpwnam("nobody").pw_uid
    os.chown(folder, user, -1)
    return user


def _run(*command: str, user: int | None) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user, cwd="/")
