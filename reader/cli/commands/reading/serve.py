"""`reader serve [SOURCE]`: show the app in a browser on this machine."""

from __future__ import annotations

import ipaddress
import secrets
import shlex
import socket
import sys
from typing import TYPE_CHECKING

from reader.cli.command_errors import CommandError

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from reader.cli.arguments import Options

_HOST = "127.0.0.1"
_LEAST_TOKEN = 16
_EPILOG = """\
The address contains a random token; without it, nothing is shown. Anyone who has
the address can read and annotate whatever you can. So the program listens on this
machine only, unless you pass --host together with a --token of your own.

Needs the extra “serve”: pip install "entity-reader[serve]"
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.epilog = _EPILOG
    parser.add_argument("source", metavar="SOURCE", nargs="?", help="a file or a URL; default: the library")
    parser.add_argument("--host", metavar="ADDRESS", default=_HOST, help=f"address to listen on; default: {_HOST}")
    parser.add_argument("--port", metavar="N", type=_port, default=0, help="port to listen on; default: a free one")
    parser.add_argument(
        "--token",
        metavar="TOKEN",
        type=_token,
        help=f"token in the address, at least {_LEAST_TOKEN} letters and digits; default: a random one",
    )


def run(options: Options) -> int:
    """Serve until interrupted. Every browser window runs the app in a process of its own."""
    from reader.cli.open_readings import Opener

    if not _is_loopback(options.host) and options.token is None:
        raise CommandError(f"{options.host} can be reached by others: choose a --token, or leave --host out")
    if options.source is not None:
        with Opener(options) as opener:
            opener.document(options.source)  # fails here rather than in the browser
    try:
        from reader.cli.web_server import serve
    except ImportError:
        raise CommandError('`reader serve` needs an extra: pip install "entity-reader[serve]"') from None
    port = _free_port(options.host, options.port)
    try:
        serve(_command(options), options.host, port, options.token or secrets.token_urlsafe(24))
    except OSError as error:
        raise CommandError(f"cannot listen on {options.host}:{port}: {error.strerror or error}") from None
    return 0


def _command(options: Options) -> str:
    """Return the command line of the app, with the options that it shares with this command."""
    words = [sys.executable, "-P", "-m", "reader"]
    for name in ("model", "language", "encoding", "field"):
        if (value := getattr(options, name, None)) is not None:
            words += [f"--{name}", str(value)]
    if options.all_text is not None:
        words.append("--all-text" if options.all_text else "--no-all-text")
    if not options.annotations:
        words.append("--no-annotations")
    if options.source is not None:
        words += ["--", str(options.source)]
    return shlex.join(words)


def _free_port(host: str, port: int) -> int:
    """Return a port that can be listened on.

    Raises:
        CommandError: The host or the port cannot be used.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            return int(probe.getsockname()[1])
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CommandError(f"cannot listen on {host}{f':{port}' if port else ''}: {reason}") from None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(text: str) -> int:
    from argparse import ArgumentTypeError

    if not (text.isascii() and text.isdecimal() and int(text) < 1 << 16):
        raise ArgumentTypeError("must be a number from 0 to 65535")
    return int(text)


def _token(text: str) -> str:
    from argparse import ArgumentTypeError

    if len(text) < _LEAST_TOKEN or not (text.isascii() and text.replace("-", "").replace("_", "").isalnum()):
        raise ArgumentTypeError(f"must be at least {_LEAST_TOKEN} letters, digits, - and _")
    return text
